// The pages that a person sees, as text: no script, nothing from outside. verification.mjs decides
// which one is shown.

import { PEOPLE } from './people.mjs';

/** @type {Record<string, string>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {string} text */
export const escapeHtml = (text) => text.replace(/[&<>"']/g, (character) => ENTITIES[character]);

/** Headers of every page. */
export const PAGE_HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** What a scope lets the application do, in words. */
const SCOPE_WORDS = /** @type {Record<string, string>} */ ({
  openid: 'know which account is yours',
  profile: 'see your name',
  email: 'see your email address',
  offline_access: 'stay signed in until you sign out',
});

const STYLE = `
:root { color-scheme: light dark; --back: #f4f5f7; --card: #fff; --text: #1c2330; --quiet: #566072;
  --line: #8a93a3; --soft: #e4e7ec; --accent: #1f5fbf; --on-accent: #fff; --bad: #a8231b; --bad-back: #fdeceb; }
@media (prefers-color-scheme: dark) { :root { --back: #14171c; --card: #1d2229; --text: #e8ebf0; --quiet: #a6afbd;
  --line: #77808f; --soft: #343b46; --accent: #8ab4f8; --on-accent: #10233f; --bad: #ffb4ab; --bad-back: #3b1d1b; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem 1rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 0 auto; padding: 1.5rem; background: var(--card);
  border: 1px solid var(--soft); border-radius: .75rem; }
h1 { margin: 0 0 .75rem; font-size: 1.375rem; line-height: 1.25; }
p, ul, fieldset { margin: 0 0 1rem; }
ul { padding-left: 1.25rem; }
label { display: block; }
.label { margin-bottom: .25rem; font-weight: 600; }
.quiet { color: var(--quiet); font-size: .875rem; }
.code, input[type=text] { font: 600 1.5rem/1.4 ui-monospace, monospace; letter-spacing: .08em; }
.code { display: block; padding: .5rem; border-radius: .5rem; background: var(--back); text-align: center; }
input[type=text] { width: 100%; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card); color: var(--text); text-transform: uppercase; }
input[type=radio] { width: 1.125rem; height: 1.125rem; margin: 0; flex: none; accent-color: var(--accent); }
fieldset { padding: .25rem .75rem; border: 1px solid var(--soft); border-radius: .5rem; }
legend { padding: 0 .25rem; font-weight: 600; }
.person { display: flex; gap: .625rem; align-items: center; padding: .375rem 0; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
button { flex: 1 1 8rem; min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--line);
  border-radius: .5rem; background: var(--card); color: var(--text); font: inherit; font-weight: 600; cursor: pointer; }
button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alert { padding: .625rem .75rem; border-left: 4px solid var(--bad); background: var(--bad-back); color: var(--bad); }
footer { max-width: 26rem; margin: 1rem auto 0; text-align: center; }
`;

/**
 * @param {{id: string, title: string, body: string}} page the id tells pages apart for a program
 */
const page = ({ id, title, body }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body data-page="${id}">
<main>
<h1>${title}</h1>
${body}
</main>
<footer class="quiet">Test server of bmauth. Nobody here is real, and no password is asked for.</footer>
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
    body: `${alert(problem)}<form method="post" action="/device" novalidate>
<input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}">
<p><label class="label" for="user_code">Code</label>
<input type="text" id="user_code" name="user_code" value="${escapeHtml(userCode)}" maxlength="40" autofocus
 autocomplete="off" autocapitalize="characters" spellcheck="false"
 aria-describedby="${problem ? 'problem ' : ''}hint"${problem ? ' aria-invalid="true"' : ''}></p>
<p class="quiet" id="hint">Type the code that your terminal shows. Only continue if you started this.</p>
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
  const wishes = scope
    .split(' ')
    .filter(Boolean)
    .map((word) => `<li>${escapeHtml(SCOPE_WORDS[word] ?? word)}</li>`);
  const people = Object.entries(PEOPLE).map(
    ([login, person], index) =>
      `<label class="person"><input type="radio" name="login" value="${login}"${
        index === 0 ? ' checked' : ''
      }><span>${person.name}<br><span class="quiet">${person.email}, ${person.hint}</span></span></label>`,
  );
  const from = userAgent ? `<p class="quiet">Asked by: ${escapeHtml(userAgent)}</p>\n` : '';
  return page({
    id: 'confirm',
    title: `Connect ${escapeHtml(application)}?`,
    body: `${alert(problem)}<p>Compare this code with the one in your terminal:
<strong class="code">${escapeHtml(userCode)}</strong></p>
<p><strong>Only continue if you started this.</strong> Somebody who sent you here or gave you a code would
get into your account.</p>
<p class="label">${escapeHtml(application)} wants to:</p>
<ul>${wishes.join('')}</ul>
${from}<form method="post" action="/device">
<input type="hidden" name="xsrf" value="${escapeHtml(xsrf)}">
<input type="hidden" name="user_code" value="${escapeHtml(userCode)}">
<fieldset><legend>Sign in as</legend>
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
    body: `<p role="status">${escapeHtml(application)} is signed in as ${escapeHtml(PEOPLE[login]?.name ?? login)}.
Close this page and go back to your terminal.</p>`,
  });

export const deniedPage = () =>
  page({
    id: 'denied',
    title: 'You denied the request',
    body: `<p role="status">Nothing was connected. You may close this page.</p>`,
  });
