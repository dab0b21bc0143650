// `bmauth login` as a person starts it in a terminal: a process with a home of its own, pointed at the
// emulator by its environment.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

import { CLIENT_ID } from '../../emulator/src/provider.mjs';
import { BUILD } from './build.mjs';

const PROGRAM = join(BUILD, 'bin', 'bmauth');
const TIMEOUT_MS = 20_000;

/** @typedef {{status: number | null, out: string, err: string}} Done */

/** A command that runs, and what it says meanwhile. */
class Running {
  /** @type {Done} */
  #done = { status: null, out: '', err: '' };
  /** @type {Promise<Done>} */
  ended;
  hasEnded = false;
  /** @type {() => void} */
  #heard = () => {};

  /**
   * @param {string[]} words
   * @param {NodeJS.ProcessEnv} env
   */
  constructor(words, env) {
    const child = spawn(PROGRAM, words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.stop = () => child.kill('SIGKILL');
    const killer = setTimeout(() => child.kill('SIGKILL'), TIMEOUT_MS);
    child.stdout.on('data', (data) => (this.#done.out += data));
    child.stderr.on('data', (data) => {
      this.#done.err += data;
      this.#heard();
    });
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status) => {
        clearTimeout(killer);
        this.hasEnded = true;
        this.#done.status = status;
        resolve(this.#done);
        this.#heard();
      });
    });
  }

  /**
   * Waits for words on stderr.
   *
   * @param {RegExp} pattern
   * @returns {Promise<string>} its first group
   */
  async until(pattern) {
    for (;;) {
      const found = pattern.exec(this.#done.err);
      if (found) return found[1];
      if (this.hasEnded) throw new Error(`ended without saying ${pattern}: ${this.#done.err}`);
      await new Promise((resolve) => (this.#heard = () => resolve(undefined)));
    }
  }
}

/** A user with an empty home. */
export class Terminal {
  #home = mkdtempSync(join(tmpdir(), 'bmauth-browser-user-'));
  /** @type {Running[]} */
  #started = [];

  /** @param {string} issuer also the cloud host */
  constructor(issuer) {
    after(async () => {
      for (const running of this.#started) running.stop();
      await Promise.allSettled(this.#started.map(({ ended }) => ended));
      rmSync(this.#home, { recursive: true, force: true });
    });
    this.tokenFile = join(this.#home, 'config', '.cloud_tokens.json');
    this.environment = {
      PATH: process.env.PATH,
      LANG: 'C.UTF-8',
      HOME: this.#home,
      BASIC_MEMORY_CONFIG_DIR: join(this.#home, 'config'),
      XDG_DATA_HOME: join(this.#home, 'data'),
      BASIC_MEMORY_CLOUD_DOMAIN: issuer,
      BASIC_MEMORY_CLOUD_CLIENT_ID: CLIENT_ID,
      BASIC_MEMORY_CLOUD_HOST: issuer,
    };
  }

  /** @param {string[]} words */
  start(...words) {
    const running = new Running(words, this.environment);
    this.#started.push(running);
    return running;
  }

  /** A login that waits, with the code and the addresses that it shows. */
  async login() {
    const running = this.start('login', '--no-browser');
    return {
      running,
      userCode: await running.until(/^ {2}Code {2}(\S+)\n/m),
      page: await running.until(/^ {2}Page {2}(\S+)\n/m),
      pageWithCode: await running.until(/^ {2}or {4}(\S+) {2}\(code filled in\)\n/m),
    };
  }

  /** The stored session, or undefined when there is none. */
  session() {
    if (!statSync(this.tokenFile, { throwIfNoEntry: false })) return undefined;
    return {
      ...JSON.parse(readFileSync(this.tokenFile, 'utf8')),
      mode: statSync(this.tokenFile).mode & 0o777,
    };
  }
}
