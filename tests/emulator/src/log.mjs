// The log of every request to the authorization server and the cloud API. Tests read facts from here,
// never from the client's own count. It holds digests of secrets, no secret.

import { performance } from 'node:perf_hooks';

import { jsonOf } from './answer.mjs';
import { sha256Hex } from './digest.mjs';

/**
 * What the server did for the request, whether or not the client ever saw the answer.
 *
 * @typedef {'issued' | 'rotated' | 'refreshed' | 'replayed_in_grace' | 'reuse_detected'} Effect
 */

/**
 * @typedef {object} LogEntry
 * @property {number} seq rises for ever, over resets too
 * @property {number} t_ms monotonic
 * @property {number} unix_ms
 * @property {number} connection
 * @property {number} request_on_connection 1 for the first
 * @property {boolean} [person] the request was made by /_control/person
 * @property {string} method
 * @property {string} path without the query, which may hold a code
 * @property {string} [grant_type]
 * @property {string} [client_id]
 * @property {string | null} user_agent
 * @property {string} [refresh_token_sha256]
 * @property {string} [device_code_sha256]
 * @property {boolean} [code_verifier_present]
 * @property {boolean} [early] the poll came before the interval was over
 * @property {'oauth' | 'api_key' | 'none'} credential
 * @property {string} [credential_sha256]
 * @property {string} [workspace]
 * @property {number} body_bytes
 * @property {string} [fault] the fault that was applied
 * @property {Effect} [effect]
 * @property {number | null} status null: no answer was begun
 * @property {string | null} outcome
 * @property {boolean} finished
 */

const BEARER = /^Bearer +(\S+)$/i;

/** @param {string | undefined} authorization */
export const bearerOf = (authorization) => BEARER.exec(authorization ?? '')?.[1];

export class RequestLog {
  /** @type {LogEntry[]} */
  #entries = [];
  #lastSeq = 0;

  clear() {
    this.#entries = [];
  }

  /** @param {number} seq */
  after(seq) {
    return this.#entries.filter((entry) => entry.seq > seq);
  }

  /**
   * Adds a request that has arrived in full.
   *
   * @param {import('./server.mjs').Exchange} exchange
   * @param {{connection: number, requestOnConnection: number, isPerson: boolean}} origin
   * @returns {LogEntry}
   */
  add(exchange, origin) {
    const { form, headers } = exchange;
    const bearer = bearerOf(headers.authorization);
    const refreshToken = form.get('refresh_token');
    const deviceCode = form.get('device_code');
    /** @type {LogEntry} */
    const entry = {
      seq: ++this.#lastSeq,
      t_ms: Number(performance.now().toFixed(3)),
      unix_ms: Date.now(),
      connection: origin.connection,
      request_on_connection: origin.requestOnConnection,
      ...(origin.isPerson && { person: true }),
      method: exchange.method,
      path: exchange.path,
      grant_type: form.get('grant_type') ?? undefined,
      client_id: form.get('client_id') ?? undefined,
      user_agent: headers['user-agent'] ?? null,
      refresh_token_sha256: refreshToken === null ? undefined : sha256Hex(refreshToken),
      device_code_sha256: deviceCode === null ? undefined : sha256Hex(deviceCode),
      code_verifier_present: deviceCode === null ? undefined : form.has('code_verifier'),
      credential: !bearer ? 'none' : bearer.startsWith('bmc_') ? 'api_key' : 'oauth',
      credential_sha256: bearer && sha256Hex(bearer),
      workspace: headers['x-workspace-id']?.toString(),
      body_bytes: exchange.body.length,
      status: null,
      outcome: null,
      finished: false,
    };
    this.#entries.push(entry);
    return entry;
  }
}

/**
 * The outcome of an answer that went out as it was meant to.
 *
 * @param {import('./answer.mjs').Answer} answer
 * @param {Effect | undefined} effect
 */
export function outcomeOf(answer, effect) {
  if (effect === 'rotated' || effect === 'replayed_in_grace' || effect === 'reuse_detected') {
    return effect;
  }
  if (answer.status < 400) return 'ok';
  const error = jsonOf(answer)?.error ?? jsonOf(answer)?.detail?.error;
  return typeof error === 'string' ? `oauth_error:${error}` : `http_error:${answer.status}`;
}
