import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Worker } from 'node:worker_threads';

import { PACKAGE, Rig } from './rig.mjs';
import { CALLS, programOf, runNode, startNode } from './processes.mjs';
import {
  LOGIN_URL,
  TOKEN_URL,
  durationOf,
  expired,
  holdLock,
  silence,
  unanswered,
} from './sessions.mjs';

// A refresh that was sent is brought to its end, which is this long at most; all else stops at once.
const TRY_MS = 400;
const LIMIT_MS = 2000;
// Of two workers on one session one refreshes, and the other waits for its lock.
const SHARES_LOCK = ['token', 'headers', 'headersForUrl', 'refreshStep', 'whoami', 'status'];
const EXIT_WHEN_TOLD = "process.stdin.once('data', () => process.exit(0));";
const STAY =
  "require('node:worker_threads').parentPort.on('message', () => {}).postMessage('begun');";
const THROW_WHEN_TOLD = "process.stdin.once('data', () => { throw new Error('boom'); });";
const OPTIONS = { refreshTryTimeoutMs: TRY_MS, refreshBudgetMs: TRY_MS };

/** @type {Rig} */
let rig;
before(async () => {
  rig = await Rig.start();
});
after(() => rig.stop());

/**
 * An expired session, and what keeps the call from its end: a server that does not answer, or, for
 * logout, which needs none, another holder of the session's lock.
 */
async function stalled(t, name) {
  const { options } = await expired(rig, t, OPTIONS);
  const isPoll = name === 'poll' || name === 'wait';
  await silence(rig, isPoll ? TOKEN_URL : name === 'loginBegin' ? LOGIN_URL : '/*');
  if (name === 'logout') await holdLock(t, options.dataDir);
  return options;
}

const requestsOf = (name, callers) =>
  name === 'logout' ? 0 : SHARES_LOCK.includes(name) ? 1 : callers;

for (const [name, call] of Object.entries(CALLS)) {
  test(`a process exits in the midst of ${name}, without a word`, async (t) => {
    const options = await stalled(t, name);
    const program = programOf(call, options, `${rig.cloud}/proxy/notes`, EXIT_WHEN_TOLD);
    const { child, ended } = startNode(program);
    await unanswered(rig, requestsOf(name, 1));
    child.stdin.end('exit');
    const duration = await durationOf(ended);
    assert.deepEqual(await ended, { code: 0, signal: null, out: '', err: '' });
    assert.ok(duration < LIMIT_MS, `it took ${duration} ms`);
  });

  test(`two workers are terminated in the midst of ${name}`, async (t) => {
    const options = await stalled(t, name);
    const program = programOf(call, options, `${rig.cloud}/proxy/notes`, STAY);
    const workers = [1, 2].map(() => new Worker(program, { eval: true }));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    await unanswered(rig, requestsOf(name, workers.length));
    const ended = Promise.all(workers.map((worker) => worker.terminate()));
    const duration = await durationOf(ended);
    assert.deepEqual(await ended, [1, 1]);
    assert.ok(duration < LIMIT_MS, `it took ${duration} ms`);
  });
}

test('a worker that is terminated takes all it had along, a call that waits for its turn too', async (t) => {
  const options = await stalled(t, 'token');
  const calls = 'Promise.all([client.token(), client.status()])';
  const program = `
    const { Worker } = require('node:worker_threads');
    const native = require(${JSON.stringify(join(PACKAGE, 'native/bmauth.node'))});
    const worker = new Worker(${JSON.stringify(programOf(calls, options, '', STAY))}, { eval: true });
    process.stdin.once('data', async () => {
      await worker.terminate();
      console.log(native('liveObjects')());
    });`;
  const { child, ended } = startNode(program);
  await unanswered(rig, 1);
  child.stdin.end('terminate');
  assert.deepEqual(await ended, { code: 0, signal: null, out: '0\n', err: '' });
});

test('an uncaught exception in the midst of a call ends the process as ever', async (t) => {
  const options = await stalled(t, 'token');
  const program = programOf('client.token()', options, '', THROW_WHEN_TOLD);
  const { child, ended } = startNode(program);
  await unanswered(rig, 1);
  child.stdin.end('throw');
  const { code, signal, err } = await ended;
  assert.deepEqual({ code, signal }, { code: 1, signal: null });
  assert.match(err, /Error: boom/);
});

test('a process whose promises are settled ends by itself', async (t) => {
  const options = await expired(rig, t, OPTIONS).then((found) => found.options);
  const { code, err } = await runNode(programOf('client.token()', options, ''));
  assert.deepEqual({ code, err }, { code: 0, err: '' });
  assert.equal(await rig.rotations(), 1);
});
