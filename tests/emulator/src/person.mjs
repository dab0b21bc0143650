// A person at the verification pages, over HTTP: own cookies, the pages' own forms, every redirect.
// There is no shortcut into the server, so that a broken page is seen by every test that logs in.

import http from 'node:http';
import https from 'node:https';

import { PERSON_HEADER } from './server.mjs';

/**
 * @typedef {object} Step
 * @property {string} method
 * @property {string} path
 * @property {number} status
 */

/** @typedef {{status: number, url: URL, html: string}} Page */
/** @typedef {{action: string, fields: Array<[string, string]>, logins: string[], buttons: Array<[string, string]>}} Form */

const MAX_REDIRECTS = 10;

/** @type {Record<string, string>} */
const CHARACTERS = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** @param {string} html */
const unescapeHtml = (html) => html.replace(/&(#?\w+);/g, (all, name) => CHARACTERS[name] ?? all);

/**
 * @param {string} tag
 * @param {string} name
 */
function attribute(tag, name) {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : unescapeHtml(value);
}

/** @param {string} html */
export const visibleText = (html) =>
  unescapeHtml(
    html
      .replace(/<head>[\s\S]*<\/head>/, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' '),
  ).trim();

/** @param {string} html */
export const pageId = (html) => attribute(/<body[^>]*>/.exec(html)?.[0] ?? '', 'data-page');

/**
 * @param {string} html
 * @returns {Form | undefined} what the first form would send, apart from choices
 */
function formIn(html) {
  const form = /(<form[^>]*>)([\s\S]*?)<\/form>/.exec(html);
  if (!form) return undefined;
  const inputs = form[2].match(/<input[^>]*>/g) ?? [];
  const isRadio = (/** @type {string} */ tag) => attribute(tag, 'type') === 'radio';
  const pair = (/** @type {string} */ tag) =>
    /** @type {[string, string]} */ ([attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? '']);
  return {
    action: attribute(form[1], 'action') ?? '',
    fields: inputs.filter((tag) => !isRadio(tag)).map(pair),
    logins: inputs.filter(isRadio).map((tag) => pair(tag)[1]),
    buttons: (form[2].match(/<button[^>]*>/g) ?? []).map(pair),
  };
}

class Browser {
  /** @type {Map<string, {value: string, path: string}>} */
  #cookies = new Map();
  /** @type {Step[]} */
  steps = [];

  /** @param {string | undefined} ca */
  constructor(ca) {
    this.ca = ca;
  }

  /**
   * @param {string} method
   * @param {URL} url
   * @param {URLSearchParams} [form]
   * @returns {Promise<Page>} the page behind all redirects
   */
  async open(method, url, form) {
    let page = await this.#request(method, url, form);
    for (let hops = 0; page.location; hops++) {
      if (hops === MAX_REDIRECTS) throw new Error('too many redirects');
      page = await this.#request('GET', new URL(page.location, page.url), undefined);
    }
    return page;
  }

  /**
   * @param {string} method
   * @param {URL} url
   * @param {URLSearchParams | undefined} form
   * @returns {Promise<Page & {location: string | undefined}>}
   */
  #request(method, url, form) {
    const cookies = [...this.#cookies].filter(([, { path }]) => url.pathname.startsWith(path));
    const headers = {
      [PERSON_HEADER]: '1',
      'user-agent': 'emulator-person',
      accept: 'text/html',
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      ...(cookies.length > 0 && {
        cookie: cookies.map(([name, { value }]) => `${name}=${value}`).join('; '),
      }),
    };
    const { request } = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      const req = request(url, { method, headers, ca: this.ca, agent: false }, async (res) => {
        const status = res.statusCode ?? 0;
        this.steps.push({ method, path: url.pathname, status });
        for (const line of res.headers['set-cookie'] ?? []) this.#keep(line);
        const chunks = [];
        for await (const chunk of res) chunks.push(chunk);
        const html = Buffer.concat(chunks).toString();
        const location = status >= 300 && status < 400 ? res.headers.location : undefined;
        resolve({ status, url, html, location });
      });
      req.on('error', reject);
      req.end(form?.toString());
    });
  }

  /** @param {string} line a Set-Cookie header */
  #keep(line) {
    const [pair, ...attributes] = line.split(/; */);
    const at = pair.indexOf('=');
    const name = pair.slice(0, at);
    const value = pair.slice(at + 1);
    const path = attributes.find((word) => /^path=/i.test(word))?.slice('path='.length) ?? '/';
    if (value) this.#cookies.set(name, { value, path });
    else this.#cookies.delete(name);
  }
}

/**
 * Enters a code and approves or denies.
 *
 * @param {object} wish
 * @param {string} wish.verificationUri
 * @param {string} wish.userCode
 * @param {'approve' | 'deny'} wish.action
 * @param {string} wish.login
 * @param {string} [ca]
 * @returns {Promise<{ok: boolean, steps: Step[], text: string}>}
 */
export async function actAsPerson({ verificationUri, userCode, action, login }, ca) {
  const browser = new Browser(ca);
  const first = await browser.open('GET', new URL(verificationUri));
  const confirm = await submit(browser, first, (form) => {
    if (!form.fields.some(([name]) => name === 'user_code')) return 'the page asks for no code';
    form.fields = form.fields.map(([name, value]) => [
      name,
      name === 'user_code' ? userCode : value,
    ]);
    return undefined;
  });
  if (typeof confirm === 'string') return refused(browser, confirm);
  if (pageId(confirm.html) !== 'confirm') return refused(browser, visibleText(confirm.html));

  const last = await submit(browser, confirm, (form) => {
    const button = form.buttons.find(
      ([name]) => name === (action === 'approve' ? 'confirm' : 'abort'),
    );
    if (!button) return `the page has no button to ${action}`;
    if (!form.logins.includes(login)) return `the page does not offer to sign in as ${login}`;
    form.fields.push(['login', login], button);
    return undefined;
  });
  if (typeof last === 'string') return refused(browser, last);
  const ok = pageId(last.html) === (action === 'approve' ? 'approved' : 'denied');
  return { ok, steps: browser.steps, text: visibleText(last.html) };
}

/**
 * @param {Browser} browser
 * @param {string} text
 */
const refused = (browser, text) => ({ ok: false, steps: browser.steps, text });

/**
 * @param {Browser} browser
 * @param {Page} page
 * @param {(form: Form) => string | undefined} fill returns what keeps the person from going on
 * @returns {Promise<Page | string>}
 */
async function submit(browser, page, fill) {
  const form = formIn(page.html);
  if (!form) return `no form on the page: ${visibleText(page.html)}`;
  const obstacle = fill(form);
  if (obstacle) return obstacle;
  return browser.open('POST', new URL(form.action, page.url), new URLSearchParams(form.fields));
}
