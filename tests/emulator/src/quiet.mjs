// The authorization server library prints two warnings that are true and harmless here: it prefers a
// newer Node than the oldest that this package runs on, and it sees that the request body was read
// already (by us, so that the log has it). A start must print nothing that frightens; every other
// warning passes. Import this file before the library: one warning comes while it loads.

const HARMLESS = [
  /WARNING: Unsupported runtime\./,
  /WARNING: already parsed request body detected/,
];

const warn = console.warn.bind(console);

/** @param {unknown[]} words */
console.warn = (...words) => {
  if (!HARMLESS.some((pattern) => pattern.test(String(words[0])))) warn(...words);
};
