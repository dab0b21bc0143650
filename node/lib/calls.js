'use strict';

// What every call shares: its options, its signal, its waits.

const native = require('../native/bmauth.node');

/** A mistake in an argument, with the code that the addon's own ones have. */
function mistake(ErrorClass, message) {
  return Object.assign(new ErrorClass(message), { code: 'invalid_argument' });
}

/** The options of one call; unknown ones are mistakes. */
function checkOptions(options, names) {
  if (options === undefined) return {};
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    throw mistake(TypeError, 'options must be an object');
  }
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) throw mistake(TypeError, `unknown option ${name}`);
  }
  const { signal } = options;
  if (signal !== undefined && typeof signal?.addEventListener !== 'function') {
    throw mistake(TypeError, 'signal must be an AbortSignal');
  }
  return options;
}

function checkMs(value, name) {
  if (typeof value !== 'number') throw mistake(TypeError, `${name} must be a number`);
  if (!Number.isSafeInteger(value) || value < 0) {
    throw mistake(RangeError, `${name} must be a whole number of milliseconds, 0 or more`);
  }
}

function throwIfAborted(signal) {
  if (signal?.aborted) throw signal.reason;
}

/**
 * Runs `start` with a cancel that the signal triggers. An abort rejects at once, as fetch does,
 * with the signal's reason; the call itself comes to its end later, and a refresh that was sent is
 * finished and stored.
 */
async function run(signal, start) {
  if (signal === undefined) return start();
  throwIfAborted(signal);
  const cancel = new (native('Cancel'))();
  let onAbort;
  const aborted = new Promise((_, reject) => {
    onAbort = () => {
      cancel.trigger();
      reject(signal.reason);
    };
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([start(cancel), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function delay(ms, signal) {
  return new Promise((resolve, reject) => {
    throwIfAborted(signal);
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

module.exports = { checkMs, checkOptions, delay, mistake, run, throwIfAborted };
