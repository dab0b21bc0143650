// The whole of the package as strict TypeScript sees it. Compiled, never run; each expected error is
// a mistake that must not compile.
import {
  BmauthError,
  Client,
  codeExitStatus,
  codeIsRetryable,
  codeMeaning,
  codeName,
  codeRemedy,
  createFetch,
  Headers as AuthHeaders,
  Login,
  version,
  versionNumber,
} from 'bmauth';
import type {
  ClientOptions,
  ErrorCode,
  LoginEvent,
  LoginPrompt,
  Mode,
  ModeResult,
  Override,
  PollResult,
  Purpose,
  RefreshStepResult,
  Report,
  Route,
  Token,
  TokenFacts,
} from 'bmauth';

const options: ClientOptions = {
  dataDir: '/d',
  tokenFile: '/t',
  issuer: 'https://i',
  clientId: 'c',
  cloudHost: 'https://h',
  apiKey: undefined,
  defaultProject: 'p',
  defaultWorkspace: 'w',
  projectConstraint: 'p',
  caFile: '/c',
  proxy: '',
  userAgentSuffix: 's',
  localBaseUrl: 'http://l',
  language: 'x/1',
  forceLocal: true,
  forceCloud: false,
  explicitRouting: true,
  connectTimeoutMs: 1,
  authTimeoutMs: 1,
  refreshTryTimeoutMs: 1,
  refreshBudgetMs: 1,
  apiTimeoutMs: 1,
  lockTimeoutMs: 1,
  loginTimeoutMs: 1,
};

export async function everything(signal: AbortSignal): Promise<void> {
  const client = new Client(options);
  new Client().close();
  client.on('prompt', (prompt: LoginPrompt) => prompt.userCode.length);
  client.on('token', (facts: TokenFacts) => facts.expiresAtUnixS?.toFixed());
  client.once('warning', (message: string) => message.length);
  client.off('logout', (report: Report) => report.json);

  const purpose: Purpose = 'project';
  const header: string = client.header({ purpose });
  const later: string = await client.headerAsync({ purpose, signal });
  const token: Token = await client.token({ purpose, minValidityMs: 60_000, signal });
  const fresh: Token = client.freshToken();
  const access: string | null = token.accessToken ?? fresh.origin;
  const seconds: number | null = token.expiresAtUnixS;
  const step: RefreshStepResult = await client.refreshStep({ minValidityMs: 1, signal });

  const override: Override = 'cloud';
  const route: Route = client.route('p', { workspace: null, override, useDefaultProject: true });
  client.route();
  const { mode, isKnown }: ModeResult = client.mode('p');
  const where: Mode = client.mode().mode;
  const url: string | null = route.baseUrl;
  const headers: AuthHeaders = await client.headers(route, { signal });
  await client.headers('p');
  await fetch(new URL('https://h'), { headers: { ...headers } });
  await fetch('https://h', { headers });
  new Headers(headers);
  client.invalidate(headers);
  client.invalidate(headers.token);
  await client.headersForUrl(new URL('https://h'), { signal });

  const projects: Report = client.projects();
  const text: string | null = projects.text('/0/name');
  const count: number = projects.count('');
  await client.status({ isOffline: true, signal });
  await client.whoami({ signal });
  await client.logout({ signal });

  await client.login({ onPrompt: (prompt) => prompt.verificationUri, isForced: true, signal });
  const onEvent = (event: LoginEvent): unknown => {
    switch (event.type) {
      case 'prompt':
        return event.isBrowserOpened;
      case 'pending':
        return event.nextDelayMs + event.remainingMs;
      case 'done':
        return event.report.data;
    }
  };
  for await (const event of client.loginEvents({ openBrowser: true, signal })) onEvent(event);
  const login: Login = await client.loginBegin({ isForced: false, signal });
  const poll: PollResult = await login.poll({ signal });
  await login.wait({ signal });
  const words: unknown[] = [login.userCode, login.state, login.openBrowser(), login.report()];

  const authorizedFetch: typeof fetch = createFetch(client, { fetch });
  await authorizedFetch('https://h', { signal });
  const codes = [codeName(9), codeMeaning(9), codeRemedy(9), codeIsRetryable(9), codeExitStatus(9)];
  void [header, later, access, seconds, step, url, text, count, poll, words, codes];
  void [version(), versionNumber(), mode, isKnown, where];
}

export function failed(error: unknown): ErrorCode | undefined {
  if (!(error instanceof BmauthError)) return undefined;
  const { number, httpStatus, exitStatus, isRetryable, retryAfterMs, remedy } = error;
  const facts: [number, number, number, boolean, number | null, string] = [
    number,
    httpStatus,
    exitStatus,
    isRetryable,
    retryAfterMs,
    remedy,
  ];
  void [facts, error.oauthError, error.oauthErrorDescription];
  return error.code === 'needs_refresh' ? undefined : error.code;
}

export function mistakes(client: Client, token: Token, error: BmauthError): void {
  // @ts-expect-error a misspelt option
  new Client({ datadir: '/d' });
  // @ts-expect-error a text where milliseconds are meant
  new Client({ apiTimeoutMs: '5' });
  // @ts-expect-error a purpose that there is not
  client.header({ purpose: 'accounts' });
  // @ts-expect-error header() does not wait, so there is nothing to abort
  client.header({ signal: new AbortController().signal });
  // @ts-expect-error a Date where milliseconds are meant
  void client.token({ minValidityMs: new Date() });
  // @ts-expect-error an override that there is not
  client.route('p', { override: 'clout' });
  // @ts-expect-error a token is no route
  void client.headers(token);
  // @ts-expect-error a header is no token
  client.invalidate('Bearer x');
  // @ts-expect-error results are read only
  token.kind = 'oauth';
  // @ts-expect-error what is unknown is null
  token.expiresAtUnixS.toFixed();
  // @ts-expect-error a code that there is not
  void (error.code === 'no_credential');
  // @ts-expect-error the library makes them
  new Login();
  // @ts-expect-error no event of that name
  client.on('tokens', () => {});
}
