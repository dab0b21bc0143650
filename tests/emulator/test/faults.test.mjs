import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CLIENT_ID } from '../src/provider.mjs';
import { pause, rawGet, rawPost, Rig } from './support.mjs';

const HEALTH = '/proxy/health';

/** @param {string} refresh_token */
const rawRefresh = (refresh_token) =>
  rawPost('/oauth2/token', { grant_type: 'refresh_token', refresh_token, client_id: CLIENT_ID });

/** @param {Rig} rig */
const lastEntry = async (rig) => (await rig.log()).at(-1);

test('a scripted answer replaces the real one, once, with its headers and body', async () => {
  const rig = await Rig.start();
  await rig.control('answers', [
    { path: HEALTH, status: 429, headers: { 'Retry-After': '7' }, body: { error: 'slow' } },
    { path: HEALTH, status: 502, body: '<h1>Bad Gateway</h1>' },
  ]);
  const limited = await rig.fetch(HEALTH);
  assert.equal(limited.status, 429);
  assert.equal(limited.headers.get('retry-after'), '7');
  assert.deepEqual(limited.body, { error: 'slow' });
  const bad = await rig.fetch(HEALTH);
  assert.equal(bad.status, 502);
  assert.equal(bad.body, '<h1>Bad Gateway</h1>');
  assert.match(bad.headers.get('content-type') ?? '', /^text\/html/);
  const entry = await lastEntry(rig);
  assert.deepEqual([entry?.status, entry?.outcome], [502, 'fault:status']);
  assert.equal((await rig.fetch(HEALTH)).status, 401);
});

test('answers wait for the request that they are for', async () => {
  const rig = await Rig.start();
  const { refresh_token } = await rig.login();
  await rig.control('answers', [
    { path: '/oauth2/token', grant_type: 'device_code', status: 500 },
    { path: '/proxy/*', method: 'put', status: 501 },
  ]);
  assert.equal((await rig.refresh(refresh_token)).status, 200);
  assert.equal((await rig.fetch('/proxy/a')).status, 401);
  assert.equal((await rig.fetch('/proxy/a', { method: 'PUT' })).status, 501);
  assert.equal((await rig.poll(await rig.startLogin())).status, 500);
  assert.deepEqual((await rig.control('answers')).body, { answers: [] });
});

test('times repeats an answer, -1 for ever', async () => {
  const rig = await Rig.start();
  await rig.control('answers', [{ path: HEALTH, times: 2, status: 500 }]);
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await rig.fetch(HEALTH)).status);
  assert.deepEqual(statuses, [500, 500, 401]);
  await rig.control('answers', { path: HEALTH, times: -1, status: 503 });
  for (let i = 0; i < 5; i++) assert.equal((await rig.fetch(HEALTH)).status, 503);
});

test('a delay holds the real answer back', async () => {
  const rig = await Rig.start();
  const { refresh_token } = await rig.login();
  await rig.control('answers', { path: '/oauth2/token', delay_ms: 150 });
  const { text, ms } = await rig.raw(rawRefresh(refresh_token));
  assert.match(text, /^HTTP\/1.1 200 /);
  assert.ok(ms >= 149, `${ms} ms`);
  const entry = await lastEntry(rig);
  assert.deepEqual([entry?.fault, entry?.outcome], ['delay', 'rotated']);
});

test('a client that leaves during a delay is logged with what was done for it', async () => {
  const rig = await Rig.start();
  const { refresh_token } = await rig.login();
  await rig.control('answers', { path: '/oauth2/token', delay_ms: 10_000 });
  const leave = rig.until(({ effect }) => effect === 'rotated');
  const { text, end } = await rig.raw(rawRefresh(refresh_token), leave);
  assert.deepEqual([text, end], ['', 'left']);
  const entry = await rig.until(({ finished }) => finished);
  assert.deepEqual([entry.outcome, entry.status], ['closed_by_client', null]);
});

test('silence never answers and keeps the connection open', async () => {
  const rig = await Rig.start();
  await rig.control('answers', { path: HEALTH, silence: true });
  const leave = rig.until(({ fault }) => fault === 'silence').then(() => pause(150));
  const waiting = rig.raw(rawGet(HEALTH), leave);
  const entry = await rig.until(({ fault }) => fault === 'silence');
  assert.deepEqual([entry.outcome, entry.finished], ['fault:silence', false]);
  assert.deepEqual([(await waiting).text, (await waiting).end], ['', 'left']);
  await rig.until(({ finished }) => finished);
});

test('reset is a TCP RST, and the request is not processed', async () => {
  const rig = await Rig.start();
  const { refresh_token } = await rig.login();
  await rig.control('answers', { path: '/oauth2/token', reset: true });
  const { text, end } = await rig.raw(rawRefresh(refresh_token));
  assert.deepEqual([text, end], ['', 'reset']);
  const entry = await lastEntry(rig);
  assert.deepEqual(
    [entry?.outcome, entry?.effect, entry?.status, entry?.finished],
    ['fault:reset', undefined, null, true],
  );
  assert.equal((await rig.refresh(refresh_token)).status, 200);
  assert.equal((await lastEntry(rig))?.outcome, 'rotated');
});

test('a lost reply processes the request and then resets', async () => {
  const rig = await Rig.start({ replay_grace_s: 30 });
  const { refresh_token } = await rig.login();
  await rig.control('answers', { path: '/oauth2/token', lose_reply: true });
  const { text, end } = await rig.raw(rawRefresh(refresh_token));
  assert.deepEqual([text, end], ['', 'reset']);
  const entry = await lastEntry(rig);
  assert.deepEqual([entry?.outcome, entry?.effect], ['fault:lose_reply', 'rotated']);
  const replay = await rig.refresh(refresh_token);
  assert.equal(replay.status, 200);
  assert.equal((await lastEntry(rig))?.outcome, 'replayed_in_grace');
});

test('truncation announces the whole body and sends a part of it', async () => {
  const rig = await Rig.start();
  const { refresh_token } = await rig.login();
  await rig.control('answers', { path: '/oauth2/token', truncate: 25 });
  const { text, end } = await rig.raw(rawRefresh(refresh_token));
  const [head, body] = text.split('\r\n\r\n');
  assert.equal(end, 'closed');
  assert.match(head, /^HTTP\/1.1 200 /);
  assert.ok(Number(/content-length: (\d+)/i.exec(head)?.[1]) > 500);
  assert.equal(body.length, 25);
  assert.ok(body.startsWith('{"access_token":"'));
  assert.equal((await lastEntry(rig))?.outcome, 'fault:truncate');
});

test('truncation to nothing sends the head alone', async () => {
  const rig = await Rig.start();
  await rig.control('answers', { path: HEALTH, truncate: 0 });
  const { text, end } = await rig.raw(rawGet(HEALTH));
  assert.equal(end, 'closed');
  assert.match(text, /^HTTP\/1.1 401 [\s\S]*\r\n\r\n$/);
});

test('a patch changes members of the real answer', async () => {
  const rig = await Rig.start();
  await rig.control('answers', {
    path: '/oauth2/device_authorization',
    patch: { interval: null, expires_in: '900', extra: { a: 1 } },
  });
  const { reply } = await rig.startLogin();
  assert.deepEqual(
    [reply.body.interval, reply.body.expires_in, reply.body.extra],
    [undefined, '900', { a: 1 }],
  );
  assert.equal(typeof reply.body.device_code, 'string');
});

test('a delay goes with any other fault', async () => {
  const rig = await Rig.start();
  await rig.control('answers', { path: HEALTH, delay_ms: 120, reset: true });
  const { end, ms } = await rig.raw(rawGet(HEALTH));
  assert.equal(end, 'reset');
  assert.ok(ms >= 119, `${ms} ms`);
  assert.equal((await lastEntry(rig))?.fault, 'delay+reset');
});

test('an order that makes no sense is refused and orders nothing', async () => {
  const rig = await Rig.start();
  for (const order of [
    { status: 500 },
    { path: 'x', status: 500 },
    { path: '/x' },
    { path: '/x', status: 99 },
    { path: '/x', status: 500, reset: true },
    { path: '/x', reset: true, body: 'x' },
    { path: '/x', reset: false },
    { path: '/x', delay: 5 },
    { path: '/x', delay_ms: -1 },
    { path: '/x', status: 500, times: 0 },
    [{ path: '/x', status: 500 }, 'x'],
  ]) {
    const { status, body } = await rig.control('answers', order);
    assert.equal(status, 400, JSON.stringify(order));
    assert.equal(typeof body.error, 'string');
  }
  assert.deepEqual((await rig.control('answers')).body, { answers: [] });
});

test('a request target that is no path is answered too', async () => {
  const rig = await Rig.start();
  for (const target of ['//', '//[', '*', '/%', 'x']) {
    const { text } = await rig.raw(rawGet(target));
    assert.match(text, /^HTTP\/1.1 4\d\d /, target);
  }
});
