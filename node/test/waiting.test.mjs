import assert from 'node:assert/strict';
import { pbkdf2 } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';

import { PACKAGE, Rig, bmauth } from './rig.mjs';
import { runNode } from './processes.mjs';
import { TOKEN_URL, durationOf, expired, session, silence } from './sessions.mjs';

const STALL_MS = 2000;

/** @type {Rig} */
let rig;
before(async () => {
  rig = await Rig.start();
});
after(() => rig.stop());

const slowRefresh = (change) =>
  rig.answers({ path: TOKEN_URL, grant_type: 'refresh_token', delay_ms: STALL_MS, ...change });

describe('the event loop', () => {
  test('is never held for 50 ms while a login waits and a refresh stalls for 2 s', async (t) => {
    const { client, options } = await expired(rig, t);
    const other = new bmauth.Client({ ...options, tokenFile: `${options.dataDir}/other.json` });
    t.after(() => other.close());
    const login = await other.loginBegin();
    const abort = new AbortController();
    await slowRefresh();
    await client.route('research'); // what is read at first use has been read

    const delay = monitorEventLoopDelay({ resolution: 5 });
    const waits = login.wait({ signal: abort.signal });
    delay.enable();
    const duration = await durationOf(
      Promise.all([client.token(), client.headersForUrl(rig.cloud)]),
    );
    delay.disable();
    abort.abort();
    await assert.rejects(waits, { name: 'AbortError' });
    assert.ok(duration >= STALL_MS, `the refresh took ${duration} ms`);
    assert.ok(delay.max / 1e6 < 50, `${delay.max / 1e6} ms`);
  });

  test("libuv's threads are left to the host: both are free while three calls stall", async (t) => {
    const { options } = await expired(rig, t, { refreshTryTimeoutMs: STALL_MS });
    await silence(rig);
    const program = `
      const { Client } = require(${JSON.stringify(PACKAGE)});
      const client = new Client(${JSON.stringify(options)});
      const calls = [client.token(), client.status(), client.logout()];
      calls.forEach((call) => call.catch(() => {}));
      const { pbkdf2 } = require('node:crypto');
      const { readFile } = require('node:fs/promises');
      const key = () => new Promise((done) => pbkdf2('a', 'b', 1, 8, 'sha256', done));
      const began = Date.now();
      Promise.all([key(), key(), key(), readFile(process.execPath)]).then(() => {
        console.log(Date.now() - began);
        process.exit(0);
      });`;
    const { code, out, err } = await runNode(program);
    assert.deepEqual({ code, err }, { code: 0, err: '' });
    assert.ok(Number(out) < STALL_MS / 2, `${out} ms`);
  });
});

describe('one flight', () => {
  test('fifty callers of an expired token make one refresh and get one token', async (t) => {
    const { client } = await expired(rig, t);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => client.token()));
    assert.equal(new Set(tokens.map((token) => token.accessToken)).size, 1);
    assert.equal(await rig.rotations(), 1);
  });

  test('callers of every kind share it', async (t) => {
    const { client } = await expired(rig, t);
    const route = client.route('research');
    await Promise.all([
      client.token(),
      client.headerAsync({ purpose: 'project' }),
      client.headers(route),
      client.headersForUrl(`${rig.cloud}/proxy/notes`),
      client.whoami(),
    ]);
    assert.equal(await rig.rotations(), 1);
  });

  test('one who leaves does not take the others along', async (t) => {
    const { client } = await expired(rig, t);
    await slowRefresh({ delay_ms: 500 });
    const abort = new AbortController();
    const leaver = client.token({ signal: abort.signal });
    const stayer = client.token();
    setTimeout(() => abort.abort(), 100);
    await assert.rejects(leaver, { name: 'AbortError' });
    assert.equal((await stayer).kind, 'oauth');
    assert.equal(await rig.rotations(), 1);
  });

  test('a call after everybody left is a flight of its own, and the refresh counts', async (t) => {
    const { client } = await expired(rig, t);
    await slowRefresh({ delay_ms: 500 });
    await assert.rejects(client.token({ signal: AbortSignal.timeout(100) }), {
      name: 'TimeoutError',
    });
    assert.equal((await client.token()).kind, 'oauth');
    assert.equal(await rig.rotations(), 1);
  });
});

describe('an AbortSignal', () => {
  const calls = {
    token: (client, signal) => client.token({ signal }),
    headers: (client, signal) => client.headers(client.route('research'), { signal }),
    headersForUrl: (client, signal) => client.headersForUrl(rig.cloud, { signal }),
    refreshStep: (client, signal) => client.refreshStep({ signal }),
    whoami: (client, signal) => client.whoami({ signal }),
    status: (client, signal) => client.status({ signal }),
    loginBegin: (client, signal) => client.loginBegin({ isForced: true, signal }),
    login: (client, signal) => client.login({ isForced: true, signal }),
  };
  for (const [name, call] of Object.entries(calls)) {
    test(`ends ${name} within 100 ms, with the signal's reason`, async (t) => {
      const { client } = await expired(rig, t, { refreshTryTimeoutMs: 500 });
      await silence(rig);
      const abort = new AbortController();
      const reason = new Error('enough');
      const pending = call(client, abort.signal);
      setTimeout(() => abort.abort(reason), 100);
      const duration = await durationOf(pending);
      await assert.rejects(pending, (error) => error === reason);
      assert.ok(duration < 200, `${duration} ms`);
    });

    test(`that was aborted before lets ${name} do nothing`, async (t) => {
      const { client } = await expired(rig, t);
      const { entries: before } = await rig.control('log');
      await assert.rejects(call(client, AbortSignal.abort()), { name: 'AbortError' });
      const { entries: since } = await rig.control('log');
      assert.equal(since.length, before.length);
    });
  }

  test('keeps a call that waits for its turn from starting', async (t) => {
    const { client } = await session(rig, t);
    await rig.answers({ path: '/proxy/health', delay_ms: 500 });
    const first = client.status();
    const second = client.whoami({ signal: AbortSignal.timeout(100) });
    await assert.rejects(second, { name: 'TimeoutError' });
    await first;
    const { entries } = await rig.control('log');
    assert.equal(entries.filter((entry) => entry.path.startsWith('/workspaces')).length, 0);
  });

  test('ends the wait of a login, which can then go on', async (t) => {
    const client = await rig.client(t);
    const login = await client.loginBegin();
    await assert.rejects(login.wait({ signal: AbortSignal.timeout(100) }));
    await rig.control('person', { user_code: login.userCode });
    await login.wait();
    assert.equal(login.report().text('/identity/subject'), 'alice');
  });
});
