// What the tests share: an emulator of their own, and a client as small as can be.

import { createHash, randomBytes } from 'node:crypto';
import net from 'node:net';
import { after } from 'node:test';

import { startEmulator } from '../src/emulator.mjs';
import { CLIENT_ID, SCOPES } from '../src/provider.mjs';

export const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** @param {string} secret */
export const digestOf = (secret) => createHash('sha256').update(secret).digest('hex');

/** @typedef {{status: number, headers: Headers, body: any}} Reply */
/** @typedef {{access_token: string, refresh_token: string, id_token: string, expires_in: number}} Tokens */

/** @param {Response} response */
async function replyOf(response) {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  };
}

/** An emulator for one test file, closed with it. */
export class Rig {
  /** @param {import('../src/emulator.mjs').Emulator} emulator */
  constructor(emulator) {
    this.issuer = emulator.issuer;
    this.port = Number(new URL(emulator.issuer).port);
  }

  /** @param {Record<string, unknown>} [settings] */
  static async start(settings) {
    const emulator = await startEmulator({ settings });
    after(() => emulator.close());
    return new Rig(emulator);
  }

  /**
   * @param {string} path
   * @param {RequestInit} [init]
   * @returns {Promise<Reply>}
   */
  async fetch(path, init) {
    const signal = AbortSignal.timeout(20_000); // a hang is a failure, and soon
    return replyOf(await fetch(`${this.issuer}${path}`, { signal, ...init }));
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} form
   */
  post(path, form) {
    return this.fetch(path, { method: 'POST', body: new URLSearchParams(form) });
  }

  /**
   * @param {string} path
   * @param {unknown} [body] none: GET
   */
  control(path, body) {
    const post = { method: 'POST', body: JSON.stringify(body) };
    return this.fetch(`/_control/${path}`, body === undefined ? {} : post);
  }

  /** @param {Record<string, unknown>} change */
  set(change) {
    return this.control('settings', change);
  }

  /** @returns {Promise<import('../src/log.mjs').LogEntry[]>} */
  async log() {
    return (await this.control('log')).body.entries;
  }

  /** @param {Record<string, string>} [change] */
  async startLogin(change) {
    const verifier = randomBytes(32).toString('base64url');
    const reply = await this.post('/oauth2/device_authorization', {
      client_id: CLIENT_ID,
      scope: SCOPES.join(' '),
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...change,
    });
    return { verifier, reply, ...reply.body };
  }

  /**
   * @param {{device_code: string, verifier: string}} login
   * @param {Record<string, string>} [change]
   */
  poll({ device_code, verifier }, change) {
    return this.post('/oauth2/token', {
      grant_type: DEVICE_CODE_GRANT,
      client_id: CLIENT_ID,
      device_code,
      code_verifier: verifier,
      ...change,
    });
  }

  /**
   * @param {string} user_code
   * @param {string} [login]
   * @param {string} [action]
   */
  person(user_code, login = 'alice', action = 'approve') {
    return this.control('person', { user_code, login, action });
  }

  /**
   * A whole login.
   *
   * @param {string} [login]
   * @returns {Promise<Tokens>}
   */
  async login(login = 'alice') {
    const started = await this.startLogin();
    await this.person(started.user_code, login);
    const { status, body } = await this.poll(started);
    if (status !== 200) throw new Error(`login failed: ${JSON.stringify(body)}`);
    return body;
  }

  /** @param {string} refresh_token */
  refresh(refresh_token) {
    const grant_type = 'refresh_token';
    return this.post('/oauth2/token', { grant_type, refresh_token, client_id: CLIENT_ID });
  }

  /**
   * @param {string} path
   * @param {string} [bearer]
   * @param {RequestInit} [init]
   */
  call(path, bearer, init = {}) {
    const headers = new Headers(init.headers);
    if (bearer) headers.set('authorization', `Bearer ${bearer}`);
    return this.fetch(path, { ...init, headers });
  }

  /** @param {string} bearer */
  async healthStatus(bearer) {
    return (await this.call('/proxy/health', bearer)).status;
  }

  /**
   * Waits until the last entry of the log is as wanted.
   *
   * @param {(entry: import('../src/log.mjs').LogEntry) => boolean} isWanted
   */
  async until(isWanted) {
    for (let tries = 0; tries < 1000; tries++) {
      const entry = (await this.log()).at(-1);
      if (entry && isWanted(entry)) return entry;
      await pause(10);
    }
    throw new Error('the log never said what was waited for');
  }

  /**
   * Sends bytes on a socket of its own and tells all that came back and how it ended.
   *
   * @param {string} request
   * @param {Promise<unknown>} [leave] when the client leaves by itself
   * @returns {Promise<{text: string, end: 'closed' | 'reset' | 'left', ms: number}>}
   */
  raw(request, leave) {
    const startMs = performance.now();
    return new Promise((resolve) => {
      let text = '';
      const socket = net.connect(this.port, '127.0.0.1', () => socket.write(request));
      /** @param {'closed' | 'reset' | 'left'} end */
      const done = (end) => {
        clearTimeout(timer);
        socket.destroy();
        resolve({ text, end, ms: performance.now() - startMs });
      };
      const timer = setTimeout(() => done('left'), 20_000);
      leave?.then(() => done('left'));
      socket.on('data', (chunk) => (text += chunk));
      socket.on('end', () => done('closed'));
      socket.on('error', () => done('reset'));
    });
  }
}

/**
 * @param {string} path
 * @param {Record<string, string>} form
 */
export function rawPost(path, form) {
  const body = new URLSearchParams(form).toString();
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: emulator',
    'Connection: close',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** @param {string} path */
export const rawGet = (path) =>
  `GET ${path} HTTP/1.1\r\nHost: emulator\r\nConnection: close\r\n\r\n`;

/** @param {string} jwt */
export const claimsOf = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url').toString());

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
