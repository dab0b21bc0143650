import assert from 'node:assert/strict';
import { test } from 'node:test';

import { claimsOf, pause, Rig } from '../../emulator/test/support.mjs';
import { startChromium } from '../src/chromium.mjs';
import { Terminal } from '../src/command.mjs';
import { enterCode, heading, openTab, press } from '../src/visit.mjs';

const browser = await startChromium();

/**
 * A `bmauth login` that waits, and the empty tab of the person in front of it.
 *
 * @param {object} [options]
 * @param {Record<string, unknown>} [options.settings] of the emulator
 * @param {import('playwright-core').BrowserContextOptions} [options.tabOptions]
 */
async function startLogin({ settings, tabOptions } = {}) {
  const rig = await Rig.start({ interval_s: 1, ...settings });
  const tab = await openTab(browser, [rig.issuer], tabOptions); // ready before a short code runs
  const terminal = new Terminal(rig.issuer);
  const { page: uri, ...login } = await terminal.login();
  return { rig, terminal, ...login, uri, page: tab };
}

/**
 * The login ended well: status 0, and a session of this person is stored that shows nowhere else.
 *
 * @param {Awaited<ReturnType<typeof startLogin>>} login
 * @param {string} person
 */
async function assertSignedIn({ rig, running, terminal }, person) {
  const { status, out, err } = await running.ended;
  assert.equal(status, 0, err);
  assert.match(err, new RegExp(`Signed in as ${person}@example\\.test`));
  const session = terminal.session();
  assert.equal(session.mode, 0o600);
  assert.equal(claimsOf(session.access_token).sub, person);
  for (const secret of [session.access_token, session.refresh_token]) {
    assert.ok(secret.length > 20 && !`${out}${err}`.includes(secret), 'a token was printed');
  }
  assert.equal(await rig.healthStatus(session.access_token), 200);
}

test('a person types the code, compares, signs in and approves: the waiting login ends well', async () => {
  const login = await startLogin();
  const { page, uri, userCode } = login;
  await page.goto(uri);
  await enterCode(page, userCode);
  await heading(page, 'Connect Basic Memory CLI?');
  assert.equal(await page.locator('.code').innerText(), userCode);
  assert.equal(login.running.hasEnded, false);
  await press(page, 'Approve');
  await heading(page, 'You are connected');
  await assertSignedIn(login, 'alice');
});

test('the person who signs in at the page is the one whose session the terminal gets', async () => {
  const login = await startLogin({ settings: { subscription: { bob: 'active' } } });
  const { page, uri, userCode } = login;
  await page.goto(uri);
  await enterCode(page, userCode);
  await page.getByRole('radio', { name: 'Bob Example' }).check();
  await press(page, 'Approve');
  await page.getByText('signed in as Bob Example').waitFor();
  await assertSignedIn(login, 'bob');
});

test('the address with the code in it shows the code for comparing and approves nothing by itself', async () => {
  const login = await startLogin();
  const { page, pageWithCode, uri, userCode, rig } = login;
  assert.equal(pageWithCode, `${uri}?user_code=${userCode}`);
  await page.goto(pageWithCode);
  await heading(page, 'Connect Basic Memory CLI?');
  assert.equal(await page.locator('.code').innerText(), userCode);
  await page.getByText('Only continue if you started this').waitFor();
  await page.keyboard.press('Enter'); // nothing has the focus: a stray key approves nothing either
  await page.reload();
  await heading(page, 'Connect Basic Memory CLI?');
  const seen = (await rig.log()).at(-1)?.seq ?? 0;
  const poll = await rig.until(
    ({ path, seq, finished }) => path === '/oauth2/token' && seq > seen && finished,
  );
  assert.equal(poll.outcome, 'oauth_error:authorization_pending');
  await press(page, 'Approve');
  await heading(page, 'You are connected');
  await assertSignedIn(login, 'alice');
});

test('a denial ends the login with access_denied and stores nothing', async () => {
  const { page, uri, userCode, running, terminal } = await startLogin();
  await page.goto(uri);
  await enterCode(page, userCode);
  await press(page, 'Deny');
  await heading(page, 'You denied the request');
  const { status, err } = await running.ended;
  assert.equal(status, 1);
  assert.match(err, /^bmauth: access_denied: /m);
  assert.equal(terminal.session(), undefined);
});

test('a wrong code is told on the page; the login goes on and can still be approved', async () => {
  const login = await startLogin();
  const { page, uri, userCode } = login;
  await page.goto(uri);
  await enterCode(page, 'ZZZZ-ZZZZ');
  await page.getByRole('alert').getByText('This code is not known').waitFor();
  const field = page.getByRole('textbox', { name: 'Code' });
  assert.equal(await field.inputValue(), 'ZZZZ-ZZZZ');
  assert.equal(await field.getAttribute('aria-invalid'), 'true');
  assert.equal(login.running.hasEnded, false);
  await enterCode(page, userCode.toLowerCase().replace('-', ' '));
  await press(page, 'Approve');
  await heading(page, 'You are connected');
  await assertSignedIn(login, 'alice');
});

test('a code that has expired is told on the page, and in the terminal', async () => {
  const { page, uri, userCode, running, terminal } = await startLogin({
    settings: { device_code_ttl_s: 0.2 },
  });
  const expired = pause(200); // the client is told 1 s and gives up later still
  const { status, err } = await running.ended;
  assert.equal(status, 1);
  assert.match(err, /^bmauth: expired_token: /m);
  await expired;
  await page.goto(uri);
  await enterCode(page, userCode);
  await page.getByRole('alert').getByText('This code has expired').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Code' }).inputValue(), '');
  assert.equal(terminal.session(), undefined);
});

test('a code that expires while its page is open cannot be approved any more', async () => {
  const { page, pageWithCode, running, terminal } = await startLogin({
    settings: { device_code_ttl_s: 2.5 },
  });
  await page.goto(pageWithCode);
  await heading(page, 'Connect Basic Memory CLI?');
  assert.equal((await running.ended).status, 1);
  await press(page, 'Approve');
  await page.getByRole('alert').getByText('This code has expired').waitFor();
  assert.equal(terminal.session(), undefined);
});

test('two clicks on Approve are one approval, and going back afterwards is told', async () => {
  const login = await startLogin();
  const { page, pageWithCode } = login;
  await page.goto(pageWithCode);
  await page.getByRole('button', { name: 'Approve' }).dblclick();
  await heading(page, 'You are connected');
  await page.goBack();
  await page.getByRole('alert').getByText('This code was used already').waitFor();
  await assertSignedIn(login, 'alice');
});

test('a browser without JavaScript is enough', async () => {
  const login = await startLogin({ tabOptions: { javaScriptEnabled: false } });
  const { page, uri, userCode } = login;
  await page.goto(uri);
  await enterCode(page, userCode);
  await press(page, 'Approve');
  await heading(page, 'You are connected');
  await assertSignedIn(login, 'alice');
});
