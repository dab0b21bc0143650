// The command as a test harness or a person starts it.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync } from 'node:fs';
import https from 'node:https';
import { createInterface } from 'node:readline';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { CLIENT_ID } from '../src/provider.mjs';

const MAIN = fileURLToPath(new URL('../src/main.mjs', import.meta.url));

/** @param {string[]} args */
function run(...args) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  after(() => child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exit = once(child, 'exit').then(([code]) => code);
  return { child, lines, exit, stderr: () => stderr };
}

/** @param {ReturnType<typeof run>} started */
const readyOf = async ({ lines }) => JSON.parse((await lines.next()).value);

/**
 * @param {string} url
 * @param {https.RequestOptions} options
 * @param {string} [body]
 * @returns {Promise<string>}
 */
const request = (url, options, body) =>
  new Promise((resolve, reject) => {
    const req = https.request(url, { ...options, agent: false }, async (res) => {
      let text = '';
      for await (const chunk of res) text += chunk;
      resolve(text);
    });
    req.on('error', reject);
    req.end(body);
  });

// Each waits for a process of its own; side by side they take the time of the slowest.
describe('the command', { concurrency: 4 }, () => {
  test('it says where it is in one line, prints nothing else and ends with its standard input', async () => {
    const started = run('--end-with-stdin');
    const ready = await readyOf(started);
    assert.match(ready.issuer, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.deepEqual(ready, {
      issuer: ready.issuer,
      cloud_host: ready.issuer,
      control: `${ready.issuer}/_control`,
      ca_file: null,
      pid: started.child.pid,
    });
    assert.equal((await fetch(`${ready.control}/settings`)).status, 200);
    started.child.stdin.end();
    assert.equal(await started.exit, 0);
    assert.equal((await started.lines.next()).done, true);
    assert.equal(started.stderr(), '');
  });

  test('options of the command become settings', async () => {
    const started = run(
      ...['--end-with-stdin', '--interval', '1', '--access-token-ttl', '2.5'],
      ...['--device-code-ttl', '30', '--replay-grace', '30'],
    );
    const { control } = await readyOf(started);
    const settings = await (await fetch(`${control}/settings`)).json();
    const { interval_s, access_token_ttl_s, device_code_ttl_s, replay_grace_s } = settings;
    assert.deepEqual(
      [interval_s, access_token_ttl_s, device_code_ttl_s, replay_grace_s],
      [1, 2.5, 30, 30],
    );
  });

  test('SIGTERM and SIGINT end it at once, with a request in the air too', async () => {
    for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) {
      const started = run();
      const { issuer, control } = await readyOf(started);
      const silence = JSON.stringify({ path: '/x', silence: true });
      await fetch(`${control}/answers`, { method: 'POST', body: silence });
      const waiting = fetch(`${issuer}/x`).catch(() => 'dropped');
      await fetch(control);
      started.child.kill(signal);
      assert.equal(await started.exit, 0);
      assert.equal(await waiting, 'dropped');
    }
  });

  test('it ends when the process that it was told to watch is gone', async () => {
    const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    after(() => parent.kill('SIGKILL'));
    const started = run('--parent-pid', String(parent.pid));
    await readyOf(started);
    parent.kill('SIGKILL');
    assert.equal(await started.exit, 0);
  });

  test('--export prints what to export, with private folders that go away', async () => {
    const started = run('--export');
    const { issuer } = await readyOf(started);
    /** @type {Record<string, string>} */
    const exported = {};
    for (let line = ''; !line.startsWith('# Ctrl-C');) {
      line = (await started.lines.next()).value;
      const [, name, value] = /^export (\w+)='(.*)'$/.exec(line) ?? [];
      if (name) exported[name] = value;
    }
    assert.equal(exported.BASIC_MEMORY_CLOUD_DOMAIN, issuer);
    assert.equal(exported.BASIC_MEMORY_CLOUD_HOST, issuer);
    assert.equal(exported.BASIC_MEMORY_CLOUD_CLIENT_ID, CLIENT_ID);
    const folders = [exported.BASIC_MEMORY_CONFIG_DIR, exported.XDG_DATA_HOME];
    for (const folder of folders) assert.equal(statSync(folder).mode & 0o777, 0o700);
    started.child.kill('SIGINT');
    await started.exit;
    for (const folder of folders) assert.equal(existsSync(folder), false);
  });

  test('--https is trusted by its CA alone, under each loopback name, and a person can log in', async () => {
    const started = run('--https', '--end-with-stdin');
    const { issuer, control, ca_file } = await readyOf(started);
    assert.match(issuer, /^https:/);
    const ca = readFileSync(ca_file);
    const settings = JSON.parse(await request(`${control}/settings`, { ca }));
    assert.equal(settings.interval_s, 5);
    const byName = `${issuer.replace('127.0.0.1', 'localhost')}/x`;
    await request(byName, {
      ca,
      lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    await assert.rejects(request(`${control}/settings`, {}), { code: /^(?!ECONN)/ });

    const post = (/** @type {string} */ path, /** @type {string} */ body, type = 'json') =>
      request(
        `${issuer}${path}`,
        { ca, method: 'POST', headers: { 'content-type': `application/${type}` } },
        body,
      );
    const start = new URLSearchParams({
      client_id: CLIENT_ID,
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    });
    const started_login = JSON.parse(
      await post('/oauth2/device_authorization', start.toString(), 'x-www-form-urlencoded'),
    );
    const { user_code } = started_login;
    const seen = JSON.parse(await post('/_control/person', JSON.stringify({ user_code })));
    assert.equal(seen.ok, true, seen.text);

    await post('/_control/answers', JSON.stringify({ path: '/x', reset: true }));
    await assert.rejects(request(`${issuer}/x`, { ca }), { code: 'ECONNRESET' });
    started.child.stdin.end();
    await started.exit;
    assert.equal(existsSync(ca_file), false);
  });

  test('a wrong option and a taken port are told in a line and end it', async () => {
    const wrong = run('--nonsense');
    assert.equal(await wrong.exit, 2);
    assert.match(wrong.stderr(), /nonsense[\s\S]*Usage:/);
    const number = run('--interval', 'soon');
    assert.equal(await number.exit, 2);

    const first = run('--end-with-stdin');
    const { issuer } = await readyOf(first);
    const second = run('--port', new URL(issuer).port);
    assert.equal(await second.exit, 1);
    assert.match(second.stderr(), /^emulator: .*EADDRINUSE/);
  });
});
