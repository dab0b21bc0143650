// Certificates for https, made by the openssl command at each start: a CA that clients must be told of
// and a leaf for the loopback names. Nothing is kept after the end.

import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
const LEAF_EXTENSIONS = [
  'subjectAltName=IP:127.0.0.1,IP:::1,DNS:localhost',
  'basicConstraints=critical,CA:FALSE',
  'extendedKeyUsage=serverAuth',
];

/**
 * @param {string} dir an empty directory that only the user can read
 * @returns {Promise<{caFile: string, ca: string, key: string, cert: string}>}
 */
export async function createCertificates(dir) {
  const [caFile, caKey] = [join(dir, 'ca.pem'), join(dir, 'ca.key')];
  const [leafFile, leafKey] = [join(dir, 'leaf.pem'), join(dir, 'leaf.key')];
  const openssl = (/** @type {string[]} */ ...args) => run('openssl', ['req', '-x509', ...args]);
  await openssl(
    ...KEY,
    ...['-keyout', caKey, '-out', caFile, '-subj', '/CN=bmauth emulator CA'],
    ...['-addext', 'keyUsage=critical,keyCertSign'],
  );
  await openssl(
    ...KEY,
    ...['-CA', caFile, '-CAkey', caKey, '-keyout', leafKey, '-out', leafFile],
    ...['-subj', '/CN=bmauth emulator'],
    ...LEAF_EXTENSIONS.flatMap((extension) => ['-addext', extension]),
  );
  await rm(caKey);
  const read = (/** @type {string} */ file) => readFile(file, 'utf8');
  const [ca, key, cert] = await Promise.all([caFile, leafKey, leafFile].map(read));
  return { caFile, ca, key, cert };
}
