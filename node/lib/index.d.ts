import type { EventEmitter } from 'node:events';
import type {
  ClientOptions,
  ErrorCode,
  ErrorFacts,
  Mode,
  ModeResult,
  Override,
  PollResult,
  PollState,
  Purpose,
  RefreshStepResult,
  Report as NativeReport,
  Route,
  Token,
} from './native';

export type { ClientOptions, ErrorCode, ErrorFacts, Mode, ModeResult, Override, PollResult };
export type { PollState, Purpose, RefreshStepResult, Route, Token };
export {
  codeExitStatus,
  codeIsRetryable,
  codeMeaning,
  codeName,
  codeRemedy,
  version,
  versionNumber,
} from './native';
export { createFetch } from './fetch';
export type { CreateFetchOptions } from './fetch';

/** A failure, with everything that the library knows of it; none of it is secret. */
export interface BmauthError extends Readonly<Omit<ErrorFacts, 'message'>> {}
export class BmauthError extends Error {
  private constructor(facts: ErrorFacts);
}

/** Ends a call early: it rejects at once with the signal's reason, by default an `AbortError`. */
export interface Abortable {
  signal?: AbortSignal | undefined;
}

export interface FreshTokenOptions {
  /** What the credential is for, which decides the kind that is preferred; 'account' unless given. */
  purpose?: Purpose | undefined;
}

export interface HeaderOptions extends FreshTokenOptions, Abortable {}

export interface TokenOptions extends HeaderOptions {
  /** How long the token should live at least. Beyond its lifetime: one refresh, then what came. */
  minValidityMs?: number | undefined;
}

export interface RefreshStepOptions extends Abortable {
  /** As for `token`. */
  minValidityMs?: number | undefined;
}

export interface RouteOptions {
  /** The workspace asked for. */
  workspace?: string | null | undefined;
  /** Local or cloud by the caller's will; 'none' unless given. */
  override?: Override | undefined;
  /** Without a project, take the default project. */
  useDefaultProject?: boolean | undefined;
}

export interface ReportOptions extends Abortable {
  /** Ask nobody, report what is on this machine. */
  isOffline?: boolean | undefined;
}

export interface LoginBeginOptions extends Abortable {
  /** A new login whatever is stored. */
  isForced?: boolean | undefined;
}

export interface LoginEventsOptions extends LoginBeginOptions {
  /** Open the verification page in the person's browser, if there is one. */
  openBrowser?: boolean | undefined;
}

export interface LoginOptions extends LoginEventsOptions {
  /** Shows the person what to do; the login goes on when it returns. */
  onPrompt?: ((prompt: LoginPrompt) => unknown) | undefined;
}

/** What a person needs to approve a login. Tell them to continue only if they started this. */
export interface LoginPrompt {
  readonly type: 'prompt';
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete: string | null;
  readonly expiresInS: number;
  readonly intervalS: number;
  readonly isBrowserOpened: boolean;
}

export type LoginEvent =
  | LoginPrompt
  | { readonly type: 'pending'; readonly nextDelayMs: number; readonly remainingMs: number }
  | { readonly type: 'done'; readonly report: Report };

/** A token that was obtained, without the token. */
export interface TokenFacts {
  readonly kind: string;
  readonly source: string;
  readonly expiresAtUnixS: number | null;
  readonly isPersisted: boolean;
}

/** What `Client` emits: facts for a log, never a secret, never 'error'. */
export interface ClientEvents {
  prompt: [prompt: LoginPrompt];
  login: [report: Report];
  logout: [report: Report];
  token: [facts: TokenFacts];
  warning: [message: string];
}

/** A JSON document with look-ups. */
export interface Report extends NativeReport {
  /** The whole document, parsed at the first use. */
  readonly data: any;
  toJSON(): any;
}

/**
 * The headers of one request, as plain properties: for `fetch`, `http.request` and the like. JSON
 * and `console.log` show their names alone.
 */
export class Headers {
  private constructor(token: Token);
  readonly [name: string]: any; // strings; but TypeScript wants `token` to be of the same type
  /** The credential behind them; not one of the headers. */
  get token(): Token;
  toJSON(): Record<string, string>;
}

/** A login in progress (RFC 8628). One call at a time; others are refused while one runs. */
export class Login {
  private constructor();
  /** null when no person is needed, because a session is kept; so are the two addresses. */
  readonly userCode: string | null;
  readonly verificationUri: string | null;
  readonly verificationUriComplete: string | null;
  readonly expiresInS: number;
  readonly intervalS: number;
  /** As the last poll left it, like `nextDelayMs`. */
  get state(): PollState;
  get nextDelayMs(): number;
  get remainingMs(): number;
  /** Opens the verification page; true if a browser was started. */
  openBrowser(): boolean;
  /** At most one request. It sends when it is called: wait `nextDelayMs` first. */
  poll(options?: Abortable): Promise<PollResult>;
  /** Polls until the login is done. */
  wait(options?: Abortable): Promise<void>;
  /** What a login that is done came to. */
  report(): Report;
}

/** Settings, session and connections of one data directory. Making one touches no network. */
export class Client extends EventEmitter {
  constructor(options?: ClientOptions);

  /**
   * `Bearer ...`, if the token is fresh; otherwise it throws 'needs_refresh' rather than wait. Asked
   * again, it answers from memory, also while a refresh runs; what another process changes is seen
   * within a second, as long as the event loop turns.
   */
  header(options?: FreshTokenOptions): string;
  /** `Bearer ...`; refreshes first if that is due. */
  headerAsync(options?: HeaderOptions): Promise<string>;
  /** The token, if it is fresh; otherwise it throws 'needs_refresh' rather than wait. */
  freshToken(options?: FreshTokenOptions): Token;
  /** The token; refreshes first if that is due. Calls at the same time share one refresh. */
  token(options?: TokenOptions): Promise<Token>;
  /** One step of a refresh, for whoever wants to drive it: at most one request, no waiting. */
  refreshStep(options?: RefreshStepOptions): Promise<RefreshStepResult>;

  /** Where a project's requests go, and why. No network. */
  route(project?: string | null, options?: RouteOptions): Route;
  /** What `route` decides for a project alone, and no more of it: for callers that ask often. */
  mode(project?: string | null): ModeResult;
  /** The headers of a request on a route or for a project, for the route's origin alone. */
  headers(routeOrProject: Route | string, options?: Abortable): Promise<Headers>;
  /** The headers of a request to a URL of the cloud host. */
  headersForUrl(url: string | URL, options?: Abortable): Promise<Headers>;
  /** Says that the cloud answered 401: the token is refreshed once, at its next use. */
  invalidate(headersOrToken: Headers | Token): void;

  /** The configured projects. */
  projects(): Report;
  /** What is configured, stored and reachable. */
  status(options?: ReportOptions): Promise<Report>;
  /** Who is logged in. */
  whoami(options?: ReportOptions): Promise<Report>;
  /** Removes the sessions that this data directory may read. */
  logout(options?: Abortable): Promise<Report>;

  /** Logs in, from the prompt to the outcome. */
  login(options?: LoginOptions): Promise<Report>;
  /** The same as events, for a loop. */
  loginEvents(options?: LoginEventsOptions): AsyncGenerator<LoginEvent, void, undefined>;
  /** The same as steps, for whoever wants to poll. */
  loginBegin(options?: LoginBeginOptions): Promise<Login>;

  /** Wipes secrets and closes connections; later calls fail. Closing twice is harmless. */
  close(): void;

  on<K extends keyof ClientEvents>(name: K, listener: (...args: ClientEvents[K]) => void): this;
  once<K extends keyof ClientEvents>(name: K, listener: (...args: ClientEvents[K]) => void): this;
  off<K extends keyof ClientEvents>(name: K, listener: (...args: ClientEvents[K]) => void): this;
}
