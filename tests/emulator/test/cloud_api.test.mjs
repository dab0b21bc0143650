import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Rig } from './support.mjs';

const json = { 'content-type': 'application/json' };

/**
 * @param {Rig} rig
 * @param {string} bearer
 * @param {unknown} [body]
 */
const createKey = (rig, bearer, body = { name: 'laptop' }) =>
  rig.call('/api/keys', bearer, { method: 'POST', headers: json, body: JSON.stringify(body) });

test('health answers an active subscriber', async () => {
  const rig = await Rig.start();
  const { access_token } = await rig.login();
  const { status, body } = await rig.call('/proxy/health', access_token);
  assert.equal(status, 200);
  assert.equal(body.status, 'ok');
  assert.equal(body.version, 'emulator');
  assert.ok(Math.abs(Date.parse(body.timestamp) - Date.now()) < 60_000);
});

test('without a good token every path is 401 with a challenge', async () => {
  const rig = await Rig.start();
  const { access_token } = await rig.login();
  const tampered = `${access_token.slice(0, -6)}CANARY`;
  for (const path of ['/proxy/health', '/proxy/x', '/workspaces/', '/api/keys']) {
    for (const bearer of [undefined, 'CANARY', 'bmc_CANARY', tampered]) {
      const { status, headers, body } = await rig.call(path, bearer);
      assert.equal(status, 401);
      assert.equal(headers.get('www-authenticate'), 'Bearer error="invalid_token"');
      assert.equal(body.error, 'invalid_token');
    }
  }
});

test('no subscription is a 403 in both shapes', async () => {
  const rig = await Rig.start();
  const bob = await rig.call('/proxy/health', (await rig.login('bob')).access_token);
  assert.equal(bob.status, 403);
  assert.equal(bob.body.detail.error, 'subscription_required');
  assert.equal(typeof bob.body.detail.message, 'string');
  assert.equal(typeof bob.body.detail.subscribe_url, 'string');
  const carol = await rig.call('/proxy/health', (await rig.login('carol')).access_token);
  assert.equal(carol.status, 403);
  assert.equal(carol.body.error, 'subscription_required');
  assert.equal(typeof carol.body.subscribe_url, 'string');
  for (const entry of (await rig.log()).filter(({ status }) => status === 403)) {
    assert.equal(entry.outcome, 'oauth_error:subscription_required');
  }
});

test('a subscription can start and end while a session lives', async () => {
  const rig = await Rig.start();
  const { access_token } = await rig.login('bob');
  await rig.set({ subscription: { bob: 'active' } });
  assert.equal(await rig.healthStatus(access_token), 200);
  await rig.set({ subscription: { bob: 'required_flat' } });
  assert.equal(await rig.healthStatus(access_token), 403);
});

test('workspaces have the members that bm reads, with tenant UUIDs', async () => {
  const rig = await Rig.start();
  const { body } = await rig.call('/workspaces/', (await rig.login()).access_token);
  const members =
    'tenant_id slug name workspace_type role is_default has_active_subscription'.split(' ');
  for (const workspace of body.workspaces) {
    assert.deepEqual(Object.keys(workspace), members);
    assert.match(
      workspace.tenant_id,
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  }
  const ids = new Set(body.workspaces.map((/** @type {any} */ w) => w.tenant_id));
  assert.equal(ids.size, body.workspaces.length);
  assert.deepEqual(
    body.workspaces.map((/** @type {any} */ w) => w.is_default),
    [true, false],
  );
});

test('a key is created by OAuth, works, is listed without its secret and dies when deleted', async () => {
  const rig = await Rig.start();
  const { access_token } = await rig.login();
  const created = await createKey(rig, access_token);
  assert.equal(created.status, 201);
  assert.deepEqual(Object.keys(created.body).sort(), ['created_at', 'id', 'key', 'name']);
  assert.match(created.body.key, /^bmc_[A-Za-z0-9_-]{43}$/);
  assert.equal(created.body.name, 'laptop');
  assert.equal(await rig.healthStatus(created.body.key), 200);

  const listed = await rig.call('/api/keys', created.body.key);
  assert.equal(listed.body.keys[0].id, created.body.id);
  assert.equal(listed.body.keys[0].prefix, created.body.key.slice(0, 8));
  assert.ok(!JSON.stringify(listed.body).includes(created.body.key));

  const remove = () => rig.call(`/api/keys/${created.body.id}`, access_token, { method: 'DELETE' });
  assert.equal((await remove()).status, 204);
  assert.equal((await remove()).status, 404);
  assert.equal(await rig.healthStatus(created.body.key), 401);
});

test('a key cannot create a key', async () => {
  const rig = await Rig.start();
  const { body } = await createKey(rig, (await rig.login()).access_token);
  const refused = await createKey(rig, body.key);
  assert.equal(refused.status, 403);
  assert.equal(refused.body.error, 'insufficient_scope');
});

test('a key without a usable name is refused', async () => {
  const rig = await Rig.start();
  const { access_token } = await rig.login();
  for (const body of [{}, { name: '' }, { name: 7 }, { name: 'x'.repeat(201) }, null]) {
    assert.equal((await createKey(rig, access_token, body)).status, 422);
  }
});

test('a person cannot delete the key of another', async () => {
  const rig = await Rig.start({ subscription: { bob: 'active' } });
  const { body } = await createKey(rig, (await rig.login()).access_token);
  const bob = (await rig.login('bob')).access_token;
  assert.equal((await rig.call(`/api/keys/${body.id}`, bob, { method: 'DELETE' })).status, 404);
  assert.equal(await rig.healthStatus(body.key), 200);
});

test('other proxy paths echo what arrived', async () => {
  const rig = await Rig.start();
  const { access_token } = await rig.login();
  const { key } = (await createKey(rig, access_token)).body;
  const workspace = '11111111-2222-4333-8444-555555555555';
  const put = { method: 'PUT', headers: { 'x-workspace-id': workspace }, body: 'note' };
  const echoed = await rig.call('/proxy/v2/notes?x=1', access_token, put);
  assert.deepEqual(echoed.body, {
    method: 'PUT',
    path: '/proxy/v2/notes',
    subject: 'alice',
    workspace,
    credential: 'oauth',
  });
  const plain = await rig.call('/proxy/v2/notes', key);
  assert.equal(plain.body.workspace, null);
  assert.equal(plain.body.credential, 'api_key');
  const [first, second] = (await rig.log()).filter(({ path }) => path === '/proxy/v2/notes');
  assert.deepEqual([first.credential, first.workspace, first.body_bytes], ['oauth', workspace, 4]);
  assert.equal(second.credential, 'api_key');
});

test('wrong methods and unknown paths say so', async () => {
  const rig = await Rig.start();
  const { access_token } = await rig.login();
  assert.equal((await rig.call('/workspaces/', access_token, { method: 'PUT' })).status, 405);
  assert.equal((await rig.call('/api/keys', access_token, { method: 'PUT' })).status, 405);
  assert.equal((await rig.call('/api/keys/x', access_token)).status, 405);
  assert.equal((await rig.call('/api/other', access_token)).status, 404);
  assert.equal((await rig.call('/nowhere')).status, 404);
  assert.equal((await rig.log()).at(-1)?.outcome, 'http_error:404');
});
