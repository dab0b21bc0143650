// What RFC 8628 and RFC 7636 ask for and the library leaves out on the device flow: PKCE, the
// `interval` member and slow_down.

import { jsonOf, oauthError, withJson } from './answer.mjs';
import { codeChallengeS256 } from './digest.mjs';

/** @typedef {import('./answer.mjs').Answer} Answer */
/** @typedef {import('./server.mjs').Exchange} Exchange */

export const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const SLOW_DOWN_STEP_MS = 5000; // RFC 8628, section 3.5
const TOLERANCE_MS = 20; // a client's timer and the network are not exact
const CODE_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

/**
 * @typedef {object} Flow
 * @property {string} challenge
 * @property {number} intervalMs
 * @property {number} [lastPollMs]
 */

export class DeviceRules {
  /** @type {Map<string, Flow>} by device code */
  #flows = new Map();
  #swapNextChallenge = false;

  /** @param {() => import('./settings.mjs').Settings} settings */
  constructor(settings) {
    this.settings = settings;
  }

  clear() {
    this.#flows.clear();
    this.#swapNextChallenge = false;
  }

  /** The next login's verifier will not match, as if somebody had swapped the challenge. */
  swapNextChallenge() {
    this.#swapNextChallenge = true;
  }

  /**
   * Notes when a poll arrives, also when a fault then answers it.
   *
   * @param {Exchange} exchange
   */
  noteArrival({ form, entry, arrivedMs }) {
    const flow = this.#flowOf(form);
    if (!flow || !entry) return;
    const sinceLastMs = arrivedMs - (flow.lastPollMs ?? -Infinity);
    entry.early = sinceLastMs < flow.intervalMs - TOLERANCE_MS;
    flow.lastPollMs = arrivedMs;
  }

  /**
   * @param {Exchange} exchange a device authorization request
   * @returns {Answer | undefined} the refusal
   */
  refuseStart({ form }) {
    if (form.get('code_challenge_method') !== 'S256') {
      return oauthError('invalid_request', 'PKCE with code_challenge_method S256 is required');
    }
    if (!CODE_CHALLENGE.test(form.get('code_challenge') ?? '')) {
      return oauthError('invalid_request', 'code_challenge must be 43 base64url characters');
    }
    return undefined;
  }

  /**
   * @param {Exchange} exchange
   * @param {Answer} answer
   * @returns {Answer}
   */
  started({ form }, answer) {
    const body = jsonOf(answer);
    if (answer.status !== 200 || !body) return answer;
    const settings = this.settings();
    const sent = form.get('code_challenge') ?? '';
    const challenge = this.#swapNextChallenge ? codeChallengeS256(`not ${sent}`) : sent;
    this.#swapNextChallenge = false;
    this.#flows.set(body.device_code, { challenge, intervalMs: settings.interval_s * 1000 });
    const expiresIn = Math.ceil(settings.device_code_ttl_s);
    return withJson(answer, { ...body, expires_in: expiresIn, interval: settings.interval_s });
  }

  /**
   * RFC 7636, section 4.6. The code is not used up by a wrong verifier.
   *
   * @param {Exchange} exchange a poll
   * @returns {Answer | undefined} the refusal
   */
  refusePoll({ form }) {
    const flow = this.#flowOf(form);
    if (!flow || codeChallengeS256(form.get('code_verifier') ?? '') === flow.challenge) {
      return undefined;
    }
    return oauthError('invalid_grant', 'code_verifier does not match the code_challenge');
  }

  /**
   * @param {Exchange} exchange
   * @param {Answer} answer
   * @returns {Answer}
   */
  polled({ form, entry }, answer) {
    const flow = this.#flowOf(form);
    const isPending = jsonOf(answer)?.error === 'authorization_pending';
    if (!flow || !isPending || !entry?.early || !this.settings().enforce_interval) return answer;
    flow.intervalMs += SLOW_DOWN_STEP_MS;
    return oauthError('slow_down', 'polls come faster than the interval allows');
  }

  /** @param {URLSearchParams} form */
  #flowOf(form) {
    if (form.get('grant_type') !== DEVICE_CODE_GRANT) return undefined;
    return this.#flows.get(form.get('device_code') ?? '');
  }
}
