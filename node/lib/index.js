'use strict';

// The friendly layer: promises with AbortSignal, events, errors. It translates; every decision is
// the core's. `require` reads this file and the addon; the other files come with the first call
// that needs them, because each costs as much as the addon.

const EventEmitter = require('node:events');
const native = require('../native/bmauth.node');

let loaded;
const calls = () => (loaded ??= require('./calls.js'));

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

class BmauthError extends Error {
  constructor({ message, ...facts }) {
    super(message);
    Object.assign(this, facts);
  }
}
Object.defineProperty(BmauthError.prototype, 'name', { value: 'BmauthError', writable: true });
native.setErrorClass(BmauthError);

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

const documents = new WeakMap();
Object.defineProperties(native.Report.prototype, {
  data: {
    get() {
      let document = documents.get(this);
      if (document === undefined) documents.set(this, (document = JSON.parse(this.json)));
      return document;
    },
  },
  toJSON: {
    value() {
      return this.data;
    },
  },
  [inspectCustom]: {
    value(_depth, options, inspect) {
      return `Report ${inspect(this.data, options)}`;
    },
  },
});

let hasExitListener = false;

/** Threads end before the process does, and not in the midst of its own cleaning up. */
function stopAtExit() {
  if (!hasExitListener) process.once('exit', () => native.stop());
  hasExitListener = true;
}

/** Says which language it is, unless the caller says something better. */
function withLanguage(options = {}) {
  if (options === null || typeof options !== 'object' || Array.isArray(options)) return options;
  return { ...options, language: options.language ?? `node/${process.versions.node}` };
}

class Client extends EventEmitter {
  #handle;
  #flights;

  constructor(options) {
    super();
    this.#handle = new native.Client(withLanguage(options));
    stopAtExit();
  }

  close() {
    this.#handle.close();
  }

  header(options) {
    return this.freshToken(options).headers.Authorization;
  }

  async headerAsync(options) {
    const { purpose, signal } = calls().checkOptions(options, ['purpose', 'signal']);
    return (await this.token({ purpose, signal })).headers.Authorization;
  }

  freshToken(options) {
    const { purpose = 'account' } = calls().checkOptions(options, ['purpose']);
    return this.#handle.freshToken(purpose);
  }

  async token(options) {
    const names = ['purpose', 'minValidityMs', 'signal'];
    const { purpose = 'account', minValidityMs = 0, signal } = calls().checkOptions(options, names);
    calls().checkMs(minValidityMs, 'minValidityMs');
    calls().throwIfAborted(signal);
    const fresh = this.#fresh(purpose);
    if (fresh !== null && (minValidityMs === 0 || fresh.kind === 'api_key')) return fresh;
    await this.#refresh(minValidityMs, signal);
    const token = await calls().run(signal, (cancel) =>
      this.#handle.token(purpose, minValidityMs, cancel),
    );
    this.#tellOf(token);
    return token;
  }

  async refreshStep(options) {
    const { minValidityMs = 0, signal } = calls().checkOptions(options, [
      'minValidityMs',
      'signal',
    ]);
    return calls().run(signal, (cancel) => this.#handle.refreshStep(minValidityMs, cancel));
  }

  route(project, options) {
    const names = ['workspace', 'override', 'useDefaultProject'];
    const { workspace, ...rest } = calls().checkOptions(options, names);
    const { override = 'none', useDefaultProject = false } = rest;
    return this.#handle.route(project, workspace, override, useDefaultProject);
  }

  async headers(routeOrProject, options) {
    const { signal } = calls().checkOptions(options, ['signal']);
    calls().throwIfAborted(signal);
    const isProject = typeof routeOrProject === 'string';
    const route = isProject ? this.route(routeOrProject) : routeOrProject;
    if (route?.mode === 'cloud') await this.#refreshIfNeeded('project', signal);
    return this.#headers(signal, (cancel) => this.#handle.headers(route, cancel));
  }

  async headersForUrl(url, options) {
    const { signal } = calls().checkOptions(options, ['signal']);
    calls().throwIfAborted(signal);
    const text = url instanceof URL ? url.href : url;
    // Which of the two a URL is for is the core's to know. If an API key serves projects, a session
    // that cannot be refreshed may not be in their way.
    await this.#refreshIfNeeded('project', signal);
    await this.#refreshIfNeeded('account', signal).catch(() => calls().throwIfAborted(signal));
    return this.#headers(signal, (cancel) => this.#handle.headersForUrl(text, cancel));
  }

  invalidate(headersOrToken) {
    const isHeaders = headersOrToken instanceof Headers;
    this.#handle.invalidate(isHeaders ? headersOrToken.token : headersOrToken);
  }

  projects() {
    return this.#handle.projects();
  }

  async status(options) {
    const { isOffline = false, signal } = calls().checkOptions(options, ['isOffline', 'signal']);
    return calls().run(signal, (cancel) => this.#handle.status(isOffline, cancel));
  }

  async whoami(options) {
    const { isOffline = false, signal } = calls().checkOptions(options, ['isOffline', 'signal']);
    calls().throwIfAborted(signal);
    if (isOffline === false) await this.#refreshIfNeeded('account', signal);
    return calls().run(signal, (cancel) => this.#handle.whoami(isOffline, cancel));
  }

  async logout(options) {
    const { signal } = calls().checkOptions(options, ['signal']);
    const report = await calls().run(signal, (cancel) => this.#handle.logout(cancel));
    this.#tell('logout', report);
    return report;
  }

  async loginBegin(options) {
    const { isForced = false, signal } = calls().checkOptions(options, ['isForced', 'signal']);
    const handle = await calls().run(signal, (cancel) => this.#handle.loginBegin(isForced, cancel));
    return new (require('./login.js').Login)(handle);
  }

  async login(options) {
    const names = ['onPrompt', 'isForced', 'openBrowser', 'signal'];
    const { onPrompt, ...rest } = calls().checkOptions(options, names);
    if (onPrompt !== undefined && typeof onPrompt !== 'function') {
      throw calls().mistake(TypeError, 'onPrompt must be a function');
    }
    let report;
    for await (const event of this.loginEvents(rest)) {
      if (event.type === 'prompt') await onPrompt?.(event);
      if (event.type === 'done') report = event.report;
    }
    return report;
  }

  async *loginEvents(options) {
    const names = ['isForced', 'openBrowser', 'signal'];
    const { isForced, openBrowser = false, signal } = calls().checkOptions(options, names);
    if (typeof openBrowser !== 'boolean') {
      throw calls().mistake(TypeError, 'openBrowser must be a boolean');
    }
    const login = await this.loginBegin({ isForced, signal });
    for await (const event of require('./login.js').events(login, openBrowser, signal)) {
      if (event.type === 'prompt') this.#tell('prompt', event);
      if (event.type === 'done') this.#tell('login', event.report);
      yield event;
    }
  }

  [inspectCustom]() {
    return 'Client {}'; // nothing of the emitter's insides
  }

  /** The token that can be had now, or null if that takes a refresh. */
  #fresh(purpose) {
    try {
      return this.#handle.freshToken(purpose);
    } catch (error) {
      if (error.code === 'needs_refresh') return null;
      throw error;
    }
  }

  /** If a refresh is what is missing; all else is for the call itself to say. */
  async #refreshIfNeeded(purpose, signal) {
    try {
      if (this.#fresh(purpose) !== null) return;
    } catch {
      return;
    }
    await this.#refresh(0, signal);
  }

  #refresh(minValidityMs, signal) {
    this.#flights ??= new (require('./flight.js').Flights)();
    return this.#flights.board(this.#handle, minValidityMs, signal);
  }

  async #headers(signal, start) {
    const token = await calls().run(signal, start);
    for (const warning of token.warnings) this.#tell('warning', warning);
    return new Headers(token);
  }

  #tellOf({ kind, source, expiresAtUnixS, isPersisted, warnings }) {
    this.#tell('token', { kind, source, expiresAtUnixS, isPersisted });
    for (const warning of warnings) this.#tell('warning', warning);
  }

  /** A listener that throws is an uncaught exception, never the failure of a call. */
  #tell(name, value) {
    if (this.listenerCount(name) > 0) process.nextTick(() => this.emit(name, value));
  }
}
if (Symbol.dispose) Client.prototype[Symbol.dispose] = Client.prototype.close;

// Named one by one, so that `import { Client } from 'bmauth'` finds them.
exports.Client = Client;
exports.BmauthError = BmauthError;
exports.Headers = Headers;
exports.createFetch = (client, options) => require('./fetch.js').createFetch(client, options);
exports.version = native.version;
exports.versionNumber = native.versionNumber;
exports.codeName = native.codeName;
exports.codeMeaning = native.codeMeaning;
exports.codeRemedy = native.codeRemedy;
exports.codeIsRetryable = native.codeIsRetryable;
exports.codeExitStatus = native.codeExitStatus;
