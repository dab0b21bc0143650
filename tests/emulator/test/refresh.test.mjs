import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CLIENT_ID } from '../src/provider.mjs';
import { claimsOf, digestOf, pause, Rig } from './support.mjs';

test('a refresh rotates: new pair, same session, both access tokens live', async () => {
  const rig = await Rig.start();
  const first = await rig.login();
  const { status, body: second } = await rig.refresh(first.refresh_token);
  assert.equal(status, 200);
  assert.notEqual(second.refresh_token, first.refresh_token);
  assert.equal(claimsOf(second.access_token).sid, claimsOf(first.access_token).sid);
  assert.equal(claimsOf(second.id_token).email, 'alice@example.test');
  assert.equal(await rig.healthStatus(first.access_token), 200);
  assert.equal(await rig.healthStatus(second.access_token), 200);
  const entry = (await rig.log()).find(({ effect }) => effect === 'rotated');
  assert.equal(entry?.outcome, 'rotated');
  assert.equal(entry?.refresh_token_sha256, digestOf(first.refresh_token));
});

test('a refresh token used twice kills the whole family', async () => {
  const rig = await Rig.start();
  const first = await rig.login();
  const second = (await rig.refresh(first.refresh_token)).body;
  assert.equal((await rig.refresh(first.refresh_token)).body.error, 'invalid_grant');
  assert.equal((await rig.log()).at(-1)?.outcome, 'reuse_detected');
  assert.equal((await rig.refresh(second.refresh_token)).body.error, 'invalid_grant');
  assert.equal((await rig.log()).at(-1)?.outcome, 'oauth_error:invalid_grant');
  assert.equal(await rig.healthStatus(second.access_token), 401);
});

test('of simultaneous refreshes of one token exactly one rotates', async () => {
  const rig = await Rig.start();
  const { refresh_token } = await rig.login();
  const replies = await Promise.all(Array.from({ length: 8 }, () => rig.refresh(refresh_token)));
  assert.equal(replies.filter(({ status }) => status === 200).length, 1);
  const outcomes = (await rig.log()).map(({ outcome }) => outcome);
  assert.equal(outcomes.filter((outcome) => outcome === 'rotated').length, 1);
  assert.equal(outcomes.filter((outcome) => outcome === 'reuse_detected').length, 1);
});

test('within the grace a replay gets the same pair again', async () => {
  const rig = await Rig.start({ replay_grace_s: 30 });
  const first = await rig.login();
  const replies = await Promise.all(
    Array.from({ length: 4 }, () => rig.refresh(first.refresh_token)),
  );
  for (const { status, body } of replies) {
    assert.equal(status, 200);
    assert.deepEqual(body, replies[0].body);
  }
  const effects = (await rig.log()).map(({ effect }) => effect).filter(Boolean);
  assert.deepEqual(effects, [
    'issued',
    'rotated',
    ...Array.from({ length: 3 }, () => 'replayed_in_grace'),
  ]);
  assert.equal((await rig.refresh(replies[0].body.refresh_token)).status, 200);
});

test('after the grace a replay kills the family', async () => {
  const rig = await Rig.start({ replay_grace_s: 0.15 });
  const first = await rig.login();
  const second = (await rig.refresh(first.refresh_token)).body;
  await pause(170);
  assert.equal((await rig.refresh(first.refresh_token)).body.error, 'invalid_grant');
  assert.equal(await rig.healthStatus(second.access_token), 401);
});

test('the grace revives nothing that was revoked, and serves no other client', async () => {
  const rig = await Rig.start({ replay_grace_s: 30 });
  const { refresh_token } = await rig.login();
  await rig.refresh(refresh_token);
  const stranger = await rig.post('/oauth2/token', {
    grant_type: 'refresh_token',
    refresh_token,
    client_id: 'client_other',
  });
  assert.equal(stranger.body.error, 'invalid_client');
  await rig.control('revoke', { login: 'alice' });
  assert.equal((await rig.refresh(refresh_token)).body.error, 'invalid_grant');
});

test('two logins of one person do not share a grant', async () => {
  const rig = await Rig.start();
  const one = await rig.login();
  const other = await rig.login();
  await rig.refresh(one.refresh_token);
  await rig.refresh(one.refresh_token);
  assert.equal(await rig.healthStatus(one.access_token), 401);
  assert.equal(await rig.healthStatus(other.access_token), 200);
  assert.equal((await rig.refresh(other.refresh_token)).status, 200);
});

test('revocation of a refresh token ends its session at the API too', async () => {
  const rig = await Rig.start();
  const { refresh_token, access_token } = await rig.login();
  const revoked = await rig.post('/oauth2/revoke', {
    token: refresh_token,
    token_type_hint: 'refresh_token',
    client_id: CLIENT_ID,
  });
  assert.equal(revoked.status, 200);
  assert.equal(await rig.healthStatus(access_token), 401);
  assert.equal((await rig.refresh(refresh_token)).body.error, 'invalid_grant');
});

test('control revokes all sessions of a person and of nobody else', async () => {
  const rig = await Rig.start();
  const [one, two] = [await rig.login(), await rig.login()];
  const bob = await rig.login('bob');
  assert.deepEqual((await rig.control('revoke', { login: 'alice' })).body, { revoked: 2 });
  assert.equal((await rig.refresh(one.refresh_token)).body.error, 'invalid_grant');
  assert.equal(await rig.healthStatus(two.access_token), 401);
  assert.equal((await rig.refresh(bob.refresh_token)).status, 200);
});

test('omit_refresh_token: no token in the answer, the old one stays valid', async () => {
  const rig = await Rig.start({ omit_refresh_token: true });
  const { refresh_token } = await rig.login();
  for (let round = 0; round < 2; round++) {
    const { status, body } = await rig.refresh(refresh_token);
    assert.equal(status, 200);
    assert.ok(!('refresh_token' in body));
  }
  assert.equal((await rig.log()).at(-1)?.effect, 'refreshed');
  await rig.set({ omit_refresh_token: false });
  assert.notEqual((await rig.refresh(refresh_token)).body.refresh_token, refresh_token);
});

test('members of token answers can be left out', async () => {
  const rig = await Rig.start({
    omit_expires_in: true,
    omit_id_token: true,
    omit_refresh_token_at_login: true,
  });
  const tokens = await rig.login();
  assert.deepEqual(Object.keys(tokens).sort(), ['access_token', 'scope', 'token_type']);
});

test('access tokens live for a fraction of a second when told so', async () => {
  const rig = await Rig.start();
  const lasting = await rig.login();
  await rig.set({ access_token_ttl_s: 0.05 });
  const { access_token, expires_in } = await rig.login();
  assert.equal(expires_in, 1);
  await pause(55);
  assert.equal(await rig.healthStatus(access_token), 401);
  assert.equal(await rig.healthStatus(lasting.access_token), 200);
});
