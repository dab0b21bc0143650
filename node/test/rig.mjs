// An emulator, a user of it with a home of its own, and a server of another origin.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILD = resolve(process.env.BMAUTH_BUILD ?? join(ROOT, 'build/release'));

export const PACKAGE = join(BUILD, 'node/bmauth');

const require = createRequire(import.meta.url);

/** @type {typeof import('../lib/index')} */
export const bmauth = require(PACKAGE);

/** A class or function of the addon. */
export const native = require(join(PACKAGE, 'native/bmauth.node'));

const CLIENT_ID = 'client_01K6KWQPW6J1M8VV7R3TZP5A6M';
export const WORKSPACE = '7f0c2c1e-5a55-4b0b-9d5e-2f6f4f1d9a10';

export class Rig {
  static async start() {
    const main = join(ROOT, 'tests/emulator/src/main.mjs');
    const child = spawn(process.execPath, [main, '--end-with-stdin', '--interval', '1'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface(child.stdout), 'line');
    return new Rig(child, JSON.parse(line));
  }

  constructor(child, ready) {
    this.child = child;
    this.ready = ready;
    this.cloud = ready.cloud_host;
  }

  async stop() {
    this.child.stdin.end();
    await once(this.child, 'exit');
  }

  async control(path, body) {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${this.ready.control}/${path}`, init);
    const answer = await response.json();
    if (!response.ok) throw new Error(`control ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** The next answers that the emulator gives. */
  answers(...orders) {
    return this.control('answers', orders);
  }

  async log(path) {
    const { entries } = await this.control('log');
    return entries.filter((entry) => entry.path === path);
  }

  async rotations() {
    const { entries } = await this.control('log');
    return entries.filter((entry) => entry.effect === 'rotated').length;
  }

  /** An emulator as new, and a data directory with two projects. */
  async home() {
    await this.control('reset', {});
    const home = mkdtempSync(join(tmpdir(), 'bmauth-node-'));
    const projects = {
      notes: { mode: 'local', path: '/home/me/notes' },
      research: { mode: 'cloud', workspace_id: WORKSPACE },
    };
    writeFileSync(join(home, 'config.json'), JSON.stringify({ projects }), { mode: 0o600 });
    return home;
  }

  /** A client with such a home, until the test ends. */
  async client(t, options = {}) {
    const dataDir = await this.home();
    await this.control('settings', { enforce_interval: false });
    const client = new bmauth.Client({
      dataDir,
      issuer: this.ready.issuer,
      clientId: CLIENT_ID,
      cloudHost: this.cloud,
      ...options,
    });
    t.after(() => {
      client.close();
      rmSync(dataDir, { recursive: true });
    });
    return client;
  }

  /** The same, logged in as alice. */
  async session(t, options) {
    const client = await this.client(t, options);
    const login = await client.loginBegin();
    await this.control('person', { user_code: login.userCode });
    while ((await login.poll()).state !== 'done');
    return client;
  }
}

/** A server of another origin, which keeps what it was asked. */
export class OtherOrigin {
  /** @type {{method: string, url: string, headers: import('node:http').IncomingHttpHeaders}[]} */
  requests = [];

  static async start(location) {
    const other = new OtherOrigin();
    other.server = createServer((request, response) => {
      const { method, url, headers } = request;
      other.requests.push({ method, url, headers });
      response.writeHead(location ? 302 : 200, location ? { location } : {}).end('elsewhere');
    });
    other.server.listen(0, '127.0.0.1');
    await once(other.server, 'listening');
    other.origin = `http://127.0.0.1:${other.server.address().port}`;
    return other;
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}
