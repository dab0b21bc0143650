/* What the tests in C share: the first claim that did not hold, and objects that must be there. */
#ifndef BMAUTH_TESTS_CAPI_CLAIM_H
#define BMAUTH_TESTS_CAPI_CLAIM_H

#include <stddef.h>
#include <string.h>

#include "claims.h"

typedef struct {
  const char *broken;
} claims;

static inline void claim(claims *all, int holds, const char *words) {
  if (!holds && all->broken == NULL) all->broken = words;
}

static inline void claim_text(claims *all, const char *text, const char *expected,
                              const char *words) {
  claim(all, text != NULL && strcmp(text, expected) == 0, words);
}

/* `code` and `*err` are those of a call that must have been refused; frees the error. */
static inline void claim_refused(claims *all, bmauth_code code, bmauth_error **err,
                                 const char *words) {
  claim(all, code == BMAUTH_E_INVALID_ARGUMENT, words);
  claim(all, *err != NULL && bmauth_error_code(*err) == code, words);
  claim(all, bmauth_error_message(*err) != NULL && bmauth_error_message(*err)[0] != '\0', words);
  claim(all, bmauth_error_remedy(*err) != NULL && bmauth_error_remedy(*err)[0] != '\0', words);
  bmauth_error_free(*err);
  *err = NULL;
}

bmauth_options *options_for(const struct surroundings *here);
bmauth_client *client_for(const struct surroundings *here);

#endif
