import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

import { PACKAGE, Rig, WORKSPACE, bmauth, native } from './rig.mjs';
import { TOKEN_URL, expired, session } from './sessions.mjs';

/** @type {Rig} */
let rig;
before(async () => {
  rig = await Rig.start();
});
after(() => rig.stop());

const approve = (prompt) => rig.control('person', { user_code: prompt.userCode });

describe('the package', () => {
  test('names its exports to ESM', async () => {
    const source = "import { Client, BmauthError, createFetch } from 'PACKAGE/index.js';";
    const program = `${source.replace('PACKAGE', PACKAGE)}
      console.log(typeof Client, typeof BmauthError, typeof createFetch);`;
    const words = ['--input-type=module', '-e', program];
    const said = execFileSync(process.execPath, words, { encoding: 'utf8' });
    assert.equal(said, 'function function function\n');
  });

  test('has the version of its package.json', () => {
    const { version } = createRequire(import.meta.url)(join(PACKAGE, 'package.json'));
    assert.equal(bmauth.version(), version);
    const [major, minor, patch] = version.split('.').map(Number);
    assert.equal(bmauth.versionNumber(), major * 1_000_000 + minor * 1_000 + patch);
  });

  test('takes every option to the library', async (t) => {
    const dataDir = await rig.home();
    t.after(() => rmSync(dataDir, { recursive: true }));
    const client = new bmauth.Client({
      dataDir,
      tokenFile: join(dataDir, 'mine.json'),
      issuer: rig.ready.issuer,
      clientId: 'mine',
      cloudHost: rig.cloud,
      apiKey: `bmc_${'k'.repeat(32)}`,
      defaultProject: 'research',
      defaultWorkspace: WORKSPACE,
      projectConstraint: 'research',
      caFile: '/etc/ssl/certs/ca-certificates.crt',
      proxy: '',
      userAgentSuffix: 'mine/1',
      localBaseUrl: 'http://localhost:8000',
      language: 'mine/2',
      forceLocal: false,
      forceCloud: false,
      explicitRouting: true,
      connectTimeoutMs: 1001,
      authTimeoutMs: 1002,
      refreshTryTimeoutMs: 1003,
      refreshBudgetMs: 1004,
      apiTimeoutMs: 1005,
      lockTimeoutMs: 1006,
      loginTimeoutMs: 1007,
    });
    const { settings, token_files } = (await client.status({ isOffline: true })).data;
    assert.equal(settings.data_dir.value, dataDir);
    assert.equal(settings.client_id.value, 'mine');
    assert.equal(settings.default_project.value, 'research');
    assert.equal(settings.default_workspace.value, WORKSPACE);
    assert.deepEqual(token_files, []);
    assert.equal(client.route().project, 'research');
    const local = client.route('research', { override: 'local' });
    assert.equal(local.baseUrl, 'http://localhost:8000');
    assert.throws(() => client.route('notes'), { code: 'project_constrained' });
    assert.equal(client.freshToken().source, 'option');
    await client.status();
    const [entry] = await rig.log('/proxy/health');
    assert.match(entry.user_agent, /mine\/2\) mine\/1$/);
    client.close();
  });

  test('names node in the user agent, and what the caller adds', async (t) => {
    const client = await rig.client(t, { userAgentSuffix: 'tests/1' });
    await client.loginBegin();
    const [entry] = await rig.log('/oauth2/device_authorization');
    assert.match(entry.user_agent, new RegExp(`node/${process.versions.node}\\) tests/1$`));
  });
});

describe('a login', () => {
  test('shows the prompt, waits, and reports', async (t) => {
    const client = await rig.client(t);
    const report = await client.login({ onPrompt: approve });
    assert.equal(report.data.identity.subject, 'alice');
    assert.equal(report.text('/identity/subject'), 'alice');
    assert.equal(report.count('/warnings'), 0);
    assert.equal(report.count('/nowhere'), -1);
  });

  test('that keeps its session asks nobody', async (t) => {
    const { client } = await session(rig, t);
    const prompts = [];
    const report = await client.login({ onPrompt: (prompt) => prompts.push(prompt) });
    assert.equal(report.data.is_session_kept, true);
    assert.deepEqual(prompts, []);
  });

  test('is a loop over events', async (t) => {
    const client = await rig.client(t);
    await rig.answers({
      path: TOKEN_URL,
      status: 400,
      body: { error: 'authorization_pending' },
    });
    const types = [];
    for await (const event of client.loginEvents()) {
      types.push(event.type);
      if (event.type === 'prompt') {
        assert.equal(event.isBrowserOpened, false);
        await approve(event);
      }
      if (event.type === 'pending') assert.ok(event.remainingMs > 0 && event.nextDelayMs >= 0);
    }
    assert.deepEqual([types[0], types.at(-1)], ['prompt', 'done']);
    assert.ok(types.includes('pending'));
  });

  test('whose prompt fails, fails so', async (t) => {
    const client = await rig.client(t);
    const failure = new Error('no terminal');
    const onPrompt = () => Promise.reject(failure);
    await assert.rejects(client.login({ onPrompt }), (error) => error === failure);
  });

  test('can be driven poll by poll', async (t) => {
    const client = await rig.client(t);
    const login = await client.loginBegin();
    assert.match(login.userCode, /^\w{4}-\w{4}$/);
    assert.ok(login.verificationUriComplete.startsWith(login.verificationUri));
    assert.deepEqual([login.state, login.intervalS], ['pending', 1]);
    assert.ok(login.expiresInS > 0 && login.remainingMs > 0 && login.nextDelayMs > 0);
    assert.throws(() => login.report(), { code: 'invalid_argument' });
    await approve(login);
    while (login.state === 'pending') await login.poll();
    assert.equal(login.nextDelayMs, 0);
    assert.equal(login.report().data.is_authenticated, true);
  });

  test('takes one call at a time', async (t) => {
    const client = await rig.client(t);
    const login = await client.loginBegin();
    await rig.answers({ path: TOKEN_URL, delay_ms: 300 });
    const busy = { code: 'invalid_argument', message: 'Login is in use by a running call' };
    const poll = login.poll();
    await assert.rejects(login.poll(), busy);
    assert.throws(() => login.remainingMs, busy);
    assert.throws(() => login.report(), busy);
    assert.match(login.userCode, /-/);
    await poll;

    const abort = new AbortController();
    const wait = login.wait({ signal: abort.signal });
    await assert.rejects(login.poll(), busy);
    await assert.rejects(login.wait(), busy);
    abort.abort();
    await assert.rejects(wait);
    await login.poll();
  });

  test('opens no browser that could be started by accident', async (t) => {
    const { client } = await session(rig, t);
    const login = await client.loginBegin(); // keeps the session: there is no page
    assert.throws(() => login.openBrowser(), { code: 'invalid_argument' });
  });
});

describe('a token', () => {
  test('is had at once while it is fresh, with header() beside it', async (t) => {
    const { client } = await session(rig, t);
    const token = client.freshToken();
    assert.equal(client.header(), `Bearer ${token.accessToken}`);
    assert.equal(await client.headerAsync(), client.header());
    assert.deepEqual([token.kind, token.source], ['oauth', 'session']);
    assert.deepEqual([token.origin, token.isPersisted], [rig.cloud, true]);
    assert.ok(token.reason.length > 0 && token.expiresAtUnixS > Date.now() / 1000);
    assert.deepEqual(token.warnings, []);
  });

  test('that has expired makes header() throw rather than wait', async (t) => {
    const { client } = await expired(rig, t);
    assert.throws(() => client.header(), { name: 'BmauthError', code: 'needs_refresh' });
    assert.equal(await rig.rotations(), 0);
    await client.headerAsync();
    assert.match(client.header(), /^Bearer /);
  });

  test('lives as long as is wanted, if a refresh can give that', async (t) => {
    const { client } = await session(rig, t);
    const before = client.freshToken().accessToken;
    const token = await client.token({ minValidityMs: 3_600_000 });
    assert.notEqual(token.accessToken, before);
    assert.equal(await rig.rotations(), 1);
  });

  test('that was refused is refreshed once', async (t) => {
    const { client } = await session(rig, t);
    const token = await client.token();
    client.invalidate(token);
    client.invalidate(token);
    assert.throws(() => client.header(), { code: 'needs_refresh' });
    assert.notEqual((await client.token()).accessToken, token.accessToken);
    client.invalidate(token);
    await client.token();
    assert.equal(await rig.rotations(), 1);
  });

  test('whose refresh can be driven step by step', async (t) => {
    const { client } = await expired(rig, t);
    const step = await client.refreshStep({ minValidityMs: 0 });
    assert.deepEqual(step, { isReady: true, nextDelayMs: 0 });
    assert.match(client.header(), /^Bearer /);
  });

  test('an API key needs no refresh, and has no known end', async (t) => {
    const apiKey = `bmc_CANARY${'k'.repeat(26)}`;
    const { client } = await expired(rig, t, { apiKey });
    const token = await client.token({ purpose: 'project', minValidityMs: 60_000 });
    assert.deepEqual([token.kind, token.expiresAtUnixS], ['api_key', null]);
    assert.equal(client.header({ purpose: 'project' }), `Bearer ${apiKey}`);
    await rig.answers({
      path: TOKEN_URL,
      status: 400,
      body: { error: 'invalid_grant' },
      times: -1,
    });
    const headers = await client.headersForUrl(`${rig.cloud}/proxy/notes`);
    assert.equal(headers.token.kind, 'api_key');
  });
});

describe('routes and their headers', () => {
  test('a route says where and why', async (t) => {
    const { client } = await session(rig, t);
    const route = client.route('research');
    assert.deepEqual([route.mode, route.source, route.project], ['cloud', 'project', 'research']);
    assert.deepEqual([route.isKnown, route.isExplicit], [true, false]);
    assert.deepEqual([route.workspace, route.baseUrl], [WORKSPACE, `${rig.cloud}/proxy`]);
    assert.deepEqual([route.credentialKind, route.warnings], ['oauth', []]);
    assert.equal(JSON.parse(route.json).reason, route.reason);
    assert.equal(client.route('research', { override: 'local' }).mode, 'local');
  });

  test('a mode is that of the route, also of what is written meanwhile', async (t) => {
    const { client, options } = await session(rig, t);
    const modes = { research: 'cloud', notes: 'local', nowhere: 'local' };
    for (const [project, mode] of Object.entries(modes)) {
      const isKnown = project !== 'nowhere';
      assert.deepEqual(client.mode(project), { mode, isKnown });
      assert.equal(client.route(project).mode, mode);
    }
    for (const none of [undefined, null]) {
      assert.deepEqual(client.mode(none), { mode: 'local', isKnown: false });
    }
    writeFileSync(join(options.dataDir, 'config.json'), '{"projects": {}}');
    const deadline = performance.now() + 1000;
    while (client.mode('research').isKnown && performance.now() < deadline) await sleep(10);
    assert.deepEqual(client.mode('research'), { mode: 'local', isKnown: false });
  });

  test('fetch and others take the headers as they are', async (t) => {
    const { client } = await session(rig, t);
    const headers = await client.headers('research');
    assert.deepEqual(
      { ...headers },
      {
        Authorization: client.header(),
        'X-Workspace-ID': WORKSPACE,
      },
    );
    assert.equal(new Headers(headers).get('x-workspace-id'), WORKSPACE);
    const response = await fetch(`${rig.cloud}/proxy/notes`, { headers });
    assert.equal((await response.json()).workspace, WORKSPACE);
    client.invalidate(headers);
    assert.throws(() => client.header(), { code: 'needs_refresh' });
  });

  test('a local route has none', async (t) => {
    const { client } = await expired(rig, t);
    const headers = await client.headers('notes');
    assert.deepEqual({ ...headers }, {});
    assert.equal(headers.token.kind, 'none');
    assert.equal(headers.token.accessToken, null);
    assert.equal(await rig.rotations(), 0);
  });

  test('a URL may be a text or a URL', async (t) => {
    const { client } = await session(rig, t);
    for (const url of [rig.cloud, new URL(rig.cloud)]) {
      assert.deepEqual(
        { ...(await client.headersForUrl(url)) },
        { Authorization: client.header() },
      );
    }
  });
});

describe('secrets', () => {
  const views = (value) => [
    inspect(value, { showHidden: true, depth: 9, getters: false }),
    inspect({ nested: [value] }),
    JSON.stringify(value),
    `${value}`,
  ];

  test('of tokens and headers are shown by nothing that prints', async (t) => {
    const { client } = await session(rig, t);
    const token = client.freshToken();
    const headers = await client.headers('research');
    for (const view of [...views(token), ...views(headers)]) {
      assert.ok(!view.includes(token.accessToken), view);
      assert.ok(!view.includes(token.accessToken.slice(0, 24)), view);
    }
    assert.match(inspect(token), /^Token \{\n  kind: 'oauth'/);
    assert.match(inspect(headers), /^Headers \{ Authorization: '\[redacted\]'/);
  });

  test('of options are kept by no object', () => {
    const client = new bmauth.Client({ apiKey: 'bmc_CANARY' });
    for (const view of views(client)) assert.doesNotMatch(view, /CANARY/);
    client.close();
  });

  test('reports and routes are shown as they are', async (t) => {
    const { client } = await session(rig, t);
    assert.match(inspect(client.projects()), /^Report \[/);
    assert.equal(inspect(client), 'Client {}');
    assert.equal(JSON.stringify(client.projects()), client.projects().json);
    assert.match(inspect(client.route('research')), /^Route \{\n  mode: 'cloud'/);
  });
});

describe('events', () => {
  test('tell a log what happens, without a secret', async (t) => {
    const client = await rig.client(t);
    const seen = [];
    for (const name of ['prompt', 'login', 'token', 'warning', 'logout', 'error']) {
      client.on(name, (value) => seen.push([name, inspect(value)]));
    }
    await client.login({ onPrompt: approve });
    const token = await client.token({ minValidityMs: 3_600_000 });
    await client.logout();
    await new Promise(setImmediate);
    assert.deepEqual(
      seen.map(([name]) => name),
      ['prompt', 'login', 'token', 'logout'],
    );
    assert.ok(!inspect(seen).includes(token.accessToken.slice(0, 24)));
  });

  test('a listener that throws fails no call', async (t) => {
    const { client } = await session(rig, t);
    const thrown = new Promise((resolve) => {
      process.setUncaughtExceptionCaptureCallback(resolve);
    });
    t.after(() => process.setUncaughtExceptionCaptureCallback(null));
    client.on('logout', () => {
      throw new Error('mine');
    });
    assert.ok((await client.logout()).data);
    assert.equal((await thrown).message, 'mine');
  });
});

describe('lives', () => {
  test('a login outlives the last word of its client', async (t) => {
    const { default: v8 } = await import('node:v8');
    v8.setFlagsFromString('--expose-gc');
    const { runInNewContext } = await import('node:vm');
    const collect = runInNewContext('gc');
    const { options } = await session(rig, t);
    const login = await new bmauth.Client(options).loginBegin();
    const route = new bmauth.Client(options).route('research');
    const token = new bmauth.Client(options).freshToken();
    collect();
    await login.wait();
    assert.equal(login.report().text('/identity/subject'), 'alice');
    assert.deepEqual([route.mode, token.kind], ['cloud', 'oauth']);
  });

  test('100,000 calls leave nothing behind', async (t) => {
    const { default: v8 } = await import('node:v8');
    v8.setFlagsFromString('--expose-gc');
    const { runInNewContext } = await import('node:vm');
    const collect = runInNewContext('gc');
    const { client } = await session(rig, t);
    const round = async (count) => {
      for (let index = 0; index < count; index++) {
        client.route('research');
        client.header();
        client.header({ purpose: 'project' });
        client.mode('research');
        if (index % 50 === 0) {
          await client.headerAsync();
          assert.throws(() => client.route(5));
          await client.headers('notes');
          await client.status({ isOffline: true });
        }
      }
      for (let turn = 0; turn < 3; turn++) {
        await new Promise(setImmediate);
        collect();
      }
      return { live: native('liveObjects')(), rss: process.memoryUsage().rss };
    };
    const before = await round(5_000);
    const after = await round(48_000);
    assert.ok(after.live <= before.live + 20, `${before.live} objects became ${after.live}`);
    assert.ok(after.rss < before.rss + 16e6, `${before.rss} bytes became ${after.rss}`);
  });
});
