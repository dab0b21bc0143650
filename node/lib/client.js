'use strict';

// What the calls of a client do: promises with AbortSignal, events. It translates; every decision
// is the core's.

const { checkMs, checkOptions, mistake, run, throwIfAborted } = require('./calls.js');
require('./reports.js');

class Calls {
  #client;
  #handle;
  #kept;
  #flights;

  constructor(client, handle, kept) {
    this.#client = client;
    this.#handle = handle;
    this.#kept = kept;
  }

  async headerAsync(options) {
    const { purpose = 'account', signal } = checkOptions(options, ['purpose', 'signal']);
    throwIfAborted(signal);
    return this.#kept.of(purpose) ?? (await this.token({ purpose, signal })).headers.Authorization;
  }

  async token(options) {
    const names = ['purpose', 'minValidityMs', 'signal'];
    const { purpose = 'account', minValidityMs = 0, signal } = checkOptions(options, names);
    checkMs(minValidityMs, 'minValidityMs');
    throwIfAborted(signal);
    const fresh = this.#fresh(purpose);
    if (fresh !== null && (minValidityMs === 0 || fresh.kind === 'api_key')) return fresh;
    await this.#refresh(minValidityMs, signal);
    const token = await run(signal, (cancel) => this.#handle.token(purpose, minValidityMs, cancel));
    this.#tellOf(token);
    return token;
  }

  async refreshStep(options) {
    const { minValidityMs = 0, signal } = checkOptions(options, ['minValidityMs', 'signal']);
    return run(signal, (cancel) => this.#handle.refreshStep(minValidityMs, cancel));
  }

  route(project, options) {
    const names = ['workspace', 'override', 'useDefaultProject'];
    const { workspace, ...rest } = checkOptions(options, names);
    const { override = 'none', useDefaultProject = false } = rest;
    return this.#handle.route(project, workspace, override, useDefaultProject);
  }

  async headers(routeOrProject, options) {
    const { signal } = checkOptions(options, ['signal']);
    throwIfAborted(signal);
    const isProject = typeof routeOrProject === 'string';
    const route = isProject ? this.route(routeOrProject) : routeOrProject;
    if (route?.mode === 'cloud') await this.#refreshIfNeeded('project', signal);
    return this.#headers(signal, (cancel) => this.#handle.headers(route, cancel));
  }

  async headersForUrl(url, options) {
    const { signal } = checkOptions(options, ['signal']);
    throwIfAborted(signal);
    const text = url instanceof URL ? url.href : url;
    // Which of the two a URL is for is the core's to know. If an API key serves projects, a session
    // that cannot be refreshed may not be in their way.
    await this.#refreshIfNeeded('project', signal);
    await this.#refreshIfNeeded('account', signal).catch(() => throwIfAborted(signal));
    return this.#headers(signal, (cancel) => this.#handle.headersForUrl(text, cancel));
  }

  projects() {
    return this.#handle.projects();
  }

  async status(options) {
    const { isOffline = false, signal } = checkOptions(options, ['isOffline', 'signal']);
    return run(signal, (cancel) => this.#handle.status(isOffline, cancel));
  }

  async whoami(options) {
    const { isOffline = false, signal } = checkOptions(options, ['isOffline', 'signal']);
    throwIfAborted(signal);
    if (isOffline === false) await this.#refreshIfNeeded('account', signal);
    return run(signal, (cancel) => this.#handle.whoami(isOffline, cancel));
  }

  async logout(options) {
    const { signal } = checkOptions(options, ['signal']);
    const report = await run(signal, (cancel) => this.#handle.logout(cancel));
    this.#tell('logout', report);
    return report;
  }

  async loginBegin(options) {
    const { isForced = false, signal } = checkOptions(options, ['isForced', 'signal']);
    const handle = await run(signal, (cancel) => this.#handle.loginBegin(isForced, cancel));
    return new (require('./login.js').Login)(handle);
  }

  async login(options) {
    const names = ['onPrompt', 'isForced', 'openBrowser', 'signal'];
    const { onPrompt, ...rest } = checkOptions(options, names);
    if (onPrompt !== undefined && typeof onPrompt !== 'function') {
      throw mistake(TypeError, 'onPrompt must be a function');
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
    const { isForced, openBrowser = false, signal } = checkOptions(options, names);
    if (typeof openBrowser !== 'boolean') {
      throw mistake(TypeError, 'openBrowser must be a boolean');
    }
    const login = await this.loginBegin({ isForced, signal });
    for await (const event of require('./login.js').events(login, openBrowser, signal)) {
      if (event.type === 'prompt') this.#tell('prompt', event);
      if (event.type === 'done') this.#tell('login', event.report);
      yield event;
    }
  }

  /** The token that can be had now, or null if that takes a refresh. */
  #fresh(purpose) {
    try {
      return this.#kept.ask(purpose);
    } catch (error) {
      if (error.code === 'needs_refresh') return null;
      throw error;
    }
  }

  /** If a refresh is what is missing; all else is for the call itself to say. */
  async #refreshIfNeeded(purpose, signal) {
    if (this.#kept.of(purpose) !== undefined) return;
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
    const token = await run(signal, start);
    for (const warning of token.warnings) this.#tell('warning', warning);
    return token;
  }

  #tellOf({ kind, source, expiresAtUnixS, isPersisted, warnings }) {
    this.#tell('token', { kind, source, expiresAtUnixS, isPersisted });
    for (const warning of warnings) this.#tell('warning', warning);
  }

  /** A listener that throws is an uncaught exception, never the failure of a call. */
  #tell(name, value) {
    const client = this.#client;
    if (client.listenerCount(name) > 0) process.nextTick(() => client.emit(name, value));
  }
}

module.exports = { Calls };
