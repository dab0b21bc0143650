'use strict';

// Headers that were asked for a moment ago, kept so that asking again costs less than entering the
// addon. They hold while the library's generation is what it was before they were asked for: it
// rises with every refresh, login and logout in this process. What another process changes is not
// in it, therefore a timer ends them.

const native = require('../native/bmauth.node');

const KEPT_MS = 500; // half of the second in which a change is seen, as a timer may come late
const NOTHING = -1; // no generation is

let word;

/** The low half of the generation. Always 0 where arrays may not lie over foreign memory. */
function generationWord() {
  return (word ??= native('generationWord')() ?? new Uint32Array(1));
}

function purposeOf(options) {
  if (options === undefined) return 'account'; // and no further file is read
  const { purpose = 'account' } = require('./calls.js').checkOptions(options, ['purpose']);
  return purpose;
}

class KeptHeaders {
  #handle;
  #hasAnswered = false;
  #timer;
  #word = generationWord();
  #generation = NOTHING;
  #account;
  #project;

  constructor(handle) {
    this.#handle = handle;
  }

  /** For a purpose; undefined if nothing is kept that holds. */
  of(purpose) {
    if (this.#word[0] !== this.#generation) return undefined;
    if (purpose === 'account') return this.#account;
    return purpose === 'project' ? this.#project : undefined;
  }

  /** The same for the options of a call; undefined also if they have to be looked at closely. */
  at(options) {
    if (options === undefined) return this.of('account');
    if (options === null || typeof options !== 'object' || Array.isArray(options)) return undefined;
    for (const name in options) if (name !== 'purpose') return undefined;
    return this.of(options.purpose);
  }

  header(options) {
    const purpose = purposeOf(options);
    return this.of(purpose) ?? this.ask(purpose).headers.Authorization;
  }

  freshToken(options) {
    return this.ask(purposeOf(options));
  }

  /**
   * The library's own answer. Its header is kept from the second time on: most programs ask once,
   * and the first timer of a process costs more than the answer.
   */
  ask(purpose) {
    const generation = this.#word[0];
    const token = this.#handle.freshToken(purpose);
    const isToBeKept = this.#hasAnswered && generation !== 0;
    if (isToBeKept) this.#keep(purpose, token.headers.Authorization, generation);
    this.#hasAnswered = true;
    return token;
  }

  empty() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#generation = NOTHING;
    this.#account = this.#project = undefined;
  }

  #keep(purpose, header, generation) {
    if (generation !== this.#generation) this.empty();
    this.#generation = generation;
    if (purpose === 'account') this.#account = header;
    else this.#project = header;
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.empty(), KEPT_MS);
    this.#timer.unref?.(); // where a test has put a browser's timers, there is none
  }
}

module.exports = { KeptHeaders };
