// Which connection a request came on. Connections of the tests' own control calls and of the person
// are not the client's and are not counted.

/**
 * @typedef {object} Connection
 * @property {number} id
 * @property {import('node:net').Socket} socket the TCP socket, under TLS too
 * @property {number} requests
 * @property {'unknown' | 'client' | 'other'} kind
 */

export class Connections {
  /** @type {Map<number, Connection>} by the client's port, which TCP and TLS socket share */
  #open = new Map();
  #lastId = 0;
  #opened = 0;

  /** @param {import('node:net').Socket} socket */
  accept(socket) {
    const port = socket.remotePort;
    if (port === undefined) return;
    const connection = { id: ++this.#lastId, socket, requests: 0, kind: 'unknown' };
    this.#open.set(port, /** @type {Connection} */ (connection));
    socket.once('close', () => this.#open.delete(port));
  }

  /**
   * @param {import('node:http').IncomingMessage} req
   * @param {'client' | 'other'} kind
   * @returns {Connection | undefined} undefined when the client has left already
   */
  noteRequest(req, kind) {
    const connection = this.#open.get(req.socket.remotePort ?? -1);
    if (!connection) return undefined;
    if (kind === 'client' && connection.kind !== 'client') this.#opened++;
    connection.kind = kind;
    connection.requests++;
    return connection;
  }

  /** Counts connections from here on. */
  clear() {
    this.#opened = 0;
  }

  counts() {
    const all = [...this.#open.values()];
    return {
      opened: this.#opened,
      open: all.filter(({ kind }) => kind === 'client').length,
      without_request: all.filter(({ kind }) => kind === 'unknown').length,
    };
  }
}
