// Access tokens are JWTs (RFC 9068) and are not stored: what decides over one is its signature, the
// exact instant of its expiry and whether its grant still lives.

import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

import { jwtVerify } from 'jose';

const KEY_ID = 'emulator-1';

/** @typedef {{publicKey: import('node:crypto').KeyObject, privateJwk: import('oidc-provider').JWK}} SigningKey */

// Making an RSA key is a good part of what a start costs: one for the process, and made on another
// thread while the library loads.
const signingKeyOfProcess = createSigningKey();

/** @returns {Promise<SigningKey>} */
async function createSigningKey() {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const jwk = pair.privateKey.export({ format: 'jwk' });
  const privateJwk = { ...jwk, kty: 'RSA', use: 'sig', alg: 'RS256', kid: KEY_ID };
  return { publicKey: pair.publicKey, privateJwk };
}

export class AccessTokens {
  /** @type {Map<string, number>} JWT id to the wall clock's millisecond of expiry */
  #expiresAtMs = new Map();

  /**
   * @param {import('./store.mjs').Store} store
   * @param {string} issuer
   * @param {SigningKey} key
   */
  constructor(store, issuer, { publicKey, privateJwk }) {
    this.store = store;
    this.issuer = issuer;
    this.audience = `${issuer}/proxy`;
    this.publicKey = publicKey;
    this.privateJwk = privateJwk;
  }

  /**
   * @param {import('./store.mjs').Store} store
   * @param {string} issuer
   */
  static async create(store, issuer) {
    return new AccessTokens(store, issuer, await signingKeyOfProcess);
  }

  clear() {
    this.#expiresAtMs.clear();
  }

  /**
   * Notes the exact expiry of a token about to be signed. Its `exp` stays a whole number, rounded up.
   *
   * @param {Record<string, unknown>} payload
   * @param {number} ttlS
   */
  issuing(payload, ttlS) {
    const expiresAtMs = Date.now() + ttlS * 1000;
    payload.exp = Math.ceil(expiresAtMs / 1000);
    this.#expiresAtMs.set(String(payload.jti), expiresAtMs);
  }

  /**
   * @param {string} token
   * @returns {Promise<string | undefined>} its subject, if it is good
   */
  async subjectOf(token) {
    try {
      const { payload } = await jwtVerify(token, this.publicKey, {
        issuer: this.issuer,
        audience: this.audience,
        algorithms: ['RS256'],
        typ: 'at+jwt',
      });
      const isAlive =
        Date.now() < (this.#expiresAtMs.get(String(payload.jti)) ?? 0) &&
        this.store.find('Grant', String(payload.gid)) !== undefined;
      return isAlive ? payload.sub : undefined;
    } catch {
      return undefined;
    }
  }
}
