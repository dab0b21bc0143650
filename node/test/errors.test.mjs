import assert from 'node:assert/strict';
import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { inspect } from 'node:util';

import { PACKAGE, Rig, bmauth } from './rig.mjs';
import { runNode } from './processes.mjs';
import { LOGIN_URL, TOKEN_URL, expired, holdLock, session, silence } from './sessions.mjs';

const { BmauthError, Client, codeExitStatus, codeIsRetryable, codeMeaning, codeName, codeRemedy } =
  bmauth;
const API_KEY = `bmc_CANARY${'k'.repeat(26)}`;
const TOKEN_FILE = 'basic-memory-cloud.json';
const NOWHERE = 'http://127.0.0.1:1';

/** @type {Rig} */
let rig;
before(async () => {
  rig = await Rig.start();
});
after(() => rig.stop());

const whoami = (client) => client.whoami();
const token = (client) => client.token();

/** The cloud gives this answer to an API key. */
const cloudSays = (answer) => async (t) => {
  const client = await rig.client(t, { apiKey: API_KEY });
  await rig.answers({ path: '/proxy/health', times: -1, ...answer });
  return whoami(client);
};

/** The authorization server gives this answer to the first poll. */
const pollSays = (error) => async (t) => {
  const client = await rig.client(t);
  const login = await client.loginBegin();
  await rig.answers({ path: TOKEN_URL, status: 400, body: { error } });
  return login.poll();
};

/** With these files beside the projects, a token is wanted. */
const filesAre = (files, mode) => async (t) => {
  const { client, options } = await session(rig, t);
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(options.dataDir, name), text, { mode: 0o600 });
    if (mode) chmodSync(join(options.dataDir, name), mode);
  }
  return token(client);
};

const with_ = (options, act) => async (t) => act(await rig.client(t, options));

const CASES = {
  invalid_argument: with_({}, (client) => {
    client.close();
    return client.token();
  }),
  config_invalid: filesAre({ 'config.json': '{\n  "a": }\n' }),
  config_conflict: filesAre({ 'config.yaml': 'projects:\n  research:\n    mode: local\n' }),
  conflicting_routing: with_({ forceLocal: true, forceCloud: true }, (client) =>
    client.headers('research'),
  ),
  project_constrained: with_({ projectConstraint: 'notes' }, (client) =>
    client.headers('research'),
  ),
  unknown_project: with_({}, (client) => client.headers('reserach')),
  ambiguous: async (t) => {
    const { client, options } = await session(rig, t);
    const projects = { 'My Notes': '/a', 'my-notes': '/b' };
    writeFileSync(join(options.dataDir, 'config.json'), JSON.stringify({ projects }));
    return client.headers('My_Notes');
  },
  workspace_unresolved: with_({ apiKey: API_KEY }, (client) =>
    client.headers(client.route('research', { workspace: 'the-a-team' })),
  ),
  no_credentials: with_({}, token),
  invalid_api_key: with_({ apiKey: 'CANARY of no form' }, token),
  credential_not_for_origin: with_({ apiKey: API_KEY }, (client) =>
    client.headersForUrl('https://elsewhere.example/proxy/x'),
  ),
  unauthorized: cloudSays({ status: 401, body: { detail: 'expired' } }),
  forbidden: cloudSays({ status: 403, body: '<html>no</html>' }),
  not_found: cloudSays({ status: 404, body: { detail: 'Not Found' } }),
  access_denied: pollSays('access_denied'),
  expired_token: pollSays('expired_token'),
  reauth_required: async (t) => {
    const { client } = await expired(rig, t);
    await rig.answers({
      path: TOKEN_URL,
      status: 400,
      body: { error: 'invalid_grant' },
      times: -1,
    });
    return client.token();
  },
  oauth_rejected: pollSays('invalid_client'),
  login_timeout: async (t) => {
    const client = await rig.client(t, { loginTimeoutMs: 300 });
    return (await client.loginBegin()).wait();
  },
  network: with_({ apiKey: API_KEY, cloudHost: NOWHERE }, whoami),
  tls: async (t) => {
    const cloudHost = rig.cloud.replace('http:', 'https:');
    return whoami(await rig.client(t, { apiKey: API_KEY, cloudHost }));
  },
  timeout: async (t) => {
    const client = await rig.client(t, { apiKey: API_KEY, apiTimeoutMs: 200 });
    await silence(rig);
    return whoami(client);
  },
  rate_limited: cloudSays({ status: 429, headers: { 'Retry-After': '7' }, body: {} }),
  server: cloudSays({ status: 502, body: '<html>Bad Gateway</html>' }),
  bad_response: cloudSays({ status: 302, headers: { Location: 'https://x.example/' } }),
  insecure_url: with_({ issuer: 'http://plain.example' }, token),
  store_io: async () => new Client({ dataDir: join(PACKAGE, 'package.json') }),
  store_permissions: async (t) => {
    const { client, options } = await session(rig, t);
    chmodSync(join(options.dataDir, TOKEN_FILE), 0o666);
    return client.token();
  },
  store_corrupt: filesAre({ [TOKEN_FILE]: '{"access_token": "CANA' }),
  lock_timeout: async (t) => {
    const { client, options } = await expired(rig, t, { lockTimeoutMs: 100 });
    await holdLock(t, options.dataDir);
    return client.token();
  },
  session_exists: async (t) => {
    const { options } = await session(rig, t);
    const other = new Client({ ...options, issuer: NOWHERE });
    t.after(() => other.close());
    return other.loginBegin({ isForced: true });
  },
  rejected: cloudSays({ status: 418, body: { message: 'teapot' } }),
  needs_refresh: async (t) => (await expired(rig, t)).client.header(),
};

/** Codes that no call of this package meets, and why. */
const ELSEWHERE = {
  cancelled: 'an abort rejects with the reason of its signal: waiting.test.mjs',
  net_unavailable: 'needs a package without its net object: below',
  out_of_memory: 'node ends itself before the library can say so',
  subscription_required: 'a fact in reports: whoami and login succeed without a plan',
  insufficient_scope: 'a fact in reports, until there are calls that need a scope',
  not_persisted: 'the call succeeds: isPersisted and reports say it',
  scope_not_confirmed: 'comes with making API keys',
  unsupported: 'comes with listing and revoking API keys',
  internal: 'would be a bug',
};

/** @returns {Promise<any>} */
async function failureOf(act, t) {
  try {
    await act(t);
  } catch (error) {
    return error;
  }
  return assert.fail('it did not fail');
}

describe('each code is met by a call', () => {
  for (const [name, act] of Object.entries(CASES)) {
    test(name, async (t) => {
      const error = await failureOf(act, t);
      assert.ok(error instanceof BmauthError, inspect(error));
      assert.ok(error instanceof Error);
      assert.equal(error.code, name, error.message);
      assert.equal(error.name, 'BmauthError');
      assert.equal(codeName(error.number), name);
      assert.ok(codeMeaning(error.number).length > 0);
      assert.equal(error.isRetryable, codeIsRetryable(error.number));
      assert.equal(error.exitStatus, codeExitStatus(error.number));
      assert.ok(error.remedy.length > 0 && codeRemedy(error.number).length > 0);
      assert.doesNotMatch(inspect(error, { showHidden: true, depth: 9 }), /CANARY/);
    });
  }

  test('or there is a reason why none can', () => {
    const names = new Set();
    for (let number = 1; number === 41 || codeName(number) !== 'internal'; number++) {
      names.add(codeName(number));
    }
    assert.deepEqual(new Set([...Object.keys(CASES), ...Object.keys(ELSEWHERE)]), names);
  });
});

describe('an error', () => {
  test("carries the server's facts", async (t) => {
    const client = await rig.client(t);
    const login = await client.loginBegin();
    const body = { error: 'server_says', error_description: 'a\u001b[2Jb' };
    await rig.answers({ path: TOKEN_URL, status: 400, body });
    const error = await failureOf(() => login.poll(), t);
    assert.equal(error.httpStatus, 400);
    assert.equal(error.oauthError, 'server_says');
    assert.equal(error.oauthErrorDescription, 'a[2Jb');
    assert.equal(error.retryAfterMs, null);
  });

  test('says when the server wants to be asked again', async (t) => {
    const error = await failureOf(CASES.rate_limited, t);
    assert.equal(error.retryAfterMs, 7000);
  });

  test('of a login that cannot begin leaves no login behind', async (t) => {
    const client = await rig.client(t);
    await rig.answers({ path: LOGIN_URL, status: 400, body: { error: 'invalid_client' } });
    const error = await failureOf(() => client.login(), t);
    assert.equal(error.code, 'oauth_rejected');
  });

  test('tells of a package without its net object, before any request', async (t) => {
    const dataDir = await rig.home();
    const alone = join(dataDir, 'alone');
    cpSync(PACKAGE, alone, { recursive: true });
    rmSync(join(alone, 'native/libbmauth_net.so'));
    const program = `
      const { Client } = require(${JSON.stringify(alone)});
      const options = { dataDir: ${JSON.stringify(dataDir)}, apiKey: 'bmc_${'k'.repeat(32)}' };
      new Client(options).whoami().catch((error) => console.log(error.code));`;
    const { code, out, err } = await runNode(program);
    assert.deepEqual({ code, out, err }, { code: 0, out: 'net_unavailable\n', err: '' });
  });
});
