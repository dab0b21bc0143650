// The next answers, as a test ordered them: first in, first out, for the first request that matches.

/**
 * @typedef {object} Fault
 * @property {string} path exact, or with a `*` at its end
 * @property {string} [method]
 * @property {string} [grant_type] the last word of a grant type URN is enough (`device_code`)
 * @property {number} times how often it is applied; -1 is for ever
 * @property {number} [delay_ms] the answer is made at once and held back
 * @property {number} [status] this answer instead of the real one
 * @property {Record<string, string>} [headers]
 * @property {unknown} [body] a string goes out as it is, anything else as JSON
 * @property {boolean} [silence] never answer, never close
 * @property {boolean} [reset] TCP RST once the request was read, which is not processed
 * @property {number} [truncate] the real answer, cut after so many bytes of its body
 * @property {boolean} [lose_reply] the request is processed, the answer is a TCP RST
 * @property {unknown} [patch] a JSON merge patch (RFC 7396) on the real answer
 */

export const KINDS = /** @type {const} */ ([
  'status',
  'silence',
  'reset',
  'truncate',
  'lose_reply',
  'patch',
]);

/** @typedef {(typeof KINDS)[number]} Kind */

const isWhole = (/** @type {unknown} */ v) => Number.isSafeInteger(v) && Number(v) >= 0;
const isTrue = (/** @type {unknown} */ v) => v === true;
const isText = (/** @type {unknown} */ v) => typeof v === 'string';
const isObject = (/** @type {unknown} */ v) =>
  v !== null && typeof v === 'object' && !Array.isArray(v);

/** @type {Record<string, [(value: unknown) => boolean, string]>} */
const MEMBERS = {
  path: [(v) => isText(v) && String(v).startsWith('/'), 'a path'],
  method: [isText, 'a method'],
  grant_type: [isText, 'a grant type'],
  times: [(v) => v === -1 || (isWhole(v) && v !== 0), 'a count, or -1 for ever'],
  delay_ms: [isWhole, 'a whole number of milliseconds'],
  status: [(v) => isWhole(v) && Number(v) >= 200 && Number(v) <= 599, 'a status from 200 to 599'],
  headers: [isObject, 'an object of strings'],
  body: [() => true, ''],
  silence: [isTrue, 'true'],
  reset: [isTrue, 'true'],
  truncate: [isWhole, 'a whole number of bytes'],
  lose_reply: [isTrue, 'true'],
  patch: [isObject, 'an object'],
};

/**
 * @param {unknown} order
 * @returns {Fault}
 * @throws {RangeError} naming what is wrong with it
 */
export function faultOf(order) {
  if (!isObject(order)) throw new RangeError('an answer must be an object');
  const fault = /** @type {Fault} */ ({ times: 1, .../** @type {object} */ (order) });
  if (fault.path === undefined) throw new RangeError('an answer needs a "path"');
  for (const [name, value] of Object.entries(fault)) {
    if (!Object.hasOwn(MEMBERS, name)) throw new RangeError(`an answer has no member "${name}"`);
    const [isGood, wanted] = MEMBERS[name];
    if (!isGood(value)) throw new RangeError(`"${name}" must be ${wanted}`);
  }
  const kinds = KINDS.filter((kind) => fault[kind] !== undefined);
  if (kinds.length > 1) throw new RangeError(`only one of ${KINDS.join(', ')}`);
  if (kinds.length === 0 && fault.delay_ms === undefined) {
    throw new RangeError(`needs "delay_ms" or one of ${KINDS.join(', ')}`);
  }
  if (fault.status === undefined && (fault.headers !== undefined || fault.body !== undefined)) {
    throw new RangeError('"headers" and "body" go with "status"');
  }
  return fault;
}

/**
 * @param {Fault} fault
 * @returns {Kind | undefined}
 */
export const kindOf = (fault) => KINDS.find((kind) => fault[kind] !== undefined);

/** @param {Fault} fault */
export const faultName = (fault) =>
  [fault.delay_ms === undefined ? undefined : 'delay', kindOf(fault)].filter(Boolean).join('+');

/**
 * @param {Fault} fault
 * @returns {import('./answer.mjs').Answer}
 */
export function scriptedAnswer(fault) {
  const isJson = fault.body !== undefined && typeof fault.body !== 'string';
  const type = isJson ? 'application/json' : 'text/html; charset=utf-8';
  const headers = Object.entries(fault.headers ?? {}).map(([k, v]) => [k.toLowerCase(), v]);
  return {
    status: fault.status ?? 500,
    headers: { 'content-type': type, ...Object.fromEntries(headers) },
    body: Buffer.from(isJson ? JSON.stringify(fault.body) : String(fault.body ?? '')),
  };
}

/**
 * @param {Fault} fault
 * @param {import('./server.mjs').Exchange} exchange
 */
function matches(fault, { method, path, form }) {
  const grantType = form.get('grant_type');
  return (
    (fault.path.endsWith('*') ? path.startsWith(fault.path.slice(0, -1)) : path === fault.path) &&
    (fault.method === undefined || fault.method.toUpperCase() === method) &&
    (fault.grant_type === undefined ||
      fault.grant_type === grantType ||
      fault.grant_type === grantType?.split(':').at(-1))
  );
}

export class FaultQueue {
  /** @type {Fault[]} */
  #queue = [];

  clear() {
    this.#queue = [];
  }

  get waiting() {
    return this.#queue;
  }

  /** @param {Fault[]} faults */
  add(faults) {
    this.#queue.push(...faults);
  }

  /**
   * The fault for a request, used up by it.
   *
   * @param {import('./server.mjs').Exchange} exchange
   * @returns {Fault | undefined}
   */
  take(exchange) {
    const fault = this.#queue.find((candidate) => matches(candidate, exchange));
    if (fault && fault.times > 0 && --fault.times === 0) {
      this.#queue.splice(this.#queue.indexOf(fault), 1);
    }
    return fault;
  }
}
