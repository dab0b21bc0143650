// A user of the installed package, by require: logs in, refreshes, routes, calls the cloud. Prints one
// JSON object a line; tokens appear as digests.
'use strict';

const { createHash } = require('node:crypto');
const { Client, createFetch } = require('bmauth');

const say = (what, facts) => console.log(JSON.stringify({ what, ...facts }));
const digestOf = (secret) => createHash('sha256').update(secret).digest('hex');

async function main() {
  const client = new Client();
  say('loaded', { from: require.resolve('bmauth'), node: process.version });

  const report = await client.login({
    onPrompt: (prompt) => say('prompt', { userCode: prompt.userCode }),
  });
  say('login', { email: report.text('/identity/email') });

  const first = await client.token();
  client.invalidate(first);
  const second = await client.token();
  say('refresh', { before: digestOf(first.accessToken), after: digestOf(second.accessToken) });

  const route = client.route('research');
  say('route', { mode: route.mode, local: client.route('notes').mode });

  const response = await createFetch(client, { project: 'research' })(`${route.baseUrl}/entities`);
  say('fetch', { status: response.status, echo: await response.json() });
  client.close();
}

main();
