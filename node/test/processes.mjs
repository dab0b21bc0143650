// Programs that end in the midst of a call: run from here, as child processes and worker threads.

import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { PACKAGE } from './rig.mjs';

/** Every call that may wait, as source text over `client` and, for two of them, `login`. */
export const CALLS = {
  token: 'client.token()',
  headers: "client.headers(client.route(null, { override: 'cloud' }))",
  headersForUrl: 'client.headersForUrl(url)',
  refreshStep: 'client.refreshStep()',
  whoami: 'client.whoami()',
  status: 'client.status()',
  logout: 'client.logout()',
  loginBegin: 'client.loginBegin({ isForced: true })',
  poll: 'login.poll()',
  wait: 'login.wait()',
};

/** A program that makes one call, and then does what `end` says. */
export function programOf(call, options, url, end = '') {
  const begin = call.startsWith('login.') ? 'await client.loginBegin({ isForced: true })' : 'null';
  return `
    const { Client } = require(${JSON.stringify(PACKAGE)});
    const client = new Client(${JSON.stringify(options)});
    const url = ${JSON.stringify(url)};
    (async () => {
      const login = ${begin};
      ${call}.catch(() => {});
      ${end}
    })();`;
}

/** A program, and the promise of how it ended. */
export function startNode(source, ...flags) {
  const child = spawn(process.execPath, [...flags, '-e', source]);
  const said = { out: '', err: '' };
  child.stdout.on('data', (data) => (said.out += data));
  child.stderr.on('data', (data) => (said.err += data));
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, ...said }));
  return { child, ended };
}

export const runNode = (source, ...flags) => startNode(source, ...flags).ended;
