import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';

import { pageId, visibleText } from '../src/person.mjs';
import { pause, Rig } from './support.mjs';

/** A browser without script: keeps cookies, follows nothing. */
class Browser {
  /** @type {Map<string, string>} */
  #cookies = new Map();

  /** @param {Rig} rig */
  constructor(rig) {
    this.rig = rig;
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} [form]
   */
  async open(path, form) {
    const reply = await this.rig.fetch(path, {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      redirect: 'manual',
      headers: { cookie: [...this.#cookies].map((pair) => pair.join('=')).join('; ') },
    });
    for (const line of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    const location = reply.headers.get('location');
    return location ? { ...reply, location: new URL(location, this.rig.issuer).pathname } : reply;
  }

  /** @param {string} userCode */
  async confirm(userCode) {
    const page = await this.open(`/device?user_code=${userCode}`);
    return { page, xsrf: xsrfOf(page.body) };
  }
}

/** @param {string} html */
const xsrfOf = (html) => /name="xsrf" value="(\w+)"/.exec(html)?.[1] ?? '';

/**
 * What each page must have, whatever it shows.
 *
 * @param {import('./support.mjs').Reply} reply
 */
function assertDecentPage({ headers, body }) {
  const policy = headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  const style = /<style>([^]*)<\/style>/.exec(body)?.[1] ?? '';
  const digest = createHash('sha256').update(style).digest('base64');
  assert.ok(policy.includes(`style-src 'sha256-${digest}';`), policy);
  assert.match(policy, /form-action 'self'/);
  assert.equal(headers.get('cache-control'), 'no-store');
  assert.match(headers.get('content-type') ?? '', /^text\/html; charset=utf-8/);

  const tags = [...body.matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/gi)];
  const names = new Set(tags.map(([, name]) => name.toLowerCase()));
  for (const loader of ['script', 'link', 'img', 'iframe', 'object', 'embed', 'base']) {
    assert.ok(!names.has(loader), `<${loader}>`);
  }
  for (const [tag, , attributes] of tags) {
    assert.doesNotMatch(attributes, /\s(src|srcset|style|data|on\w+)\s*=/i, tag);
    for (const [, target] of attributes.matchAll(/\s(?:action|href)="([^"]*)"/g)) {
      assert.match(target, /^\/[^/]/);
    }
  }
  assert.doesNotMatch(body, /url\(|@import/);

  assert.match(body, /<html lang="en">/);
  assert.match(body, /<meta name="viewport" content="width=device-width, initial-scale=1">/);
  assert.match(body, /<title>[^<]+<\/title>/);
  assert.equal([...body.matchAll(/<h1>/g)].length, 1);
  assert.match(body, /prefers-color-scheme: dark/);
  assert.match(body, /:focus-visible/);
}

test('the first page asks for the code and can be used by keyboard and by ear', async () => {
  const rig = await Rig.start();
  const page = await new Browser(rig).open('/device');
  assert.equal(page.status, 200);
  assertDecentPage(page);
  assert.equal(pageId(page.body), 'enter_code');
  assert.match(page.body, /<label class="label" for="user_code">/);
  assert.match(page.body, /id="user_code"[^>]*\sautofocus/);
  assert.match(page.body, /Only continue if you started this/);
});

test('verification_uri_complete shows the code, who asks and for what, and approves nothing', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  const { page } = await new Browser(rig).confirm(login.user_code);
  assert.equal(page.status, 200);
  assertDecentPage(page);
  assert.equal(pageId(page.body), 'confirm');
  const text = visibleText(page.body);
  for (const words of [
    login.user_code,
    'Connect Basic Memory CLI?',
    'Only continue if you started this',
    'see your email address',
    'stay signed in until you sign out',
    'Alice Example',
    'Approve Deny',
  ]) {
    assert.ok(text.includes(words), words);
  }
  assert.match(page.body, /<fieldset><legend>Sign in as<\/legend>/);
  assert.doesNotMatch(page.body, /autofocus/); // Enter by accident must not approve
  assert.equal((await rig.poll(login)).body.error, 'authorization_pending');
});

test('from code to done there are three pages', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  const browser = new Browser(rig);
  const first = await browser.open('/device');
  const typed = login.user_code.toLowerCase().replace('-', ' ');
  const second = await browser.open('/device', { xsrf: xsrfOf(first.body), user_code: typed });
  assertDecentPage(second);
  assert.equal(pageId(second.body), 'confirm');
  assert.ok(visibleText(second.body).includes(login.user_code));
  const form = { xsrf: xsrfOf(second.body), user_code: login.user_code, login: 'carol' };
  let last = await browser.open('/device', { ...form, confirm: 'yes' });
  for (let hops = 0; last.status === 303 && hops < 3; hops++) {
    last = await browser.open(/** @type {any} */ (last).location);
  }
  assert.equal(last.status, 200);
  assertDecentPage(last);
  assert.equal(pageId(last.body), 'approved');
  assert.match(visibleText(last.body), /signed in as Carol Example/);
  assert.equal((await rig.poll(login)).status, 200);
});

test('a wrong, used, expired or missing code is told on the page, in an alert', async () => {
  const rig = await Rig.start();
  const used = await rig.startLogin();
  await rig.person(used.user_code);
  await rig.set({ device_code_ttl_s: 0.01 });
  const expired = await rig.startLogin();
  await pause(20);
  for (const [code, words] of [
    ['ZZZZ-ZZZZ', /not known/],
    [used.user_code, /used already/],
    [expired.user_code, /has expired/],
    ['', /Type the code/],
  ]) {
    const browser = new Browser(rig);
    const { body } = await browser.open('/device');
    const posted = await browser.open('/device', { xsrf: xsrfOf(body), user_code: String(code) });
    const linked = await browser.open(`/device?user_code=${code}`);
    for (const page of code ? [posted, linked] : [posted]) {
      assert.equal(page.status, 400);
      assertDecentPage(page);
      assert.equal(pageId(page.body), 'enter_code');
      assert.match(page.body, /role="alert"/);
      assert.match(page.body, /aria-invalid="true"/);
      assert.match(visibleText(page.body), /** @type {RegExp} */ (words));
      assert.match(page.body, /<title>Error: /);
      // Only a typing error is worth correcting.
      const kept = code === 'ZZZZ-ZZZZ' ? code : '';
      assert.ok(page.body.includes(`name="user_code" value="${kept}"`));
    }
  }
});

test('what was typed is kept and cannot break the page', async () => {
  const rig = await Rig.start();
  const page = await new Browser(rig).open(
    `/device?user_code=${encodeURIComponent('"><script>x')}`,
  );
  assertDecentPage(page);
  assert.match(page.body, /value="&quot;&gt;&lt;script&gt;x"/);
});

test('approving without choosing a person asks again', async () => {
  const rig = await Rig.start();
  const { user_code } = await rig.startLogin();
  for (const login of ['', 'mallory', 'constructor']) {
    const browser = new Browser(rig);
    const { xsrf } = await browser.confirm(user_code);
    const page = await browser.open('/device', { xsrf, user_code, confirm: 'yes', login });
    assert.equal(page.status, 400);
    assertDecentPage(page);
    assert.equal(pageId(page.body), 'confirm');
    assert.match(visibleText(page.body), /Choose who you want to sign in as/);
  }
});

test('a form without its cookie or forgery token approves nothing and shows a page', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  const { user_code } = login;
  const form = { user_code, confirm: 'yes', login: 'alice' };
  const noCookie = await new Browser(rig).open('/device', form);
  assertDecentPage(noCookie);
  assert.equal(pageId(noCookie.body), 'confirm');
  const noCode = await new Browser(rig).open('/device', {});
  assert.equal(pageId(noCode.body), 'enter_code');
  assert.equal(noCode.status, 400);

  const browser = new Browser(rig);
  await browser.confirm(user_code);
  const forged = await browser.open('/device', { ...form, xsrf: 'f'.repeat(48) });
  assert.equal(forged.status, 400);
  assertDecentPage(forged);
  assert.equal((await rig.poll(login)).body.error, 'authorization_pending');
});

test('pages of another run or of the past lead back to the start', async () => {
  const rig = await Rig.start();
  for (const path of ['/interaction/nothing', '/device/nothing']) {
    const page = await new Browser(rig).open(path);
    assert.equal(page.status, 400);
    assertDecentPage(page);
    assert.equal(pageId(page.body), 'enter_code');
  }
});

test('an address that leads nowhere, or wrongly, gives a person a page', async () => {
  const rig = await Rig.start();
  for (const [path, status, words] of /** @type {const} */ ([
    ['/', 404, /no such page/],
    ['/devise', 404, /no such page/],
    ['/oauth2/authorize', 400, /did not work/],
  ])) {
    const page = await rig.fetch(path, { headers: { accept: 'text/html,*/*;q=0.8' } });
    assert.equal(page.status, status);
    assertDecentPage(page);
    assert.equal(pageId(page.body), 'error');
    assert.match(visibleText(page.body), words);
    assert.match(page.body, /role="alert"/);
    assert.match(page.body, /<a href="\/device">/);
  }
});

test('an address that leads nowhere gives a client no page', async () => {
  const rig = await Rig.start();
  for (const accept of ['application/json', '*/*']) {
    const { status, headers } = await rig.fetch('/nothing', { headers: { accept } });
    assert.equal(status, 404);
    assert.doesNotMatch(headers.get('content-type') ?? '', /html/);
  }
});

test('another browser cannot step into a sign-in', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  const { user_code } = login;
  const browser = new Browser(rig);
  const { xsrf } = await browser.confirm(user_code);
  const form = { xsrf, user_code, login: 'alice', confirm: 'yes' };
  const { location } = /** @type {any} */ (await browser.open('/device', form));
  const stranger = await new Browser(rig).open(location);
  assert.equal(stranger.status, 400);
  assert.equal(pageId(stranger.body), 'enter_code');
  assert.equal((await rig.poll(login)).body.error, 'authorization_pending');
  assert.equal((await browser.open(location)).status, 303);
});

test('one browser can log in two people one after the other, each with a grant of their own', async () => {
  const rig = await Rig.start();
  const browser = new Browser(rig);
  const tokens = [];
  for (const person of ['alice', 'bob', 'bob']) {
    const login = await rig.startLogin();
    const { xsrf } = await browser.confirm(login.user_code);
    const form = { xsrf, user_code: login.user_code, login: person, confirm: 'yes' };
    let page = await browser.open('/device', form);
    while (page.status === 303) page = await browser.open(/** @type {any} */ (page).location);
    assert.equal(pageId(page.body), 'approved', visibleText(page.body));
    tokens.push((await rig.poll(login)).body);
  }
  const [alice, bob, again] = tokens;
  const claims = (/** @type {any} */ t) => JSON.parse(atob(t.access_token.split('.')[1]));
  assert.deepEqual(
    [alice, bob, again].map((t) => claims(t).sub),
    ['alice', 'bob', 'bob'],
  );
  assert.equal(new Set([alice, bob, again].map((t) => claims(t).gid)).size, 3);
  await rig.refresh(bob.refresh_token);
  await rig.refresh(bob.refresh_token);
  assert.equal((await rig.refresh(again.refresh_token)).status, 200);
});

test('a login that asks for nothing ends with words, not as a denial', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin({ scope: '' });
  const { status, body } = await rig.person(login.user_code);
  assert.equal(status, 400);
  assert.match(body.text, /asked for nothing that can be granted/);
});

test('the person walks the real pages and tells each step', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  const { status, body } = await rig.person(login.user_code, 'bob');
  assert.equal(status, 200);
  assert.equal(body.ok, true);
  assert.match(body.text, /signed in as Bob Example/);
  const steps = body.steps.map(
    (/** @type {any} */ s) => `${s.method} ${s.path.replace(/\/[\w-]{15,}$/, '/ID')} ${s.status}`,
  );
  assert.deepEqual(steps, [
    'GET /device 200',
    'POST /device 200',
    'POST /device 303',
    'GET /interaction/ID 303',
    'GET /device/ID 200',
  ]);
});

test('the person denies', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  const { status, body } = await rig.person(login.user_code, 'alice', 'deny');
  assert.equal(status, 200);
  assert.match(body.text, /You denied the request/);
});

test('the person reports what a page refused', async () => {
  const rig = await Rig.start();
  const { status, body } = await rig.person('ZZZZ-ZZZZ');
  assert.equal(status, 400);
  assert.equal(body.ok, false);
  assert.match(body.text, /This code is not known/);
});
