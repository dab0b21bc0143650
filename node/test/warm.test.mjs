// Headers that are kept: as right as those that are asked for, and as soon out of use.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';

import { PACKAGE, Rig, bmauth, native } from './rig.mjs';
import { runNode } from './processes.mjs';
import { TOKEN_URL, expire, expired, session } from './sessions.mjs';

const SEEN_WITHIN_MS = 1000;
const PURPOSES = ['account', 'project'];
const API_KEY = `bmc_CANARY${'k'.repeat(26)}`;
const RENEW = 'client.token({ minValidityMs: 3_600_000 })';

/** @type {Rig} */
let rig;
before(async () => {
  rig = await Rig.start();
});
after(() => rig.stop());

const programOf = (options, body) => `
  const { Client } = require(${JSON.stringify(PACKAGE)});
  const client = new Client(${JSON.stringify(options)});
  (async () => { ${body} })();`;

/** What another process does to the session, to its end. */
async function elsewhere(options, body) {
  const { code, err } = await runNode(programOf(options, body));
  assert.deepEqual({ code, err }, { code: 0, err: '' });
}

/** The header that a client keeps, and has given before: of the first answer nothing is kept. */
function keptBy(client, options) {
  client.freshToken(options);
  return client.header(options);
}

const answerOf = (client) => {
  try {
    return client.header();
  } catch (error) {
    return error.code;
  }
};

/** The first answer that is another one than `old`, and how long it let itself be waited for. */
async function nextAnswer(client, old) {
  const began = performance.now();
  const elapsed_ms = () => performance.now() - began;
  while (answerOf(client) === old && elapsed_ms() < 5 * SEEN_WITHIN_MS) await sleep(10);
  return { answer: answerOf(client), after_ms: elapsed_ms() };
}

describe('a kept header', () => {
  test('is what the library says, for each purpose', async (t) => {
    const { client } = await session(rig, t, { apiKey: API_KEY });
    for (const purpose of [...PURPOSES, ...PURPOSES]) {
      const asked = client.freshToken({ purpose }).headers.Authorization;
      assert.equal(client.header({ purpose }), asked);
      assert.equal(await client.headerAsync({ purpose }), asked);
    }
    assert.equal(client.header({ purpose: 'project' }), `Bearer ${API_KEY}`);
    assert.equal(client.header(), client.header({ purpose: 'account' }));
    assert.notEqual(client.header(), client.header({ purpose: 'project' }));
  });

  test('is given without a look at the files', async (t) => {
    const { client, options } = await session(rig, t);
    const kept = keptBy(client);
    expire(options.dataDir);
    assert.equal(client.header(), kept);
    assert.equal(client.header({ purpose: undefined }), kept);
    const signal = new AbortController().signal;
    const later = [client.headerAsync(), client.headerAsync({ signal })];
    assert.throws(() => client.freshToken(), { code: 'needs_refresh' });
    assert.deepEqual(await Promise.all(later), [kept, kept]);
    assert.equal(await rig.rotations(), 0);
  });

  test('is its own client’s', async (t) => {
    const { client, options } = await session(rig, t);
    const dataDir = await rig.home();
    const keys = [API_KEY, API_KEY.toLowerCase()];
    const others = keys.map((apiKey) => new bmauth.Client({ ...options, dataDir, apiKey }));
    t.after(() => others.forEach((other) => other.close()));
    const kept = keptBy(client);
    for (let round = 0; round < 3; round++) {
      const given = others.map((other) => other.header());
      assert.deepEqual(
        given,
        keys.map((key) => `Bearer ${key}`),
      );
      assert.equal(client.header(), kept);
    }
  });

  test('lets no mistake in an argument pass', async (t) => {
    const { client } = await session(rig, t);
    PURPOSES.forEach((purpose) => keptBy(client, { purpose }));
    const mistakes = [null, 5, 'account', [], () => {}, Object.assign([], { purpose: 'account' })];
    mistakes.push({ purpose: 'account', minValidityMs: 1 }, { signal: undefined });
    for (const purpose of ['CANARY', '__proto__', 'constructor', '', null, 1, {}]) {
      mistakes.push({ purpose });
    }
    for (const options of mistakes) {
      const isMistake = (error) =>
        error.code === 'invalid_argument' && !error.message.includes('CANARY');
      assert.throws(() => client.header(options), isMistake, inspect(options));
      const isSignal = options !== null && Object.hasOwn(Object(options), 'signal');
      if (!isSignal) await assert.rejects(client.headerAsync(options), isMistake);
    }
    await assert.rejects(client.headerAsync({ signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
  });

  test('ends with its client', async (t) => {
    const { client } = await session(rig, t);
    PURPOSES.forEach((purpose) => keptBy(client, { purpose }));
    client.close();
    for (const purpose of PURPOSES) {
      assert.throws(() => client.header({ purpose }), { code: 'invalid_argument' });
      await assert.rejects(client.headerAsync({ purpose }), { code: 'invalid_argument' });
    }
  });

  test('is shown by nothing that prints', async (t) => {
    const client = await rig.client(t, { apiKey: API_KEY });
    keptBy(client);
    for (const view of [inspect(client, { showHidden: true, depth: 9 }), JSON.stringify(client)]) {
      assert.doesNotMatch(view, /CANARY/);
    }
  });

  test('keeps no process alive', async (t) => {
    const { options } = await session(rig, t);
    const program = programOf(
      options,
      'client.header(); client.header(); console.log(process.getActiveResourcesInfo().join());',
    );
    const { out } = await runNode(program);
    assert.doesNotMatch(out, /Timeout/);
  });

  test('is given while a refresh of the session stalls', async (t) => {
    const { client, options } = await session(rig, t);
    const other = new bmauth.Client(options);
    t.after(() => other.close());
    const old = keptBy(client);
    await rig.answers({ path: TOKEN_URL, grant_type: 'refresh_token', delay_ms: 1500 });
    let isRefreshed = false;
    const refresh = client.token({ minValidityMs: 3_600_000 }).then(() => (isRefreshed = true));
    while ((await rig.log(TOKEN_URL)).at(-1).grant_type !== 'refresh_token');
    for (let round = 0; round < 60; round++) {
      for (const each of [client, other]) {
        assert.equal(each.header(), old);
        assert.equal(await each.headerAsync({ purpose: 'project' }), old);
      }
      await sleep(10);
    }
    assert.equal(isRefreshed, false);
    await refresh;
    for (const each of [client, other]) {
      assert.notEqual(each.header(), old);
      assert.equal(each.header(), each.freshToken().headers.Authorization);
    }
  });

  test('is not kept when the library fails', async (t) => {
    const { client } = await expired(rig, t);
    assert.throws(() => client.header(), { code: 'needs_refresh' });
    const { headers } = await client.token();
    assert.equal(client.header(), headers.Authorization);
  });
});

describe('what makes a kept header out of date', () => {
  test('in this process is seen at once', async (t) => {
    const { client, options } = await session(rig, t);
    const other = new bmauth.Client(options);
    t.after(() => other.close());
    const old = keptBy(client);
    assert.equal(keptBy(other), old);
    client.invalidate(client.freshToken());
    assert.throws(() => client.header(), { code: 'needs_refresh' });
    await client.token();
    assert.notEqual(other.header(), old);
    assert.equal(other.header(), client.header());
    await other.logout();
    for (const each of [client, other]) {
      assert.throws(() => each.header(), { code: 'no_credentials' });
    }
  });

  const changes = {
    refreshed: { body: `await ${RENEW};`, isToken: true },
    revoked: {
      body: 'client.invalidate(client.freshToken()); await client.token();',
      isToken: true,
    },
    'logged out': { body: 'await client.logout();', isToken: false },
  };
  for (const [change, { body, isToken }] of Object.entries(changes)) {
    test(`in another process, where the session is ${change}, within a second`, async (t) => {
      const { client, options } = await session(rig, t);
      const old = client.header();
      const beating = setInterval(() => answerOf(client), 20); // as a program that asks all the time
      t.after(() => clearInterval(beating));
      await elsewhere(options, body);
      const { answer, after_ms } = await nextAnswer(client, old);
      assert.equal(answer, isToken ? client.freshToken().headers.Authorization : 'no_credentials');
      assert.ok(after_ms < SEEN_WITHIN_MS, `${after_ms} ms`);
    });
  }

  test('in a worker is seen here, and the other way around', async (t) => {
    const { client, options } = await session(rig, t);
    const word = native('generationWord')();
    const program = `
      const { parentPort } = require('node:worker_threads');
      const { Client } = require(${JSON.stringify(PACKAGE)});
      const client = new Client(${JSON.stringify(options)});
      parentPort.on('message', async (isToRenew) => {
        if (isToRenew) await ${RENEW};
        parentPort.postMessage(client.header());
      });`;
    const worker = new Worker(program, { eval: true });
    t.after(() => worker.terminate());
    const ask = async (isToRenew) => {
      worker.postMessage(isToRenew);
      const [header] = await once(worker, 'message');
      return header;
    };
    const old = keptBy(client);
    assert.equal(await ask(false), old);
    const generation = word[0];
    const renewed = await ask(true);
    assert.notEqual(renewed, old);
    assert.notEqual(word[0], generation);
    assert.equal(client.header(), renewed);
    await client.token({ minValidityMs: 3_600_000 });
    assert.equal(await ask(false), client.header());
  });
});

test('workers that keep headers come and go', async (t) => {
  const { client, options } = await session(rig, t);
  const program = `
    const { Client } = require(${JSON.stringify(PACKAGE)});
    const client = new Client(${JSON.stringify(options)});
    client.header();
    require('node:worker_threads').parentPort.postMessage(client.header());`;
  for (let round = 0; round < 10; round++) {
    const workers = [1, 2].map(() => new Worker(program, { eval: true }));
    const said = await Promise.all(workers.map((worker) => once(worker, 'message')));
    await Promise.all(workers.map((worker) => worker.terminate()));
    assert.deepEqual(said.flat(), [client.header(), client.header()]);
  }
});

test('where arrays cannot lie over the generation, nothing is kept', async (t) => {
  const { options } = await session(rig, t);
  const program = `
    const path = require.resolve(${JSON.stringify(`${PACKAGE}/native/bmauth.node`)});
    const native = require(path);
    require.cache[path].exports = (name) =>
      name === 'generationWord' ? () => undefined : native(name);
    const { Client } = require(${JSON.stringify(PACKAGE)});
    const client = new Client(${JSON.stringify(options)});
    const isSame = client.header() === client.header() && client.header() === client.header();
    const { unlinkSync } = require('node:fs');
    let code;
    unlinkSync(${JSON.stringify(`${options.dataDir}/basic-memory-cloud.json`)});
    try { client.header(); } catch (error) { code = error.code; }
    console.log(isSame, code);`;
  const { out, err } = await runNode(program);
  assert.deepEqual({ out, err }, { out: 'true no_credentials\n', err: '' });
});
