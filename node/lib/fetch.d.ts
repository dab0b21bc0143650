import type { Client, Route } from './index';

export interface CreateFetchOptions {
  /** What sends the requests; the global `fetch` unless given. */
  fetch?: typeof globalThis.fetch;
  /** Requests below the cloud's `/proxy` are for this project, and carry its `X-Workspace-ID`. */
  project?: string | Route;
}

/**
 * A `fetch` that adds the client's credential to requests to the cloud's origin.
 *
 * - Other origins are passed through and get nothing of ours, also after a redirect.
 * - An `Authorization` header of the caller wins: such a request is passed through.
 * - After a 401 the access token is refreshed and the request sent once more, unless its body is a
 *   stream or the credential an API key. Never after a 403.
 * - When no credential can be had, it rejects with a `BmauthError`.
 */
export function createFetch(client: Client, options?: CreateFetchOptions): typeof globalThis.fetch;
