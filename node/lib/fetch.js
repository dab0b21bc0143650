'use strict';

// A fetch that carries the credential, to the cloud's origin only.
//
// Redirects are followed here, not by fetch: that takes Authorization away when the origin changes
// (Fetch Standard, HTTP-redirect fetch), but leaves X-Workspace-ID.

const { checkOptions, mistake } = require('./calls.js');

const MAX_REDIRECTS = 20;
const REDIRECT_STATUSES = new Set([301, 302, 303, 307, 308]);
const HEADERS_OF_AN_ORIGIN = ['authorization', 'cookie', 'host', 'proxy-authorization'];
const HEADERS_OF_A_BODY = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-type',
];

/** @typedef {import('./index').Client} Client */
/** @typedef {import('./index').Headers} Credential */
/**
 * A request as the caller wrote it, and where it has got to.
 *
 * @typedef {object} Call
 * @property {URL} url
 * @property {any} input a Request, or the URL
 * @property {RequestInit} init
 * @property {Headers} headers the caller's own
 */

/** @param {any} input */
const isRequest = (input) => typeof input?.clone === 'function' && typeof input.url === 'string';

/**
 * @param {any} input
 * @param {RequestInit} init
 * @returns {Call | undefined} nothing for what fetch will refuse
 */
function readCall(input, init) {
  try {
    const headers = new Headers(init.headers ?? (isRequest(input) ? input.headers : undefined));
    return { url: new URL(isRequest(input) ? input.url : input), input, init, headers };
  } catch {
    return undefined;
  }
}

/**
 * @param {Call} call
 * @param {'method' | 'redirect' | 'signal'} name
 */
const memberOf = ({ input, init }, name) =>
  init[name] ?? (isRequest(input) ? input[name] : undefined);

/**
 * A Request's body is sent from a clone, so it can be sent again; a stream is gone once it is read.
 *
 * @param {Call} call
 */
const isReplayable = ({ init: { body } }) =>
  typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body);

/**
 * @param {Call} call
 * @param {Response} response
 * @returns {Call | undefined} nothing when the response is no redirect
 */
function redirectedCall(call, response) {
  const location = response.headers.get('location');
  if (!REDIRECT_STATUSES.has(response.status) || location === null) return undefined;

  const url = new URL(location, call.url);
  if (!isHttp(url)) throw redirectError('it does not lead to http or https');
  const headers = new Headers(call.headers);
  if (url.origin !== call.url.origin) HEADERS_OF_AN_ORIGIN.forEach((name) => headers.delete(name));

  const method = String(memberOf(call, 'method') ?? 'GET').toUpperCase();
  const isSeeOther = response.status === 303 && method !== 'GET' && method !== 'HEAD';
  if (isSeeOther || (response.status < 303 && method === 'POST')) {
    HEADERS_OF_A_BODY.forEach((name) => headers.delete(name));
    const { body, ...init } = call.init;
    const signal = memberOf(call, 'signal');
    return { url, input: url.href, init: { ...init, method: 'GET', signal }, headers };
  }
  if (!isReplayable(call)) throw redirectError('the body is a stream, which is sent once');
  const { input, init } = call;
  return {
    url,
    input: isRequest(input) ? new input.constructor(url, input) : url.href,
    init,
    headers,
  };
}

/** @param {URL} url */
const isHttp = ({ protocol }) => protocol === 'https:' || protocol === 'http:';

/** @param {string} reason */
const redirectError = (reason) =>
  new TypeError('fetch failed', { cause: new Error(`the redirect was not followed: ${reason}`) });

/** @param {Response} response */
const asRedirected = (response) => Object.defineProperty(response, 'redirected', { value: true });

class AuthorizedFetch {
  /**
   * @param {Client} client
   * @param {import('./fetch').CreateFetchOptions} options
   */
  constructor(client, options) {
    this.client = client;
    this.options = options;
  }

  /**
   * @param {any} input
   * @param {RequestInit} [init]
   */
  async run(input, init) {
    const call = readCall(input, init ?? {});
    if (!call || call.headers.has('authorization') || !this.#isOurs(call.url)) {
      return this.#fetch(input, init);
    }
    return (memberOf(call, 'redirect') ?? 'follow') === 'follow'
      ? this.#follow(call)
      : this.#authorize(call, {});
  }

  /** @param {Call} call */
  async #follow(call) {
    for (let redirects = 0; ; redirects++) {
      const response = await this.#authorize(call, { redirect: 'manual' });
      const next = redirectedCall(call, response);
      if (!next) return redirects === 0 ? response : asRedirected(response);
      if (redirects === MAX_REDIRECTS) throw redirectError(`there were ${MAX_REDIRECTS} before`);
      await response.body?.cancel();
      if (!this.#isOurs(next.url)) {
        return asRedirected(await this.#fetch(next.input, { ...next.init, headers: next.headers }));
      }
      call = next;
    }
  }

  /**
   * Sends once, and once more after a 401 that another access token may mend.
   *
   * @param {Call} call
   * @param {RequestInit} change
   */
  async #authorize(call, change) {
    const credential = await this.#credential(call);
    const response = await this.#send(call, change, credential);
    if (response.status !== 401 || credential.token.kind !== 'oauth') return response;
    this.client.invalidate(credential);
    if (!isReplayable(call)) return response;
    const renewed = await this.#credential(call).catch(async (error) => {
      await response.body?.cancel();
      throw error;
    });
    if (renewed.token.accessToken === credential.token.accessToken) return response;
    await response.body?.cancel();
    return this.#send(call, change, renewed);
  }

  /**
   * @param {Call} call
   * @returns {Promise<Credential>}
   */
  #credential(call) {
    const signal = memberOf(call, 'signal') ?? undefined;
    const { project } = this.options;
    const isProxied = `${call.url.pathname}/`.startsWith(`${this.#cloudBase.pathname}/`);
    return project !== undefined && isProxied
      ? this.client.headers(project, { signal })
      : this.client.headersForUrl(call.url.href, { signal });
  }

  /**
   * @param {Call} call
   * @param {RequestInit} change
   * @param {Credential} credential
   */
  #send({ input, init, headers }, change, credential) {
    const all = new Headers(credential);
    headers.forEach((value, name) => all.set(name, value));
    return this.#fetch(isRequest(input) ? input.clone() : input, {
      ...init,
      ...change,
      headers: all,
    });
  }

  /** @param {URL} url */
  #isOurs(url) {
    return isHttp(url) && url.origin === this.#cloudBase.origin;
  }

  /** @type {URL | undefined} */
  #base;

  // The client's cloud host stays for its life; a route to the cloud tells it without network.
  get #cloudBase() {
    this.#base ??= new URL(this.client.route(undefined, { override: 'cloud' }).baseUrl);
    return this.#base;
  }

  /**
   * @param {any} input
   * @param {RequestInit} [init]
   * @returns {Promise<Response>}
   */
  #fetch(input, init) {
    return (this.options.fetch ?? globalThis.fetch)(input, init);
  }
}

/**
 * @param {Client} client
 * @param {import('./fetch').CreateFetchOptions} [options]
 * @returns {typeof globalThis.fetch}
 */
function createFetch(client, options) {
  if (typeof client?.headersForUrl !== 'function') {
    throw mistake(TypeError, 'client must be a Client');
  }
  const { fetch, project } = checkOptions(options, ['fetch', 'project']);
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw mistake(TypeError, 'fetch must be a function');
  }
  if (project !== undefined && typeof (project?.mode ?? project) !== 'string') {
    throw mistake(TypeError, 'project must be a string or a Route');
  }
  const authorized = new AuthorizedFetch(client, { fetch, project });
  return (input, init) => authorized.run(input, init);
}

module.exports = { createFetch };
