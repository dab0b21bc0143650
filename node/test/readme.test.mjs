// The programs of the README and of examples/, run as they stand by a user with an empty home.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { PACKAGE, Rig, WORKSPACE } from './rig.mjs';

const FOLDER = fileURLToPath(new URL('..', import.meta.url));
const README = readFileSync(join(FOLDER, 'README.md'), 'utf8');
const USER_CODE = /\b[A-Z]{4}-[A-Z]{4}\b/;

/** @type {Rig} */
let rig;
before(async () => {
  rig = await Rig.start();
});
after(() => rig.stop());

/** What stands under a heading, and the JavaScript in it. */
function section(heading) {
  const words = README.split(/^## /m).find((each) => each.startsWith(`${heading}\n`));
  assert.ok(words, heading);
  return [...words.matchAll(/^```js\n(.*?)^```$/gms)].map((match) => match[1]);
}

/** A folder with bmauth installed, and the home of whoever runs something there. */
class Place {
  static async make(t) {
    const home = await rig.home();
    t.after(() => rmSync(home, { recursive: true }));
    mkdirSync(join(home, 'node_modules'));
    symlinkSync(PACKAGE, join(home, 'node_modules/bmauth'));
    return new Place(home);
  }

  constructor(home) {
    this.home = home;
    this.environment = {
      HOME: home,
      BASIC_MEMORY_CONFIG_DIR: home,
      BASIC_MEMORY_CLOUD_DOMAIN: rig.ready.issuer,
      BASIC_MEMORY_CLOUD_HOST: rig.cloud,
    };
  }

  write(name, program) {
    writeFileSync(join(this.home, name), program);
    return name;
  }

  copy(example) {
    copyFileSync(join(FOLDER, 'examples', example), join(this.home, example));
    return example;
  }

  start(...words) {
    return spawn(process.execPath, words, {
      cwd: this.home,
      env: this.environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Its lines; a person approves when it shows a code. */
  async run(...words) {
    const child = this.start(...words);
    const errors = text(child.stderr);
    const ended = once(child, 'exit');
    const lines = [];
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      const [code] = USER_CODE.exec(line) ?? [];
      if (code) await rig.control('person', { user_code: code });
    }
    assert.equal(await errors, '');
    assert.deepEqual(await ended, [0, null]);
    return lines;
  }

  /** A session of alice, left by another program. */
  async logIn() {
    await this.run(this.copy('login.mjs'));
  }
}

describe('the README', () => {
  test('has a quick start that logs in and asks the cloud', async (t) => {
    const place = await Place.make(t);
    const [program, next] = section('Quick start');
    const lines = await place.run(place.write('first.mjs', program));
    assert.equal(lines.at(-1), 'cloud 200');
    const [entry] = await rig.log('/proxy/knowledge/entities');
    assert.deepEqual([entry.credential, entry.workspace], ['oauth', WORKSPACE]);

    assert.deepEqual(await place.run(place.write('next.cjs', next)), ['true']);
  });

  test('has snippets that run one after another', async (t) => {
    const place = await Place.make(t);
    await place.logIn();
    const names = "import { BmauthError, Client, createFetch } from 'bmauth';";
    const snippets = [...section('Usage'), ...section('Errors')];
    const program = [names, ...snippets, 'client.close();'].join('\n');
    const lines = await place.run(place.write('all.mjs', program));
    assert.match(lines[0], /project/);
    assert.ok(lines.includes('200'), 'posted');
    assert.ok(lines.includes('research cloud'), 'projects');
    assert.match(lines.at(-1), /^unknown_project .*research/);
  });
});

describe('the example', () => {
  test('login.mjs logs in', async (t) => {
    const place = await Place.make(t);
    const lines = await place.run(place.copy('login.mjs'));
    assert.equal(lines.at(-1), 'Logged in as alice@example.test.');
  });

  test('login.mjs ends with 130 at Ctrl-C', async (t) => {
    const place = await Place.make(t);
    const child = place.start(place.copy('login.mjs'));
    const ended = once(child, 'exit');
    await once(createInterface(child.stdout), 'line');
    child.kill('SIGINT');
    assert.deepEqual(await ended, [130, null]);
  });

  test('request.mjs asks for a project in the cloud, and not for a local one', async (t) => {
    const place = await Place.make(t);
    await place.logIn();
    const program = place.copy('request.mjs');
    const [answer] = await place.run(program, 'research');
    assert.match(answer, /^200 .*"subject":"alice"/);
    const [words] = await place.run(program, 'notes');
    assert.match(words, /^notes is on this machine: /);
  });

  test('server.cjs passes requests on, says why it cannot, and ends cleanly', async (t) => {
    const place = await Place.make(t);
    const child = place.start(place.copy('server.cjs'));
    t.after(() => child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    const [url] = await once(createInterface(child.stdout), 'line');
    assert.equal((await fetch(`${url}/some/note`)).status, 401);
    await place.logIn();
    const response = await fetch(`${url}/some/note`);
    assert.equal(response.status, 200);
    assert.equal((await response.json()).path, '/proxy/some/note');
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
  });

  test('typed.ts compiles strictly and does what it says', async (t) => {
    const place = await Place.make(t);
    await place.logIn();
    const compiler = join(FOLDER, 'node_modules/typescript/bin/tsc');
    const options = ['--project', join(FOLDER, 'examples'), '--noEmit', 'false'];
    await place.run(compiler, ...options, '--outDir', join(place.home, 'compiled'));
    const program = `
      import { Client } from 'bmauth';
      import { authorization, emailOf, entitiesOf } from './compiled/typed.js';
      const client = new Client();
      console.log((await authorization(client)).slice(0, 7));
      console.log(await emailOf(client, AbortSignal.timeout(5000)));
      console.log((await entitiesOf(client, 'research')).path);
      console.log(await entitiesOf(client, 'notes'));
      client.close();`;
    assert.deepEqual(await place.run(place.write('use.mjs', program)), [
      'Bearer ',
      'alice@example.test',
      '/proxy/knowledge/entities',
      '[]',
    ]);
  });
});
