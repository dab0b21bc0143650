// The socket side: reads a request in full, logs it, applies a fault if one was ordered, asks for the
// answer and writes it.

import http from 'node:http';
import https from 'node:https';

import { jsonAnswer, jsonOf, mergePatch, withJson } from './answer.mjs';
import { Connections } from './connections.mjs';
import { faultName, kindOf, scriptedAnswer } from './faults.mjs';
import { outcomeOf } from './log.mjs';

/** @typedef {import('./answer.mjs').Answer} Answer */
/** @typedef {import('./log.mjs').LogEntry} LogEntry */

/**
 * A request that was read in full.
 *
 * @typedef {object} Exchange
 * @property {http.IncomingMessage} req
 * @property {string} method
 * @property {string} path
 * @property {URLSearchParams} query
 * @property {http.IncomingHttpHeaders} headers
 * @property {Buffer} body
 * @property {URLSearchParams} form empty unless the body is a form
 * @property {number} arrivedMs on the monotonic clock
 * @property {LogEntry | undefined} entry control calls have none
 */

/**
 * @typedef {object} Handlers
 * @property {(exchange: Exchange) => void} arrived runs for each logged request, faulty or not
 * @property {(exchange: Exchange) => Promise<Answer>} answer
 * @property {(exchange: Exchange) => Promise<Answer>} control
 */

export const PERSON_HEADER = 'x-emulator-person';

const MAX_BODY_BYTES = 1024 * 1024;
// Clients keep idle connections for about a minute; the server must not be the first to close one.
const KEEP_ALIVE_TIMEOUT_MS = 120_000;
const FORM_TYPE = /^application\/x-www-form-urlencoded\b/i;

/**
 * @param {http.IncomingMessage} req
 * @returns {Promise<Buffer>}
 */
async function readBody(req) {
  /** @type {Buffer[]} */
  const chunks = [];
  let bytes = 0;
  for await (const chunk of req) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_BODY_BYTES) throw new RangeError('request body too large');
  return Buffer.concat(chunks);
}

/**
 * @param {http.IncomingMessage} req
 * @returns {Promise<Exchange>}
 */
async function readExchange(req) {
  const [, path, query] = /^([^?]*)\??(.*)$/s.exec(req.url ?? '/') ?? ['', '/', ''];
  const body = await readBody(req);
  const isForm = FORM_TYPE.test(req.headers['content-type'] ?? '');
  return {
    req,
    method: req.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: req.headers,
    body,
    form: new URLSearchParams(isForm ? body.toString() : ''),
    arrivedMs: performance.now(),
    entry: undefined,
  };
}

/**
 * @param {http.ServerResponse} res
 * @param {Answer} answer
 */
function send(res, { status, headers, body }) {
  const hasNoBody = status === 204 || status === 304;
  res.writeHead(status, hasNoBody ? headers : { ...headers, 'content-length': body.length });
  res.end(hasNoBody ? undefined : body);
}

/**
 * The whole head, a part of the body, the end of the connection.
 *
 * @param {http.ServerResponse} res
 * @param {Answer} answer
 * @param {number} bytes
 */
function sendCut(res, { status, headers, body }, bytes) {
  res.writeHead(status, { ...headers, 'content-length': body.length });
  res.flushHeaders();
  res.write(body.subarray(0, bytes), () => res.socket?.destroySoon());
}

export class Server {
  connections = new Connections();
  /** @type {Set<() => void>} what ends the requests that are being held */
  #held = new Set();
  #server;

  /**
   * @param {{key: string, cert: string} | undefined} tls
   * @param {import('./log.mjs').RequestLog} log
   * @param {import('./faults.mjs').FaultQueue} faults
   */
  constructor(tls, log, faults) {
    this.log = log;
    this.faults = faults;
    /** @type {Handlers | undefined} */
    this.handlers = undefined;
    const options = { keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS, requestTimeout: 0 };
    this.#server = tls
      ? https.createServer({ ...options, ...tls })
      : http.createServer({ ...options });
    this.#server.on('connection', (socket) => {
      socket.setNoDelay(true);
      socket.on('error', () => {}); // a client that leaves is what tests are about
      this.connections.accept(socket);
    });
    this.#server.on('request', (req, res) => {
      this.#serve(req, res).catch((error) => {
        console.error(error);
        if (!res.headersSent) send(res, jsonAnswer(500, { error: 'server_error' }));
      });
    });
  }

  /**
   * @param {number} port
   * @returns {Promise<number>} the port that was taken
   */
  async listen(port) {
    await new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', () => resolve(undefined));
    });
    return /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
  }

  async close() {
    this.release();
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  /** Drops the requests that are held by a silence or a delay. */
  release() {
    for (const drop of this.#held) drop();
  }

  /**
   * @param {http.IncomingMessage} req
   * @param {http.ServerResponse} res
   */
  async #serve(req, res) {
    const { handlers } = this;
    if (!handlers) throw new Error('a request came before the emulator was ready');
    const isPerson = req.headers[PERSON_HEADER] !== undefined;
    const isControl = /^\/_control(\/|$|\?)/.test(req.url ?? '');
    const connection = this.connections.noteRequest(
      req,
      isPerson || isControl ? 'other' : 'client',
    );
    let exchange;
    try {
      exchange = await readExchange(req);
    } catch (error) {
      if (!(error instanceof RangeError)) return; // the client left before the end of its request
      return send(res, jsonAnswer(413, { error: 'request body too large' }));
    }
    if (isControl) return send(res, await handlers.control(exchange));
    const requestOnConnection = connection?.requests ?? 0;
    const origin = { connection: connection?.id ?? 0, requestOnConnection, isPerson };
    const entry = this.log.add(exchange, origin);
    exchange.entry = entry;
    res.once('close', () => {
      if (!entry.finished && entry.outcome === null) entry.outcome = 'closed_by_client';
      entry.finished = true;
    });
    handlers.arrived(exchange);
    await this.#deliver(exchange, entry, res, connection?.socket, handlers);
  }

  /**
   * @param {Exchange} exchange
   * @param {LogEntry} entry
   * @param {http.ServerResponse} res
   * @param {import('node:net').Socket | undefined} socket
   * @param {Handlers} handlers
   */
  async #deliver(exchange, entry, res, socket, handlers) {
    const fault = this.faults.take(exchange);
    const kind = fault && kindOf(fault);
    if (fault) entry.fault = faultName(fault);
    if (kind) entry.outcome = `fault:${kind}`;

    if (kind === 'silence') return this.#hold(res, undefined);
    let answer;
    if (kind === 'status')
      answer = scriptedAnswer(/** @type {import('./faults.mjs').Fault} */ (fault));
    else if (kind !== 'reset') answer = await handlers.answer(exchange);
    if (fault?.delay_ms) await this.#hold(res, fault.delay_ms);
    if (res.destroyed || socket?.destroyed) return;

    if (!answer || kind === 'lose_reply') {
      socket?.resetAndDestroy();
      return;
    }
    if (kind === 'patch' && jsonOf(answer)) {
      answer = withJson(answer, mergePatch(jsonOf(answer), fault?.patch));
    }
    entry.status = answer.status;
    if (kind === 'truncate') return sendCut(res, answer, Number(fault?.truncate));
    const outcome = entry.outcome ?? outcomeOf(answer, entry.effect);
    res.once('finish', () => {
      entry.outcome = outcome;
      entry.finished = true;
    });
    send(res, answer);
  }

  /**
   * Waits for a time, or for ever; in each case no longer than the client stays.
   *
   * @param {http.ServerResponse} res
   * @param {number | undefined} ms
   * @returns {Promise<void>}
   */
  #hold(res, ms) {
    return new Promise((resolve) => {
      const drop = () => res.socket?.destroy();
      const timer = ms === undefined ? undefined : setTimeout(() => end(), ms);
      const end = () => {
        clearTimeout(timer);
        this.#held.delete(drop);
        res.removeListener('close', end);
        resolve();
      };
      this.#held.add(drop);
      res.once('close', end);
    });
  }
}
