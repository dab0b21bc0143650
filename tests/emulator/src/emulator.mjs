// The emulator as one object: the parts, and which of them answers what.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { AccessTokens } from './access_tokens.mjs';
import { ApiKeys } from './api_keys.mjs';
import { CloudApi } from './cloud_api.mjs';
import { handleControl } from './control.mjs';
import { DEVICE_CODE_GRANT, DeviceRules } from './device_rules.mjs';
import { FaultQueue } from './faults.mjs';
import { RequestLog } from './log.mjs';
import { actAsPerson } from './person.mjs';
import { askProvider, createProvider, PATHS } from './provider.mjs';
import { Replay } from './replay.mjs';
import { Server } from './server.mjs';
import { changeSettings, DEFAULT_SETTINGS } from './settings.mjs';
import { Store } from './store.mjs';
import { createCertificates } from './tls.mjs';
import { shapeTokenAnswer } from './token_answers.mjs';
import { Verification } from './verification.mjs';

/** @typedef {import('./answer.mjs').Answer} Answer */
/** @typedef {import('./server.mjs').Exchange} Exchange */

/**
 * @typedef {object} Emulator
 * @property {string} issuer also the cloud host: one origin
 * @property {string | null} caFile for https
 * @property {() => Promise<void>} close
 */

/**
 * Starts one on a loopback port; several may run in one process.
 *
 * @param {object} [options]
 * @param {number} [options.port] 0, the default, takes a free one
 * @param {boolean} [options.https]
 * @param {Record<string, unknown>} [options.settings] what a reset goes back to
 * @returns {Promise<Emulator>}
 */
export async function startEmulator({ port = 0, https = false, settings: atStart = {} } = {}) {
  const startSettings = changeSettings(DEFAULT_SETTINGS, atStart);
  let current = startSettings;
  const settings = () => current;

  const certificateDir = https ? await mkdtemp(join(tmpdir(), 'bmauth-emulator-')) : undefined;
  const removeCertificates = async () => {
    if (certificateDir) await rm(certificateDir, { recursive: true, force: true });
  };
  try {
    const tls = certificateDir ? await createCertificates(certificateDir) : undefined;
    const log = new RequestLog();
    const faults = new FaultQueue();
    const server = new Server(tls, log, faults);
    // The port comes first: the issuer carries it.
    const issuer = `${https ? 'https' : 'http'}://127.0.0.1:${await server.listen(port)}`;

    const store = new Store((model) =>
      model === 'DeviceCode' ? current.device_code_ttl_s * 1000 : undefined,
    );
    const accessTokens = await AccessTokens.create(store, issuer);
    const verification = new Verification();
    const provider = createProvider({
      issuer,
      settings,
      store,
      accessTokens,
      pages: verification.pages,
      renderError: Verification.renderError,
    });
    verification.attach(provider);
    const deviceRules = new DeviceRules(settings);
    const replay = new Replay(settings, store);
    const apiKeys = new ApiKeys();
    const cloudApi = new CloudApi(settings, accessTokens, apiKeys);

    /**
     * @param {Exchange} exchange
     * @returns {Promise<Answer>}
     */
    const answerToken = async (exchange) => {
      const grantType = exchange.form.get('grant_type');
      if (grantType === 'refresh_token') {
        return replay.present(exchange, async () =>
          shapeTokenAnswer(await askProvider(provider, exchange), current, true),
        );
      }
      if (grantType !== DEVICE_CODE_GRANT) return askProvider(provider, exchange);
      const refusal = deviceRules.refusePoll(exchange);
      if (refusal) return refusal;
      const answer = deviceRules.polled(exchange, await askProvider(provider, exchange));
      if (answer.status === 200 && exchange.entry) exchange.entry.effect = 'issued';
      return shapeTokenAnswer(answer, current, false);
    };

    /**
     * @param {Exchange} exchange
     * @returns {Promise<Answer>}
     */
    const answer = async (exchange) => {
      const { method, path } = exchange;
      if (CloudApi.owns(path)) return cloudApi.handle(exchange);
      if (Verification.owns(path)) return verification.handle(exchange);
      if (method === 'POST' && path === PATHS.token) return answerToken(exchange);
      if (method === 'POST' && path === PATHS.deviceAuthorization) {
        return (
          deviceRules.refuseStart(exchange) ??
          deviceRules.started(exchange, await askProvider(provider, exchange))
        );
      }
      return askProvider(provider, exchange);
    };

    /** @type {import('./control.mjs').Controls} */
    const controls = {
      reset: () => {
        current = startSettings;
        for (const part of [faults, store, accessTokens, apiKeys, deviceRules, replay])
          part.clear();
        for (const part of [verification, log, server.connections]) part.clear();
        server.release();
      },
      settings,
      change: (change) => (current = changeSettings(current, change)),
      faults,
      swapChallenge: () => deviceRules.swapNextChallenge(),
      person: (wish) =>
        actAsPerson({ ...wish, verificationUri: `${issuer}${PATHS.verification}` }, tls?.ca),
      revoke: (login) => {
        const grants = store.grantsOf(login);
        for (const grantId of grants) store.revokeGrant(grantId);
        return grants.length;
      },
      log,
      connections: server.connections,
    };
    server.handlers = {
      arrived: (exchange) => deviceRules.noteArrival(exchange),
      answer,
      control: (exchange) => handleControl(controls, exchange),
    };
    return {
      issuer,
      caFile: tls?.caFile ?? null,
      close: async () => {
        await server.close();
        await removeCertificates();
      },
    };
  } catch (error) {
    await removeCertificates();
    throw error;
  }
}
