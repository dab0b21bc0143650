// One person's visit: a fresh browser session with one tab, and a record of all that the tab asked for.

import assert from 'node:assert/strict';
import { after } from 'node:test';

/** @typedef {import('playwright-core').Page} Page */

const TIMEOUT_MS = 20_000; // a hang is a failure, and soon

/**
 * Opens an empty tab. When the test ends, every request of it must have gone to one of the origins.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string[]} origins
 * @param {import('playwright-core').BrowserContextOptions} [options]
 * @returns {Promise<Page>}
 */
export async function openTab(browser, origins, options) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(TIMEOUT_MS);
  /** @type {string[]} */
  const requested = [];
  context.on('request', (request) => requested.push(request.url()));
  after(async () => {
    await context.close();
    assert.ok(requested.length > 0, 'the page was never opened');
    const outside = requested.filter((url) => !origins.includes(new URL(url).origin));
    assert.deepEqual(outside, [], 'requests to the outside');
  });
  return context.newPage();
}

/**
 * Types a code on the first page, as a person who was told only the address of the page.
 *
 * @param {Page} page
 * @param {string} userCode
 */
export async function enterCode(page, userCode) {
  await page.getByRole('textbox', { name: 'Code' }).fill(userCode);
  await page.getByRole('button', { name: 'Continue' }).click();
}

/**
 * @param {Page} page
 * @param {'Approve' | 'Deny'} name
 */
export const press = (page, name) => page.getByRole('button', { name }).click();

/**
 * Waits for the page with this heading; a locator waits, so that no test sleeps.
 *
 * @param {Page} page
 * @param {string} name
 */
export const heading = (page, name) => page.getByRole('heading', { name, level: 1 }).waitFor();
