'use strict';

// Refreshing step by step, with timers between the steps: no thread waits for a lock, or for the
// time at which a server wants to be asked again.

const { delay, run } = require('./calls.js');

class Flight {
  #abort = new AbortController();
  #passengers = 0;
  #landed;
  #onEnd;

  constructor(handle, minValidityMs, onEnd) {
    this.#onEnd = onEnd;
    this.#landed = this.#fly(handle, minValidityMs).finally(onEnd);
    this.#landed.catch(() => {}); // those on board are told; without any it is no news
  }

  async #fly(handle, minValidityMs) {
    const { signal } = this.#abort;
    for (;;) {
      const step = await run(signal, (cancel) => handle.refreshStep(minValidityMs, cancel));
      if (step.isReady) return;
      await delay(step.nextDelayMs, signal);
    }
  }

  /** Waits for the landing. The last one who leaves before ends the flight. */
  async board(signal) {
    this.#passengers += 1;
    try {
      await run(signal, () => this.#landed);
    } finally {
      this.#passengers -= 1;
      if (this.#passengers === 0) {
        this.#onEnd(); // first: whoever comes now takes another one
        this.#abort.abort();
      }
    }
  }
}

/** The flights of one client: all who need the same thing share one. */
class Flights {
  #byNeed = new Map();

  async board(handle, minValidityMs, signal) {
    let flight = this.#byNeed.get(minValidityMs);
    if (flight === undefined) {
      const onEnd = () => {
        if (this.#byNeed.get(minValidityMs) === flight) this.#byNeed.delete(minValidityMs);
      };
      flight = new Flight(handle, minValidityMs, onEnd);
      this.#byNeed.set(minValidityMs, flight);
    }
    await flight.board(signal);
  }
}

module.exports = { Flights };
