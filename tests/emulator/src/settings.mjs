// What can be set at the start and while it runs. A misspelt setting is an error: silently ignored,
// it would make a test prove nothing.

import { PEOPLE, SUBSCRIPTIONS } from './people.mjs';

/**
 * @typedef {object} Settings
 * @property {number} interval_s the polling interval that the server announces (RFC 8628, section 3.2)
 * @property {boolean} enforce_interval answer earlier polls with slow_down
 * @property {number} access_token_ttl_s fractions are exact at the server, rounded up on the wire
 * @property {number} device_code_ttl_s likewise
 * @property {number} replay_grace_s 0: a refresh token used twice kills its family; more: for so long
 *   after its first use it gets the same pair again
 * @property {boolean} omit_refresh_token refresh answers carry none, and the old one stays valid
 * @property {boolean} omit_refresh_token_at_login the first token answer carries none
 * @property {boolean} omit_expires_in
 * @property {boolean} omit_id_token
 * @property {Record<string, import('./people.mjs').Subscription>} subscription by login
 */

/** @type {Readonly<Settings>} */
export const DEFAULT_SETTINGS = {
  interval_s: 5,
  enforce_interval: true,
  access_token_ttl_s: 300,
  device_code_ttl_s: 600,
  replay_grace_s: 0,
  omit_refresh_token: false,
  omit_refresh_token_at_login: false,
  omit_expires_in: false,
  omit_id_token: false,
  subscription: Object.fromEntries(
    Object.entries(PEOPLE).map(([login, person]) => [login, person.subscription]),
  ),
};

/** @type {Record<string, (value: unknown) => string | undefined>} */
const RULES = {
  number: (value) =>
    typeof value === 'number' && Number.isFinite(value) && value >= 0
      ? undefined
      : 'a number of seconds, not negative',
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'true or false'),
  object: (value) =>
    value !== null &&
    typeof value === 'object' &&
    Object.entries(value).every(([login, s]) => login in PEOPLE && SUBSCRIPTIONS.includes(s))
      ? undefined
      : `an object of ${Object.keys(PEOPLE).join(', ')} to ${SUBSCRIPTIONS.join(', ')}`,
};

/**
 * Checks a change and returns the settings after it.
 *
 * @param {Settings} settings
 * @param {Record<string, unknown>} change
 * @returns {Settings}
 * @throws {RangeError} naming the setting and what it must be
 */
export function changeSettings(settings, change) {
  const known = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (DEFAULT_SETTINGS));
  for (const [name, value] of Object.entries(change)) {
    if (!Object.hasOwn(known, name)) {
      throw new RangeError(`no setting "${name}"; there are ${Object.keys(known).join(', ')}`);
    }
    const wanted = RULES[typeof known[name]](value);
    if (wanted) throw new RangeError(`"${name}" must be ${wanted}`);
    if (/_ttl_s$/.test(name) && value === 0) throw new RangeError(`"${name}" must be more than 0`);
  }
  const subscription = { ...settings.subscription, .../** @type {object} */ (change.subscription) };
  return { ...settings, ...change, subscription };
}
