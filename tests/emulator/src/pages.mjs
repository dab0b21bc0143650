// The pages that a person sees, as text: no script, nothing from outside. verification.mjs decides
// which one is shown.

import { createHash } from 'node:crypto';

import { STYLE } from './page_style.mjs';
import { PEOPLE } from './people.mjs';

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {string} text */
export const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

const SERVER_NAME = 'bmauth test cloud';
const MAX_USER_AGENT_LENGTH = 100;

/** What a scope lets the application do, in words. */
const SCOPE_WORDS = /** @type {Record<string, string>} */ ({
  openid: 'know which account is yours',
  profile: 'see your name',
  email: 'see your email address',
  offline_access: 'stay signed in until you sign out',
});

const STYLE_DIGEST = createHash('sha256').update(STYLE).digest('base64');

/** Headers of every page. The digest lets in this style and none that somebody smuggles in. */
export const PAGE_HEADERS = {
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_DIGEST}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/**
 * @param {object} page
 * @param {string} page.id tells pages apart for a program
 * @param {string} page.title
 * @param {string} [page.problem] the tab says at once that something is wrong
 * @param {string} page.body as HTML
 */
const page = ({ id, title, problem, body }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${problem ? 'Error: ' : ''}${escapeHtml(title)} - ${SERVER_NAME}</title>
<style>${STYLE}</style>
</head>
<body data-page="${id}">
<header>${SERVER_NAME}</header>
<main>
<h1>${escapeHtml(title)}</h1>
${alert(problem)}${body}
</main>
<footer class="quiet">Made for tests: nobody here is real, and no password is asked for.</footer>
</body>
</html>
`;

/** @param {string | undefined} problem */
const alert = (problem) =>
  problem ? `<p class="alert" id="problem" role="alert">${escapeHtml(problem)}</p>\n` : '';

/**
 * @param {{xsrf: string, userCode?: string, problem?: string}} shown
 */
export const enterCodePage = ({ xsrf, userCode = '', problem }) =>
  page({
    id: 'enter_code',
    title: 'Connect a device',
    problem,
    body: `<form method="post" action="/device" novalidate>
<input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}">
<p><label class="label" for="user_code">Code</label>
<input type="text" id="user_code" name="user_code" value="${escapeHtml(userCode)}" maxlength="40" autofocus
 autocomplete="off" autocapitalize="characters" spellcheck="false"
 aria-describedby="${problem ? 'problem ' : ''}hint"${problem ? ' aria-invalid="true"' : ''}></p>
<p class="quiet" id="hint">Type the code that your terminal shows, like <strong>BCDF-GHJK</strong>.
Only continue if you started this.</p>
<div class="buttons"><button class="main">Continue</button></div>
</form>`,
  });

/**
 * @param {object} shown
 * @param {string} shown.xsrf
 * @param {string} shown.userCode as the terminal shows it
 * @param {string} shown.application
 * @param {string} shown.scope
 * @param {string} [shown.userAgent] of the device that asks
 * @param {string} [shown.problem]
 */
export function confirmPage({ xsrf, userCode, application, scope, userAgent, problem }) {
  const name = escapeHtml(application);
  const wishes = scope
    .split(' ')
    .filter(Boolean)
    .map((word) => (Object.hasOwn(SCOPE_WORDS, word) ? SCOPE_WORDS[word] : word))
    .map((words) => `<li>${escapeHtml(words)}</li>`);
  const people = Object.entries(PEOPLE).map(
    ([login, person], index) =>
      `<label class="person"><input type="radio" name="login" value="${login}"${
        index === 0 ? ' checked' : ''
      }><span>${person.name}<br><span class="quiet">${person.email}, ${person.hint}</span></span></label>`,
  );
  // Anybody can choose these words: they are marked as the device's, and short.
  const device = userAgent?.slice(0, MAX_USER_AGENT_LENGTH);
  const from = device
    ? `<p class="quiet">The device calls itself “${escapeHtml(device)}”.</p>\n`
    : '';
  return page({
    id: 'confirm',
    title: `Connect ${application}?`,
    problem,
    body: `<h2>Is this the code in your terminal?</h2>
<p class="code">${escapeHtml(userCode)}</p>
<p class="note"><strong>Only continue if you started this.</strong> Somebody else who sent you here or gave
you this code would get into your account.</p>
<h2>${name} wants to</h2>
<ul>${wishes.join('')}</ul>
${from}<form method="post" action="/device">
<input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}">
<input type="hidden" name="user_code" value="${escapeHtml(userCode)}">
<fieldset${problem ? ' aria-describedby="problem"' : ''}><legend>Sign in as</legend>
${people.join('\n')}
</fieldset>
<div class="buttons"><button class="main" name="confirm" value="yes">Approve</button>
<button name="abort" value="yes">Deny</button></div>
</form>`,
  });
}

/** @param {{application: string, login: string}} shown */
export const approvedPage = ({ application, login }) =>
  page({
    id: 'approved',
    title: 'You are connected',
    body: `<p role="status"><strong class="good">${escapeHtml(application)} is signed in as
${escapeHtml(PEOPLE[login]?.name ?? login)}.</strong></p>
<p>Close this page and go back to your terminal.</p>`,
  });

export const deniedPage = () =>
  page({
    id: 'denied',
    title: 'You denied the request',
    body: `<p role="status">Nothing was connected, and your terminal is told so. You may close this page.</p>`,
  });

/**
 * For an address that leads nowhere and for what went wrong where there is no form to go on with.
 *
 * @param {{title: string, problem: string}} shown
 */
export const errorPage = ({ title, problem }) =>
  page({
    id: 'error',
    title,
    problem,
    body: `<p><a href="/device">Type a code</a> to connect a device.</p>`,
  });
