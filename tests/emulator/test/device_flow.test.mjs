import assert from 'node:assert/strict';
import { test } from 'node:test';

import { jsonAnswer, jsonOf } from '../src/answer.mjs';
import { DEVICE_CODE_GRANT, DeviceRules } from '../src/device_rules.mjs';
import { CLIENT_ID } from '../src/provider.mjs';
import { DEFAULT_SETTINGS } from '../src/settings.mjs';
import { Store } from '../src/store.mjs';
import { claimsOf, digestOf, pause, Rig } from './support.mjs';

test('a login starts, waits, is approved and yields a token set', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  assert.equal(login.reply.status, 200);
  assert.match(login.user_code, /^[B-Z]{4}-[B-Z]{4}$/);
  assert.equal(login.verification_uri, `${rig.issuer}/device`);
  assert.equal(
    login.verification_uri_complete,
    `${rig.issuer}/device?user_code=${login.user_code}`,
  );
  assert.equal(login.expires_in, 600);
  assert.equal(login.interval, 5);

  const pending = await rig.poll(login);
  assert.equal(pending.status, 400);
  assert.equal(pending.body.error, 'authorization_pending');

  const person = await rig.person(login.user_code);
  assert.equal(person.status, 200, person.body.text);
  const { status, body } = await rig.poll(login);
  assert.equal(status, 200);
  assert.equal(body.token_type, 'Bearer');
  assert.equal(body.expires_in, 300);
  assert.equal(body.scope, 'openid profile email offline_access');
  assert.equal(typeof body.refresh_token, 'string');
});

test('access token and id_token carry the claims that clients read', async () => {
  const rig = await Rig.start();
  const tokens = await rig.login();
  const access = claimsOf(tokens.access_token);
  assert.equal(access.sub, 'alice');
  assert.equal(access.iss, rig.issuer);
  assert.equal(access.client_id, CLIENT_ID);
  assert.equal(access.scope, 'openid profile email offline_access');
  assert.equal(typeof access.gid, 'string');
  assert.equal(typeof access.sid, 'string');
  assert.equal(typeof access.aud, 'string');
  assert.ok(access.exp - access.iat >= 300 && access.exp - access.iat <= 310);

  const id = claimsOf(tokens.id_token);
  assert.deepEqual(
    [id.iss, id.aud, id.sub, id.email, id.name],
    [rig.issuer, CLIENT_ID, 'alice', 'alice@example.test', 'Alice Example'],
  );
  const userinfo = await rig.call('/oauth2/userinfo', tokens.access_token);
  assert.equal(userinfo.body.email, 'alice@example.test');
});

test('both discovery documents name this issuer and its endpoints', async () => {
  const rig = await Rig.start();
  for (const name of ['oauth-authorization-server', 'openid-configuration']) {
    const { status, body } = await rig.fetch(`/.well-known/${name}`);
    assert.equal(status, 200);
    assert.equal(body.issuer, rig.issuer);
    assert.equal(body.device_authorization_endpoint, `${rig.issuer}/oauth2/device_authorization`);
    assert.equal(body.token_endpoint, `${rig.issuer}/oauth2/token`);
    assert.equal(body.jwks_uri, `${rig.issuer}/oauth2/jwks`);
    assert.equal(body.revocation_endpoint, `${rig.issuer}/oauth2/revoke`);
    assert.equal(body.userinfo_endpoint, `${rig.issuer}/oauth2/userinfo`);
  }
  const jwks = await rig.fetch('/oauth2/jwks');
  assert.equal(jwks.body.keys[0].kty, 'RSA');
  assert.equal(jwks.body.keys[0].d, undefined);
});

test('a start without an S256 challenge is refused', async () => {
  const rig = await Rig.start();
  for (const [name, value] of [
    ['code_challenge', ''],
    ['code_challenge', 'short'],
    ['code_challenge_method', ''],
    ['code_challenge_method', 'plain'],
  ]) {
    const { reply } = await rig.startLogin({ [name]: value });
    assert.equal(reply.status, 400);
    assert.equal(reply.body.error, 'invalid_request');
  }
});

test('an unknown client is refused', async () => {
  const rig = await Rig.start();
  const { reply } = await rig.startLogin({ client_id: 'client_other' });
  assert.equal(reply.status, 401);
  assert.equal(reply.body.error, 'invalid_client');
});

test('a wrong or missing verifier is refused and does not use up the code', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  await rig.person(login.user_code);
  for (const code_verifier of ['', 'x'.repeat(43)]) {
    const { status, body } = await rig.poll(login, { code_verifier });
    assert.equal(status, 400);
    assert.equal(body.error, 'invalid_grant');
  }
  assert.equal((await rig.poll(login)).status, 200);
});

test('a swapped challenge makes the right verifier wrong, once', async () => {
  const rig = await Rig.start();
  await rig.control('swap_challenge', {});
  const swapped = await rig.startLogin();
  await rig.person(swapped.user_code);
  assert.equal((await rig.poll(swapped)).body.error, 'invalid_grant');
  await rig.login();
});

test('an early poll is told to slow down', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  assert.equal((await rig.poll(login)).body.error, 'authorization_pending');
  assert.equal((await rig.poll(login)).body.error, 'slow_down');
});

test('each slow_down adds five seconds, counted from the poll before', () => {
  const rules = new DeviceRules(() => ({ ...DEFAULT_SETTINGS, interval_s: 2 }));
  const start = { form: new URLSearchParams({ code_challenge: 'x' }) };
  rules.started(/** @type {any} */ (start), jsonAnswer(200, { device_code: 'CANARY' }));
  const form = new URLSearchParams({ grant_type: DEVICE_CODE_GRANT, device_code: 'CANARY' });
  const told = [
    [0, 'authorization_pending'], // the first is never early
    [1979, 'slow_down'], // 2 s less 20 ms of tolerance: now 7 s
    [1979 + 6979, 'slow_down'], // now 12 s
    [1979 + 6979 + 11980, 'authorization_pending'],
  ].map(([arrivedMs, wanted]) => {
    const poll = /** @type {any} */ ({ form, arrivedMs, entry: {} });
    rules.noteArrival(poll);
    const answer = rules.polled(poll, jsonAnswer(400, { error: 'authorization_pending' }));
    return [jsonOf(answer)?.error, wanted];
  });
  for (const [seen, wanted] of told) assert.equal(seen, wanted);
});

test('a poll after the interval is not early', async () => {
  const rig = await Rig.start({ interval_s: 0.1 });
  const login = await rig.startLogin();
  await rig.poll(login);
  await pause(130);
  assert.equal((await rig.poll(login)).body.error, 'authorization_pending');
  assert.deepEqual(
    (await rig.log()).filter(({ grant_type }) => grant_type).map(({ early }) => early),
    [false, false],
  );
});

test('with enforce_interval off, early polls are logged as early and answered', async () => {
  const rig = await Rig.start({ enforce_interval: false });
  const login = await rig.startLogin();
  await rig.poll(login);
  assert.equal((await rig.poll(login)).body.error, 'authorization_pending');
  assert.equal((await rig.log()).at(-1)?.early, true);
});

test('a poll that a fault answered still counts for the interval', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  await rig.control('answers', { path: '/oauth2/token', status: 503 });
  assert.equal((await rig.poll(login)).status, 503);
  assert.equal((await rig.poll(login)).body.error, 'slow_down');
});

test('a denied login says access_denied', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  assert.equal((await rig.person(login.user_code, 'alice', 'deny')).status, 200);
  assert.equal((await rig.poll(login)).body.error, 'access_denied');
});

test('an expired code says expired_token, to the millisecond and for ever', async () => {
  const rig = await Rig.start({ enforce_interval: false });
  const lasting = await rig.startLogin();
  await rig.set({ device_code_ttl_s: 0.05 });
  const login = await rig.startLogin();
  assert.equal(login.expires_in, 1);
  await pause(55);
  assert.equal((await rig.poll(login)).body.error, 'expired_token');
  await rig.set({ device_code_ttl_s: 600 });
  assert.equal((await rig.poll(login)).body.error, 'expired_token');
  assert.equal((await rig.poll(lasting)).body.error, 'authorization_pending');
});

test('a code is not expired before its time, whatever the clock says between seconds', async () => {
  const store = new Store(() => 60_000);
  store.put('DeviceCode', 'CANARY', { userCode: 'X', exp: 1 });
  const found = store.find('DeviceCode', 'CANARY');
  assert.ok(Number(found?.exp) > Date.now() / 1000 + 30);
});

test('a code that yielded tokens is spent, and trying it again ends their session', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  await rig.person(login.user_code);
  const { body } = await rig.poll(login);
  assert.equal((await rig.poll(login)).body.error, 'invalid_grant');
  assert.equal(await rig.healthStatus(body.access_token), 401);
});

test('the log shows polls by digest, with their verifier and outcome', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  await rig.poll(login);
  const entry = (await rig.log()).at(-1);
  assert.equal(entry?.grant_type, 'urn:ietf:params:oauth:grant-type:device_code');
  assert.equal(entry?.client_id, CLIENT_ID);
  assert.equal(entry?.device_code_sha256, digestOf(login.device_code));
  assert.equal(entry?.code_verifier_present, true);
  assert.equal(entry?.outcome, 'oauth_error:authorization_pending');
});
