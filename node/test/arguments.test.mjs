import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { bmauth, native } from './rig.mjs';

const { Client } = bmauth;
const SECRET = 'CANARY-secret';

let dataDir;
let client;
before(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'bmauth-node-'));
  client = new Client({ dataDir, apiKey: `bmc_${'k'.repeat(32)}` });
});
after(() => {
  client.close();
  rmSync(dataDir, { recursive: true });
});

/** What a mistake gives: JavaScript's own class, the code, the name of the parameter, no value. */
const mistake = (ErrorClass, name) => (error) => {
  assert.equal(error.constructor, ErrorClass, String(error));
  assert.equal(error.code, 'invalid_argument');
  assert.match(error.message, new RegExp(name));
  assert.doesNotMatch(error.stack, /CANARY/);
  return true;
};
const badType = (name) => mistake(TypeError, name);
const badValue = (name) => mistake(RangeError, name);

describe('options of a client', () => {
  const wrong = {
    dataDir: [5, null, {}, [], Symbol(SECRET), new Date(), () => SECRET],
    apiKey: [true, Buffer.from(SECRET), { toString: () => SECRET }],
    forceLocal: ['true', 1, null, SECRET],
    connectTimeoutMs: ['5000', null, 5n, new Date(), { valueOf: () => 5 }],
  };
  for (const [name, values] of Object.entries(wrong)) {
    test(`${name} of another type`, () => {
      for (const value of values) assert.throws(() => new Client({ [name]: value }), badType(name));
    });
  }

  test('times that are no whole numbers', () => {
    for (const value of [1.5, NaN, Infinity, -Infinity, 2 ** 53]) {
      assert.throws(() => new Client({ apiTimeoutMs: value }), badValue('apiTimeoutMs'));
    }
  });

  test('times that are out of range are refused by the library', () => {
    for (const value of [0, -1, 3_600_001]) {
      assert.throws(() => new Client({ apiTimeoutMs: value }), { code: 'invalid_argument' });
    }
  });

  test('NUL and halves of surrogate pairs', () => {
    for (const value of [`${SECRET}\0`, '\0', `${SECRET}\ud800`, '\udc00x', '\ud800\ud800']) {
      assert.throws(() => new Client({ apiKey: value }), badValue('apiKey'));
    }
  });

  test('unknown ones are named', () => {
    assert.throws(() => new Client({ data_dir: '/x' }), badType('data_dir'));
    assert.throws(() => new Client({ timeout: SECRET }), badType('timeout'));
  });

  test('something else than an object', () => {
    for (const options of [null, 5, 'x', [], () => {}]) {
      assert.throws(() => new Client(options), badType('options'));
    }
  });

  test('what is undefined is not said', () => {
    new Client({ dataDir, apiKey: undefined, language: undefined }).close();
    new Client(undefined).close();
  });

  test('a getter that throws is heard', () => {
    const options = {
      get dataDir() {
        throw new Error('mine');
      },
    };
    assert.throws(() => new Client(options), /mine/);
  });
});

describe('arguments of calls', () => {
  test('a Date, a text or nothing where milliseconds are meant', async () => {
    for (const minValidityMs of [new Date(), '5', null, 5n, {}]) {
      await assert.rejects(client.token({ minValidityMs }), badType('minValidityMs'));
    }
    for (const minValidityMs of [-1, 0.5, NaN, Infinity]) {
      await assert.rejects(client.token({ minValidityMs }), badValue('minValidityMs'));
    }
  });

  test('a purpose that there is not', async () => {
    assert.throws(() => client.header({ purpose: 'CANARY' }), badValue('purpose'));
    assert.throws(() => client.header({ purpose: 1 }), badType('purpose'));
    assert.throws(() => client.freshToken({ purpose: null }), badType('purpose'));
    await assert.rejects(client.token({ purpose: 'CANARY' }), badValue('purpose'));
  });

  test('an override that there is not, with those that there are', () => {
    const choices = "override must be 'none', 'local' or 'cloud'";
    assert.throws(() => client.route('x', { override: 'clout' }), badValue(choices));
    assert.throws(() => client.route('x', { useDefaultProject: 1 }), badType('useDefaultProject'));
  });

  test('projects', () => {
    assert.equal(client.route(undefined).project, null);
    assert.equal(client.route(null).project, null);
    assert.throws(() => client.route(5), badType('project'));
    assert.throws(() => client.route('a\0b'), badValue('project'));
    assert.throws(() => client.route('a\udfffb'), badValue('project'));
    assert.throws(() => client.route('x', { workspace: {} }), badType('workspace'));
    assert.throws(() => client.mode(5), badType('project'));
    assert.throws(() => client.mode('a\0b'), badValue('project'));
  });

  test('a name of 1 MiB, and one of every plane, come back whole', () => {
    for (const name of ['x'.repeat(2 ** 20), 'é'.repeat(2 ** 19), 'a ß 漢 😀 \uffff']) {
      assert.equal(client.route(name).project, name);
    }
  });

  test('a route that is none', async () => {
    for (const route of [undefined, null, {}, 5, client, { mode: 'cloud' }, new Map()]) {
      await assert.rejects(client.headers(route), badType('route must be a Route'));
    }
    const token = client.freshToken();
    await assert.rejects(client.headers(token), badType('route must be a Route'));
    await assert.rejects(client.headers(Object.create(client.route('x'))), badType('Route'));
  });

  test('a token that is none', () => {
    for (const token of [undefined, null, {}, 'Bearer x', client.route('x')]) {
      assert.throws(() => client.invalidate(token), badType('token must be a Token'));
    }
  });

  test('a URL that is none', async () => {
    await assert.rejects(client.headersForUrl(5), badType('url'));
    await assert.rejects(client.headersForUrl('nonsense'), { code: 'invalid_argument' });
  });

  test('a signal that is none', async () => {
    for (const signal of [null, {}, 5, new AbortController()]) {
      await assert.rejects(client.token({ signal }), badType('signal'));
      await assert.rejects(client.whoami({ signal }), badType('signal'));
      await assert.rejects(client.loginBegin({ signal }), badType('signal'));
    }
  });

  test('options that there are not', async () => {
    assert.throws(() => client.header({ minValidityMs: 1 }), badType('minValidityMs'));
    await assert.rejects(client.token({ min_validity_ms: 1 }), badType('min_validity_ms'));
    await assert.rejects(client.status({ offline: true }), badType('offline'));
    await assert.rejects(client.status({ isOffline: 'yes' }), badType('isOffline'));
    await assert.rejects(client.login({ onprompt() {} }), badType('onprompt'));
    await assert.rejects(client.login({ onPrompt: 'x' }), badType('onPrompt'));
    await assert.rejects(client.login({ openBrowser: 1 }), badType('openBrowser'));
    await assert.rejects(client.loginBegin({ isForced: 1 }), badType('isForced'));
    await assert.rejects(client.token(5), badType('options'));
    await assert.rejects(client.logout(null), badType('options'));
  });

  test('look-ups in reports', () => {
    const report = client.projects();
    assert.throws(() => report.text(5), badType('pointer'));
    assert.throws(() => report.count(), badType('pointer'));
    assert.throws(() => report.text('/a\0'), badValue('pointer'));
  });
});

describe('objects of the addon', () => {
  test('are asked for by their names, and are the same each time', () => {
    assert.equal(native('Token'), native('Token'));
    for (const name of ['', 'token', 'Purpose', '__proto__', 'constructor']) {
      assert.throws(() => native(name), badValue('name'));
    }
    assert.throws(() => native(), badType('name'));
  });

  test('are made by the library alone', () => {
    for (const name of ['Login', 'Token', 'Route', 'Report']) {
      assert.throws(() => new (native(name))(), badType(`${name} cannot be made with new`));
      assert.throws(() => native(name)(), badType(`${name} needs new`));
    }
    assert.throws(() => native('Client')({}), badType('Client needs new'));
  });

  test('refuse another this', () => {
    const { prototype } = native('Token');
    const { get } = Object.getOwnPropertyDescriptor(prototype, 'accessToken');
    for (const other of [undefined, null, {}, 5, prototype, client.route('x'), client]) {
      assert.throws(() => get.call(other), TypeError);
      assert.throws(() => prototype.toJSON.call(other), TypeError);
      assert.throws(() => native('Client').prototype.projects.call(other), TypeError);
    }
    assert.throws(() => Client.prototype.header.call({}), TypeError);
  });

  test('cancel is asked by whoever made it', () => {
    const Cancel = native('Cancel');
    const cancel = new Cancel();
    assert.equal(cancel.isTriggered, false);
    cancel.trigger();
    cancel.trigger();
    assert.equal(cancel.isTriggered, true);
  });
});

describe('a closed client', () => {
  test('refuses every call, and closes again', async () => {
    const closed = new Client({ dataDir });
    const route = closed.route('x');
    closed.close();
    closed.close();
    const refusal = { name: 'BmauthError', code: 'invalid_argument', message: /client is closed/ };
    assert.throws(() => closed.header(), refusal);
    assert.throws(() => closed.freshToken(), refusal);
    assert.throws(() => closed.route('x'), refusal);
    assert.throws(() => closed.mode('x'), refusal);
    assert.throws(() => closed.projects(), refusal);
    await assert.rejects(closed.token(), refusal);
    await assert.rejects(closed.headerAsync(), refusal);
    await assert.rejects(closed.refreshStep(), refusal);
    await assert.rejects(closed.headers(route), refusal);
    await assert.rejects(closed.headersForUrl('http://localhost/'), refusal);
    await assert.rejects(closed.status(), refusal);
    await assert.rejects(closed.whoami(), refusal);
    await assert.rejects(closed.logout(), refusal);
    await assert.rejects(closed.login(), refusal);
    assert.equal(route.project, 'x');
  });

  test('is closed at the end of a using block', { skip: !Symbol.dispose && 'node < 20' }, () => {
    const disposed = new Client({ dataDir });
    disposed[Symbol.dispose]();
    assert.throws(() => disposed.header(), { code: 'invalid_argument' });
  });
});
