// Sessions that are due for a refresh, and servers that do not answer.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const LOGIN_URL = '/oauth2/device_authorization';
export const TOKEN_URL = '/oauth2/token';

/** A session, the place where it is, and the options for another client of it. */
export async function session(rig, t, options) {
  const client = await rig.session(t, options);
  const { data } = await client.status({ isOffline: true });
  const { data_dir, client_id } = data.settings;
  return {
    client,
    options: {
      dataDir: data_dir.value,
      issuer: rig.ready.issuer,
      clientId: client_id.value,
      cloudHost: rig.cloud,
      ...options,
    },
  };
}

/** The same, its access token as expired as time would make it. */
export async function expired(rig, t, options) {
  const found = await session(rig, t, options);
  expire(found.options.dataDir);
  return found;
}

export function expire(dataDir) {
  const file = join(dataDir, 'basic-memory-cloud.json');
  const record = JSON.parse(readFileSync(file, 'utf8'));
  record.expires_at = Math.floor(Date.now() / 1000) - 10;
  writeFileSync(file, JSON.stringify(record));
}

/** From here on nobody gets an answer from there. */
export const silence = (rig, path = '/*') => rig.answers({ path, silence: true, times: -1 });

/** Another process with the lock of the session, until the test ends. */
export async function holdLock(t, dataDir) {
  const lock = join(dataDir, 'basic-memory-cloud.json.lock');
  const holder = spawn('flock', ['--no-fork', lock, 'sh', '-c', 'echo held; exec sleep 60']);
  t.after(() => holder.kill());
  await once(holder.stdout, 'data');
}

/** Until so many requests have arrived that get no answer. */
export async function unanswered(rig, count) {
  for (;;) {
    const { entries } = await rig.control('log');
    if (entries.filter((entry) => entry.fault === 'silence').length >= count) return;
  }
}

/** Milliseconds that `wait` takes, however it ends. */
export async function durationOf(wait) {
  const began = performance.now();
  await wait.catch(() => {});
  return performance.now() - began;
}
