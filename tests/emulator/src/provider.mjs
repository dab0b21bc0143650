// The authorization server: a certified library, configured to the paths and habits of the real one.

import './quiet.mjs';

import { randomBytes } from 'node:crypto';
import { ServerResponse } from 'node:http';

import { Provider } from 'oidc-provider';

import { DEVICE_CODE_GRANT } from './device_rules.mjs';
import { PEOPLE } from './people.mjs';
import { adapterFactory } from './store.mjs';

/** @typedef {import('./answer.mjs').Answer} Answer */
/** @typedef {import('./server.mjs').Exchange} Exchange */

/** Contract, section 2. */
export const CLIENT_ID = 'client_01K6KWQPW6J1M8VV7R3TZP5A6M';
export const APPLICATION_NAME = 'Basic Memory CLI';
export const SCOPES = ['openid', 'profile', 'email', 'offline_access'];

export const PATHS = /** @type {const} */ ({
  deviceAuthorization: '/oauth2/device_authorization',
  token: '/oauth2/token',
  userinfo: '/oauth2/userinfo',
  verification: '/device',
});

const DAY_S = 24 * 60 * 60;

/**
 * @typedef {object} ProviderParts
 * @property {string} issuer
 * @property {() => import('./settings.mjs').Settings} settings
 * @property {import('./store.mjs').Store} store
 * @property {import('./access_tokens.mjs').AccessTokens} accessTokens
 * @property {Pick<NonNullable<NonNullable<import('oidc-provider').Configuration['features']>['deviceFlow']>,
 *   'userCodeInputSource' | 'userCodeConfirmSource' | 'successSource'>} pages
 * @property {import('oidc-provider').Configuration['renderError']} renderError
 */

/** @param {ProviderParts} parts */
export function createProvider({ issuer, settings, store, accessTokens, pages, renderError }) {
  const port = new URL(issuer).port;
  const accessTokenTtlS = () => settings().access_token_ttl_s;
  const provider = new Provider(issuer, {
    adapter: adapterFactory(store),
    jwks: { keys: [accessTokens.privateJwk] },
    cookies: {
      keys: [randomBytes(16).toString('hex')],
      // Cookies do not tell ports apart; several emulators may run beside each other.
      names: {
        session: `emulator_session_${port}`,
        interaction: `emulator_interaction_${port}`,
        resume: `emulator_resume_${port}`,
      },
    },
    clients: [
      {
        client_id: CLIENT_ID,
        client_name: APPLICATION_NAME,
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        grant_types: [DEVICE_CODE_GRANT, 'refresh_token'],
        response_types: [],
        redirect_uris: [],
      },
    ],
    scopes: SCOPES,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false, // the real server puts email and name into the id_token
    routes: {
      authorization: '/oauth2/authorize',
      device_authorization: PATHS.deviceAuthorization,
      token: PATHS.token,
      jwks: '/oauth2/jwks',
      revocation: '/oauth2/revoke',
      userinfo: PATHS.userinfo,
      code_verification: PATHS.verification,
    },
    ttl: {
      AccessToken: () => Math.ceil(accessTokenTtlS()),
      DeviceCode: () => Math.ceil(settings().device_code_ttl_s),
      RefreshToken: 30 * DAY_S,
      IdToken: 60 * 60,
      Grant: 365 * DAY_S,
      Session: DAY_S,
      Interaction: 60 * 60,
    },
    rotateRefreshToken: () => !settings().omit_refresh_token,
    expiresWithSession: () => false,
    renderError,
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    // A grant for each login: with a shared one, the reuse of one login's token would end another's.
    loadExistingGrant: (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId ? ctx.oidc.provider.Grant.find(grantId) : undefined;
    },
    findAccount: (_ctx, login) => ({
      accountId: login,
      claims: () => ({
        sub: login,
        email: PEOPLE[login].email,
        email_verified: true,
        name: PEOPLE[login].name,
      }),
    }),
    extraTokenClaims: (_ctx, token) => {
      const { grantId } = /** @type {{grantId?: string}} */ (token);
      return { gid: grantId, sid: `session_${grantId}` };
    },
    formats: {
      customizers: {
        jwt: (_ctx, _token, { payload }) => accessTokens.issuing(payload, accessTokenTtlS()),
      },
    },
    features: {
      devInteractions: { enabled: false },
      deviceFlow: { enabled: true, ...pages },
      // RFC 7009, section 2.1: a client may revoke its own tokens.
      revocation: {
        enabled: true,
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      userinfo: { enabled: true }, // for the metadata; cloud_api.mjs answers
      rpInitiatedLogout: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => accessTokens.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: SCOPES.join(' '),
          audience: accessTokens.audience,
          accessTokenTTL: Math.ceil(accessTokenTtlS()),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  });
  provider.on('server_error', (_ctx, error) => console.error(error));
  return provider;
}

/**
 * A response without a socket, and what the library says with it.
 *
 * @param {import('node:http').IncomingMessage} req
 * @returns {{res: ServerResponse, answer: Promise<Answer>}}
 */
export function captureAnswer(req) {
  const res = new ServerResponse(req);
  /** @type {Promise<Answer>} */
  const answer = new Promise((resolve) => {
    res.end = /** @type {ServerResponse['end']} */ (
      (/** @type {string | Buffer | undefined} */ body) => {
        const { 'content-length': _own, ...headers } = res.getHeaders();
        resolve({ status: res.statusCode, headers, body: Buffer.from(body ?? '') });
        return res;
      }
    );
  });
  return { res, answer };
}

/**
 * Puts a request to the library.
 *
 * @param {Provider} provider
 * @param {Exchange} exchange
 * @param {{method?: string, url?: string, body?: Buffer}} [instead]
 * @returns {Promise<Answer>}
 */
export function askProvider(provider, exchange, instead = {}) {
  const { req } = exchange;
  const { res, answer } = captureAnswer(req);
  req.method = instead.method ?? req.method;
  req.url = instead.url ?? req.url;
  // Read already; the library falls back to this member.
  Object.assign(req, { body: instead.body ?? exchange.body });
  provider.callback()(req, res);
  return answer;
}
