// The cloud API: health, workspaces, API keys, and an echo for everything else under /proxy.

import { emptyAnswer, jsonAnswer } from './answer.mjs';
import { bearerOf } from './log.mjs';
import { PEOPLE, workspacesOf } from './people.mjs';
import { PATHS } from './provider.mjs';

/** @typedef {import('./answer.mjs').Answer} Answer */
/** @typedef {import('./server.mjs').Exchange} Exchange */
/** @typedef {{login: string, credential: 'oauth' | 'api_key'}} Caller */

const MAX_NAME_CHARACTERS = 200;

// RFC 6750, section 3.1.
const unauthorized = () =>
  jsonAnswer(
    401,
    { error: 'invalid_token', detail: 'Invalid or expired token' },
    { 'www-authenticate': 'Bearer error="invalid_token"' },
  );

const notFound = () => jsonAnswer(404, { detail: 'Not Found' });

/** @param {string} allow */
const methodNotAllowed = (allow) => jsonAnswer(405, { detail: 'Method Not Allowed' }, { allow });

export class CloudApi {
  /**
   * @param {() => import('./settings.mjs').Settings} settings
   * @param {import('./access_tokens.mjs').AccessTokens} accessTokens
   * @param {import('./api_keys.mjs').ApiKeys} apiKeys
   */
  constructor(settings, accessTokens, apiKeys) {
    this.settings = settings;
    this.accessTokens = accessTokens;
    this.apiKeys = apiKeys;
  }

  /** @param {string} path */
  static owns(path) {
    return path === PATHS.userinfo || /^\/(proxy|api|workspaces)(\/|$)/.test(path);
  }

  /**
   * @param {Exchange} exchange
   * @returns {Promise<Answer>}
   */
  async handle(exchange) {
    const { path, method } = exchange;
    const caller = await this.#authenticate(exchange.headers.authorization);
    if (!caller) return unauthorized();
    if (path === PATHS.userinfo) return this.#userinfo(caller);
    if (path === '/workspaces/') {
      return method === 'GET' ? this.#workspaces(caller) : methodNotAllowed('GET');
    }
    if (path.startsWith('/workspaces')) return notFound();
    const refusal = this.#requireSubscription(caller);
    if (refusal) return refusal;
    return path.startsWith('/proxy') ? this.#proxy(exchange, caller) : this.#keys(exchange, caller);
  }

  /**
   * @param {string | undefined} authorization
   * @returns {Promise<Caller | undefined>}
   */
  async #authenticate(authorization) {
    const bearer = bearerOf(authorization) ?? '';
    if (bearer.startsWith('bmc_')) {
      const login = this.apiKeys.use(bearer);
      return login ? { login, credential: 'api_key' } : undefined;
    }
    const login = await this.accessTokens.subjectOf(bearer);
    return login ? { login, credential: 'oauth' } : undefined;
  }

  /** @param {Caller} caller */
  #requireSubscription({ login }) {
    const subscription = this.settings().subscription[login];
    if (subscription === 'active') return undefined;
    const refusal = {
      error: 'subscription_required',
      message: 'An active subscription is required',
      subscribe_url: `${this.accessTokens.issuer}/subscribe`,
    };
    return jsonAnswer(403, subscription === 'required' ? { detail: refusal } : refusal);
  }

  /**
   * The library knows JWT access tokens at this endpoint as little as it stores them.
   *
   * @param {Caller} caller
   */
  #userinfo({ login, credential }) {
    if (credential !== 'oauth') return unauthorized();
    const { name, email } = PEOPLE[login];
    return jsonAnswer(200, { sub: login, name, email, email_verified: true });
  }

  /** @param {Caller} caller */
  #workspaces({ login }) {
    return jsonAnswer(200, {
      workspaces: workspacesOf(login, this.settings().subscription[login]),
    });
  }

  /**
   * @param {Exchange} exchange
   * @param {Caller} caller
   */
  #proxy({ method, path, headers }, { login, credential }) {
    if (path === '/proxy/health' && method === 'GET') {
      const timestamp = new Date().toISOString();
      return jsonAnswer(200, { status: 'ok', version: 'emulator', timestamp });
    }
    const workspace = headers['x-workspace-id'] ?? null;
    return jsonAnswer(200, { method, path, subject: login, workspace, credential });
  }

  /**
   * @param {Exchange} exchange
   * @param {Caller} caller
   */
  #keys(exchange, caller) {
    const { method, path } = exchange;
    if (path === '/api/keys') {
      if (method === 'GET') return jsonAnswer(200, { keys: this.apiKeys.list(caller.login) });
      return method === 'POST' ? this.#createKey(exchange, caller) : methodNotAllowed('GET, POST');
    }
    const id = /^\/api\/keys\/([\w-]+)$/.exec(path)?.[1];
    if (!id) return notFound();
    if (method !== 'DELETE') return methodNotAllowed('DELETE');
    return this.apiKeys.remove(caller.login, id) ? emptyAnswer(204) : notFound();
  }

  /**
   * @param {Exchange} exchange
   * @param {Caller} caller
   */
  #createKey({ body }, { login, credential }) {
    if (credential !== 'oauth') {
      return jsonAnswer(403, {
        error: 'insufficient_scope',
        detail: 'An API key cannot create an API key',
      });
    }
    const name = nameIn(body);
    if (name === undefined) {
      return jsonAnswer(422, { detail: `"name" must have 1 to ${MAX_NAME_CHARACTERS} characters` });
    }
    return jsonAnswer(201, this.apiKeys.create(login, name));
  }
}

/**
 * @param {Buffer} body
 * @returns {string | undefined}
 */
function nameIn(body) {
  try {
    const name = JSON.parse(body.toString())?.name;
    const isGood = typeof name === 'string' && name !== '' && name.length <= MAX_NAME_CHARACTERS;
    return isGood ? name : undefined;
  } catch {
    return undefined;
  }
}
