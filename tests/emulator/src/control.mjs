// /_control: how a test drives the emulator. JSON in, JSON out, never behind a fault.

import { jsonAnswer } from './answer.mjs';
import { faultOf } from './faults.mjs';
import { PEOPLE } from './people.mjs';

/** @typedef {import('./answer.mjs').Answer} Answer */
/** @typedef {import('./server.mjs').Exchange} Exchange */

/**
 * What the control API can do to an emulator.
 *
 * @typedef {object} Controls
 * @property {() => void} reset
 * @property {() => import('./settings.mjs').Settings} settings
 * @property {(change: Record<string, unknown>) => import('./settings.mjs').Settings} change
 * @property {import('./faults.mjs').FaultQueue} faults
 * @property {() => void} swapChallenge
 * @property {(wish: {userCode: string, action: 'approve' | 'deny', login: string}) =>
 *   Promise<{ok: boolean, steps: unknown[], text: string}>} person
 * @property {(login: string) => number} revoke returns how many grants died
 * @property {import('./log.mjs').RequestLog} log
 * @property {import('./connections.mjs').Connections} connections
 */

/** @param {string} message */
const refuse = (message) => new RangeError(message);

/** @param {unknown} value */
function objectOf(value) {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw refuse('the body must be a JSON object');
  }
  return /** @type {Record<string, unknown>} */ (value);
}

/** @param {unknown} login */
function loginOf(login) {
  if (typeof login !== 'string' || !Object.hasOwn(PEOPLE, login)) {
    throw refuse(`"login" must be one of ${Object.keys(PEOPLE).join(', ')}`);
  }
  return login;
}

/** @type {Record<string, (controls: Controls, body: unknown, query: URLSearchParams) => unknown>} */
const ROUTES = {
  'POST /_control/reset': (controls) => {
    controls.reset();
    return { ok: true };
  },
  'GET /_control/settings': (controls) => controls.settings(),
  'POST /_control/settings': (controls, body) => controls.change(objectOf(body)),
  'GET /_control/answers': (controls) => ({ answers: controls.faults.waiting }),
  'POST /_control/answers': (controls, body) => {
    controls.faults.add((Array.isArray(body) ? body : [body]).map(faultOf));
    return { waiting: controls.faults.waiting.length };
  },
  'POST /_control/swap_challenge': (controls) => {
    controls.swapChallenge();
    return { ok: true };
  },
  'POST /_control/person': async (controls, body) => {
    const { user_code: userCode, action = 'approve', login = 'alice' } = objectOf(body);
    if (typeof userCode !== 'string') throw refuse('"user_code" must be a string');
    if (action !== 'approve' && action !== 'deny') {
      throw refuse('"action" must be "approve" or "deny"');
    }
    const seen = await controls.person({ userCode, action, login: loginOf(login) });
    return seen.ok ? seen : jsonAnswer(400, seen);
  },
  'POST /_control/revoke': (controls, body) => ({
    revoked: controls.revoke(loginOf(objectOf(body).login)),
  }),
  'GET /_control/log': (controls, _body, query) => {
    const after = Number(query.get('after') ?? 0);
    if (!Number.isSafeInteger(after)) throw refuse('"after" must be a whole number');
    return { entries: controls.log.after(after) };
  },
  'GET /_control/connections': (controls) => controls.connections.counts(),
};

/**
 * @param {Controls} controls
 * @param {Exchange} exchange
 * @returns {Promise<Answer>}
 */
export async function handleControl(controls, { method, path, query, headers, body }) {
  if (headers.origin !== undefined) {
    return jsonAnswer(403, { error: 'no control from web pages' });
  }
  const route = ROUTES[`${method} ${path}`];
  if (!route) {
    return jsonAnswer(404, {
      error: `no ${method} ${path}; there are ${Object.keys(ROUTES).join(', ')}`,
    });
  }
  try {
    const value = await route(controls, body.length > 0 ? JSON.parse(body.toString()) : {}, query);
    return isAnswer(value) ? value : jsonAnswer(200, value);
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) {
      return jsonAnswer(400, { error: error.message });
    }
    throw error;
  }
}

/**
 * @param {unknown} value
 * @returns {value is Answer}
 */
const isAnswer = (value) =>
  value !== null && typeof value === 'object' && 'body' in value && Buffer.isBuffer(value.body);
