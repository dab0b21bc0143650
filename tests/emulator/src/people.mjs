// The people that can sign in. Their logins are also their subjects.

import { createHash } from 'node:crypto';

/** @typedef {'active' | 'required' | 'required_flat'} Subscription */

/**
 * @typedef {object} Person
 * @property {string} name
 * @property {string} email
 * @property {Subscription} subscription `required` nests the refusal under `detail`, `required_flat`
 *   puts it at the top: clients must read both (contract, section 4.5).
 * @property {string} hint what the sign-in page says about them
 */

/** @type {Readonly<Record<string, Person>>} */
export const PEOPLE = {
  alice: {
    name: 'Alice Example',
    email: 'alice@example.test',
    subscription: 'active',
    hint: 'active subscription',
  },
  bob: {
    name: 'Bob Example',
    email: 'bob@example.test',
    subscription: 'required',
    hint: 'no subscription',
  },
  carol: {
    name: 'Carol Example',
    email: 'carol@example.test',
    subscription: 'required_flat',
    hint: 'no subscription, told in another shape',
  },
};

/** @type {readonly Subscription[]} */
export const SUBSCRIPTIONS = ['active', 'required', 'required_flat'];

/**
 * A UUID that is the same in every run, so that tests can name it.
 *
 * @param {string} name
 */
function stableUuid(name) {
  const hex = createHash('sha256').update(`bmauth-emulator/${name}`).digest('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`];
  return [...parts, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

/**
 * The workspaces of a person, with the members of the contract's section 10.
 *
 * @param {string} login
 * @param {Subscription} subscription
 */
export function workspacesOf(login, subscription) {
  const hasActiveSubscription = subscription === 'active';
  return [
    {
      tenant_id: stableUuid(`${login}/personal`),
      slug: login,
      name: 'Personal',
      workspace_type: 'personal',
      role: 'owner',
      is_default: true,
      has_active_subscription: hasActiveSubscription,
    },
    {
      tenant_id: stableUuid('team'),
      slug: 'reading-circle',
      name: 'Reading Circle',
      workspace_type: 'organization',
      role: 'editor',
      is_default: false,
      has_active_subscription: hasActiveSubscription,
    },
  ];
}
