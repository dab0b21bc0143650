import assert from 'node:assert/strict';
import http from 'node:http';
import { test } from 'node:test';

import { startEmulator } from '../src/emulator.mjs';
import { DEFAULT_SETTINGS } from '../src/settings.mjs';
import { digestOf, rawGet, Rig } from './support.mjs';

test('settings are told, changed one by one and refused by name', async () => {
  const rig = await Rig.start();
  assert.deepEqual((await rig.control('settings')).body, DEFAULT_SETTINGS);
  const changed = await rig.set({ interval_s: 1, replay_grace_s: 0.5 });
  assert.deepEqual(changed.body, { ...DEFAULT_SETTINGS, interval_s: 1, replay_grace_s: 0.5 });
  for (const change of [
    { intervall_s: 1 },
    { interval_s: '1' },
    { interval_s: -1 },
    { access_token_ttl_s: 0 },
    { omit_expires_in: 'yes' },
    { subscription: { mallory: 'active' } },
    { subscription: { bob: 'paid' } },
    { constructor: 1 },
    ['x'],
  ]) {
    const { status, body } = await rig.control('settings', change);
    assert.equal(status, 400, JSON.stringify(change));
    assert.equal(typeof body.error, 'string');
  }
  assert.deepEqual((await rig.control('settings')).body, changed.body);
});

test('bad settings at the start are refused', async () => {
  await assert.rejects(startEmulator({ settings: { interval: 1 } }), /no setting "interval"/);
});

test('a reset forgets everything and goes back to the start', async () => {
  const rig = await Rig.start({ interval_s: 2 });
  const tokens = await rig.login();
  const login = await rig.startLogin();
  const create = { method: 'POST', body: '{"name":"x"}' };
  const { key } = (await rig.call('/api/keys', tokens.access_token, create)).body;
  await rig.set({ interval_s: 9, subscription: { bob: 'active' } });
  await rig.control('answers', { path: '/proxy/*', times: -1, status: 500 });
  await rig.control('swap_challenge', {});
  const lastSeq = (await rig.log()).at(-1)?.seq ?? 0;

  assert.equal((await rig.control('reset', {})).status, 200);
  assert.deepEqual((await rig.control('settings')).body, { ...DEFAULT_SETTINGS, interval_s: 2 });
  assert.deepEqual(await rig.log(), []);
  assert.equal((await rig.control('connections')).body.opened, 0);
  assert.equal(await rig.healthStatus(tokens.access_token), 401);
  assert.equal(await rig.healthStatus(key), 401);
  assert.equal((await rig.refresh(tokens.refresh_token)).body.error, 'invalid_grant');
  assert.equal((await rig.poll(login)).body.error, 'invalid_grant');
  assert.ok((await rig.log())[0].seq > lastSeq);
  await rig.login();
});

test('a reset drops the requests that are being held', async () => {
  const rig = await Rig.start();
  await rig.control('answers', { path: '/proxy/health', silence: true });
  const waiting = rig.raw(rawGet('/proxy/health'));
  await rig.until(({ fault }) => fault === 'silence');
  await rig.control('reset', {});
  assert.notEqual((await waiting).end, 'left');
});

test('the log is read from a point on and keeps its order', async () => {
  const rig = await Rig.start();
  for (const path of ['/a', '/b', '/c']) await rig.fetch(path);
  const all = await rig.log();
  assert.deepEqual(
    all.map(({ path }) => path),
    ['/a', '/b', '/c'],
  );
  assert.ok(all[0].t_ms < all[1].t_ms && all[1].t_ms < all[2].t_ms);
  const { entries } = (await rig.control(`log?after=${all[1].seq}`)).body;
  assert.deepEqual(entries, [all[2]]);
  assert.equal((await rig.control('log?after=x')).status, 400);
});

test('the log holds digests of secrets and no secret', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  await rig.person(login.user_code);
  const tokens = (await rig.poll(login)).body;
  await rig.refresh(tokens.refresh_token);
  await rig.call('/proxy/health?token=CANARY', tokens.access_token);
  const entries = await rig.log();
  const text = JSON.stringify(entries);
  const secrets = [tokens.access_token, tokens.refresh_token, login.device_code, login.verifier];
  for (const secret of [...secrets, login.user_code, 'CANARY']) assert.ok(!text.includes(secret));
  assert.equal(entries.at(-1)?.credential_sha256, digestOf(tokens.access_token));
  assert.ok(text.includes(digestOf(tokens.refresh_token)));
});

test('requests of the person are marked, control calls are not logged', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  await rig.person(login.user_code);
  const entries = await rig.log();
  assert.equal(entries[0].person, undefined);
  assert.ok(entries.slice(1).every(({ person }) => person));
  assert.ok(entries.every(({ path }) => !path.startsWith('/_control')));
});

test('connections and the requests on each are counted, of clients only', async () => {
  const rig = await Rig.start();
  await rig.person((await rig.startLogin()).user_code);
  await rig.control('reset', {});
  const before = (await rig.control('connections')).body;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const get = () =>
    new Promise((resolve, reject) => {
      const req = http.get(`${rig.issuer}/x`, { agent }, (res) => res.resume().on('end', resolve));
      req.on('error', reject);
    });
  await get();
  await get();
  const during = (await rig.control('connections')).body;
  assert.deepEqual(
    [during.opened - before.opened, during.open - before.open],
    [1, 1],
    JSON.stringify([before, during]),
  );
  const entries = await rig.log();
  assert.deepEqual(
    entries.map((entry) => entry.request_on_connection),
    [1, 2],
  );
  assert.equal(entries[0].connection, entries[1].connection);
  agent.destroy();
  await rig.raw(rawGet('/y'));
  const entry = (await rig.log()).at(-1);
  assert.notEqual(entry?.connection, entries[0].connection);
  assert.equal((await rig.control('connections')).body.opened, during.opened + 1);
});

test('idle connections are kept for longer than clients keep them', async () => {
  const rig = await Rig.start();
  const { headers } = await rig.fetch('/x');
  const seconds = Number(/timeout=(\d+)/.exec(headers.get('keep-alive') ?? '')?.[1]);
  assert.ok(seconds > 65, String(seconds));
});

test('a mistake in a control call is told', async () => {
  const rig = await Rig.start();
  const post = (/** @type {string} */ path, /** @type {string} */ body) =>
    rig.fetch(`/_control/${path}`, { method: 'POST', body });
  assert.equal((await post('settings', '{')).status, 400);
  assert.equal((await post('person', '{}')).status, 400);
  assert.equal((await post('person', '{"user_code":"X","action":"wave"}')).status, 400);
  assert.equal((await post('person', '{"user_code":"X","login":"mallory"}')).status, 400);
  assert.equal((await post('revoke', '{}')).status, 400);
  const unknown = await post('rotate', '{}');
  assert.equal(unknown.status, 404);
  assert.match(unknown.body.error, /POST \/_control\/reset/);
});

test('a web page cannot drive the emulator', async () => {
  const rig = await Rig.start();
  const fromPage = { method: 'POST', headers: { origin: 'https://example.test' }, body: '{}' };
  assert.equal((await rig.fetch('/_control/reset', fromPage)).status, 403);
});

test('a request body over the limit is refused and the connection stays usable', async () => {
  const rig = await Rig.start();
  const body = 'x'.repeat(1024 * 1024 + 1);
  assert.equal((await rig.fetch('/proxy/x', { method: 'POST', body })).status, 413);
  assert.equal((await rig.fetch('/proxy/x')).status, 401);
});
