import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';

import { PACKAGE, Rig } from './rig.mjs';

const require = createRequire(import.meta.url);

/** @type {Rig} */
let rig;
before(async () => {
  rig = await Rig.start();
});
after(() => rig.stop());

test("libcurl calls the system's OpenSSL, not the one inside of node", async (t) => {
  await (await rig.session(t)).whoami();
  const { tlsOfLibcurl } = require(join(dirname(PACKAGE), 'net_probe.node'));
  const owners = tlsOfLibcurl();
  assert.equal(owners.length, 1, String(owners));
  assert.match(owners[0], /\/libssl\.so\.\d+$/);
});

test('neither libcurl nor OpenSSL is needed to load the addon', () => {
  const addon = join(PACKAGE, 'native/bmauth.node');
  const dynamic = execFileSync('readelf', ['-d', addon], { encoding: 'utf8' });
  const needed = [...dynamic.matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name);
  assert.deepEqual(
    needed.filter((name) => /curl|ssl|crypto|stdc\+\+|gcc_s/.test(name)),
    [],
  );
});

test('the addon exports what node looks for and nothing else', () => {
  const addon = join(PACKAGE, 'native/bmauth.node');
  const symbols = execFileSync('nm', ['-D', '--defined-only', addon], { encoding: 'utf8' });
  const names = symbols
    .trim()
    .split('\n')
    .map((line) => line.split(' ').at(-1));
  assert.deepEqual(
    names.filter((name) => !/^(napi_register|node_api_module)/.test(name)),
    [],
  );
});
