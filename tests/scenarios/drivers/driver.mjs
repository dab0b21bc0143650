// Runs scenarios through the Node package. The lines are those of driver.c.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(import.meta.url);
const bmauth = require(`${process.env.BMAUTH_BUILD}/node/bmauth`);
const CANCELLED = 24;

const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const FLAGS = ['force_local', 'force_cloud', 'explicit_routing'];

let client;
let login;
let token;
let signal;

function optionOf(name, value) {
  if (name.endsWith('_ms')) return Number(value);
  return FLAGS.includes(name) ? value === '1' : value;
}

function clientOptions(fields) {
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.map(([name, value]) => [camel(name), optionOf(name, value)]));
}

function decide({ project, workspace, override = 'none', use_default_project }) {
  const useDefaultProject = use_default_project === '1';
  return client.route(project, { workspace, override, useDefaultProject });
}

function keep(found) {
  token = found;
  const { expiresAtUnixS, isPersisted, accessToken, kind, source, reason, origin } = token;
  return {
    expires_at_unix_s: expiresAtUnixS ?? 0,
    is_persisted: isPersisted,
    access_token: accessToken,
    kind,
    source,
    reason,
    origin,
    warnings: token.warnings,
    headers: token.headers,
  };
}

const facts = () => ({
  state: login.state,
  next_delay_ms: login.nextDelayMs,
  expires_in_s: login.expiresInS,
  interval_s: login.intervalS,
  user_code: login.userCode,
  verification_uri: login.verificationUri,
  verification_uri_complete: login.verificationUriComplete,
});
const reported = (report) => ({ report: report.data });

const verbs = {
  open: (fields) => {
    client = new bmauth.Client(clientOptions(fields));
    return {};
  },
  close: () => {
    client.close();
    return {};
  },
  login_begin: async ({ forced }) => {
    login = await client.loginBegin({ isForced: forced === '1', signal });
    return facts();
  },
  login_poll: async () => {
    await login.poll({ signal });
    return facts();
  },
  login_wait: async () => {
    await login.wait({ signal });
    return facts();
  },
  login_report: () => reported(login.report()),
  token: async ({ purpose = 'account', min_validity_ms = '0' }) =>
    keep(await client.token({ purpose, minValidityMs: Number(min_validity_ms), signal })),
  header: ({ purpose = 'account' }) => ({ value: client.header({ purpose }) }),
  fresh_token: ({ purpose = 'account' }) => keep(client.freshToken({ purpose })),
  refresh_step: async ({ min_validity_ms = '0' }) => {
    const minValidityMs = Number(min_validity_ms);
    const step = await client.refreshStep({ minValidityMs, signal });
    return { is_ready: step.isReady, next_delay_ms: step.nextDelayMs };
  },
  mode: ({ project }) => {
    const { mode, isKnown } = client.mode(project);
    return { mode, is_known: isKnown };
  },
  route: (fields) => JSON.parse(decide(fields).json),
  headers: async (fields) => keep((await client.headers(decide(fields), { signal })).token),
  headers_for_url: async ({ url = '' }) =>
    keep((await client.headersForUrl(url, { signal })).token),
  invalidate: () => {
    client.invalidate(token);
    return {};
  },
  projects: () => reported(client.projects()),
  status: async ({ offline }) =>
    reported(await client.status({ isOffline: offline === '1', signal })),
  whoami: async ({ offline }) =>
    reported(await client.whoami({ isOffline: offline === '1', signal })),
  logout: async () => reported(await client.logout({ signal })),
};

function errorOf(error) {
  if (error === signal?.reason) {
    return {
      code: CANCELLED,
      name: bmauth.codeName(CANCELLED),
      message: error.message,
      remedy: bmauth.codeRemedy(CANCELLED),
      is_retryable: bmauth.codeIsRetryable(CANCELLED),
      exit_status: bmauth.codeExitStatus(CANCELLED),
    };
  }
  if (!(error instanceof bmauth.BmauthError)) throw error;
  const { code, number, message, ...rest } = error;
  const named = Object.entries(rest).map(([name, value]) => [snake(name), value]);
  const retry_after_ms = error.retryAfterMs ?? -1;
  const shown = { ...Object.fromEntries(named), retry_after_ms };
  return { code: number, name: code, message: error.message, ...shown };
}

async function answer(line) {
  const [verb, ...parts] = line.split('\t');
  const fields = Object.fromEntries(
    parts.map((part) => {
      const equals = part.indexOf('=');
      return [part.slice(0, equals), part.slice(equals + 1)];
    }),
  );
  const { cancel_after_ms, ...rest } = fields;
  signal = cancel_after_ms && AbortSignal.timeout(Number(cancel_after_ms));
  if (!verbs[verb]) return { unknown_verb: true };
  try {
    return await verbs[verb](rest);
  } catch (error) {
    return { error: errorOf(error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}
