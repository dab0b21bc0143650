// The command: starts an emulator, says where it is in one line of JSON, ends with its parent.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { startEmulator } from './emulator.mjs';
import { CLIENT_ID } from './provider.mjs';

const USAGE = `Usage: node src/main.mjs [options]
  --port N               port on 127.0.0.1; 0, the default, takes a free one
  --https                with certificates made at the start
  --interval S           polling interval (5)
  --access-token-ttl S   (300)
  --device-code-ttl S    (600)
  --replay-grace S       how long a used refresh token gets the same pair again (0)
  --end-with-stdin       end when standard input closes
  --parent-pid N         end when that process is gone
  --export               also print what to export to try bmauth against it
  --help
`;

const PARENT_CHECK_MS = 200;

const NUMBERS = /** @type {const} */ ({
  interval: 'interval_s',
  'access-token-ttl': 'access_token_ttl_s',
  'device-code-ttl': 'device_code_ttl_s',
  'replay-grace': 'replay_grace_s',
});

/**
 * @param {string} message
 * @returns {never}
 */
function usageError(message) {
  process.stderr.write(`emulator: ${message}\n${USAGE}`);
  process.exit(2);
}

/**
 * @param {string} name
 * @param {string} value
 */
function numberOf(name, value) {
  const number = Number(value);
  return value.trim() !== '' && Number.isFinite(number) && number >= 0
    ? number
    : usageError(`--${name} must be a number, not "${value}"`);
}

function readArguments() {
  const string = /** @type {const} */ ({ type: 'string' });
  const boolean = /** @type {const} */ ({ type: 'boolean', default: false });
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '0' },
        https: boolean,
        interval: string,
        'access-token-ttl': string,
        'device-code-ttl': string,
        'replay-grace': string,
        'end-with-stdin': boolean,
        'parent-pid': string,
        export: boolean,
        help: boolean,
      },
    }).values;
  } catch (error) {
    return usageError(/** @type {Error} */ (error).message);
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * Shell lines for a person, with folders of their own: trying things must not touch a real login.
 *
 * @param {import('./emulator.mjs').Emulator} emulator
 */
function exportLines({ issuer, caFile }) {
  const home = mkdtempSync(join(tmpdir(), 'bmauth-emulator-home-')); // created 0700
  process.on('exit', () => rmSync(home, { recursive: true, force: true }));
  const [configDir, dataHome] = ['config', 'data'].map((name) => join(home, name));
  for (const dir of [configDir, dataHome]) mkdirSync(dir, { mode: 0o700 });
  const variables = {
    BASIC_MEMORY_CLOUD_DOMAIN: issuer,
    BASIC_MEMORY_CLOUD_CLIENT_ID: CLIENT_ID,
    BASIC_MEMORY_CLOUD_HOST: issuer,
    BASIC_MEMORY_CONFIG_DIR: configDir,
    XDG_DATA_HOME: dataHome,
    ...(caFile && { SSL_CERT_FILE: caFile }),
  };
  const quoted = (/** @type {string} */ text) => `'${text.replaceAll("'", "'\\''")}'`;
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`);
  return [
    '# In another terminal:',
    ...lines,
    '# Ctrl-C here ends the emulator and removes both folders.',
  ];
}

const values = readArguments();
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
/** @type {Record<string, number>} */
const settings = {};
for (const [option, setting] of Object.entries(NUMBERS)) {
  const value = values[/** @type {keyof typeof NUMBERS} */ (option)];
  if (value !== undefined) settings[setting] = numberOf(option, value);
}

const port = numberOf('port', values.port);
const starting = startEmulator({ port, https: values.https, settings });

let isEnding = false;
function end() {
  if (isEnding) process.exit(0);
  isEnding = true;
  starting.then((started) => started.close()).finally(() => process.exit(0));
}
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, end);
process.stdout.on('error', end);

const emulator = await starting.catch((error) => {
  process.stderr.write(`emulator: ${error.message}\n`);
  process.exit(1);
});
if (values['end-with-stdin']) process.stdin.on('end', end).on('error', end).resume();
if (values['parent-pid'] !== undefined) {
  const pid = numberOf('parent-pid', values['parent-pid']);
  setInterval(() => isAlive(pid) || end(), PARENT_CHECK_MS);
}

const { issuer, caFile } = emulator;
const ready = {
  issuer,
  cloud_host: issuer,
  control: `${issuer}/_control`,
  ca_file: caFile,
  pid: process.pid,
};
const lines = [JSON.stringify(ready), ...(values.export ? exportLines(emulator) : [])];
process.stdout.write(`${lines.join('\n')}\n`);
