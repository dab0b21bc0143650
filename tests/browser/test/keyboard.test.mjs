import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Rig } from '../../emulator/test/support.mjs';
import { startChromium } from '../src/chromium.mjs';
import { Terminal } from '../src/command.mjs';
import { focusOf } from '../src/seen.mjs';
import { heading, openTab } from '../src/visit.mjs';

/** @typedef {import('playwright-core').Page} Page */

const browser = await startChromium();
const NARROW = { width: 320, height: 568 };

/**
 * Presses Tab until nothing more on the page has the focus.
 *
 * @param {Page} page
 */
async function walk(page) {
  const stops = [];
  for (let stop = await focusOf(page); stop; stop = await focusOf(page)) {
    stops.push(stop);
    await page.keyboard.press('Tab');
  }
  return stops;
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function assertFocused(page, name) {
  assert.equal((await focusOf(page))?.name.split('\n')[0], name);
}

test('by keys alone: type the code, choose who to be, approve', async () => {
  const rig = await Rig.start({ interval_s: 1, subscription: { bob: 'active' } });
  const login = await new Terminal(rig.issuer).login();
  const page = await openTab(browser, [rig.issuer]);
  const { keyboard } = page;
  await page.goto(login.page);
  await assertFocused(page, 'Code'); // ready to type
  await keyboard.type(login.userCode);
  await keyboard.press('Enter');
  await heading(page, 'Connect Basic Memory CLI?');
  await keyboard.press('Tab');
  await assertFocused(page, 'Alice Example');
  await keyboard.press('ArrowDown');
  await assertFocused(page, 'Bob Example');
  await keyboard.press('Tab');
  await assertFocused(page, 'Approve');
  await keyboard.press('Enter');
  await page.getByText('signed in as Bob Example').waitFor();
  const { status, err } = await login.running.ended;
  assert.equal(status, 0, err);
  assert.match(err, /Signed in as bob@example\.test/);
});

test('by keys alone: deny', async () => {
  const rig = await Rig.start({ interval_s: 1 });
  const login = await new Terminal(rig.issuer).login();
  const page = await openTab(browser, [rig.issuer]);
  const { keyboard } = page;
  await page.goto(login.pageWithCode);
  for (const name of ['Alice Example', 'Approve', 'Deny']) {
    await keyboard.press('Tab');
    await assertFocused(page, name);
  }
  await keyboard.press('Space');
  await heading(page, 'You denied the request');
  assert.equal((await login.running.ended).status, 1);
});

test('by keys alone: correct a wrong code', async () => {
  const rig = await Rig.start();
  const { user_code } = await rig.startLogin();
  const page = await openTab(browser, [rig.issuer]);
  const { keyboard } = page;
  await page.goto(`${rig.issuer}/device`);
  await keyboard.type('ZZZZ-ZZZZ');
  await keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await assertFocused(page, 'Code');
  await keyboard.press('Control+A');
  await keyboard.type(user_code);
  await keyboard.press('Tab');
  await assertFocused(page, 'Continue');
  await keyboard.press('Enter');
  await heading(page, 'Connect Basic Memory CLI?');
});

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`the focus goes from top to bottom, is seen and in view (${colorScheme}, 320 px)`, async () => {
    const rig = await Rig.start();
    const { user_code } = await rig.startLogin();
    const page = await openTab(browser, [rig.issuer], { colorScheme, viewport: NARROW });
    /** @type {[string, string[]][]} */
    const pages = [
      ['/device', ['Code', 'Continue']],
      [`/device?user_code=${user_code}`, ['Alice Example', 'Approve', 'Deny']],
      ['/nowhere', ['Type a code']],
    ];
    for (const [path, wanted] of pages) {
      await page.goto(`${rig.issuer}${path}`);
      if (!(await focusOf(page))) await page.keyboard.press('Tab');
      const stops = await walk(page);
      assert.deepEqual(
        stops.map(({ name }) => name.split('\n')[0]),
        wanted,
      );
      for (const { name, isMarked, isInView } of stops) {
        assert.ok(isMarked, `the focus on ${name} is not seen`);
        assert.ok(isInView, `${name} has the focus outside of the window`);
      }
    }
  });
}
