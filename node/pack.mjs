// What `npm pack` adds to lib/: the addon and its net object, built and stripped, and the licence.
//
//   node pack.mjs stage | unstage
//
// BMAUTH_BUILD names a build tree to take them from; without it one is made in build/npm.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(PACKAGE);
const NATIVE = join(PACKAGE, 'native');
const LICENCE = join(PACKAGE, 'LICENSE');
const OBJECTS = ['bmauth.node', 'libbmauth_net.so'];

/** Its words go to stderr: stdout belongs to npm. */
const run = (program, ...words) => execFileSync(program, words, { stdio: ['ignore', 2, 2] });

function assertHonestPlatform() {
  const { os, cpu } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  if (os.includes(process.platform) && cpu.includes(process.arch)) return;
  throw new Error(
    `package.json says ${os}-${cpu}, and this is ${process.platform}-${process.arch}: ` +
      'the package would hold objects for another machine than it names',
  );
}

function buildTree() {
  const build = resolve(process.env.BMAUTH_BUILD ?? join(ROOT, 'build/npm'));
  if (!existsSync(join(build, 'CMakeCache.txt'))) {
    run('cmake', '-S', ROOT, '-B', build, '-DBMAUTH_BUILD_NODE=ON', '-DBUILD_TESTING=OFF');
  }
  run('cmake', '--build', build, '--target', 'bmauth_node_package', '--parallel');
  return build;
}

function stage() {
  assertHonestPlatform();
  const built = join(buildTree(), 'node/bmauth/native');
  mkdirSync(NATIVE, { recursive: true });
  for (const object of OBJECTS) {
    copyFileSync(join(built, object), join(NATIVE, object));
    run('strip', '--strip-unneeded', join(NATIVE, object));
  }
  copyFileSync(join(ROOT, 'LICENSE'), LICENCE);
}

function unstage() {
  rmSync(NATIVE, { recursive: true, force: true });
  rmSync(LICENCE, { force: true });
}

({ stage, unstage })[process.argv[2]]();
