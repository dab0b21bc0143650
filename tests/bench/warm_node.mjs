// What a warm token costs in Node: an empty Node-API call, bmauth, and the same work by a peer.
//
//   node tests/bench/warm_node.mjs PACKAGES DATA_DIR
//
// PACKAGES/node_modules has bmauth, PACKAGES empty_call.node; the peer is found there or in build/peers.
// Prints {"subjects": {NAME: [ns of a call, one for each repetition]}, "missing": {NAME: WHY}}. The loops are
// our own: what is measured takes less than a stop watch does, and ratios need turns, for which mitata and
// tinybench, which take one subject after the other, leave no room. Nobody asks a network.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPETITIONS = 40;
const REPETITION_NS = 10_000_000;
const WARM_NS = 300_000_000; // until the compilers are done
const ACCESS_TOKEN = 'CANARY.'.padEnd(1024, 'a');
const LIFE_S = 10 * 86_400;
const CLIENT_ID = 'client';
const SCOPES = ['scope'];
const AUTHORITY = 'https://login.microsoftonline.com/tenant';
const PEERS = fileURLToPath(new URL('../../build/peers/node', import.meta.url));

const [packages, dataDir] = process.argv.slice(2).map((path) => resolve(path));
const requireFrom = (folder) => createRequire(join(folder, 'from_here.cjs'));

const clock = () => Number(process.hrtime.bigint());

/** Nanoseconds that so many calls take. The text is a function of its own, with types of its own. */
function timed(call, names) {
  const isAsync = call.startsWith('await ');
  const body = `
    const began = clock();
    for (let index = 0; index < count; index++) kept[0] = ${call};
    return clock() - began;`;
  const { constructor: Maker } = isAsync ? async () => {} : () => {};
  const run = new Maker('clock', 'kept', ...Object.keys(names), 'count', body);
  return run.bind(undefined, clock, [undefined], ...Object.values(names));
}

function ours() {
  const require = requireFrom(packages);
  const { Client } = require('bmauth');
  const nothing = require('./empty_call.node');
  const client = new Client({ dataDir });
  assert.equal(client.header(), `Bearer ${client.freshToken().accessToken}`);
  return {
    empty_call_ns: timed('nothing()', { nothing }),
    header_ns: timed('client.header()', { client }),
    header_of_purpose_ns: timed("client.header({ purpose: 'project' })", { client }),
    header_async_ns: timed('await client.headerAsync()', { client }),
  };
}

function requirePeer(name) {
  try {
    return requireFrom(packages)(name);
  } catch {
    return requireFrom(PEERS)(name);
  }
}

/** The token that an earlier login of this process put into its cache. */
async function msal() {
  const { PublicClientApplication } = requirePeer('@azure/msal-node');
  const encoded = (document) => Buffer.from(JSON.stringify(document)).toString('base64url');
  const body = {
    token_type: 'Bearer',
    scope: SCOPES.join(' '),
    expires_in: LIFE_S,
    access_token: ACCESS_TOKEN,
    refresh_token: 'CANARY-refresh-token',
    client_info: encoded({ uid: 'uid', utid: 'tenant' }),
    id_token: `${encoded({ alg: 'none' })}.${encoded({ sub: 'alice', oid: 'uid', tid: 'tenant' })}.`,
  };
  const networkClient = { sendPostRequestAsync: async () => ({ status: 200, headers: {}, body }) };
  const app = new PublicClientApplication({
    auth: { clientId: CLIENT_ID, authority: AUTHORITY },
    system: { networkClient },
  });
  const grant = { refreshToken: 'CANARY-refresh-token', scopes: SCOPES, forceCache: true };
  const { account } = await app.acquireTokenByRefreshToken(grant);
  const wish = { account, scopes: SCOPES };
  const found = await app.acquireTokenSilent(wish);
  assert.deepEqual([found.fromCache, found.accessToken], [true, ACCESS_TOKEN]);
  return { msal_node_ns: timed('await app.acquireTokenSilent(wish)', { app, wish }) };
}

/** How many calls fill a repetition, once warm. */
async function callsOf(run) {
  let count = 1;
  for (let spent = 0; spent < WARM_NS; ) {
    const took = await run(count);
    spent += took;
    if (took < REPETITION_NS) count *= 2;
  }
  return count;
}

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const missing = {};
const runs = ours();
try {
  Object.assign(runs, await msal());
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  missing.msal_node_ns = '@azure/msal-node is not installed';
}

const counts = {};
for (const name of Object.keys(runs)) counts[name] = await callsOf(runs[name]);
const subjects = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
const random = seeded(1);
for (let repetition = 0; repetition < REPETITIONS; repetition++) {
  const turns = Object.keys(runs).map((name) => [random(), name]);
  for (const [, name] of turns.sort(([one], [other]) => one - other)) {
    subjects[name].push((await runs[name](counts[name])) / counts[name]);
  }
}
console.log(JSON.stringify({ subjects, missing }));
process.exit(); // the peer keeps a timer
