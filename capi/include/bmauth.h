/* Generated from bindings/spec by bmauth_gen; do not edit. */
/*
 * bmauth 0.1.0
 *
 * Authentication for Basic Memory from C and from everything that can call C: log in with a device
 * code, keep the session fresh over all threads and processes, decide whether a project is local or
 * in the cloud, and get the headers for it.
 *
 * This header is the manual; read it from top to bottom. Its sections:
 *
 *   Version and generation  Which bmauth answers, and whether what it answered may be out of date.
 *   Codes                   What is known of a code without an error object: one row of the error
 *                           table each.
 *   Errors                  One failure: immutable, owned by whoever received it, free of secrets
 *                           and of control characters.
 *   Cancelling              A wish to stop, for calls that take one.
 *   Options                 What a program says in code.
 *   Clients                 The way in: settings resolved once, config files, the stored session
 *                           and the connections, shared by all threads of a process.
 *   Logins                  One login in progress.
 *   Tokens and headers      A credential chosen for one use, with the headers that carry it.
 *   Routes                  Where a project's requests go, and why.
 *   Reports                 A JSON document with look-ups, for answers with many members.
 *
 * 1. Calls.
 *    A function that can fail returns a bmauth_code, BMAUTH_OK or one BMAUTH_E_*, and takes its
 *    inputs first, then its outputs, then `bmauth_error **err`. No output may be NULL. On failure
 *    every output is set to NULL or 0. Strings are UTF-8 and end with NUL; inputs are copied before
 *    the call returns, unless said otherwise. Truth values are int: 1 for true, 0 for false; in
 *    what you give, every number but 0 is true. Counts, indexes and times are int64_t, and a name
 *    says its unit (_ms, _s, _unix_s, _count).
 *
 * 2. Errors.
 *    `err` may be NULL. If it is not, `*err` becomes NULL on success and an error of yours on
 *    failure, never NULL: it has the code, one line that says what happened, and the remedy. There
 *    is no thread-local last error. Every function that returns a code may also return
 *    BMAUTH_E_INVALID_ARGUMENT (a pointer that must not be NULL, or a value out of range),
 *    BMAUTH_E_OUT_OF_MEMORY and BMAUTH_E_INTERNAL; the lists at the functions leave these out.
 *
 * 3. Ownership, first rule: what you receive through an output is yours.
 *    Free it with bmauth_<type>_free. That takes NULL and does nothing then, as bmauth_client_close
 *    and bmauth_cancel_trigger do. Freeing twice is undefined.
 *
 * 4. Ownership, second rule: what a getter returns is borrowed.
 *    It lives until the object is freed and must not be changed or freed. Getters never fail: for
 *    NULL in place of the object they return NULL, 0, or the number that stands at the function for
 *    "unknown". What bmauth_version and bmauth_code_* return lives for ever.
 *
 * 5. Threads.
 *    Every function says who may call it. "Any thread": at any time, also while other calls use the
 *    same object. "One at a time": from any thread, but no other call may be using the object.
 *    Nothing may use an object that is being freed. bmauth starts no threads (libcurl's name
 *    resolver may) and a child after fork may use its parent's objects, but not its logins.
 *
 * 6. Blocking.
 *    "Does not wait": memory and small files only. "Network": may wait for requests, and for the
 *    session's lock, within the limits set by options. "Waits": for a person, until the login's
 *    limit. The latter two take a `bmauth_cancel`.
 *
 * 7. Secrets.
 *    Marked SECRET where they are returned: never log, print or store them. No error, report or
 *    reason contains one. What bmauth owns is wiped when it is freed.
 *
 * 8. Numbers.
 *    Codes and enumerations are int32_t with named constants, not C enums: the size of a C enum is
 *    the compiler's choice (-fshort-enums), and a number that a header does not know yet would be
 *    undefined behaviour in some languages. Expect unknown numbers: later versions append.
 *
 * A whole login:
 *
 *   bmauth_client *client = NULL;
 *   bmauth_login *login = NULL;
 *   bmauth_error *error = NULL;
 *   if (bmauth_client_new(NULL, &client, &error) == BMAUTH_OK &&
 *       bmauth_client_login_begin(client, 0, NULL, &login, &error) == BMAUTH_OK) {
 *     if (bmauth_login_user_code(login)) show(login);
 *     bmauth_login_wait(login, NULL, &error);
 *   }
 *   if (error) complain(bmauth_error_message(error), bmauth_error_remedy(error));
 *   bmauth_error_free(error);
 *   bmauth_login_free(login);
 *   bmauth_client_free(client);
 */
#ifndef BMAUTH_H
#define BMAUTH_H

#include <stdint.h>

#define BMAUTH_VERSION "0.1.0"
#define BMAUTH_VERSION_NUMBER 1000

#if defined(__GNUC__)
#define BMAUTH_API __attribute__((visibility("default")))
#else
#define BMAUTH_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Objects ------------------------------------------------------------------------------------
 * All are opaque; each has one function that frees it.
 */

/** What a program says in code, before environment and config files. One thread at a time. */
typedef struct bmauth_options bmauth_options;

/**
 * Settings, session and connections of one data directory. Locks inside: any thread may use it.
 */
typedef struct bmauth_client bmauth_client;

/** A login in progress (RFC 8628). One thread at a time. */
typedef struct bmauth_login bmauth_login;

/** A credential for one use, and the headers that carry it. Immutable: any thread may read it. */
typedef struct bmauth_token bmauth_token;

/** Where a project's requests go, and why. Immutable: any thread may read it. */
typedef struct bmauth_route bmauth_route;

/** A JSON document with look-ups. Immutable: any thread may read it. */
typedef struct bmauth_report bmauth_report;

/** A wish to stop, triggered from any thread. Locks inside: any thread may use it. */
typedef struct bmauth_cancel bmauth_cancel;

/** One failure. Immutable: any thread may read it. */
typedef struct bmauth_error bmauth_error;

/* ---- Code numbers -------------------------------------------------------------------------------
 * One row of the error table each; the remedies stand in docs/reference/errors.md and in
 * bmauth_code_remedy.
 */

/** BMAUTH_OK or one BMAUTH_E_*. Numbers are never reused; expect numbers that are not listed. */
typedef int32_t bmauth_code;

enum {
  /* Success. */
  BMAUTH_OK = 0,
  /* A value given in code, on the command line or in an environment variable cannot be used. */
  BMAUTH_E_INVALID_ARGUMENT = 1,
  /* A configuration file cannot be parsed or holds a value of the wrong kind, or no home
   * directory is known. */
  BMAUTH_E_CONFIG_INVALID = 2,
  /* config.yaml and config.json disagree about where a project's notes go. */
  BMAUTH_E_CONFIG_CONFLICT = 3,
  /* Local and cloud routing are both forced. */
  BMAUTH_E_CONFLICTING_ROUTING = 4,
  /* This process is constrained to another project than the one asked for. */
  BMAUTH_E_PROJECT_CONSTRAINED = 5,
  /* No configured project has this name. */
  BMAUTH_E_UNKNOWN_PROJECT = 6,
  /* The name fits more than one project or workspace. */
  BMAUTH_E_AMBIGUOUS = 7,
  /* The workspace is not a tenant id, and no id is known for its name. */
  BMAUTH_E_WORKSPACE_UNRESOLVED = 8,
  /* A credential is needed and none is stored or configured. */
  BMAUTH_E_NO_CREDENTIALS = 9,
  /* The API key does not have the form of one. */
  BMAUTH_E_INVALID_API_KEY = 10,
  /* The credential is bound to another issuer or host than the one it was about to be sent to. */
  BMAUTH_E_CREDENTIAL_NOT_FOR_ORIGIN = 11,
  /* The API does not accept the credential (HTTP 401). */
  BMAUTH_E_UNAUTHORIZED = 12,
  /* The account is known, but has no active subscription (HTTP 403). */
  BMAUTH_E_SUBSCRIPTION_REQUIRED = 13,
  /* The credential lacks the scope that this call needs (HTTP 403). */
  BMAUTH_E_INSUFFICIENT_SCOPE = 14,
  /* The credential is accepted, but may not do this (HTTP 403). */
  BMAUTH_E_FORBIDDEN = 15,
  /* The API key was made, but the server did not confirm the limits that were asked for. */
  BMAUTH_E_SCOPE_NOT_CONFIRMED = 16,
  /* The server does not offer this operation. */
  BMAUTH_E_UNSUPPORTED = 17,
  /* The thing asked for does not exist. */
  BMAUTH_E_NOT_FOUND = 18,
  /* The person declined the login (RFC 8628 section 3.5). */
  BMAUTH_E_ACCESS_DENIED = 19,
  /* The login's code expired before anybody approved it (RFC 8628 section 3.5). */
  BMAUTH_E_EXPIRED_TOKEN = 20,
  /* The session is over; the authorization server does not accept its refresh token any more. */
  BMAUTH_E_REAUTH_REQUIRED = 21,
  /* The authorization server refused the request with an OAuth error (RFC 6749 section 5.2). */
  BMAUTH_E_OAUTH_REJECTED = 22,
  /* Nobody approved the login within the time that the caller allowed. */
  BMAUTH_E_LOGIN_TIMEOUT = 23,
  /* The caller cancelled the operation. */
  BMAUTH_E_CANCELLED = 24,
  /* The server cannot be reached, or the connection broke (name lookup, refused, reset, cut
   * off). */
  BMAUTH_E_NETWORK = 25,
  /* No trusted TLS connection could be made, so nothing was sent. */
  BMAUTH_E_TLS = 26,
  /* The server did not answer in time. */
  BMAUTH_E_TIMEOUT = 27,
  /* The server asks for fewer requests (HTTP 429). */
  BMAUTH_E_RATE_LIMITED = 28,
  /* The server failed (HTTP 5xx). */
  BMAUTH_E_SERVER = 29,
  /* The server's answer is not what the protocol says (not the JSON that is needed, too large,
   * or a redirect). */
  BMAUTH_E_BAD_RESPONSE = 30,
  /* The URL would send a credential in the clear. */
  BMAUTH_E_INSECURE_URL = 31,
  /* A file or directory could not be read or written. */
  BMAUTH_E_STORE_IO = 32,
  /* A file or directory is not safely yours, or its modes forbid the access. */
  BMAUTH_E_STORE_PERMISSIONS = 33,
  /* The token file does not hold a token record. */
  BMAUTH_E_STORE_CORRUPT = 34,
  /* The operation succeeded, but its result could not be saved. */
  BMAUTH_E_NOT_PERSISTED = 35,
  /* Another process held the session's lock for too long. */
  BMAUTH_E_LOCK_TIMEOUT = 36,
  /* A session of another issuer is stored here and is not overwritten. */
  BMAUTH_E_SESSION_EXISTS = 37,
  /* The server refused the request (HTTP 4xx) for a reason that has no code of its own. */
  BMAUTH_E_REJECTED = 38,
  /* The network part of bmauth, or a library that it needs, cannot be loaded. */
  BMAUTH_E_NET_UNAVAILABLE = 39,
  /* Memory ran out. */
  BMAUTH_E_OUT_OF_MEMORY = 40,
  /* A fault in bmauth itself. */
  BMAUTH_E_INTERNAL = 41,
  /* No fresh token is at hand without waiting. */
  BMAUTH_E_NEEDS_REFRESH = 42
};

/* ---- Enumerations -------------------------------------------------------------------------------
 * Numbers are never reused; expect numbers that are not listed.
 */

/** How far a login is. Since 0.1.0. */
typedef int32_t bmauth_poll_state;

enum {
  /* The person has not approved yet, or a check is still to be made. */
  BMAUTH_LOGIN_PENDING = 0,
  /* Nothing is left to do; the report is ready. */
  BMAUTH_LOGIN_DONE = 1
};

/** Local or cloud by the caller's will (contract, section 8, row 1). Since 0.1.0. */
typedef int32_t bmauth_override;

enum {
  /* Settings and project decide. */
  BMAUTH_OVERRIDE_NONE = 0,
  /* Local, whatever is configured. */
  BMAUTH_OVERRIDE_LOCAL = 1,
  /* The cloud, whatever is configured. */
  BMAUTH_OVERRIDE_CLOUD = 2
};

/** Where a project's requests go (contract, section 8). Since 0.1.0. */
typedef int32_t bmauth_mode;

enum {
  /* To this machine. */
  BMAUTH_MODE_LOCAL = 0,
  /* To the cloud. */
  BMAUTH_MODE_CLOUD = 1
};

/** What a credential is for (contract, section 6). Since 0.1.0. */
typedef int32_t bmauth_purpose;

enum {
  /* Requests under /proxy: the API key, else the session. */
  BMAUTH_PURPOSE_PROJECT = 0,
  /* All others: the session, else the API key. */
  BMAUTH_PURPOSE_ACCOUNT = 1
};

/* ---- Callbacks ----------------------------------------------------------------------------------
 * Called on the thread of the call, and only while it runs.
 */

/**
 * Asked at least every 50 ms, on the thread of the call and while it waits; a true answer cancels
 * the call. It must not throw, longjmp, or free what the call uses. It is never called from another
 * thread, and not after the call has returned.
 *
 *   user_data  in: What was given to the function that set the callback.
 *   returns    True to cancel, false to go on.
 *
 * Since 0.1.0.
 */
typedef int (*bmauth_cancel_check)(void *user_data);

/* ---- Version and generation ---------------------------------------------------------------------
 * Which bmauth answers, and whether what it answered may be out of date. Compare versions at load
 * time when library and header may come from different packages.
 */

/**
 * The version of the loaded library, as text.
 *
 *   returns  "major.minor.patch".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: semantic versioning.
 */
BMAUTH_API const char *bmauth_version(void);

/**
 * The version of the loaded library, as a number that can be compared with BMAUTH_VERSION_NUMBER:
 * major * 1000000 + minor * 1000 + patch.
 *
 *   returns  The number.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: semantic versioning.
 */
BMAUTH_API int32_t bmauth_version_number(void);

/**
 * For who keeps answers of bmauth_client_header, bmauth_client_mode or bmauth_client_route: a
 * number in this process that rises whenever an answer of any client may be out of date. It rises
 * after a refresh, a login, a logout, bmauth_client_invalidate, bmauth_client_close and a change of
 * the configuration, before the call that did it returns; and when a call notices that another
 * process changed something, or that a token is not fresh any more. Nobody notices the latter two
 * while nobody calls. So: read the number and the second, time(NULL), then ask, and keep all three;
 * give what you kept while number and second are the same, then do it again. Keep no failure. A
 * change by another process is then seen within a second. Who cannot ask for the time that cheaply
 * asks bmauth_client_fresh_token, which always looks at the files, and keeps the answer while the
 * number is the same and for a second at most.
 *
 *   returns  The number's address. Read it atomically, with acquire order (__atomic_load_n); its
 *            low 32 bits are enough to compare. It is never 0, so that 0 can stand for nothing
 *            kept.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: architecture, Inside, Fast
 * reads.
 */
BMAUTH_API const uint64_t *bmauth_generation(void);

/* ---- Codes --------------------------------------------------------------------------------------
 * What is known of a code without an error object: one row of the error table each.
 */

/**
 * The name of a code, as tools print it and bindings match it.
 *
 *   code     in: A code; an unknown number counts as BMAUTH_E_INTERNAL.
 *   returns  For example "no_credentials".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API const char *bmauth_code_name(bmauth_code code);

/**
 * What a code says, in one sentence.
 *
 *   code     in: A code; an unknown number counts as BMAUTH_E_INTERNAL.
 *   returns  English, without a line end.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API const char *bmauth_code_meaning(bmauth_code code);

/**
 * What a person can do about it, in general; an error object may know something better.
 *
 *   code     in: A code; an unknown number counts as BMAUTH_E_INTERNAL.
 *   returns  English, without a line end.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API const char *bmauth_code_remedy(bmauth_code code);

/**
 * Whether the same call may succeed later although nobody changed anything.
 *
 *   code     in: A code; an unknown number counts as BMAUTH_E_INTERNAL.
 *   returns  True if so.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API int bmauth_code_is_retryable(bmauth_code code);

/**
 * The exit status that the bmauth command gives for a code.
 *
 *   code     in: A code; an unknown number counts as BMAUTH_E_INTERNAL.
 *   returns  0 to 5, or 130.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 11.
 */
BMAUTH_API int32_t bmauth_code_exit_status(bmauth_code code);

/* ---- Errors -------------------------------------------------------------------------------------
 * One failure: immutable, owned by whoever received it, free of secrets and of control characters.
 */

/**
 * Frees an error.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API void bmauth_error_free(bmauth_error *error);

/**
 * The row of the error table that applies.
 *
 *   returns  Never BMAUTH_OK.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API bmauth_code bmauth_error_code(const bmauth_error *error);

/**
 * The name of the code.
 *
 *   returns  borrowed from error: For example "no_credentials".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API const char *bmauth_error_name(const bmauth_error *error);

/**
 * What went wrong, naming the thing concerned.
 *
 *   returns  borrowed from error: One line.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API const char *bmauth_error_message(const bmauth_error *error);

/**
 * What a person can do about it.
 *
 *   returns  borrowed from error: One line; the best one known for this failure.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API const char *bmauth_error_remedy(const bmauth_error *error);

/**
 * The HTTP status of the answer behind this failure.
 *
 *   returns  0 if no HTTP answer was involved.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API int32_t bmauth_error_http_status(const bmauth_error *error);

/**
 * The OAuth error code that the server sent.
 *
 *   returns  borrowed from error: NULL if there was none.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: RFC 6749, section 5.2; RFC
 * 8628, section 3.5.
 */
BMAUTH_API const char *bmauth_error_oauth_error(const bmauth_error *error);

/**
 * The server's own words about it, made harmless for a terminal.
 *
 *   returns  borrowed from error: NULL if there were none.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: RFC 6749, section 5.2.
 */
BMAUTH_API const char *bmauth_error_oauth_error_description(const bmauth_error *error);

/**
 * Whether the same call may succeed later although nobody changed anything.
 *
 *   returns  True if so.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API int bmauth_error_is_retryable(const bmauth_error *error);

/**
 * How long the server asked to wait before the next try.
 *
 *   returns  milliseconds: -1 if it did not say.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, sections 4 and 9;
 * RFC 9110, section 10.2.3.
 */
BMAUTH_API int64_t bmauth_error_retry_after_ms(const bmauth_error *error);

/**
 * The exit status that the bmauth command gives for this failure.
 *
 *   returns  1 to 5, or 130.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 11.
 */
BMAUTH_API int32_t bmauth_error_exit_status(const bmauth_error *error);

/* ---- Cancelling ---------------------------------------------------------------------------------
 * A wish to stop, for calls that take one. It stays triggered for good: use one object for one call
 * or one login. Free it after the last call that uses it has returned.
 */

/**
 * Makes an object that is not triggered.
 *
 *   cancel  out, yours, free with bmauth_cancel_free: The new object.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API bmauth_code bmauth_cancel_new(bmauth_cancel **cancel, bmauth_error **err);

/**
 * Frees a cancel object. No call may be using it.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API void bmauth_cancel_free(bmauth_cancel *cancel);

/**
 * Triggers it: calls that use it end with BMAUTH_E_CANCELLED within 100 ms, but for a token request
 * that was already sent, which is finished and stored first (at most 5 s). Safe in a signal
 * handler. Triggering twice is harmless.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, sections 4 and 5.
 */
BMAUTH_API void bmauth_cancel_trigger(bmauth_cancel *cancel);

/**
 * Whether it was triggered. The check callback is not asked.
 *
 *   returns  True if so.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API int bmauth_cancel_is_triggered(bmauth_cancel *cancel);

/**
 * Sets a callback that is asked while a call waits; it replaces an earlier one. Set it before the
 * object is used by a call, not during it.
 *
 *   check      in, may be NULL, kept by the object, stays yours: The callback; NULL for none.
 *   user_data  in, may be NULL, kept by the object, stays yours: Handed to the callback as it is.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API bmauth_code bmauth_cancel_set_check(bmauth_cancel *cancel, bmauth_cancel_check check,
                                               void *user_data, bmauth_error **err);

/* ---- Options ------------------------------------------------------------------------------------
 * What a program says in code. It goes before the environment, the config files and the defaults;
 * what is not set here comes from those. An options object can be used for any number of clients
 * and freed as soon as they are made.
 */

/**
 * Makes options that say nothing.
 *
 *   options  out, yours, free with bmauth_options_free: The new options.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_new(bmauth_options **options, bmauth_error **err);

/**
 * Frees options. Clients made with them keep their own copy.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API void bmauth_options_free(bmauth_options *options);

/**
 * Sets the data directory.
 *
 *   value  in, copied: An absolute path.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_data_dir(bmauth_options *options, const char *value,
                                                   bmauth_error **err);

/**
 * Sets the token file, instead of the places that are searched.
 *
 *   value  in, copied: An absolute path.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 3.
 */
BMAUTH_API bmauth_code bmauth_options_set_token_file(bmauth_options *options, const char *value,
                                                     bmauth_error **err);

/**
 * Sets the authorization server.
 *
 *   value  in, copied: Its issuer URL: https, or http to loopback.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_issuer(bmauth_options *options, const char *value,
                                                 bmauth_error **err);

/**
 * Sets the OAuth client identifier.
 *
 *   value  in, copied: The identifier.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2; RFC
 * 6749, section 2.2.
 */
BMAUTH_API bmauth_code bmauth_options_set_client_id(bmauth_options *options, const char *value,
                                                    bmauth_error **err);

/**
 * Sets the host of the cloud API.
 *
 *   value  in, copied: An origin such as "https://cloud.basicmemory.com": https, or http to
 *          loopback.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_cloud_host(bmauth_options *options, const char *value,
                                                     bmauth_error **err);

/**
 * Sets an API key. It is used, never written to disk.
 *
 *   value  in, SECRET, copied: "bmc_" and what follows; its form is checked when it is used.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2, 3 and
 * 6.
 */
BMAUTH_API bmauth_code bmauth_options_set_api_key(bmauth_options *options, const char *value,
                                                  bmauth_error **err);

/**
 * Sets the project that a route takes when the default one is asked for.
 *
 *   value  in, copied: A project name.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 8.
 */
BMAUTH_API bmauth_code bmauth_options_set_default_project(bmauth_options *options,
                                                          const char *value, bmauth_error **err);

/**
 * Sets the workspace of cloud projects that name none.
 *
 *   value  in, copied: A tenant id (UUID), a slug or a name.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 8.
 */
BMAUTH_API bmauth_code bmauth_options_set_default_workspace(bmauth_options *options,
                                                            const char *value, bmauth_error **err);

/**
 * Constrains this client to one project: it stands in for a missing argument, and another one is
 * BMAUTH_E_PROJECT_CONSTRAINED.
 *
 *   value  in, copied: A project name.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 8.
 */
BMAUTH_API bmauth_code bmauth_options_set_project_constraint(bmauth_options *options,
                                                             const char *value, bmauth_error **err);

/**
 * Sets a file of CA certificates, instead of the system's.
 *
 *   value  in, copied: Path of a PEM file.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_ca_file(bmauth_options *options, const char *value,
                                                  bmauth_error **err);

/**
 * Sets the HTTP proxy, instead of the environment's.
 *
 *   value  in, copied: Its URL; "" for no proxy at all.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_proxy(bmauth_options *options, const char *value,
                                                bmauth_error **err);

/**
 * Adds words to the end of the user agent.
 *
 *   value  in, copied: Printable ASCII.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_user_agent_suffix(bmauth_options *options,
                                                            const char *value, bmauth_error **err);

/**
 * Sets the base URL that local routes report.
 *
 *   value  in, copied: A URL.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 8.
 */
BMAUTH_API bmauth_code bmauth_options_set_local_base_url(bmauth_options *options, const char *value,
                                                         bmauth_error **err);

/**
 * Names the calling language in the user agent. For bindings.
 *
 *   value  in, copied: Name and version, such as "go/1.19".
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_language(bmauth_options *options, const char *value,
                                                   bmauth_error **err);

/**
 * Forces every route to be local, as BASIC_MEMORY_FORCE_LOCAL does.
 *
 *   value  in: True to force, false not to, whatever the environment says.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 8.
 */
BMAUTH_API bmauth_code bmauth_options_set_force_local(bmauth_options *options, int value,
                                                      bmauth_error **err);

/**
 * Forces every route to the cloud, as BASIC_MEMORY_FORCE_CLOUD does.
 *
 *   value  in: True to force, false not to, whatever the environment says.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 8.
 */
BMAUTH_API bmauth_code bmauth_options_set_force_cloud(bmauth_options *options, int value,
                                                      bmauth_error **err);

/**
 * Leaves the projects' modes out of the decision, as BASIC_MEMORY_EXPLICIT_ROUTING does.
 *
 *   value  in: True to do so, false not to, whatever the environment says.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 8.
 */
BMAUTH_API bmauth_code bmauth_options_set_explicit_routing(bmauth_options *options, int value,
                                                           bmauth_error **err);

/**
 * Limits making a connection.
 *
 *   connect_timeout_ms  in, milliseconds: 1 to 3600000; if it is never set, 5000.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_connect_timeout_ms(bmauth_options *options,
                                                             int64_t connect_timeout_ms,
                                                             bmauth_error **err);

/**
 * Limits one request to the authorization server.
 *
 *   auth_timeout_ms  in, milliseconds: 1 to 3600000; if it is never set, 15000.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_auth_timeout_ms(bmauth_options *options,
                                                          int64_t auth_timeout_ms,
                                                          bmauth_error **err);

/**
 * Limits one try of a refresh.
 *
 *   refresh_try_timeout_ms  in, milliseconds: 1 to 3600000; if it is never set, 5000.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 5.
 */
BMAUTH_API bmauth_code bmauth_options_set_refresh_try_timeout_ms(bmauth_options *options,
                                                                 int64_t refresh_try_timeout_ms,
                                                                 bmauth_error **err);

/**
 * Limits all tries of one refresh together.
 *
 *   refresh_budget_ms  in, milliseconds: 1 to 3600000; if it is never set, 20000.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 5.
 */
BMAUTH_API bmauth_code bmauth_options_set_refresh_budget_ms(bmauth_options *options,
                                                            int64_t refresh_budget_ms,
                                                            bmauth_error **err);

/**
 * Limits one request to the cloud API.
 *
 *   api_timeout_ms  in, milliseconds: 1 to 3600000; if it is never set, 30000.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_api_timeout_ms(bmauth_options *options,
                                                         int64_t api_timeout_ms,
                                                         bmauth_error **err);

/**
 * Limits waiting for the session's lock; then BMAUTH_E_LOCK_TIMEOUT.
 *
 *   lock_timeout_ms  in, milliseconds: 1 to 3600000; if it is never set, 25000.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 2.
 */
BMAUTH_API bmauth_code bmauth_options_set_lock_timeout_ms(bmauth_options *options,
                                                          int64_t lock_timeout_ms,
                                                          bmauth_error **err);

/**
 * Limits a whole login; then BMAUTH_E_LOGIN_TIMEOUT.
 *
 *   login_timeout_ms  in, milliseconds: 1 to 3600000; if it is never set, 600000.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API bmauth_code bmauth_options_set_login_timeout_ms(bmauth_options *options,
                                                           int64_t login_timeout_ms,
                                                           bmauth_error **err);

/* ---- Clients ------------------------------------------------------------------------------------
 * The way in: settings resolved once, config files, the stored session and the connections, shared
 * by all threads of a process. Making one is cheap and touches no network. After fork the child may
 * go on using its clients.
 */

/**
 * Makes a client: resolves the settings and reads the config files. Touches no network and creates
 * no file.
 *
 *   options  in, may be NULL, used during the call alone: What the program wants to say in code.
 *   client   out, yours, free with bmauth_client_free: The new client.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 3.
 * Errors: config_invalid, config_conflict, insecure_url, store_io, store_permissions.
 */
BMAUTH_API bmauth_code bmauth_client_new(const bmauth_options *options, bmauth_client **client,
                                         bmauth_error **err);

/**
 * Ends the client: connections are closed and secrets in memory wiped as soon as no call uses them.
 * Calls that run go on to their end, later ones fail with BMAUTH_E_INVALID_ARGUMENT ("client is
 * closed"). Closing twice is harmless.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: architecture, The C ABI;
 * promise L2.
 */
BMAUTH_API void bmauth_client_close(bmauth_client *client);

/**
 * Closes a client and frees it. No call on it may be running; logins that it began must be freed
 * first.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: architecture, The C ABI.
 */
BMAUTH_API void bmauth_client_free(bmauth_client *client);

/**
 * The bearer to send now for a purpose. A session is refreshed first if it is due, once for all
 * threads and processes; a network fault never costs a token that still lives.
 *
 *   purpose          in, bmauth_purpose: What the credential is for, which decides the kind that is
 *                    preferred.
 *   min_validity_ms  in, milliseconds: How long the token should live at least, 0 for no wish.
 *                    Beyond its lifetime: one refresh, then whatever came.
 *   cancel           in, may be NULL, used during the call alone: Ends the call early when it is
 *                    triggered.
 *   token            out, yours, free with bmauth_token_free: The credential and what is known of
 *                    it.
 *
 * Threads: any thread. Blocking: network. Since 0.1.0. Source: contract, sections 5 and 6.
 * Errors: config_invalid, config_conflict, no_credentials, invalid_api_key,
 * credential_not_for_origin, reauth_required, oauth_rejected, cancelled, network, tls, timeout,
 * rate_limited, server, bad_response, insecure_url, store_io, store_permissions, store_corrupt,
 * lock_timeout, rejected, net_unavailable.
 */
BMAUTH_API bmauth_code bmauth_client_token(bmauth_client *client, bmauth_purpose purpose,
                                           int64_t min_validity_ms, bmauth_cancel *cancel,
                                           bmauth_token **token, bmauth_error **err);

/**
 * The bearer to send now if it is fresh: small files are read, but there is no request, no lock and
 * no waiting. Otherwise BMAUTH_E_NEEDS_REFRESH: ask bmauth_client_token, which may refresh. An API
 * key is always fresh. For callers that may not block, and as the short way before the long one.
 *
 *   purpose  in, bmauth_purpose: As for bmauth_client_token.
 *   token    out, yours, free with bmauth_token_free: The credential and what is known of it.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 5;
 * architecture, Inside, Fast reads.
 * Errors: config_invalid, config_conflict, no_credentials, invalid_api_key,
 * credential_not_for_origin, reauth_required, insecure_url, store_io, store_permissions,
 * needs_refresh.
 */
BMAUTH_API bmauth_code bmauth_client_fresh_token(bmauth_client *client, bmauth_purpose purpose,
                                                 bmauth_token **token, bmauth_error **err);

/**
 * The value of the Authorization header that goes with bmauth_client_fresh_token, copied into
 * memory of yours: the fastest way to it. Takes no lock that a refresh, a login or a logout holds,
 * so it answers while they wait; usually it reads memory alone. A change that another process makes
 * is seen when the wall clock's second is over. BMAUTH_E_NEEDS_REFRESH: ask bmauth_client_token.
 * Too small a buffer is BMAUTH_E_INVALID_ARGUMENT, nothing is copied, and length_bytes says what is
 * needed; it is 0 after every other failure.
 *
 *   purpose         in, bmauth_purpose: As for bmauth_client_token.
 *   buffer          filled, SECRET, used during the call alone: Where the value goes, and a NUL
 *                   behind it: "Bearer " and the token.
 *   capacity_bytes  in, bytes: The size of the buffer; more than length_bytes.
 *   length_bytes    out, bytes: The length of the value, without the NUL.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 5;
 * architecture, Inside, Fast reads; performance, row a.
 * Errors: config_invalid, config_conflict, no_credentials, invalid_api_key,
 * credential_not_for_origin, reauth_required, insecure_url, store_io, store_permissions,
 * needs_refresh.
 */
BMAUTH_API bmauth_code bmauth_client_header(bmauth_client *client, bmauth_purpose purpose,
                                            char *buffer, int64_t capacity_bytes,
                                            int64_t *length_bytes, bmauth_error **err);

/**
 * The HTTP headers that a request on a route needs, for the route's origin alone. On a local route
 * the answer is of kind "none" and has no headers. For an unknown project without an override:
 * BMAUTH_E_UNKNOWN_PROJECT, with near names in the message.
 *
 *   route   in, used during the call alone: The route, of this client.
 *   cancel  in, may be NULL, used during the call alone: Ends the call early when it is triggered.
 *   token   out, yours, free with bmauth_token_free: The credential with its headers.
 *
 * Threads: any thread. Blocking: network. Since 0.1.0. Source: contract, section 8.
 * Errors: config_invalid, config_conflict, unknown_project, workspace_unresolved, no_credentials,
 * invalid_api_key, credential_not_for_origin, reauth_required, oauth_rejected, cancelled, network,
 * tls, timeout, rate_limited, server, bad_response, insecure_url, store_io, store_permissions,
 * store_corrupt, lock_timeout, rejected, net_unavailable.
 */
BMAUTH_API bmauth_code bmauth_client_headers(bmauth_client *client, const bmauth_route *route,
                                             bmauth_cancel *cancel, bmauth_token **token,
                                             bmauth_error **err);

/**
 * The HTTP headers that a request to a URL of the cloud host needs. A URL under /proxy has purpose
 * project, any other purpose account. Another origin than the cloud host in force:
 * BMAUTH_E_CREDENTIAL_NOT_FOR_ORIGIN.
 *
 *   url     in, copied: The absolute URL; plain http only to loopback.
 *   cancel  in, may be NULL, used during the call alone: Ends the call early when it is triggered.
 *   token   out, yours, free with bmauth_token_free: The credential with its headers.
 *
 * Threads: any thread. Blocking: network. Since 0.1.0. Source: contract, sections 8 and 11.
 * Errors: config_invalid, config_conflict, workspace_unresolved, no_credentials, invalid_api_key,
 * credential_not_for_origin, reauth_required, oauth_rejected, cancelled, network, tls, timeout,
 * rate_limited, server, bad_response, insecure_url, store_io, store_permissions, store_corrupt,
 * lock_timeout, rejected, net_unavailable.
 */
BMAUTH_API bmauth_code bmauth_client_headers_for_url(bmauth_client *client, const char *url,
                                                     bmauth_cancel *cancel, bmauth_token **token,
                                                     bmauth_error **err);

/**
 * One step of a refresh, for runtimes that may not block a thread: at most one request, and no
 * waiting for the lock of another process. Call again after next_delay_ms until is_ready; then
 * bmauth_client_token and bmauth_client_headers answer without waiting.
 *
 *   min_validity_ms  in, milliseconds: As for bmauth_client_token.
 *   cancel           in, may be NULL, used during the call alone: Ends the call early when it is
 *                    triggered.
 *   is_ready         out: True when no step is left.
 *   next_delay_ms    out, milliseconds: When to call again; 0 when ready.
 *
 * Threads: any thread. Blocking: network. Since 0.1.0. Source: contract, section 5; architecture,
 * The C ABI.
 * Errors: config_invalid, config_conflict, no_credentials, invalid_api_key,
 * credential_not_for_origin, reauth_required, oauth_rejected, cancelled, network, tls, timeout,
 * rate_limited, server, bad_response, insecure_url, store_io, store_permissions, store_corrupt,
 * rejected, net_unavailable.
 */
BMAUTH_API bmauth_code bmauth_client_refresh_step(bmauth_client *client, int64_t min_validity_ms,
                                                  bmauth_cancel *cancel, int *is_ready,
                                                  int64_t *next_delay_ms, bmauth_error **err);

/**
 * Says that the cloud answered 401 to this token: it is refreshed once at the next use, whatever
 * its clock says. A token that is not the current one changes nothing, and an API key neither. Send
 * the request again once; never after a 403.
 *
 *   token  in, used during the call alone: The token that was refused.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9; promise
 * R10.
 */
BMAUTH_API bmauth_code bmauth_client_invalidate(bmauth_client *client, const bmauth_token *token,
                                                bmauth_error **err);

/**
 * Decides where a project's requests go, and why. No network, no credential is read. An unknown
 * project routes local, with is_known false.
 *
 *   project              in, may be NULL, copied: The project; NULL if none is named.
 *   workspace            in, may be NULL, copied: The workspace asked for; NULL if none.
 *   override             in, bmauth_override: Local or cloud by the caller's will, before anything
 *                        else.
 *   use_default_project  in: True: without a project, take the default project.
 *   route                out, yours, free with bmauth_route_free: The decision.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 * Errors: config_invalid, config_conflict, conflicting_routing, project_constrained, ambiguous,
 * store_io, store_permissions.
 */
BMAUTH_API bmauth_code bmauth_client_route(bmauth_client *client, const char *project,
                                           const char *workspace, bmauth_override override,
                                           int use_default_project, bmauth_route **route,
                                           bmauth_error **err);

/**
 * What bmauth_client_route decides for a project without workspace, override and default, and
 * nothing else of it: for callers that ask often. A project that is configured by exactly this name
 * is found in memory; what another process changes in the config files is seen when the wall
 * clock's second is over.
 *
 *   project   in, may be NULL, copied: The project; NULL if none is named.
 *   mode      out, bmauth_mode: Where its requests go.
 *   is_known  out: True if it is configured; an unknown one is local unless settings say otherwise.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8;
 * performance, row b.
 * Errors: config_invalid, config_conflict, conflicting_routing, project_constrained, ambiguous,
 * store_io, store_permissions.
 */
BMAUTH_API bmauth_code bmauth_client_mode(bmauth_client *client, const char *project,
                                          bmauth_mode *mode, int *is_known, bmauth_error **err);

/**
 * The configured projects: a report whose root is an array of objects with name, mode, path,
 * workspace and file (where its mode stands).
 *
 *   report  out, yours, free with bmauth_report_free: The projects.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, sections 3 and 8.
 * Errors: config_invalid, config_conflict, store_io, store_permissions.
 */
BMAUTH_API bmauth_code bmauth_client_projects(bmauth_client *client, bmauth_report **report,
                                              bmauth_error **err);

/**
 * What is configured, stored and reachable. Trouble with a session or the network is part of the
 * report, not an error.
 *
 *   is_offline  in: True: ask nobody, report what is on this machine.
 *   cancel      in, may be NULL, used during the call alone: Ends the call early when it is
 *               triggered.
 *   report      out, yours, free with bmauth_report_free: The status.
 *
 * Threads: any thread. Blocking: network. Since 0.1.0. Source: contract, section 10.
 * Errors: config_invalid, config_conflict, cancelled, store_io, store_permissions, store_corrupt,
 * lock_timeout.
 */
BMAUTH_API bmauth_code bmauth_client_status(bmauth_client *client, int is_offline,
                                            bmauth_cancel *cancel, bmauth_report **report,
                                            bmauth_error **err);

/**
 * Who is logged in: identity, issuer and workspace.
 *
 *   is_offline  in: True: ask nobody, report what the session recorded.
 *   cancel      in, may be NULL, used during the call alone: Ends the call early when it is
 *               triggered.
 *   report      out, yours, free with bmauth_report_free: The identity.
 *
 * Threads: any thread. Blocking: network. Since 0.1.0. Source: contract, section 10.
 * Errors: config_invalid, config_conflict, no_credentials, invalid_api_key,
 * credential_not_for_origin, unauthorized, subscription_required, forbidden, reauth_required,
 * oauth_rejected, cancelled, network, tls, timeout, rate_limited, server, bad_response,
 * insecure_url, store_io, store_permissions, store_corrupt, lock_timeout, rejected,
 * net_unavailable.
 */
BMAUTH_API bmauth_code bmauth_client_whoami(bmauth_client *client, int is_offline,
                                            bmauth_cancel *cancel, bmauth_report **report,
                                            bmauth_error **err);

/**
 * Removes every session that this data directory may read, after a running refresh. API keys stay.
 * The report says each thing that was done and each that was left.
 *
 *   cancel  in, may be NULL, used during the call alone: Ends the call early when it is triggered.
 *   report  out, yours, free with bmauth_report_free: What was done and what was left.
 *
 * Threads: any thread. Blocking: network. Since 0.1.0. Source: contract, section 10.
 * Errors: config_invalid, config_conflict, cancelled, store_io, store_permissions, store_corrupt,
 * lock_timeout.
 */
BMAUTH_API bmauth_code bmauth_client_logout(bmauth_client *client, bmauth_cancel *cancel,
                                            bmauth_report **report, bmauth_error **err);

/**
 * Begins a login with the device authorization grant. A session that is valid or can be refreshed
 * is kept, unless is_forced: the login then has no user_code, and one poll verifies access and ends
 * it.
 *
 *   is_forced  in: True: a new login whatever is stored.
 *   cancel     in, may be NULL, used during the call alone: Ends the call early when it is
 *              triggered.
 *   login      out, yours, free with bmauth_login_free: The login; it belongs to this process.
 *
 * Threads: any thread. Blocking: network. Since 0.1.0. Source: contract, section 4; RFC 8628,
 * sections 3.1 and 3.2; RFC 7636.
 * Errors: config_invalid, config_conflict, credential_not_for_origin, oauth_rejected, cancelled,
 * network, tls, timeout, rate_limited, server, bad_response, insecure_url, store_io,
 * store_permissions, store_corrupt, lock_timeout, session_exists, rejected, net_unavailable.
 */
BMAUTH_API bmauth_code bmauth_client_login_begin(bmauth_client *client, int is_forced,
                                                 bmauth_cancel *cancel, bmauth_login **login,
                                                 bmauth_error **err);

/* ---- Logins -------------------------------------------------------------------------------------
 * One login in progress. Show user_code and verification_uri to the person ("only continue if you
 * started this"), then poll until done, or wait. The device code and the code verifier never leave
 * the library.
 */

/**
 * Frees a login. One that is not done is given up; the person's code then expires unused.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API void bmauth_login_free(bmauth_login *login);

/**
 * How far the login is.
 *
 *   returns  BMAUTH_LOGIN_PENDING until it is done.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API bmauth_poll_state bmauth_login_state(const bmauth_login *login);

/**
 * The code that the person enters or compares.
 *
 *   returns  borrowed from login: NULL when no person is needed, because a session is kept.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: RFC 8628, section 3.2.
 */
BMAUTH_API const char *bmauth_login_user_code(const bmauth_login *login);

/**
 * The page where the person enters the code.
 *
 *   returns  borrowed from login: NULL when no person is needed.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: RFC 8628, section 3.2.
 */
BMAUTH_API const char *bmauth_login_verification_uri(const bmauth_login *login);

/**
 * The same page with the code filled in.
 *
 *   returns  borrowed from login: NULL when the server gave none or no person is needed.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: RFC 8628, sections 3.2 and
 * 3.3.1.
 */
BMAUTH_API const char *bmauth_login_verification_uri_complete(const bmauth_login *login);

/**
 * How long the code lives, counted from bmauth_client_login_begin.
 *
 *   returns  seconds: 0 when there is no code.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: RFC 8628, section 3.2.
 */
BMAUTH_API int64_t bmauth_login_expires_in_s(const bmauth_login *login);

/**
 * The least time between two polls, as the server first asked for.
 *
 *   returns  seconds: 0 when there is no code.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: RFC 8628, sections 3.2 and
 * 3.5.
 */
BMAUTH_API int64_t bmauth_login_interval_s(const bmauth_login *login);

/**
 * How long to wait before the next poll.
 *
 *   returns  milliseconds: 0 when done, or when nothing needs to be waited for.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: RFC 8628, section 3.5.
 */
BMAUTH_API int64_t bmauth_login_next_delay_ms(const bmauth_login *login);

/**
 * What is left of the code's life or the login's time limit, whichever ends first.
 *
 *   returns  milliseconds: 0 when it is over, or when there is no code.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API int64_t bmauth_login_remaining_ms(const bmauth_login *login);

/**
 * Opens the verification page in the person's browser, by starting a program with an argument list
 * and without a shell. Only https and loopback URLs are opened, and no browser that would take over
 * the terminal.
 *
 *   is_opened  out: True if a browser was started.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 * Errors: unsupported, insecure_url.
 */
BMAUTH_API bmauth_code bmauth_login_open_browser(bmauth_login *login, int *is_opened,
                                                 bmauth_error **err);

/**
 * At most one request: asks whether the person has approved, or, once tokens are stored, checks the
 * access. It sends when it is called: wait next_delay_ms first. Transient faults are not errors,
 * they make the next delay longer. After an error the login is over.
 *
 *   cancel         in, may be NULL, used during the call alone: Ends the call early when it is
 *                  triggered.
 *   state          out, bmauth_poll_state: BMAUTH_LOGIN_DONE when nothing is left to do.
 *   next_delay_ms  out, milliseconds: When to call again; 0 when done.
 *
 * Threads: one at a time. Blocking: network. Since 0.1.0. Source: contract, section 4; RFC 8628,
 * sections 3.4 and 3.5.
 * Errors: access_denied, expired_token, oauth_rejected, login_timeout, cancelled, bad_response,
 * insecure_url, store_io, store_permissions, store_corrupt, lock_timeout, session_exists,
 * net_unavailable.
 */
BMAUTH_API bmauth_code bmauth_login_poll(bmauth_login *login, bmauth_cancel *cancel,
                                         bmauth_poll_state *state, int64_t *next_delay_ms,
                                         bmauth_error **err);

/**
 * Waits and polls until the login is done.
 *
 *   cancel  in, may be NULL, used during the call alone: Ends the call early when it is triggered.
 *
 * Threads: one at a time. Blocking: waits. Since 0.1.0. Source: contract, section 4.
 * Errors: access_denied, expired_token, oauth_rejected, login_timeout, cancelled, bad_response,
 * insecure_url, store_io, store_permissions, store_corrupt, lock_timeout, session_exists,
 * net_unavailable.
 */
BMAUTH_API bmauth_code bmauth_login_wait(bmauth_login *login, bmauth_cancel *cancel,
                                         bmauth_error **err);

/**
 * What a login that is done came to: is_session_kept, is_persisted, token_file, identity {subject,
 * email, name}, is_authenticated, entitlement {state, message, subscribe_url}, reachable, warnings.
 * Before that: BMAUTH_E_INVALID_ARGUMENT.
 *
 *   report  out, yours, free with bmauth_report_free: The outcome.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API bmauth_code bmauth_login_report(bmauth_login *login, bmauth_report **report,
                                           bmauth_error **err);

/* ---- Tokens and headers -------------------------------------------------------------------------
 * A credential chosen for one use, with the headers that carry it. Do not keep it for later: ask
 * again, that is cheap and stays right.
 */

/**
 * Frees a token and wipes its secrets.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: promise L2.
 */
BMAUTH_API void bmauth_token_free(bmauth_token *token);

/**
 * The bearer itself: an access token or an API key.
 *
 *   returns  SECRET, borrowed from token: NULL when the kind is "none".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: RFC 6750, section 2.1.
 */
BMAUTH_API const char *bmauth_token_access_token(const bmauth_token *token);

/**
 * What kind of credential was chosen.
 *
 *   returns  borrowed from token: "none", "api_key" or "oauth".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 6.
 */
BMAUTH_API const char *bmauth_token_kind(const bmauth_token *token);

/**
 * Where it came from.
 *
 *   returns  borrowed from token: "option", "environment", "config", "session" or "none".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, sections 2 and 6.
 */
BMAUTH_API const char *bmauth_token_source(const bmauth_token *token);

/**
 * Why this one was chosen, for people.
 *
 *   returns  borrowed from token: One line.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 6.
 */
BMAUTH_API const char *bmauth_token_reason(const bmauth_token *token);

/**
 * The only origin that it may be sent to.
 *
 *   returns  borrowed from token: Scheme, host and port; NULL when the kind is "none".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 5, Binding.
 */
BMAUTH_API const char *bmauth_token_origin(const bmauth_token *token);

/**
 * When it expires: the earlier of the stored time and the JWT's own.
 *
 *   returns  seconds since 1970 (Unix time): 0 if unknown, as for API keys.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 5.
 */
BMAUTH_API int64_t bmauth_token_expires_at_unix_s(const bmauth_token *token);

/**
 * Whether it is stored. A token that could not be saved lives in this process alone; saving is
 * tried again at the next call.
 *
 *   returns  True if so, and for what need not be stored.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9; promise
 * S2.
 */
BMAUTH_API int bmauth_token_is_persisted(const bmauth_token *token);

/**
 * How many warnings there are.
 *
 *   returns  a count: 0 or more.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, sections 3 and 5.
 */
BMAUTH_API int64_t bmauth_token_warning_count(const bmauth_token *token);

/**
 * One warning, for people.
 *
 *   index    in: From 0; outside of the list the answer is NULL.
 *   returns  borrowed from token: One line; NULL outside of the list.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, sections 3 and 5.
 */
BMAUTH_API const char *bmauth_token_warning(const bmauth_token *token, int64_t index);

/**
 * How many headers to send.
 *
 *   returns  a count: 0 on a local route.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API int64_t bmauth_token_header_count(const bmauth_token *token);

/**
 * The name of one header.
 *
 *   index    in: From 0; outside of the list the answer is NULL.
 *   returns  borrowed from token: For example "Authorization"; NULL outside of the list.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API const char *bmauth_token_header_name(const bmauth_token *token, int64_t index);

/**
 * The value of one header.
 *
 *   index    in: From 0; outside of the list the answer is NULL.
 *   returns  SECRET, borrowed from token: NULL outside of the list.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8; RFC 6750,
 * section 2.1.
 */
BMAUTH_API const char *bmauth_token_header_value(const bmauth_token *token, int64_t index);

/* ---- Routes -------------------------------------------------------------------------------------
 * Where a project's requests go, and why.
 */

/**
 * Frees a route.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API void bmauth_route_free(bmauth_route *route);

/**
 * Local or cloud.
 *
 *   returns  borrowed from route: "local" or "cloud".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API const char *bmauth_route_mode(const bmauth_route *route);

/**
 * What decided.
 *
 *   returns  borrowed from route: "call", "environment", "project", "workspace" or "default".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API const char *bmauth_route_source(const bmauth_route *route);

/**
 * The same in words, naming the variable, file or argument.
 *
 *   returns  borrowed from route: One line.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API const char *bmauth_route_reason(const bmauth_route *route);

/**
 * Whether somebody chose it explicitly: by an override in the call or by explicit routing.
 *
 *   returns  True if so.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API int bmauth_route_is_explicit(const bmauth_route *route);

/**
 * The project.
 *
 *   returns  borrowed from route: The configured name of a known one, else as asked for; NULL if
 *            there is none.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API const char *bmauth_route_project(const bmauth_route *route);

/**
 * Whether the project is configured.
 *
 *   returns  True if so; false also when there is no project.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API int bmauth_route_is_known(const bmauth_route *route);

/**
 * The workspace.
 *
 *   returns  borrowed from route: NULL if there is none.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API const char *bmauth_route_workspace(const bmauth_route *route);

/**
 * Where requests start.
 *
 *   returns  borrowed from route: The cloud host and "/proxy", or the configured local URL; NULL if
 *            there is none.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API const char *bmauth_route_base_url(const bmauth_route *route);

/**
 * What kind of credential bmauth_client_headers would take.
 *
 *   returns  borrowed from route: "none", "api_key" or "oauth"; "none" is no error here.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API const char *bmauth_route_credential_kind(const bmauth_route *route);

/**
 * How many warnings there are.
 *
 *   returns  a count: 0 or more.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API int64_t bmauth_route_warning_count(const bmauth_route *route);

/**
 * One warning, for people.
 *
 *   index    in: From 0; outside of the list the answer is NULL.
 *   returns  borrowed from route: One line; NULL outside of the list.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 8.
 */
BMAUTH_API const char *bmauth_route_warning(const bmauth_route *route, int64_t index);

/**
 * The route as a JSON object: mode, source, reason, is_explicit, project, is_known, workspace,
 * base_url, credential, warnings.
 *
 *   returns  borrowed from route: Compact JSON.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 11.
 */
BMAUTH_API const char *bmauth_route_json(const bmauth_route *route);

/* ---- Reports ------------------------------------------------------------------------------------
 * A JSON document with look-ups, for answers with many members. Members may be added in later
 * versions, never renamed or removed.
 */

/**
 * Frees a report.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 10.
 */
BMAUTH_API void bmauth_report_free(bmauth_report *report);

/**
 * The whole document.
 *
 *   returns  borrowed from report: Compact JSON.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: RFC 8259.
 */
BMAUTH_API const char *bmauth_report_json(const bmauth_report *report);

/**
 * A scalar in the document: a string as it is, a number or boolean as its JSON text.
 *
 *   pointer  in, copied: A JSON pointer, such as "/identity/email"; "" is the whole document.
 *   returns  borrowed from report: NULL if it is absent, null, an object or an array.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: RFC 6901.
 */
BMAUTH_API const char *bmauth_report_text(const bmauth_report *report, const char *pointer);

/**
 * How many elements an array or members an object in the document has.
 *
 *   pointer  in, copied: A JSON pointer; "" is the whole document.
 *   returns  a count: -1 if it is absent or a scalar.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: RFC 6901.
 */
BMAUTH_API int64_t bmauth_report_count(const bmauth_report *report, const char *pointer);

#ifdef __cplusplus
}
#endif

#endif
