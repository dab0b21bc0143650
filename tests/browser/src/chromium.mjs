// Debian's Chromium, found on PATH, without a window and without a word to anybody outside.

import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after } from 'node:test';

import { chromium } from 'playwright-core';

/** The only hosts that exist for this browser: whatever else it asks for is not even looked up. */
const LOOPBACK_ONLY = 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox', // it refuses to run as root with one
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--host-resolver-rules=${LOOPBACK_ONLY}`,
];

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, 'chromium')).find(isExecutable);
  if (!found) throw new Error("no chromium on PATH; Debian's package is called chromium");
  return found;
}

/** One browser for a test file, with a home and a profile of its own; closed and removed after it. */
export async function startChromium() {
  const home = mkdtempSync(join(tmpdir(), 'bmauth-browser-'));
  after(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ARGUMENTS,
    env: { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' },
  });
  after(() => browser.close());
  return browser;
}
