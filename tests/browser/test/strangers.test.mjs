import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';

import { Rig } from '../../emulator/test/support.mjs';
import { startChromium } from '../src/chromium.mjs';
import { heading, openTab } from '../src/visit.mjs';

const browser = await startChromium();

/**
 * A site of somebody else: another host name, so that the browser keeps the cookies apart.
 *
 * @param {string} html
 */
async function startStranger(html) {
  const server = createServer((_req, res) => {
    res.setHeader('content-type', 'text/html');
    res.end(`<!doctype html><title>Somebody else</title>${html}`);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  return `http://localhost:${port}`;
}

test('no other site can show the page in a frame', async () => {
  const rig = await Rig.start();
  const { verification_uri_complete: address } = await rig.startLogin();
  const stranger = await startStranger(`<iframe src="${address}"></iframe>`);
  const page = await openTab(browser, [rig.issuer, stranger]);
  const refused = page.waitForEvent('console', (line) => /frame-ancestors/.test(line.text()));
  await page.goto(stranger);
  await refused;
  await page.frames()[1].waitForURL('chrome-error://chromewebdata/');
});

test('a form on another site approves nothing, whoever visited the page before', async () => {
  const rig = await Rig.start();
  const login = await rig.startLogin();
  const field = (/** @type {string} */ name, /** @type {string} */ value) =>
    `<input type="hidden" name="${name}" value="${value}">`;
  const stranger = await startStranger(
    `<form method="post" action="${rig.issuer}/device">${field('user_code', login.user_code)}` +
      `${field('confirm', 'yes')}${field('login', 'alice')}<button>Win a prize</button></form>`,
  );
  const page = await openTab(browser, [rig.issuer, stranger]);
  await page.goto(`${rig.issuer}/device`);
  await page.goto(stranger);
  await page.getByRole('button').click();
  await heading(page, 'Connect Basic Memory CLI?'); // asked, as by any other link
  assert.equal((await rig.poll(login)).body.error, 'authorization_pending');
});

test('what somebody smuggles into the page neither runs nor loads', async () => {
  const rig = await Rig.start();
  const page = await openTab(browser, [rig.issuer, 'https://outside.example']);
  /** @type {(string | undefined)[]} */
  const failures = [];
  page.on('requestfailed', (request) => failures.push(request.failure()?.errorText));
  await page.goto(`${rig.issuer}/device`);
  const seen = await page.evaluate(async () => {
    /** @type {Set<string>} */
    const directives = new Set();
    const done = new Promise((resolve) => {
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        if (directives.add(effectiveDirective).size === 6) resolve(undefined);
      });
    });
    const outside = 'https://outside.example/x';
    const add = (/** @type {string} */ tag, /** @type {Record<string, string>} */ members) =>
      document.body.append(Object.assign(document.createElement(tag), members));
    add('img', { src: outside });
    add('script', { textContent: 'document.title = "taken over"' });
    add('style', { textContent: 'main { display: none }' });
    add('iframe', { src: outside });
    add('form', { method: 'post', action: outside });
    document.body.setAttribute('style', 'display: none');
    /** @type {HTMLFormElement} */ (document.body.lastElementChild).submit();
    await done;
    return {
      refused: [...directives].sort(),
      title: document.title,
      isShown: document.querySelector('main')?.checkVisibility(),
    };
  });
  assert.deepEqual(seen.refused, [
    'form-action',
    'frame-src',
    'img-src',
    'script-src-elem',
    'style-src-attr',
    'style-src-elem',
  ]);
  assert.equal(seen.title, 'Connect a device - bmauth test cloud');
  assert.equal(seen.isShown, true);
  assert.deepEqual([...new Set(failures)], ['csp']); // stopped before it left
});
