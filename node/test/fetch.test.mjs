import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { after, before, describe, test } from 'node:test';

import { OtherOrigin, Rig, WORKSPACE, bmauth } from './rig.mjs';

const { createFetch } = bmauth;
const API_KEY = `bmc_CANARY${'k'.repeat(26)}`;
const digestOf = (secret) => createHash('sha256').update(secret).digest('hex');

/** @type {Rig} */
let rig;
before(async () => {
  rig = await Rig.start();
});
after(() => rig.stop());

const proxy = (path) => `${rig.cloud}/proxy/${path}`;
const refusal = (path, change) => ({ path: `/proxy/${path}`, status: 401, ...change });

async function otherOrigin(t, location) {
  const other = await OtherOrigin.start(location);
  t.after(() => other.stop());
  return other;
}

describe('what is sent', () => {
  test('a request to the cloud carries the session', async (t) => {
    const client = await rig.session(t);
    const response = await createFetch(client)(proxy('notes'));
    assert.equal(response.status, 200);
    assert.equal((await response.json()).subject, 'alice');
    const [entry] = await rig.log('/proxy/notes');
    const { accessToken } = await client.token();
    assert.equal(entry.credential_sha256, digestOf(accessToken));
  });

  test('method, headers and body of the caller arrive', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    const headers = { 'Content-Type': 'text/plain', 'X-Workspace-ID': WORKSPACE };
    const init = { method: 'PUT', headers, body: 'twelve bytes' };
    for (const request of [
      [proxy('written'), init],
      [new URL(proxy('written')), init],
      [new Request(proxy('written'), init)],
      [new Request(proxy('written')), init],
      [new Request(proxy('written'), init), null],
    ]) {
      const echo = await (await authorizedFetch(...request)).json();
      assert.deepEqual([echo.method, echo.workspace], ['PUT', WORKSPACE]);
    }
    const sizes = (await rig.log('/proxy/written')).map((entry) => entry.body_bytes);
    assert.deepEqual(sizes, [12, 12, 12, 12, 12]);
  });

  test('another origin gets nothing of ours, and what the caller gave', async (t) => {
    const client = await rig.session(t);
    const other = await otherOrigin(t);
    const authorizedFetch = createFetch(client, { project: 'research' });
    const response = await authorizedFetch(`${other.origin}/proxy/x`, {
      headers: { 'X-Own': '1' },
    });
    assert.equal(await response.text(), 'elsewhere');
    const [{ headers }] = other.requests;
    assert.equal(headers['x-own'], '1');
    assert.equal(headers.authorization, undefined);
    assert.equal(headers['x-workspace-id'], undefined);
  });

  test("the caller's Authorization wins and is not replayed", async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    const headers = { Authorization: 'Bearer CANARY-of-the-caller' };
    const response = await authorizedFetch(proxy('own'), { headers });
    assert.equal(response.status, 401);
    const entries = await rig.log('/proxy/own');
    assert.deepEqual(
      entries.map((entry) => entry.credential_sha256),
      [digestOf('CANARY-of-the-caller')],
    );
    assert.equal(await rig.rotations(), 0);
  });

  test('without a credential it rejects and sends nothing', async (t) => {
    const authorizedFetch = createFetch(await rig.client(t));
    await assert.rejects(authorizedFetch(proxy('none')), { code: 'no_credentials' });
    assert.deepEqual(await rig.log('/proxy/none'), []);
  });

  test('what fetch refuses is refused in the same way', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    await assert.rejects(authorizedFetch('not a URL'), TypeError);
    await assert.rejects(authorizedFetch(proxy('x'), { headers: { 'bad name': '' } }), TypeError);
    const used = new Request(proxy('x'), { method: 'POST', body: 'once' });
    await used.text();
    await assert.rejects(authorizedFetch(used), TypeError);
    assert.deepEqual(await rig.log('/proxy/x'), []);
  });

  test('the fetch that is given sends it', async (t) => {
    const seen = [];
    const send = async (input, init) => {
      seen.push({ input, init });
      return Response.json({});
    };
    await createFetch(await rig.session(t), { fetch: send })(proxy('mocked'), { method: 'DELETE' });
    assert.equal(seen.length, 1);
    assert.equal(seen[0].input, proxy('mocked'));
    assert.equal(seen[0].init.method, 'DELETE');
    assert.match(new Headers(seen[0].init.headers).get('authorization'), /^Bearer /);
    assert.deepEqual(await rig.log('/proxy/mocked'), []);
  });
});

describe('a project', () => {
  test('in the cloud adds its workspace to requests below /proxy alone', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t), { project: 'research' });
    await authorizedFetch(proxy('mine'));
    await authorizedFetch(`${rig.cloud}/workspaces/`);
    assert.equal((await rig.log('/proxy/mine'))[0].workspace, WORKSPACE);
    const [account] = await rig.log('/workspaces/');
    assert.equal(account.workspace, undefined);
    assert.equal(account.credential, 'oauth');
  });

  test("does not replace the caller's workspace", async (t) => {
    const authorizedFetch = createFetch(await rig.session(t), { project: 'research' });
    const other = '00000000-0000-4000-8000-000000000000';
    await authorizedFetch(proxy('mine'), { headers: { 'x-workspace-id': other } });
    assert.equal((await rig.log('/proxy/mine'))[0].workspace, other);
  });

  test('may be a route', async (t) => {
    const client = await rig.session(t);
    await createFetch(client, { project: client.route('research') })(proxy('mine'));
    assert.equal((await rig.log('/proxy/mine'))[0].workspace, WORKSPACE);
  });

  test('that is local sends no credential', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t), { project: 'notes' });
    assert.equal((await authorizedFetch(proxy('mine'))).status, 401);
    const entries = await rig.log('/proxy/mine');
    assert.deepEqual(
      entries.map((entry) => entry.credential),
      ['none'],
    );
  });
});

describe('a 401', () => {
  const form = () => {
    const data = new FormData();
    data.set('note', new Blob(['a file']), 'note.md');
    return data;
  };
  const post = (body) => [{ method: 'POST', body }];
  const replayable = {
    'no body': [],
    'a string': post('words'),
    'a Buffer': post(Buffer.from('words')),
    'an ArrayBuffer': post(new Uint8Array(7).buffer),
    URLSearchParams: post(new URLSearchParams({ a: '1' })),
    'a Blob': post(new Blob(['words'])),
    'a form': post(form()),
  };

  for (const [name, rest] of Object.entries(replayable)) {
    test(`is answered by one refresh and one replay, with ${name}`, async (t) => {
      const authorizedFetch = createFetch(await rig.session(t));
      await rig.answers(refusal('once'));
      const response = await authorizedFetch(proxy('once'), ...rest);
      assert.equal(response.status, 200);
      const entries = await rig.log('/proxy/once');
      assert.deepEqual(
        entries.map((entry) => entry.status),
        [401, 200],
      );
      assert.notEqual(entries[0].credential_sha256, entries[1].credential_sha256);
      assert.equal(entries[0].body_bytes, entries[1].body_bytes);
      assert.equal(await rig.rotations(), 1);
    });
  }

  test('is answered so for a Request with a body', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    await rig.answers(refusal('once'));
    const request = new Request(proxy('once'), { method: 'POST', body: 'words' });
    assert.equal((await authorizedFetch(request)).status, 200);
    const entries = await rig.log('/proxy/once');
    assert.deepEqual(
      entries.map((entry) => entry.body_bytes),
      [5, 5],
    );
  });

  const streams = {
    'a web stream': () => Readable.toWeb(Readable.from(['words'])),
    'a Node stream': () => Readable.from(['words']),
  };
  for (const [name, stream] of Object.entries(streams)) {
    test(`of ${name} is the caller's, and the next request has a new token`, async (t) => {
      const authorizedFetch = createFetch(await rig.session(t));
      await rig.answers(refusal('streamed'));
      const init = { method: 'POST', body: stream(), duplex: 'half' };
      const response = await authorizedFetch(proxy('streamed'), init);
      assert.equal(response.status, 401);
      assert.equal((await rig.log('/proxy/streamed')).length, 1);
      assert.equal((await authorizedFetch(proxy('streamed'))).status, 200);
      assert.equal(await rig.rotations(), 1);
    });
  }

  test('after the replay is the answer', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    await rig.answers(refusal('twice', { times: 2, body: 'still no' }));
    const response = await authorizedFetch(proxy('twice'));
    assert.equal(response.status, 401);
    assert.equal(await response.text(), 'still no');
    assert.equal((await rig.log('/proxy/twice')).length, 2);
  });

  test('is the answer when there is no other token', async (t) => {
    const client = await rig.session(t);
    const credential = await client.headersForUrl(proxy('same'));
    t.mock.method(client, 'headersForUrl', async () => credential);
    await rig.answers(refusal('same', { body: 'no' }));
    const response = await createFetch(client)(proxy('same'));
    assert.equal(await response.text(), 'no');
    assert.equal((await rig.log('/proxy/same')).length, 1);
  });

  test('to many requests at once is one refresh', async (t) => {
    const count = 12;
    let answered = 0;
    /** @type {() => void} */
    let open;
    const allAnswered = new Promise((resolve) => (open = resolve));
    const send = async (input, init) => {
      const response = await fetch(input, init);
      if (++answered === count) open();
      await allAnswered;
      return response;
    };
    const authorizedFetch = createFetch(await rig.session(t), { fetch: send });
    await rig.answers(refusal('crowd', { times: count }));
    const all = await Promise.all(
      Array.from({ length: count }, () => authorizedFetch(proxy('crowd'))),
    );
    assert.ok(all.every((response) => response.status === 200));
    assert.equal((await rig.log('/proxy/crowd')).length, 2 * count);
    assert.equal(await rig.rotations(), 1);
  });

  test('to an API key is the answer', async (t) => {
    const authorizedFetch = createFetch(await rig.client(t, { apiKey: API_KEY }));
    assert.equal((await authorizedFetch(proxy('key'))).status, 401);
    const entries = await rig.log('/proxy/key');
    assert.deepEqual(
      entries.map((entry) => entry.credential),
      ['api_key'],
    );
  });

  test('whose refresh is refused rejects with what to do', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    await rig.control('revoke', { login: 'alice' });
    await rig.answers(refusal('over'));
    await assert.rejects(authorizedFetch(proxy('over')), (error) => {
      assert.equal(error.code, 'reauth_required');
      assert.match(error.remedy, /bmauth login/);
      return true;
    });
    assert.equal((await rig.log('/proxy/over')).length, 1);
  });

  test('is not a 403: that is the answer', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    await rig.answers({ path: '/proxy/forbidden', status: 403 });
    assert.equal((await authorizedFetch(proxy('forbidden'))).status, 403);
    assert.equal((await rig.log('/proxy/forbidden')).length, 1);
    assert.equal(await rig.rotations(), 0);
  });
});

describe('a redirect', () => {
  const redirect = (path, status, location, change) => ({
    path: `/proxy/${path}`,
    status,
    headers: { location },
    ...change,
  });

  test('within the cloud is followed with the credential', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t), { project: 'research' });
    await rig.answers(redirect('old', 302, '/proxy/new?page=2'));
    const response = await authorizedFetch(proxy('old'));
    assert.equal(response.status, 200);
    assert.equal(response.redirected, true);
    assert.equal(response.url, proxy('new?page=2'));
    const [entry] = await rig.log('/proxy/new');
    assert.deepEqual([entry.credential, entry.workspace], ['oauth', WORKSPACE]);
  });

  test('to another origin takes nothing of ours along', async (t) => {
    const other = await otherOrigin(t);
    const authorizedFetch = createFetch(await rig.session(t), { project: 'research' });
    await rig.answers(redirect('away', 307, `${other.origin}/there`));
    const headers = { 'X-Own': '1', Cookie: 'CANARY=1' };
    const init = { method: 'POST', body: 'words', headers };
    const response = await authorizedFetch(proxy('away'), init);
    assert.equal(await response.text(), 'elsewhere');
    assert.equal(response.redirected, true);
    const [request] = other.requests;
    assert.deepEqual([request.method, request.url], ['POST', '/there']);
    assert.equal(request.headers['x-own'], '1');
    for (const name of ['authorization', 'x-workspace-id', 'cookie']) {
      assert.equal(request.headers[name], undefined, name);
    }
    assert.equal((await rig.log('/proxy/away'))[0].workspace, WORKSPACE);
  });

  test('from another origin into the cloud gets nothing of ours', async (t) => {
    const other = await otherOrigin(t, proxy('lured'));
    const response = await createFetch(await rig.session(t))(other.origin);
    assert.equal(response.status, 401);
    assert.equal((await rig.log('/proxy/lured'))[0].credential, 'none');
  });

  for (const [status, method, sent, bytes] of [
    [301, 'POST', 'GET', 0],
    [302, 'PUT', 'PUT', 5],
    [303, 'PUT', 'GET', 0],
    [307, 'POST', 'POST', 5],
    [308, 'POST', 'POST', 5],
  ]) {
    for (const kind of ['init', 'Request']) {
      test(`${status} makes ${sent} of ${method}, with ${kind}`, async (t) => {
        const authorizedFetch = createFetch(await rig.session(t));
        await rig.answers(redirect('old', status, '/proxy/new'));
        const init = { method, body: 'words', headers: { 'Content-Type': 'text/markdown' } };
        const request = [proxy('old'), init];
        await authorizedFetch(...(kind === 'init' ? request : [new Request(...request)]));
        const [entry] = await rig.log('/proxy/new');
        assert.deepEqual([entry.method, entry.body_bytes], [sent, bytes]);
      });
    }
  }

  test('that takes the body takes what described it', async (t) => {
    const sent = [];
    const send = async (input, init) => {
      sent.push(new Headers(init.headers));
      return fetch(input, init);
    };
    const authorizedFetch = createFetch(await rig.session(t), { fetch: send });
    await rig.answers(redirect('old', 303, '/proxy/new'));
    const headers = { 'Content-Type': 'text/markdown', 'X-Own': '1' };
    await authorizedFetch(proxy('old'), { method: 'POST', body: 'words', headers });
    assert.deepEqual(
      sent.map((each) => [each.get('content-type'), each.get('x-own')]),
      [
        ['text/markdown', '1'],
        [null, '1'],
      ],
    );
  });

  test('whose target answers 401 is replayed there', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    await rig.answers(redirect('old', 307, '/proxy/new'), refusal('new'));
    const request = new Request(proxy('old'), { method: 'POST', body: 'words' });
    assert.equal((await authorizedFetch(request)).status, 200);
    assert.equal((await rig.log('/proxy/old')).length, 1);
    const entries = await rig.log('/proxy/new');
    assert.deepEqual(
      entries.map((entry) => [entry.status, entry.body_bytes]),
      [
        [401, 5],
        [200, 5],
      ],
    );
  });

  test('is left alone when the caller says manual or error', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    await rig.answers(redirect('old', 302, '/proxy/new', { times: 3 }));
    const manual = await authorizedFetch(proxy('old'), { redirect: 'manual' });
    assert.equal(manual.status, 302);
    const request = new Request(proxy('old'), { redirect: 'manual' });
    assert.equal((await authorizedFetch(request)).status, 302);
    await assert.rejects(authorizedFetch(proxy('old'), { redirect: 'error' }), TypeError);
    assert.deepEqual(await rig.log('/proxy/new'), []);
  });

  test('in a circle ends after twenty', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    await rig.answers(redirect('circle', 302, '/proxy/circle', { times: -1 }));
    await assert.rejects(authorizedFetch(proxy('circle')), TypeError);
    assert.equal((await rig.log('/proxy/circle')).length, 21);
  });

  test('of a stream, or out of http, is not followed', async (t) => {
    const authorizedFetch = createFetch(await rig.session(t));
    await rig.answers(redirect('old', 307, '/proxy/new'), redirect('old', 302, 'data:,x'));
    const init = { method: 'POST', body: Readable.from(['words']), duplex: 'half' };
    const causedBy = (words) => (error) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.cause.message, words);
      return true;
    };
    await assert.rejects(authorizedFetch(proxy('old'), init), causedBy(/a stream/));
    await assert.rejects(authorizedFetch(proxy('old')), causedBy(/http or https/));
    assert.deepEqual(await rig.log('/proxy/new'), []);
  });
});

describe('a signal', () => {
  for (const kind of ['init', 'Request']) {
    test(`of the ${kind} ends a request that waits`, async (t) => {
      const authorizedFetch = createFetch(await rig.session(t));
      await rig.answers({ path: '/proxy/slow', silence: true });
      const controller = new AbortController();
      const init = { signal: controller.signal };
      const request = kind === 'init' ? [proxy('slow'), init] : [new Request(proxy('slow'), init)];
      const running = authorizedFetch(...request);
      setTimeout(() => controller.abort(), 50);
      await assert.rejects(running, { name: 'AbortError' });
    });

    test(`of the ${kind} ends what a redirect began`, async (t) => {
      const authorizedFetch = createFetch(await rig.session(t));
      const headers = { location: '/proxy/slow' };
      await rig.answers(
        { path: '/proxy/old', status: 303, headers },
        { path: '/proxy/slow', silence: true },
      );
      const controller = new AbortController();
      const init = { method: 'POST', body: 'words', signal: controller.signal };
      const request = kind === 'init' ? [proxy('old'), init] : [new Request(proxy('old'), init)];
      const running = authorizedFetch(...request);
      setTimeout(() => controller.abort(), 200);
      await assert.rejects(running, { name: 'AbortError' });
    });

    test(`of the ${kind} ends a refresh that waits, and nothing is sent`, async (t) => {
      const client = await rig.session(t);
      client.invalidate(await client.token());
      await rig.answers({ path: '/oauth2/token', delay_ms: 3000 });
      const controller = new AbortController();
      const init = { signal: controller.signal };
      const request = kind === 'init' ? [proxy('slow'), init] : [new Request(proxy('slow'), init)];
      const running = createFetch(client)(...request);
      setTimeout(() => controller.abort(), 50);
      const startMs = performance.now();
      await assert.rejects(running, { name: 'AbortError' });
      assert.ok(performance.now() - startMs < 2000, 'before the refresh was answered');
      assert.deepEqual(await rig.log('/proxy/slow'), []);
    });
  }
});

describe('createFetch refuses', () => {
  for (const [name, makeArguments, words] of [
    ['a client that is none', () => [{}], /client/],
    ['no client', () => [], /client/],
    ['an unknown option', (client) => [client, { projekt: 'x' }], /projekt/],
    ['a fetch that is no function', (client) => [client, { fetch: {} }], /fetch/],
    ['a project that is none', (client) => [client, { project: 1 }], /project/],
  ]) {
    test(name, async (t) => {
      const client = await rig.client(t);
      assert.throws(() => createFetch(...makeArguments(client)), {
        name: 'TypeError',
        code: 'invalid_argument',
        message: words,
      });
    });
  }
});
