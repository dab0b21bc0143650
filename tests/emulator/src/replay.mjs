// Refresh tokens presented more than once. Rotation and reuse detection are the library's own; a grace
// for a replay, as the real service has one, is ours.

import { jsonOf } from './answer.mjs';
import { sha256Hex } from './digest.mjs';

/** @typedef {import('./answer.mjs').Answer} Answer */

/**
 * @typedef {object} Remembered
 * @property {Answer} answer
 * @property {number} atMs
 */

export class Replay {
  /** @type {Map<string, Remembered>} by the digest of the token that was used, oldest first */
  #remembered = new Map();
  /** @type {Map<string, Promise<unknown>>} */
  #inFlight = new Map();

  /**
   * @param {() => import('./settings.mjs').Settings} settings
   * @param {import('./store.mjs').Store} store
   */
  constructor(settings, store) {
    this.settings = settings;
    this.store = store;
  }

  clear() {
    this.#remembered.clear();
  }

  /**
   * Presents a refresh token. Presentations of one token take turns: which of two came first decides
   * who rotates, and nothing else.
   *
   * @param {import('./server.mjs').Exchange} exchange
   * @param {() => Promise<Answer>} ask asks the library
   * @returns {Promise<Answer>}
   */
  async present(exchange, ask) {
    const token = exchange.form.get('refresh_token') ?? '';
    const digest = sha256Hex(token);
    const before = this.#inFlight.get(digest) ?? Promise.resolve();
    const turn = before.catch(() => {}).then(() => this.#take(exchange, token, digest, ask));
    this.#inFlight.set(digest, turn);
    try {
      return await turn;
    } finally {
      if (this.#inFlight.get(digest) === turn) this.#inFlight.delete(digest);
    }
  }

  /**
   * @param {import('./server.mjs').Exchange} exchange
   * @param {string} token
   * @param {string} digest
   * @param {() => Promise<Answer>} ask
   */
  async #take({ entry, form }, token, digest, ask) {
    this.#forgetOld();
    const remembered = this.#remembered.get(digest);
    const stored = this.store.find('RefreshToken', token); // gone once the grant was revoked
    if (remembered && stored?.clientId === form.get('client_id')) {
      if (entry) entry.effect = 'replayed_in_grace';
      return remembered.answer;
    }
    const wasUsed = stored?.consumed !== undefined;
    const answer = await ask();
    if (!entry) return answer;
    if (answer.status === 200) {
      const isRotated = this.store.find('RefreshToken', token)?.consumed !== undefined;
      entry.effect = isRotated ? 'rotated' : 'refreshed';
      if (isRotated) this.#remembered.set(digest, { answer, atMs: performance.now() });
    } else if (wasUsed && jsonOf(answer)?.error === 'invalid_grant') {
      entry.effect = 'reuse_detected';
    }
    return answer;
  }

  #forgetOld() {
    const oldestMs = performance.now() - this.settings().replay_grace_s * 1000;
    for (const [digest, { atMs }] of this.#remembered) {
      if (atMs > oldestMs) return;
      this.#remembered.delete(digest);
    }
  }
}
