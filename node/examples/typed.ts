// The same calls with their types, which `tsc --strict` checks.
import { BmauthError, Client, createFetch } from 'bmauth';
import type { Report, Route } from 'bmauth';

interface Entity {
  readonly title: string;
}

export async function entitiesOf(client: Client, project: string): Promise<Entity[]> {
  const route: Route = client.route(project);
  if (route.mode === 'local' || route.baseUrl === null) return [];
  const cloudFetch: typeof fetch = createFetch(client, { project: route });
  const response = await cloudFetch(`${route.baseUrl}/knowledge/entities`);
  return (await response.json()) as Entity[];
}

/** The header at once if the token is fresh, else after a refresh. */
export function authorization(client: Client): string | Promise<string> {
  try {
    return client.header({ purpose: 'project' });
  } catch (error) {
    if (error instanceof BmauthError && error.code === 'needs_refresh') {
      return client.headerAsync({ purpose: 'project' });
    }
    throw error;
  }
}

export async function emailOf(client: Client, signal: AbortSignal): Promise<string | null> {
  const report: Report = await client.whoami({ isOffline: true, signal });
  return report.text('/identity/email');
}
