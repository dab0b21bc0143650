import assert from 'node:assert/strict';
import { test } from 'node:test';

import { CLIENT_ID, SCOPES } from '../../emulator/src/provider.mjs';
import { pause, Rig } from '../../emulator/test/support.mjs';
import { screenshotFile } from '../src/build.mjs';
import { startChromium } from '../src/chromium.mjs';
import { contrastsOf } from '../src/seen.mjs';
import { enterCode, heading, openTab, press } from '../src/visit.mjs';

/** @typedef {import('playwright-core').Page} Page */

const browser = await startChromium();
const WIDTHS = { desktop: { width: 1280, height: 800 }, 320: { width: 320, height: 640 } };
const MIN_TARGET_PX = 44; // what a thumb hits

/**
 * A device that asks; nobody will poll for it.
 *
 * @param {Rig} rig
 * @param {string} [userAgent]
 * @returns {Promise<{user_code: string, verification_uri_complete: string}>}
 */
async function deviceAsks(rig, userAgent = 'bmauth/0.1.0 (linux; c++/20)') {
  const { body } = await rig.fetch('/oauth2/device_authorization', {
    method: 'POST',
    headers: { 'user-agent': userAgent },
    body: new URLSearchParams({
      client_id: CLIENT_ID,
      scope: SCOPES.join(' '),
      code_challenge: 'A'.repeat(43),
      code_challenge_method: 'S256',
    }),
  });
  return body;
}

/**
 * How to come to each page, and its heading.
 *
 * @type {Record<string, {title: string, reach: (page: Page, rig: Rig) => Promise<unknown>}>}
 */
const PAGES = {
  enter_code: {
    title: 'Connect a device',
    reach: (page, rig) => page.goto(`${rig.issuer}/device`),
  },
  unknown_code: {
    title: 'Connect a device',
    reach: (page, rig) => page.goto(`${rig.issuer}/device?user_code=ZZZZ-ZZZZ`),
  },
  expired_code: {
    title: 'Connect a device',
    reach: async (page, rig) => {
      await rig.set({ device_code_ttl_s: 0.001 });
      const { verification_uri_complete } = await deviceAsks(rig);
      await pause(5);
      await page.goto(verification_uri_complete);
    },
  },
  confirm: {
    title: 'Connect Basic Memory CLI?',
    reach: async (page, rig) => {
      const { user_code } = await deviceAsks(rig);
      await page.goto(`${rig.issuer}/device`);
      await enterCode(page, user_code);
    },
  },
  nobody_chosen: {
    title: 'Connect Basic Memory CLI?',
    reach: async (page, rig) => {
      await page.goto((await deviceAsks(rig)).verification_uri_complete);
      await page.getByRole('radio', { checked: true }).evaluate((radio) => radio.remove());
      await press(page, 'Approve');
      await page.getByRole('alert').waitFor();
    },
  },
  approved: {
    title: 'You are connected',
    reach: async (page, rig) => {
      await page.goto((await deviceAsks(rig)).verification_uri_complete);
      await press(page, 'Approve');
    },
  },
  denied: {
    title: 'You denied the request',
    reach: async (page, rig) => {
      await page.goto((await deviceAsks(rig)).verification_uri_complete);
      await press(page, 'Deny');
    },
  },
  not_found: {
    title: 'There is no such page',
    reach: (page, rig) => page.goto(`${rig.issuer}/devise`),
  },
  error: {
    title: 'This did not work',
    reach: (page, rig) => page.goto(`${rig.issuer}/oauth2/authorize`),
  },
};

for (const [name, { title, reach }] of Object.entries(PAGES)) {
  test(`${name}: reads well at 320 px and on a desktop, light and dark`, async () => {
    const rig = await Rig.start();
    const page = await openTab(browser, [rig.issuer]);
    await reach(page, rig);
    await heading(page, title);
    for (const [width, size] of Object.entries(WIDTHS)) {
      await page.setViewportSize(size);
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({
          path: screenshotFile(`${name}-${width}-${colorScheme}`),
          fullPage: true,
        });
        const contrasts = await contrastsOf(page);
        assert.ok(contrasts.length >= 4, 'texts were not found');
        for (const { what, ratio, wanted } of contrasts) {
          assert.ok(ratio >= wanted, `${colorScheme}: ${what}: ${ratio.toFixed(2)} < ${wanted}`);
        }
      }
      await assertNoSidewaysScroll(page, size.width);
    }
    await assertEasyToHit(page);
    await assertReadAloudWell(page, title);
  });
}

/**
 * @param {Page} page
 * @param {number} width
 */
async function assertNoSidewaysScroll(page, width) {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
}

/** @param {Page} page */
async function assertEasyToHit(page) {
  for (const target of await page.locator('button, label.person, input[type=text]').all()) {
    const box = await target.boundingBox();
    assert.ok(
      box && box.height >= MIN_TARGET_PX && box.width >= MIN_TARGET_PX,
      await target.innerText(),
    );
  }
}

/**
 * Language, titles, headings in order and a name for every field.
 *
 * @param {Page} page
 * @param {string} title
 */
async function assertReadAloudWell(page, title) {
  const facts = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    headings: [...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => tagName),
    unnamed: [...document.querySelectorAll('input:not([type=hidden])')]
      .filter((field) => !(/** @type {HTMLInputElement} */ (field).labels?.[0]?.innerText.trim()))
      .map(({ outerHTML }) => outerHTML),
    dangling: [...document.querySelectorAll('[aria-describedby]')]
      .flatMap((element) => (element.getAttribute('aria-describedby') ?? '').split(' '))
      .filter((id) => !document.getElementById(id)?.innerText.trim()),
    scripts: document.scripts.length,
  }));
  assert.equal(facts.lang, 'en');
  assert.equal(facts.headings[0], 'H1');
  assert.ok(facts.headings.slice(1).every((tag) => tag === 'H2'));
  assert.deepEqual(facts.unnamed, []);
  assert.deepEqual(facts.dangling, []);
  assert.equal(facts.scripts, 0);
  const isProblem = (await page.getByRole('alert').count()) > 0;
  const wanted = `${isProblem ? 'Error: ' : ''}${title} - bmauth test cloud`;
  assert.equal(await page.title(), wanted); // the tab says it before the page is read
}

test('the page says which application asks, and for what', async () => {
  const rig = await Rig.start();
  const { user_code, verification_uri_complete } = await deviceAsks(rig);
  const page = await openTab(browser, [rig.issuer]);
  await page.goto(verification_uri_complete);
  const wishes = await page.getByRole('listitem').allInnerTexts();
  assert.deepEqual(wishes, [
    'know which account is yours',
    'see your name',
    'see your email address',
    'stay signed in until you sign out',
  ]);
  // As a screen reader tells it: who asks, the code, the warning and the wishes, before any choice.
  const told = await page.locator('main').ariaSnapshot();
  const wanted = [
    'heading "Connect Basic Memory CLI?"',
    'heading "Is this the code in your terminal?"',
    user_code,
    'Only continue if you started this.',
    'heading "Basic Memory CLI wants to"',
    'listitem: see your email address',
    'The device calls itself “bmauth/0.1.0 (linux; c++/20)”',
    'group "Sign in as"',
    'radio "Alice Example alice@example.test',
    'button "Approve"',
    'button "Deny"',
  ];
  const inOrder = [...wanted].sort((one, other) => told.indexOf(one) - told.indexOf(other));
  assert.deepEqual(inOrder, wanted);
  assert.deepEqual(
    wanted.filter((words) => !told.includes(words)),
    [],
  );
});

test('a device can neither break the page nor fill it with its words', async () => {
  const rig = await Rig.start();
  const userAgent = `<h1>Trust-me</h1>${'W'.repeat(4000)}`;
  const { verification_uri_complete } = await deviceAsks(rig, userAgent);
  const page = await openTab(browser, [rig.issuer], { viewport: WIDTHS[320] });
  await page.goto(verification_uri_complete);
  await heading(page, 'Connect Basic Memory CLI?');
  assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1);
  await assertNoSidewaysScroll(page, 320);
  const words = await page.getByText('The device calls itself').innerText();
  assert.ok(words.length < 140, words);
});

test('a long code that was typed stays inside of the page', async () => {
  const rig = await Rig.start();
  const page = await openTab(browser, [rig.issuer], { viewport: WIDTHS[320] });
  await page.goto(`${rig.issuer}/device?user_code=${'W'.repeat(300)}`);
  await page.getByRole('alert').waitFor();
  await assertNoSidewaysScroll(page, 320);
});
