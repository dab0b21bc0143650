// Asks the cloud about a project: node request.mjs PROJECT PATH
import { Client, createFetch } from 'bmauth';

const [project, path = '/knowledge/entities'] = process.argv.slice(2);
const client = new Client();
const route = client.route(project);

if (route.mode === 'local') {
  console.log(`${project} is on this machine: ${route.reason}`);
} else {
  const cloudFetch = createFetch(client, { project });
  const response = await cloudFetch(`${route.baseUrl}${path}`);
  console.log(response.status, await response.text());
}
client.close();
