// An answer as a value: everything that decides what to say returns one, and only server.mjs writes
// to a socket. That is what lets a fault cut, lose or delay any answer.

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {import('node:http').OutgoingHttpHeaders} headers
 * @property {Buffer} body
 */

const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * @param {number} status
 * @param {unknown} value
 * @param {import('node:http').OutgoingHttpHeaders} [headers]
 * @returns {Answer}
 */
export function jsonAnswer(status, value, headers = {}) {
  return {
    status,
    headers: { 'content-type': JSON_TYPE, 'cache-control': 'no-store', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}

/**
 * An error of RFC 6749, section 5.2.
 *
 * @param {string} error
 * @param {string} errorDescription
 */
export const oauthError = (error, errorDescription) =>
  jsonAnswer(400, { error, error_description: errorDescription });

/**
 * @param {number} status
 * @returns {Answer}
 */
export const emptyAnswer = (status) => ({ status, headers: {}, body: Buffer.alloc(0) });

/**
 * The JSON object in an answer, or undefined when it holds something else.
 *
 * @param {Answer} answer
 * @returns {Record<string, any> | undefined}
 */
export function jsonOf(answer) {
  if (!String(answer.headers['content-type'] ?? '').startsWith('application/json'))
    return undefined;
  try {
    const value = JSON.parse(answer.body.toString());
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The same answer with another JSON body.
 *
 * @param {Answer} answer
 * @param {unknown} value
 * @returns {Answer}
 */
export function withJson(answer, value) {
  const { 'content-length': _stale, ...headers } = answer.headers;
  return { ...answer, headers, body: Buffer.from(JSON.stringify(value)) };
}

/**
 * JSON Merge Patch (RFC 7396): null removes a member.
 *
 * @param {any} target
 * @param {any} patch
 * @returns {any}
 */
export function mergePatch(target, patch) {
  if (patch === null || typeof patch !== 'object' || Array.isArray(patch)) return patch;
  const merged = target !== null && typeof target === 'object' ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}
