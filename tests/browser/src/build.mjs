// Where the build is, and where the screenshots go.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export const BUILD = resolve(process.env.BMAUTH_BUILD ?? join(ROOT, 'build', 'release'));

/** @param {string} name */
export function screenshotFile(name) {
  const folder = join(BUILD, 'browser');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.png`);
}
