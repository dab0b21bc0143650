// The same user in an ES module, with the session that is there.
import * as names from 'bmauth';
import { BmauthError, Client, createFetch } from 'bmauth';

const client = new Client();
const route = client.route('research');
const response = await createFetch(client)(`${route.baseUrl}/modules`);
const { subject } = await response.json();
await client.logout();
const code = await client.token().catch((error) => error instanceof BmauthError && error.code);
client.close();
const hidden = Object.keys(names.default).filter((name) => !(name in names));
console.log(JSON.stringify({ subject, code, hidden }));
