// What a person does in a browser: type the code, compare, sign in, approve. Three pages at most; the
// library checks the code, the cookies and the forgery token, and these steps run inside of its flow.

import {
  approvedPage,
  confirmPage,
  deniedPage,
  enterCodePage,
  errorPage,
  PAGE_HEADERS,
} from './pages.mjs';
import { PEOPLE } from './people.mjs';
import { askProvider, captureAnswer, PATHS } from './provider.mjs';

/** @typedef {import('./answer.mjs').Answer} Answer */
/** @typedef {import('./server.mjs').Exchange} Exchange */
/** @typedef {import('oidc-provider').KoaContextWithOIDC} Context */

/**
 * Words for the library's errors, by their names.
 *
 * @type {Record<string, string>}
 */
const PROBLEMS = {
  NoCodeError: 'Type the code that your terminal shows.',
  NotFoundError: 'This code is not known. Compare it with the one in your terminal.',
  ExpiredError: 'This code has expired. Start the login in your terminal again.',
  AbortedError: 'The application asked for nothing that can be granted.', // denials never get here
  AlreadyUsedError: 'This code was used already. Start the login in your terminal again.',
};
const STALE_PAGE = 'This page was open for too long. Type the code again.';
const NO_SUCH_PAGE = {
  title: 'There is no such page',
  problem: 'Compare the address with the one in your terminal.',
};
const NOT_UNDERSTOOD = {
  title: 'This did not work',
  problem: 'The server could not do what this address asks for. Nothing was connected.',
};
const NOBODY_CHOSEN = 'Choose who you want to sign in as.';

/**
 * What is known of a request beyond what the library passes to a page.
 *
 * @typedef {{userCode?: string, problem?: string, isDenial?: boolean}} Hint
 */

/** @param {string} userCode */
const normalized = (userCode) => userCode.toUpperCase().replace(/\W/g, '');

/** @param {string} userCode */
const asShown = (userCode) => `${userCode.slice(0, 4)}-${userCode.slice(4)}`;

export class Verification {
  /** @type {WeakMap<import('node:http').IncomingMessage, Hint>} */
  #hints = new WeakMap();
  /** @type {Map<string, string>} interaction to the login that was chosen for it */
  #choices = new Map();
  /** @type {import('oidc-provider').Provider | undefined} */
  #provider;

  /** @param {import('oidc-provider').Provider} provider */
  attach(provider) {
    this.#provider = provider;
    // Clients are left with what the library says; people get a page.
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.status === 404 && !ctx.body && ctx.accepts('json', 'html') === 'html') {
        show(ctx, 404, errorPage(NO_SUCH_PAGE));
      }
    });
  }

  clear() {
    this.#choices.clear();
  }

  get provider() {
    if (!this.#provider) throw new Error('a page was asked for before the provider was ready');
    return this.#provider;
  }

  /** @param {string} path */
  static owns(path) {
    return path === PATHS.verification || /^\/(device|interaction)\//.test(path);
  }

  /**
   * @param {Exchange} exchange
   * @returns {Promise<Answer>}
   */
  handle(exchange) {
    const { path, method } = exchange;
    if (path.startsWith('/interaction/')) return this.#signIn(exchange);
    if (path === PATHS.verification && method === 'GET') {
      return this.#show(exchange, exchange.query.get('user_code') ?? undefined);
    }
    if (path === PATHS.verification && method === 'POST') return this.#submit(exchange);
    return this.#resume(exchange);
  }

  /** The hooks by which the library asks for a page of the device flow. */
  get pages() {
    return {
      userCodeInputSource: this.#inputPage.bind(this),
      userCodeConfirmSource: this.#confirmPage.bind(this),
      successSource: this.#successPage.bind(this),
    };
  }

  /**
   * Instead of the library's page for errors elsewhere, which loads a font from outside.
   *
   * @param {Context} ctx
   */
  static renderError(ctx) {
    show(ctx, ctx.status, errorPage(NOT_UNDERSTOOD));
  }

  /**
   * The first page; with a code in the address (verification_uri_complete) the page to confirm it,
   * which still approves nothing by itself (RFC 8628, section 3.3.1).
   *
   * @param {Exchange} exchange
   * @param {string | undefined} userCode
   * @param {string} [problem]
   */
  #show(exchange, userCode, problem) {
    this.#hints.set(exchange.req, { userCode, problem });
    return askProvider(this.provider, exchange, {
      method: 'GET',
      url: PATHS.verification,
      body: Buffer.alloc(0),
    });
  }

  /** @param {Exchange} exchange */
  async #submit(exchange) {
    const { form } = exchange;
    const session = await this.#session(exchange);
    if (!session) return this.#show(exchange, form.get('user_code') ?? undefined, STALE_PAGE);
    if (session.accountId) {
      // Each login chooses its person anew, whoever used this browser before.
      delete session.accountId;
      delete session.authorizations;
      await session.persist();
    }
    const login = form.get('login') ?? '';
    const toLibrary = new URLSearchParams(form);
    if (form.has('abort')) this.#hints.set(exchange.req, { isDenial: true });
    if (form.has('confirm') && !Object.hasOwn(PEOPLE, login)) {
      toLibrary.delete('confirm');
      this.#hints.set(exchange.req, { problem: NOBODY_CHOSEN });
    }
    const answer = await askProvider(this.provider, exchange, {
      body: Buffer.from(toLibrary.toString()),
    });
    const interaction = /\/interaction\/([\w-]+)$/.exec(String(answer.headers.location ?? ''))?.[1];
    if (interaction) this.#choices.set(interaction, login);
    return answer;
  }

  /**
   * Signs the chosen person in and makes a new grant. The browser only passes through here.
   *
   * @param {Exchange} exchange
   * @returns {Promise<Answer>}
   */
  async #signIn(exchange) {
    const { provider } = this;
    const { req, path } = exchange;
    const uid = path.slice('/interaction/'.length);
    const login = this.#choices.get(uid);
    const { res, answer } = captureAnswer(req);
    // Throws for a browser that is not the one which approved.
    const details = await provider.interactionDetails(req, res).catch(() => undefined);
    if (!login || !details) return this.#show(exchange, undefined, STALE_PAGE);
    this.#choices.delete(uid);
    const { params } = details;
    const grant = new provider.Grant({ accountId: login, clientId: String(params.client_id) });
    grant.addOIDCScope(String(params.scope));
    grant.addResourceScope(String(params.resource), String(params.scope));
    await provider.interactionFinished(req, res, {
      login: { accountId: login },
      consent: { grantId: await grant.save() },
    });
    return answer;
  }

  /**
   * The browser's session, if the server knows it. Without one the library answers some requests
   * with 500.
   *
   * @param {Exchange} exchange
   */
  async #session({ req }) {
    const { res } = captureAnswer(req);
    const session = await this.provider.Session.get(this.provider.createContext(req, res));
    return session.exp === undefined ? undefined : session;
  }

  /**
   * Where the library takes over again after the sign-in.
   *
   * @param {Exchange} exchange
   */
  async #resume(exchange) {
    if (!(await this.#session(exchange))) return this.#show(exchange, undefined, STALE_PAGE);
    return askProvider(this.provider, exchange);
  }

  /**
   * The page for entering a code, and for all that can be wrong with one.
   *
   * @param {Context} ctx
   * @param {string} _form
   * @param {object} [_out]
   * @param {Error & {userCode?: string}} [error]
   */
  async #inputPage(ctx, _form, _out, error) {
    const xsrf = xsrfOf(ctx);
    const hint = this.#hints.get(ctx.req) ?? {};
    if (error?.name === 'AbortedError' && hint.isDenial) return show(ctx, 200, deniedPage());
    let problem = error ? (PROBLEMS[error.name] ?? STALE_PAGE) : hint.problem;
    const userCode = error?.userCode ?? hint.userCode;
    if (!error && hint.userCode !== undefined) {
      const code = await this.provider.DeviceCode.findByUserCode(normalized(hint.userCode), {
        ignoreExpiration: true,
      });
      problem = problemOf(code);
      if (code && !problem) {
        return this.#showConfirm(
          ctx,
          xsrf,
          code,
          await this.provider.Client.find(code.clientId ?? ''),
        );
      }
    }
    // A typing error is corrected; a code that is over is in the way of the next one.
    const isOver = problem === PROBLEMS.ExpiredError || problem === PROBLEMS.AlreadyUsedError;
    const typed = isOver ? undefined : userCode;
    return show(ctx, problem ? 400 : 200, enterCodePage({ xsrf, userCode: typed, problem }));
  }

  /**
   * @param {Context} ctx
   * @param {string} _form
   * @param {import('oidc-provider').Client} client
   */
  async #confirmPage(ctx, _form, client) {
    const code = ctx.oidc.entities.DeviceCode;
    if (!code) throw new Error('the library asked to confirm no code');
    this.#showConfirm(ctx, xsrfOf(ctx), code, client, this.#hints.get(ctx.req)?.problem);
  }

  /**
   * @param {Context} ctx
   * @param {string} xsrf
   * @param {import('oidc-provider').DeviceCode} code
   * @param {import('oidc-provider').Client | undefined} client
   * @param {string} [problem]
   */
  #showConfirm(ctx, xsrf, code, client, problem) {
    const html = confirmPage({
      xsrf,
      userCode: asShown(code.userCode ?? ''),
      application: client?.clientName ?? String(code.clientId),
      scope: String(code.params?.scope ?? ''),
      userAgent: code.deviceInfo?.ua === undefined ? undefined : String(code.deviceInfo.ua),
      problem,
    });
    show(ctx, problem ? 400 : 200, html);
  }

  /** @param {Context} ctx */
  async #successPage(ctx) {
    const application = ctx.oidc.client?.clientName ?? String(ctx.oidc.client?.clientId);
    show(ctx, 200, approvedPage({ application, login: ctx.oidc.session?.accountId ?? '' }));
  }
}

/** @param {Context} ctx */
const xsrfOf = (ctx) => String(ctx.oidc.session?.state?.secret ?? '');

/** @param {import('oidc-provider').DeviceCode | undefined} code */
function problemOf(code) {
  if (!code) return PROBLEMS.NotFoundError;
  if (code.isExpired) return PROBLEMS.ExpiredError;
  return code.error || code.accountId || code.inFlight ? PROBLEMS.AlreadyUsedError : undefined;
}

/**
 * @param {Pick<Context, 'status' | 'set' | 'type' | 'body'>} ctx
 * @param {number} status
 * @param {string} html
 */
function show(ctx, status, html) {
  ctx.status = status;
  ctx.set(PAGE_HEADERS);
  ctx.type = 'html';
  ctx.body = html;
}
