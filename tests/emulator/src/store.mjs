// Where the authorization server library keeps sessions, codes, grants and tokens: memory.
//
// The library's own memory adapter forgets an expired device code 15 s after its expiry and then says
// invalid_grant; RFC 8628, section 3.5, says expired_token. This one forgets nothing before a reset.
// It also knows the instant of expiry to the millisecond, where the library counts whole seconds.

/** @typedef {import('oidc-provider').AdapterPayload} Payload */

/**
 * @typedef {object} StoredRecord
 * @property {string} model
 * @property {Payload} payload
 * @property {number} [expiresAtMs]
 */

const nowUnixS = () => Math.floor(Date.now() / 1000);

export class Store {
  /** @type {Map<string, StoredRecord>} */
  #records = new Map();
  /** @type {Map<string, Set<string>>} */
  #keysByGrant = new Map();
  /** @type {Map<string, string>} */
  #keyByUserCode = new Map();
  /** @type {Map<string, string>} */
  #keyBySessionUid = new Map();

  /** @param {(model: string) => number | undefined} ttlMsOf exact lifetimes, for models that have one */
  constructor(ttlMsOf) {
    this.ttlMsOf = ttlMsOf;
  }

  clear() {
    for (const index of [this.#records, this.#keysByGrant, this.#keyByUserCode]) index.clear();
    this.#keyBySessionUid.clear();
  }

  /**
   * @param {string} model
   * @param {string} id
   * @param {Payload} payload
   */
  put(model, id, payload) {
    const key = `${model}:${id}`;
    const ttlMs = this.ttlMsOf(model);
    const expiresAtMs =
      this.#records.get(key)?.expiresAtMs ?? (ttlMs === undefined ? undefined : Date.now() + ttlMs);
    this.#records.set(key, { model, payload, expiresAtMs });
    if (payload.grantId) {
      const keys = this.#keysByGrant.get(payload.grantId) ?? new Set();
      this.#keysByGrant.set(payload.grantId, keys.add(key));
    }
    if (payload.userCode) this.#keyByUserCode.set(payload.userCode, key);
    if (model === 'Session' && payload.uid) this.#keyBySessionUid.set(payload.uid, key);
  }

  /**
   * @param {string} model
   * @param {string} id
   */
  find(model, id) {
    return this.#read(`${model}:${id}`);
  }

  /** @param {string} userCode */
  findByUserCode(userCode) {
    return this.#read(this.#keyByUserCode.get(userCode));
  }

  /** @param {string} uid */
  findBySessionUid(uid) {
    return this.#read(this.#keyBySessionUid.get(uid));
  }

  /**
   * @param {string} model
   * @param {string} id
   */
  consume(model, id) {
    const stored = this.#records.get(`${model}:${id}`);
    if (stored) stored.payload.consumed = nowUnixS();
  }

  /**
   * @param {string} model
   * @param {string} id
   */
  destroy(model, id) {
    this.#records.delete(`${model}:${id}`);
  }

  /**
   * Destroys what was issued under a grant: of one model, or of all.
   *
   * @param {string} grantId
   * @param {string} [model]
   */
  revokeGrant(grantId, model) {
    for (const key of this.#keysByGrant.get(grantId) ?? []) {
      if (!model || this.#records.get(key)?.model === model) this.#records.delete(key);
    }
    if (!model) this.destroy('Grant', grantId);
  }

  /**
   * @param {string} login
   * @returns {string[]} the ids of the person's living grants
   */
  grantsOf(login) {
    const own = [...this.#records].filter(
      ([, stored]) => stored.model === 'Grant' && stored.payload.accountId === login,
    );
    return own.map(([key]) => key.slice('Grant:'.length));
  }

  /** @param {string | undefined} key */
  #read(key) {
    const stored = key === undefined ? undefined : this.#records.get(key);
    if (!stored || stored.expiresAtMs === undefined) return stored?.payload;
    // Not the true `exp`: the library compares whole seconds, and may do so a second later.
    const isExpired = Date.now() >= stored.expiresAtMs;
    return { ...stored.payload, exp: isExpired ? 1 : nowUnixS() + 60 * 60 };
  }
}

/**
 * The library's view of the store, one adapter for each model.
 *
 * @param {Store} store
 * @returns {import('oidc-provider').AdapterFactory}
 */
export const adapterFactory = (store) => (model) => ({
  upsert: async (id, payload) => store.put(model, id, payload),
  find: async (id) => store.find(model, id),
  findByUserCode: async (userCode) => store.findByUserCode(userCode),
  findByUid: async (uid) => store.findBySessionUid(uid),
  consume: async (id) => store.consume(model, id),
  destroy: async (id) => store.destroy(model, id),
  revokeByGrantId: async (grantId) => store.revokeGrant(grantId, model),
});
