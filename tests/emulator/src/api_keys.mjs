import { randomBytes, randomUUID } from 'node:crypto';

import { sha256Hex } from './digest.mjs';

/**
 * @typedef {object} ApiKey
 * @property {string} id
 * @property {string} login
 * @property {string} name
 * @property {string} prefix
 * @property {string} created_at
 * @property {string | null} last_used_at
 */

export class ApiKeys {
  /** @type {Map<string, ApiKey>} by the digest of the key: the key itself is not kept */
  #keys = new Map();

  clear() {
    this.#keys.clear();
  }

  /**
   * @param {string} login
   * @param {string} name
   */
  create(login, name) {
    const key = `bmc_${randomBytes(32).toString('base64url')}`;
    const id = randomUUID();
    const created_at = new Date().toISOString();
    const prefix = key.slice(0, 8);
    this.#keys.set(sha256Hex(key), { id, login, name, prefix, created_at, last_used_at: null });
    return { id, key, name, created_at };
  }

  /**
   * @param {string} key
   * @returns {string | undefined} whose key it is
   */
  use(key) {
    const found = this.#keys.get(sha256Hex(key));
    if (found) found.last_used_at = new Date().toISOString();
    return found?.login;
  }

  /** @param {string} login */
  list(login) {
    const own = [...this.#keys.values()].filter((key) => key.login === login);
    return own.map(({ login: _own, ...key }) => ({ ...key, status: 'active', scopes: [] }));
  }

  /**
   * @param {string} login
   * @param {string} id
   */
  remove(login, id) {
    const found = [...this.#keys].find(([, key]) => key.login === login && key.id === id);
    return found !== undefined && this.#keys.delete(found[0]);
  }
}
