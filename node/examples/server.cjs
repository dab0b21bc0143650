// A server that passes requests on to the cloud: one client for all of them, at most 10 s for each.
'use strict';

const { createServer } = require('node:http');
const { BmauthError, Client, createFetch } = require('bmauth');

/** @type {Record<string, number>} */
const STATUSES = { no_credentials: 401, reauth_required: 401, timeout: 504, TimeoutError: 504 };

const client = new Client();
const cloudFetch = createFetch(client);
const { baseUrl } = client.route(null, { override: 'cloud' });

client.on('warning', (words) => console.error(`bmauth: ${words}`));

const server = createServer(async (request, response) => {
  try {
    const signal = AbortSignal.timeout(10_000);
    const answer = await cloudFetch(`${baseUrl}${request.url}`, { signal });
    response.writeHead(answer.status).end(await answer.text());
  } catch (error) {
    const isOurs = error instanceof BmauthError;
    const name = isOurs ? error.code : /** @type {Error} */ (error).name;
    const words = isOurs ? error.message : 'the cloud did not answer';
    response.writeHead(STATUSES[name] ?? 502).end(`${words}\n`);
  }
});

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  console.log(`http://127.0.0.1:${port}`);
});

process.once('SIGTERM', () => {
  server.close(() => client.close());
  server.closeIdleConnections();
});
