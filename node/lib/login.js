'use strict';

// A login in progress (RFC 8628). Between two polls there is a timer, and no thread at all.

const native = require('../native/bmauth.node');
const { checkOptions, delay, run } = require('./calls.js');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

class Login {
  #handle;
  #isWaiting = false;
  #state;
  #nextDelayMs;

  constructor(handle) {
    this.#handle = handle;
    this.#state = handle.state;
    this.#nextDelayMs = handle.nextDelayMs;
    // They never change, and can be read while a poll runs.
    this.userCode = handle.userCode;
    this.verificationUri = handle.verificationUri;
    this.verificationUriComplete = handle.verificationUriComplete;
    this.expiresInS = handle.expiresInS;
    this.intervalS = handle.intervalS;
    Object.freeze(this);
  }

  /** As the last poll left it. */
  get state() {
    return this.#state;
  }

  get nextDelayMs() {
    return this.#nextDelayMs;
  }

  get remainingMs() {
    return this.#handle.remainingMs;
  }

  openBrowser() {
    return this.#handle.openBrowser();
  }

  async poll(options) {
    const { signal } = checkOptions(options, ['signal']);
    this.#refuseWhileWaiting();
    return this.#poll(signal);
  }

  async wait(options) {
    const { signal } = checkOptions(options, ['signal']);
    this.#refuseWhileWaiting();
    this.#isWaiting = true;
    try {
      while (this.#state !== 'done') {
        await delay(this.#nextDelayMs, signal);
        await this.#poll(signal);
      }
    } finally {
      this.#isWaiting = false;
    }
  }

  report() {
    return this.#handle.report();
  }

  [inspectCustom](_depth, options, inspect) {
    return `Login ${inspect({ ...this, state: this.#state }, options)}`;
  }

  async #poll(signal) {
    const polled = await run(signal, (cancel) => this.#handle.poll(cancel));
    this.#state = polled.state;
    this.#nextDelayMs = polled.nextDelayMs;
    return polled;
  }

  #refuseWhileWaiting() {
    if (this.#isWaiting) throw native('invalidArgument')('Login is in use by a running call');
  }
}

/** What happens in a login, to its end: a prompt if a person is needed, each poll, the outcome. */
async function* events(login, openBrowser, signal) {
  if (login.userCode !== null) {
    const { userCode, verificationUri, verificationUriComplete, expiresInS, intervalS } = login;
    const isBrowserOpened = openBrowser && tryToOpen(login);
    yield {
      type: 'prompt',
      userCode,
      verificationUri,
      verificationUriComplete,
      expiresInS,
      intervalS,
      isBrowserOpened,
    };
  }
  while (login.state !== 'done') {
    await delay(login.nextDelayMs, signal);
    const { state, nextDelayMs } = await login.poll({ signal });
    if (state !== 'done') yield { type: 'pending', nextDelayMs, remainingMs: login.remainingMs };
  }
  yield { type: 'done', report: login.report() };
}

/** Without a browser the person has the words of the prompt. */
function tryToOpen(login) {
  try {
    return login.openBrowser();
  } catch {
    return false;
  }
}

module.exports = { Login, events };
