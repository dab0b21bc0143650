'use strict';

// The face of the package, and the one file that `require` reads beside the addon: finding and
// parsing files is most of what that costs. What the calls do comes with the first of them.

const native = require('./native/bmauth.node');

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

class BmauthError extends Error {
  constructor({ message, ...facts }) {
    super(message);
    Object.assign(this, facts);
  }
}
Object.defineProperty(BmauthError.prototype, 'name', { value: 'BmauthError', writable: true });

/** The headers of one request: plain properties, as fetch and others take them, shown to nobody. */
class Headers {
  #token;

  constructor(token) {
    this.#token = token;
    Object.assign(this, token.headers);
  }

  get token() {
    return this.#token;
  }

  toJSON() {
    return Object.fromEntries(Object.keys(this).map((name) => [name, '[redacted]']));
  }

  [inspectCustom](_depth, options, inspect) {
    return `Headers ${inspect(this.toJSON(), options)}`;
  }
}

let EventEmitter;

/** With the first client: a first `require` of events takes longer than this file does. */
function begin() {
  EventEmitter = require('node:events');
  Object.setPrototypeOf(Client.prototype, EventEmitter.prototype);
  native('setErrorClass')(BmauthError);
  // Threads end before the process does, and not in the midst of its own cleaning up.
  process.once('exit', () => native('stop')());
}

/** Says which language it is, unless the caller says something better. */
function withLanguage(options = {}) {
  if (options === null || typeof options !== 'object' || Array.isArray(options)) return options;
  return { ...options, language: options.language ?? `node/${process.versions.node}` };
}

class Client {
  #handle;
  #kept;
  #calls;

  constructor(options) {
    if (EventEmitter === undefined) begin();
    EventEmitter.call(this);
    this.#handle = new (native('Client'))(withLanguage(options));
  }

  #openKept() {
    return (this.#kept ??= new (require('./lib/kept.js').KeptHeaders)(this.#handle));
  }

  #open() {
    this.#calls ??= new (require('./lib/client.js').Calls)(this, this.#handle, this.#openKept());
    return this.#calls;
  }

  close() {
    this.#handle.close();
    this.#kept?.empty();
  }

  header(options) {
    return this.#kept?.at(options) ?? this.#openKept().header(options);
  }

  async headerAsync(options) {
    return this.#kept?.at(options) ?? this.#open().headerAsync(options);
  }

  freshToken(options) {
    return this.#openKept().freshToken(options);
  }

  token(options) {
    return this.#open().token(options);
  }

  refreshStep(options) {
    return this.#open().refreshStep(options);
  }

  route(project, options) {
    return this.#open().route(project, options);
  }

  mode(project) {
    return this.#handle.mode(project);
  }

  async headers(routeOrProject, options) {
    return new Headers(await this.#open().headers(routeOrProject, options));
  }

  async headersForUrl(url, options) {
    return new Headers(await this.#open().headersForUrl(url, options));
  }

  invalidate(headersOrToken) {
    const isHeaders = headersOrToken instanceof Headers;
    this.#handle.invalidate(isHeaders ? headersOrToken.token : headersOrToken);
  }

  projects() {
    return this.#open().projects();
  }

  status(options) {
    return this.#open().status(options);
  }

  whoami(options) {
    return this.#open().whoami(options);
  }

  logout(options) {
    return this.#open().logout(options);
  }

  loginBegin(options) {
    return this.#open().loginBegin(options);
  }

  login(options) {
    return this.#open().login(options);
  }

  loginEvents(options) {
    return this.#open().loginEvents(options);
  }

  [inspectCustom]() {
    return 'Client {}'; // nothing of the emitter's insides
  }
}
if (Symbol.dispose) Client.prototype[Symbol.dispose] = Client.prototype.close;

const createFetch = (client, options) => require('./lib/fetch.js').createFetch(client, options);
const version = () => native('version')();
const versionNumber = () => native('versionNumber')();
const codeName = (code) => native('codeName')(code);
const codeMeaning = (code) => native('codeMeaning')(code);
const codeRemedy = (code) => native('codeRemedy')(code);
const codeIsRetryable = (code) => native('codeIsRetryable')(code);
const codeExitStatus = (code) => native('codeExitStatus')(code);

// Names alone, so that `import { Client } from 'bmauth'` finds them.
module.exports = {
  Client,
  BmauthError,
  Headers,
  createFetch,
  version,
  versionNumber,
  codeName,
  codeMeaning,
  codeRemedy,
  codeIsRetryable,
  codeExitStatus,
};
