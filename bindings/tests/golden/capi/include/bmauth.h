/* Generated from bindings/spec by bmauth_gen; do not edit. */
/*
 * bmauth 0.2.0
 *
 * Boxes that may hold things, to see what the generator makes of every pattern.
 *
 * This header is the manual; read it from top to bottom. Its sections:
 *
 *   Version     Which library answers.
 *   Codes       What is known of a code alone.
 *   Errors      One failure.
 *   Cancelling  A wish to stop.
 *   Boxes       Things that hold things.
 *
 * 1. Calls.
 *    A function that can fail returns a bmauth_code.
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

#define BMAUTH_VERSION "0.2.0"
#define BMAUTH_VERSION_NUMBER 2000

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

/** A wish to stop. Locks inside: any thread may use it. */
typedef struct bmauth_cancel bmauth_cancel;

/** A box. One thread at a time. */
typedef struct bmauth_box bmauth_box;

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
  /* A value is wrong. */
  BMAUTH_E_INVALID_ARGUMENT = 1,
  /* The box is full. */
  BMAUTH_E_BOX_FULL = 2,
  /* A fault in the library. */
  BMAUTH_E_INTERNAL = 4
};

/* ---- Enumerations -------------------------------------------------------------------------------
 * Numbers are never reused; expect numbers that are not listed.
 */

/** What a box looks like. Since 0.1.0. */
typedef int32_t bmauth_color;

enum {
  /* Red as a rose. */
  BMAUTH_COLOR_RED = 0,
  /* Blue as the sea. */
  BMAUTH_COLOR_BLUE = 1
};

/* ---- Callbacks ----------------------------------------------------------------------------------
 * Called on the thread of the call, and only while it runs.
 */

/**
 * Asked while a call waits.
 *
 *   user_data  in: What was set with it.
 *   returns    True to cancel.
 *
 * Since 0.1.0.
 */
typedef int (*bmauth_cancel_check)(void *user_data);

/* ---- Version ------------------------------------------------------------------------------------
 * Which library answers.
 */

/**
 * The version as a number.
 *
 *   returns  The number.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: semantic versioning.
 */
BMAUTH_API int32_t bmauth_version_number(void);

/**
 * A number that rises when a box changes.
 *
 *   returns  Its address.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.2.0. Source: contract, section 1.
 */
BMAUTH_API const uint64_t *bmauth_generation(void);

/* ---- Codes --------------------------------------------------------------------------------------
 * What is known of a code alone.
 */

/**
 * The name of a code.
 *
 *   code     in: A code.
 *   returns  For example "box_full".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API const char *bmauth_code_name(bmauth_code code);

/* ---- Errors -------------------------------------------------------------------------------------
 * One failure.
 */

/**
 * Frees an error.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API void bmauth_error_free(bmauth_error *error);

/**
 * The row that applies.
 *
 *   returns  Never BMAUTH_OK.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API bmauth_code bmauth_error_code(const bmauth_error *error);

/**
 * The name of the code.
 *
 *   returns  borrowed from error: For example "box_full".
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API const char *bmauth_error_name(const bmauth_error *error);

/**
 * What went wrong.
 *
 *   returns  borrowed from error: One line.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API const char *bmauth_error_message(const bmauth_error *error);

/**
 * How long to wait.
 *
 *   returns  milliseconds: -1 if unknown.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 9.
 */
BMAUTH_API int64_t bmauth_error_retry_after_ms(const bmauth_error *error);

/* ---- Cancelling ---------------------------------------------------------------------------------
 * A wish to stop.
 */

/**
 * Makes one.
 *
 *   cancel  out, yours, free with bmauth_cancel_free: The new object.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API bmauth_code bmauth_cancel_new(bmauth_cancel **cancel, bmauth_error **err);

/**
 * Frees it.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API void bmauth_cancel_free(bmauth_cancel *cancel);

/**
 * Triggers it.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API void bmauth_cancel_trigger(bmauth_cancel *cancel);

/**
 * Sets a callback.
 *
 *   check      in, may be NULL, kept by the object, stays yours: The callback.
 *   user_data  in, may be NULL, kept by the object, stays yours: Handed to it.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 4.
 */
BMAUTH_API bmauth_code bmauth_cancel_set_check(bmauth_cancel *cancel, bmauth_cancel_check check,
                                               void *user_data, bmauth_error **err);

/* ---- Boxes --------------------------------------------------------------------------------------
 * Things that hold things.
 */

/**
 * Makes a box, as large as another one if it is given.
 *
 *   model  in, may be NULL, used during the call alone: The other box.
 *   box    out, yours, free with bmauth_box_free: The new box.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 1.
 */
BMAUTH_API bmauth_code bmauth_box_new(const bmauth_box *model, bmauth_box **box,
                                      bmauth_error **err);

/**
 * Frees a box.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 1.
 */
BMAUTH_API void bmauth_box_free(bmauth_box *box);

/**
 * Writes on the box.
 *
 *   value  in, copied: What to write.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.1.0. Source: contract, section 1.
 */
BMAUTH_API bmauth_code bmauth_box_set_label(bmauth_box *box, const char *value, bmauth_error **err);

/**
 * What is written on the box.
 *
 *   returns  borrowed from box: NULL if nothing is.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 1.
 */
BMAUTH_API const char *bmauth_box_label(const bmauth_box *box);

/**
 * What only the owner knows.
 *
 *   returns  SECRET, borrowed from box: A word.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 1.
 */
BMAUTH_API const char *bmauth_box_secret(const bmauth_box *box);

/**
 * The color of the box.
 *
 *   returns  Any color.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 1.
 */
BMAUTH_API bmauth_color bmauth_box_color(const bmauth_box *box);

/**
 * How many pairs are in the box.
 *
 *   returns  a count: 0 or more.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 1.
 */
BMAUTH_API int64_t bmauth_box_pair_count(const bmauth_box *box);

/**
 * The name of one pair.
 *
 *   index    in: From 0.
 *   returns  borrowed from box: NULL outside of the list.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 1.
 */
BMAUTH_API const char *bmauth_box_pair_name(const bmauth_box *box, int64_t index);

/**
 * The value of one pair.
 *
 *   index    in: From 0.
 *   returns  borrowed from box: NULL outside of the list.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.1.0. Source: contract, section 1.
 */
BMAUTH_API const char *bmauth_box_pair_value(const bmauth_box *box, int64_t index);

/**
 * Puts something in, and gives what fell out of the box when there was no room for both.
 *
 *   thing        in, may be NULL, copied: What to put in; NULL for air.
 *   color        in, bmauth_color: Of the thing.
 *   is_heavy     in: True if it is heavy.
 *   patience_ms  in, milliseconds: How long to try.
 *   cancel       in, may be NULL, used during the call alone: Ends it early.
 *   fallen       out, yours, free with bmauth_box_free: What fell out.
 *
 * Threads: one at a time. Blocking: network. Since 0.1.0. Source: contract, section 1.
 * Errors: box_full.
 */
BMAUTH_API bmauth_code bmauth_box_put(bmauth_box *box, const char *thing, bmauth_color color,
                                      int is_heavy, int64_t patience_ms, bmauth_cancel *cancel,
                                      bmauth_box **fallen, bmauth_error **err);

/**
 * Copies the word of the box into memory of yours.
 *
 *   color           in, bmauth_color: Of the word.
 *   buffer          filled, SECRET, used during the call alone: Where it goes, and a NUL behind it.
 *   capacity_bytes  in, bytes: The buffer's size.
 *   length_bytes    out, bytes: Without the NUL.
 *
 * Threads: any thread. Blocking: does not wait. Since 0.2.0. Source: contract, section 1.
 * Errors: box_full.
 */
BMAUTH_API bmauth_code bmauth_box_word(bmauth_box *box, bmauth_color color, char *buffer,
                                       int64_t capacity_bytes, int64_t *length_bytes,
                                       bmauth_error **err);

/**
 * Weighs the box.
 *
 *   is_heavy   out: True if it is heavy.
 *   settle_ms  out, milliseconds: How long it swung.
 *
 * Threads: one at a time. Blocking: does not wait. Since 0.2.0. Source: contract, section 1.
 * Errors: box_full.
 */
BMAUTH_API bmauth_code bmauth_box_weigh(bmauth_box *box, int *is_heavy, int64_t *settle_ms,
                                        bmauth_error **err);

#ifdef __cplusplus
}
#endif

#endif
