// What the settings leave out of a successful token answer (RFC 6749, section 5.1).

import { jsonOf, withJson } from './answer.mjs';

/**
 * @param {import('./answer.mjs').Answer} answer
 * @param {import('./settings.mjs').Settings} settings
 * @param {boolean} isRefresh
 * @returns {import('./answer.mjs').Answer}
 */
export function shapeTokenAnswer(answer, settings, isRefresh) {
  const body = jsonOf(answer);
  if (answer.status !== 200 || !body) return answer;
  const omitsRefreshToken = isRefresh
    ? settings.omit_refresh_token
    : settings.omit_refresh_token_at_login;
  if (omitsRefreshToken) delete body.refresh_token;
  if (settings.omit_expires_in) delete body.expires_in;
  if (settings.omit_id_token) delete body.id_token;
  return withJson(answer, body);
}
