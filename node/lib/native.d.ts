// Generated from bindings/spec by bmauth_gen; do not edit.
//
// The low layer: what the addon gives by its name. The package's own face is index.d.ts.

/** The row of the error table that applies. */
export type ErrorCode =
  | 'invalid_argument'
  | 'config_invalid'
  | 'config_conflict'
  | 'conflicting_routing'
  | 'project_constrained'
  | 'unknown_project'
  | 'ambiguous'
  | 'workspace_unresolved'
  | 'no_credentials'
  | 'invalid_api_key'
  | 'credential_not_for_origin'
  | 'unauthorized'
  | 'subscription_required'
  | 'insufficient_scope'
  | 'forbidden'
  | 'scope_not_confirmed'
  | 'unsupported'
  | 'not_found'
  | 'access_denied'
  | 'expired_token'
  | 'reauth_required'
  | 'oauth_rejected'
  | 'login_timeout'
  | 'cancelled'
  | 'network'
  | 'tls'
  | 'timeout'
  | 'rate_limited'
  | 'server'
  | 'bad_response'
  | 'insecure_url'
  | 'store_io'
  | 'store_permissions'
  | 'store_corrupt'
  | 'not_persisted'
  | 'lock_timeout'
  | 'session_exists'
  | 'rejected'
  | 'net_unavailable'
  | 'out_of_memory'
  | 'internal'
  | 'needs_refresh';

/** How far a login is. */
export type PollState = 'pending' | 'done';

/** Local or cloud by the caller's will (contract, section 8, row 1). */
export type Override = 'none' | 'local' | 'cloud';

/** Where a project's requests go (contract, section 8). */
export type Mode = 'local' | 'cloud';

/** What a credential is for (contract, section 6). */
export type Purpose = 'project' | 'account';

/** What a program says in code, before environment and config files. */
export interface ClientOptions {
  /** Sets the data directory. An absolute path. */
  dataDir?: string | undefined;
  /** Sets the token file, instead of the places that are searched. An absolute path. */
  tokenFile?: string | undefined;
  /** Sets the authorization server. Its issuer URL: https, or http to loopback. */
  issuer?: string | undefined;
  /** Sets the OAuth client identifier. The identifier. */
  clientId?: string | undefined;
  /**
   * Sets the host of the cloud API. An origin such as "https://cloud.basicmemory.com": https, or
   * http to loopback.
   */
  cloudHost?: string | undefined;
  /**
   * Sets an API key. It is used, never written to disk. "bmc_" and what follows; its form is
   * checked when it is used.
   */
  apiKey?: string | undefined;
  /** Sets the project that a route takes when the default one is asked for. A project name. */
  defaultProject?: string | undefined;
  /** Sets the workspace of cloud projects that name none. A tenant id (UUID), a slug or a name. */
  defaultWorkspace?: string | undefined;
  /**
   * Constrains this client to one project: it stands in for a missing argument, and another one is
   * 'project_constrained'. A project name.
   */
  projectConstraint?: string | undefined;
  /** Sets a file of CA certificates, instead of the system's. Path of a PEM file. */
  caFile?: string | undefined;
  /** Sets the HTTP proxy, instead of the environment's. Its URL; "" for no proxy at all. */
  proxy?: string | undefined;
  /** Adds words to the end of the user agent. Printable ASCII. */
  userAgentSuffix?: string | undefined;
  /** Sets the base URL that local routes report. A URL. */
  localBaseUrl?: string | undefined;
  /**
   * Names the calling language in the user agent. For bindings. Name and version, such as
   * "go/1.19".
   */
  language?: string | undefined;
  /**
   * Forces every route to be local, as BASIC_MEMORY_FORCE_LOCAL does. True to force, false not to,
   * whatever the environment says.
   */
  forceLocal?: boolean | undefined;
  /**
   * Forces every route to the cloud, as BASIC_MEMORY_FORCE_CLOUD does. True to force, false not to,
   * whatever the environment says.
   */
  forceCloud?: boolean | undefined;
  /**
   * Leaves the projects' modes out of the decision, as BASIC_MEMORY_EXPLICIT_ROUTING does. True to
   * do so, false not to, whatever the environment says.
   */
  explicitRouting?: boolean | undefined;
  /** Limits making a connection. 1 to 3600000; if it is never set, 5000. */
  connectTimeoutMs?: number | undefined;
  /** Limits one request to the authorization server. 1 to 3600000; if it is never set, 15000. */
  authTimeoutMs?: number | undefined;
  /** Limits one try of a refresh. 1 to 3600000; if it is never set, 5000. */
  refreshTryTimeoutMs?: number | undefined;
  /** Limits all tries of one refresh together. 1 to 3600000; if it is never set, 20000. */
  refreshBudgetMs?: number | undefined;
  /** Limits one request to the cloud API. 1 to 3600000; if it is never set, 30000. */
  apiTimeoutMs?: number | undefined;
  /**
   * Limits waiting for the session's lock; then 'lock_timeout'. 1 to 3600000; if it is never set,
   * 25000.
   */
  lockTimeoutMs?: number | undefined;
  /** Limits a whole login; then 'login_timeout'. 1 to 3600000; if it is never set, 600000. */
  loginTimeoutMs?: number | undefined;
}

/** Everything that the library knows of a failure. */
export interface ErrorFacts {
  /** The row of the error table that applies. Never 'ok'. */
  number: number;
  /** The name of the code. For example "no_credentials". */
  code: ErrorCode;
  /** What went wrong, naming the thing concerned. One line. */
  message: string;
  /** What a person can do about it. One line; the best one known for this failure. */
  remedy: string;
  /** The HTTP status of the answer behind this failure. 0 if no HTTP answer was involved. */
  httpStatus: number;
  /** The OAuth error code that the server sent. null if there was none. */
  oauthError: string | null;
  /** The server's own words about it, made harmless for a terminal. null if there were none. */
  oauthErrorDescription: string | null;
  /** Whether the same call may succeed later although nobody changed anything. True if so. */
  isRetryable: boolean;
  /** How long the server asked to wait before the next try. null if it did not say. */
  retryAfterMs: number | null;
  /** The exit status that the bmauth command gives for this failure. 1 to 5, or 130. */
  exitStatus: number;
}

/** What refreshStep answers. */
export interface RefreshStepResult {
  /** True when no step is left. */
  isReady: boolean;
  /** When to call again; 0 when ready. */
  nextDelayMs: number;
}

/** What mode answers. */
export interface ModeResult {
  /** Where its requests go. */
  mode: Mode;
  /** True if it is configured; an unknown one is local unless settings say otherwise. */
  isKnown: boolean;
}

/** What poll answers. */
export interface PollResult {
  /** 'done' when nothing is left to do. */
  state: PollState;
  /** When to call again; 0 when done. */
  nextDelayMs: number;
}

/** Settings, session and connections of one data directory. */
export class Client {
  /**
   * Makes a client: resolves the settings and reads the config files. Touches no network and
   * creates no file.
   */
  constructor(options?: ClientOptions);
  /**
   * Ends the client: connections are closed and secrets in memory wiped as soon as no call uses
   * them. Calls that run go on to their end, later ones fail with 'invalid_argument' ("client is
   * closed"). Closing twice is harmless.
   */
  close(): void;
  /**
   * The bearer to send now for a purpose. A session is refreshed first if it is due, once for all
   * threads and processes; a network fault never costs a token that still lives. purpose: What the
   * credential is for, which decides the kind that is preferred. minValidityMs: How long the token
   * should live at least, 0 for no wish. Beyond its lifetime: one refresh, then whatever came.
   * cancel: Ends the call early when it is triggered.
   */
  token(purpose: Purpose, minValidityMs: number, cancel?: Cancel | null): Promise<Token>;
  /**
   * The bearer to send now if it is fresh: small files are read, but there is no request, no lock
   * and no waiting. Otherwise 'needs_refresh': ask Client.token, which may refresh. An API key is
   * always fresh. For callers that may not block, and as the short way before the long one.
   * purpose: As for Client.token.
   */
  freshToken(purpose: Purpose): Token;
  /**
   * The HTTP headers that a request on a route needs, for the route's origin alone. On a local
   * route the answer is of kind "none" and has no headers. For an unknown project without an
   * override: 'unknown_project', with near names in the message. route: The route, of this client.
   * cancel: Ends the call early when it is triggered.
   */
  headers(route: Route, cancel?: Cancel | null): Promise<Token>;
  /**
   * The HTTP headers that a request to a URL of the cloud host needs. A URL under /proxy has
   * purpose project, any other purpose account. Another origin than the cloud host in force:
   * 'credential_not_for_origin'. url: The absolute URL; plain http only to loopback. cancel: Ends
   * the call early when it is triggered.
   */
  headersForUrl(url: string, cancel?: Cancel | null): Promise<Token>;
  /**
   * One step of a refresh, for runtimes that may not block a thread: at most one request, and no
   * waiting for the lock of another process. Call again after nextDelayMs until isReady; then
   * Client.token and Client.headers answer without waiting. minValidityMs: As for Client.token.
   * cancel: Ends the call early when it is triggered.
   */
  refreshStep(minValidityMs: number, cancel?: Cancel | null): Promise<RefreshStepResult>;
  /**
   * Says that the cloud answered 401 to this token: it is refreshed once at the next use, whatever
   * its clock says. A token that is not the current one changes nothing, and an API key neither.
   * Send the request again once; never after a 403. token: The token that was refused.
   */
  invalidate(token: Token): void;
  /**
   * Decides where a project's requests go, and why. No network, no credential is read. An unknown
   * project routes local, with isKnown false. project: The project; null if none is named.
   * workspace: The workspace asked for; null if none. override: Local or cloud by the caller's
   * will, before anything else. useDefaultProject: True: without a project, take the default
   * project.
   */
  route(project: string | null, workspace: string | null, override: Override,
        useDefaultProject: boolean): Route;
  /**
   * What Client.route decides for a project without workspace, override and default, and nothing
   * else of it: for callers that ask often. A project that is configured by exactly this name is
   * found in memory; what another process changes in the config files is seen when the wall clock's
   * second is over. project: The project; null if none is named.
   */
  mode(project?: string | null): ModeResult;
  /**
   * The configured projects: a report whose root is an array of objects with name, mode, path,
   * workspace and file (where its mode stands).
   */
  projects(): Report;
  /**
   * What is configured, stored and reachable. Trouble with a session or the network is part of the
   * report, not an error. isOffline: True: ask nobody, report what is on this machine. cancel: Ends
   * the call early when it is triggered.
   */
  status(isOffline: boolean, cancel?: Cancel | null): Promise<Report>;
  /**
   * Who is logged in: identity, issuer and workspace. isOffline: True: ask nobody, report what the
   * session recorded. cancel: Ends the call early when it is triggered.
   */
  whoami(isOffline: boolean, cancel?: Cancel | null): Promise<Report>;
  /**
   * Removes every session that this data directory may read, after a running refresh. API keys
   * stay. The report says each thing that was done and each that was left. cancel: Ends the call
   * early when it is triggered.
   */
  logout(cancel?: Cancel | null): Promise<Report>;
  /**
   * Begins a login with the device authorization grant. A session that is valid or can be refreshed
   * is kept, unless isForced: the login then has no userCode, and one poll verifies access and ends
   * it. isForced: True: a new login whatever is stored. cancel: Ends the call early when it is
   * triggered.
   */
  loginBegin(isForced: boolean, cancel?: Cancel | null): Promise<Login>;
}

/** A login in progress (RFC 8628). */
export class Login {
  private constructor();
  /** How far the login is. 'pending' until it is done. */
  readonly state: PollState;
  /**
   * The code that the person enters or compares. null when no person is needed, because a session
   * is kept.
   */
  readonly userCode: string | null;
  /** The page where the person enters the code. null when no person is needed. */
  readonly verificationUri: string | null;
  /**
   * The same page with the code filled in. null when the server gave none or no person is needed.
   */
  readonly verificationUriComplete: string | null;
  /** How long the code lives, counted from Client.loginBegin. 0 when there is no code. */
  readonly expiresInS: number;
  /** The least time between two polls, as the server first asked for. 0 when there is no code. */
  readonly intervalS: number;
  /** How long to wait before the next poll. 0 when done, or when nothing needs to be waited for. */
  readonly nextDelayMs: number;
  /**
   * What is left of the code's life or the login's time limit, whichever ends first. 0 when it is
   * over, or when there is no code.
   */
  readonly remainingMs: number;
  /**
   * Opens the verification page in the person's browser, by starting a program with an argument
   * list and without a shell. Only https and loopback URLs are opened, and no browser that would
   * take over the terminal.
   */
  openBrowser(): boolean;
  /**
   * At most one request: asks whether the person has approved, or, once tokens are stored, checks
   * the access. It sends when it is called: wait nextDelayMs first. Transient faults are not
   * errors, they make the next delay longer. After an error the login is over. cancel: Ends the
   * call early when it is triggered.
   */
  poll(cancel?: Cancel | null): Promise<PollResult>;
  /**
   * What a login that is done came to: is_session_kept, isPersisted, token_file, identity {subject,
   * email, name}, is_authenticated, entitlement {state, message, subscribe_url}, reachable,
   * warnings. Before that: 'invalid_argument'.
   */
  report(): Report;
  /** Everything but the secrets. */
  toJSON(): unknown;
}

/** A credential for one use, and the headers that carry it. */
export class Token {
  private constructor();
  /**
   * The bearer itself: an access token or an API key. null when the kind is "none". SECRET: never
   * log, print or store it.
   */
  readonly accessToken: string | null;
  /** What kind of credential was chosen. "none", "api_key" or "oauth". */
  readonly kind: string;
  /** Where it came from. "option", "environment", "config", "session" or "none". */
  readonly source: string;
  /** Why this one was chosen, for people. One line. */
  readonly reason: string;
  /**
   * The only origin that it may be sent to. Scheme, host and port; null when the kind is "none".
   */
  readonly origin: string | null;
  /**
   * When it expires: the earlier of the stored time and the JWT's own. null if unknown, as for API
   * keys.
   */
  readonly expiresAtUnixS: number | null;
  /**
   * Whether it is stored. A token that could not be saved lives in this process alone; saving is
   * tried again at the next call. True if so, and for what need not be stored.
   */
  readonly isPersisted: boolean;
  /** Every warning, for people. */
  readonly warnings: string[];
  /** Name and value of every header. SECRET: never log, print or store it. */
  readonly headers: Record<string, string>;
  /** Everything but the secrets. */
  toJSON(): unknown;
}

/** Where a project's requests go, and why. */
export class Route {
  private constructor();
  /** Local or cloud. "local" or "cloud". */
  readonly mode: string;
  /** What decided. "call", "environment", "project", "workspace" or "default". */
  readonly source: string;
  /** The same in words, naming the variable, file or argument. One line. */
  readonly reason: string;
  /**
   * Whether somebody chose it explicitly: by an override in the call or by explicit routing. True
   * if so.
   */
  readonly isExplicit: boolean;
  /** The project. The configured name of a known one, else as asked for; null if there is none. */
  readonly project: string | null;
  /** Whether the project is configured. True if so; false also when there is no project. */
  readonly isKnown: boolean;
  /** The workspace. null if there is none. */
  readonly workspace: string | null;
  /**
   * Where requests start. The cloud host and "/proxy", or the configured local URL; null if there
   * is none.
   */
  readonly baseUrl: string | null;
  /**
   * What kind of credential Client.headers would take. "none", "api_key" or "oauth"; "none" is no
   * error here.
   */
  readonly credentialKind: string;
  /**
   * The route as a JSON object: mode, source, reason, isExplicit, project, isKnown, workspace,
   * baseUrl, credential, warnings. Compact JSON.
   */
  readonly json: string;
  /** Every warning, for people. */
  readonly warnings: string[];
  /** Everything but the secrets. */
  toJSON(): unknown;
}

/** A JSON document with look-ups. */
export class Report {
  private constructor();
  /** The whole document. Compact JSON. */
  readonly json: string;
  /**
   * A scalar in the document: a string as it is, a number or boolean as its JSON text. null if it
   * is absent, null, an object or an array. pointer: A JSON pointer, such as "/identity/email"; ""
   * is the whole document.
   */
  text(pointer: string): string | null;
  /**
   * How many elements an array or members an object in the document has. -1 if it is absent or a
   * scalar. pointer: A JSON pointer; "" is the whole document.
   */
  count(pointer: string): number;
  /** Everything but the secrets. */
  toJSON(): unknown;
}

/** A wish to stop, triggered from any thread. */
export class Cancel {
  /** Makes an object that is not triggered. */
  constructor();
  /** Whether it was triggered. The check callback is not asked. True if so. */
  readonly isTriggered: boolean;
  /**
   * Triggers it: calls that use it end with 'cancelled' within 100 ms, but for a token request that
   * was already sent, which is finished and stored first (at most 5 s). Safe in a signal handler.
   * Triggering twice is harmless.
   */
  trigger(): void;
  /** Everything but the secrets. */
  toJSON(): unknown;
}

/** The version of the loaded library, as text. "major.minor.patch". */
export function version(): string;

/**
 * The version of the loaded library, as a number that can be compared with BMAUTH_VERSION_NUMBER:
 * major * 1000000 + minor * 1000 + patch. The number.
 */
export function versionNumber(): number;

/**
 * The name of a code, as tools print it and bindings match it. For example "no_credentials". code:
 * A code; an unknown number counts as 'internal'.
 */
export function codeName(code: number): string;

/**
 * What a code says, in one sentence. English, without a line end. code: A code; an unknown number
 * counts as 'internal'.
 */
export function codeMeaning(code: number): string;

/**
 * What a person can do about it, in general; an error object may know something better. English,
 * without a line end. code: A code; an unknown number counts as 'internal'.
 */
export function codeRemedy(code: number): string;

/**
 * Whether the same call may succeed later although nobody changed anything. True if so. code: A
 * code; an unknown number counts as 'internal'.
 */
export function codeIsRetryable(code: number): boolean;

/**
 * The exit status that the bmauth command gives for a code. 0 to 5, or 130. code: A code; an
 * unknown number counts as 'internal'.
 */
export function codeExitStatus(code: number): number;

/** The class of the errors that this environment throws. */
export function setErrorClass(errorClass: new (facts: ErrorFacts) => Error): void;

/** The error of a call that is refused before it reaches the library. */
export function invalidArgument(message: string): Error;

/** Cancels what runs and waits for it; later calls are refused. */
export function stop(): void;

/** How many objects of the library are alive in this process. */
export function liveObjects(): number;

/**
 * The low half of the library's generation, to be read without a call; nobody writes to it. Undefined
 * where arrays may not lie over foreign memory.
 */
export function generationWord(): Uint32Array | undefined;
