// How the pages look: the system's fonts, light and dark, one column from 320 px on.

export const STYLE = `
:root { color-scheme: light dark; --back: #f3f4f7; --card: #fff; --text: #1b2230; --quiet: #545e70;
  --line: #7f8898; --soft: #dfe3ea; --accent: #1d5cb8; --on-accent: #fff; --bad: #a3211a; --bad-back: #fdecea;
  --note: #5a3b00; --note-line: #b06a00; --note-back: #fff3d9; --good: #1c6b3c; }
@media (prefers-color-scheme: dark) { :root { --back: #12151a; --card: #1c2128; --text: #e8ebf0; --quiet: #a7b0be;
  --line: #7d8695; --soft: #343b46; --accent: #8ab4f8; --on-accent: #0f2140; --bad: #ffb4ab; --bad-back: #3b1d1b;
  --note: #ffdc9a; --note-line: #d99a2b; --note-back: #33280f; --good: #7fd69f; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.5rem 1rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 29rem; margin: 0 auto; }
header { margin-bottom: .75rem; font-weight: 600; }
main { padding: 1.5rem; background: var(--card); border: 1px solid var(--soft); border-radius: .75rem; }
footer { margin-top: .75rem; }
@media (max-width: 24rem) { body { padding: 1rem .75rem; } main { padding: 1.25rem 1rem; } }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.25; }
h2, legend, .label { margin: 0 0 .375rem; font-size: 1rem; font-weight: 600; }
p, ul, fieldset { margin: 0 0 1rem; }
main > :last-child { margin-bottom: 0; }
ul { padding-left: 1.25rem; }
label { display: block; }
a { color: var(--accent); }
.quiet { color: var(--quiet); font-size: .875rem; }
.code, input[type=text] { font: 600 1.5rem/1.4 ui-monospace, monospace; letter-spacing: .08em; }
.code { padding: .5rem; border: 1px dashed var(--line); border-radius: .5rem; background: var(--back);
  text-align: center; }
input[type=text] { width: 100%; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--card); color: var(--text); text-transform: uppercase; }
input[aria-invalid] { border: 2px solid var(--bad); }
input[type=radio] { width: 1.25rem; height: 1.25rem; margin: 0; flex: none; accent-color: var(--accent); }
fieldset { min-width: 0; padding: .25rem .75rem; border: 1px solid var(--line); border-radius: .5rem; }
legend { padding: 0 .25rem; }
.person { display: flex; gap: .75rem; align-items: center; padding: .375rem 0; line-height: 1.4; cursor: pointer; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; }
button { flex: 1 1 8rem; min-height: 2.75rem; padding: .5rem 1rem; border: 1px solid var(--line);
  border-radius: .5rem; background: var(--card); color: var(--text); font: inherit; font-weight: 600; cursor: pointer; }
button.main { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button:hover { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.alert, .note { padding: .625rem .75rem; border-left: 4px solid; border-radius: .25rem; }
.alert { border-color: var(--bad); background: var(--bad-back); color: var(--bad); }
.note { border-color: var(--note-line); background: var(--note-back); color: var(--note); }
.good { color: var(--good); }
`;
