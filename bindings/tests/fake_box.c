/* A library as small as the tiny spec: enough to see what bmauth.hpp makes of it. */
#include <stdlib.h>
#include <string.h>

#include "bmauth.h"

struct bmauth_error {
  bmauth_code code;
};
struct bmauth_cancel {
  bmauth_cancel_check check;
  void *user_data;
};
struct bmauth_box {
  char label[32];
  int has_label;
};

/* Objects alive, to see that every one is freed once. */
int alive;

static void *made(size_t size) {
  ++alive;
  return calloc(1, size);
}

static void freed(void *object) {
  if (object) --alive;
  free(object);
}

static bmauth_code failed(bmauth_error **err) {
  *err = made(sizeof **err);
  (*err)->code = BMAUTH_E_BOX_FULL;
  return BMAUTH_E_BOX_FULL;
}

int32_t bmauth_version_number(void) {
  return BMAUTH_VERSION_NUMBER;
}
const char *bmauth_code_name(bmauth_code code) {
  return code == BMAUTH_E_INVALID_ARGUMENT ? "invalid_argument" : "box_full";
}
void bmauth_error_free(bmauth_error *error) {
  freed(error);
}
bmauth_code bmauth_error_code(const bmauth_error *error) {
  return error->code;
}
const char *bmauth_error_name(const bmauth_error *error) {
  return bmauth_code_name(error->code);
}
const char *bmauth_error_message(const bmauth_error *error) {
  (void)error;
  return "no room";
}
int64_t bmauth_error_retry_after_ms(const bmauth_error *error) {
  (void)error;
  return 1500;
}

bmauth_code bmauth_cancel_new(bmauth_cancel **cancel, bmauth_error **err) {
  *err = NULL;
  *cancel = made(sizeof **cancel);
  return BMAUTH_OK;
}
void bmauth_cancel_free(bmauth_cancel *cancel) {
  freed(cancel);
}
void bmauth_cancel_trigger(bmauth_cancel *cancel) {
  (void)cancel;
}
bmauth_code bmauth_cancel_set_check(bmauth_cancel *cancel, bmauth_cancel_check check,
                                    void *user_data, bmauth_error **err) {
  *err = NULL;
  cancel->check = check;
  cancel->user_data = user_data;
  return BMAUTH_OK;
}

bmauth_code bmauth_box_new(const bmauth_box *model, bmauth_box **box, bmauth_error **err) {
  *err = NULL;
  *box = made(sizeof **box);
  if (model) **box = *model;
  return BMAUTH_OK;
}
void bmauth_box_free(bmauth_box *box) {
  freed(box);
}
bmauth_code bmauth_box_set_label(bmauth_box *box, const char *value, bmauth_error **err) {
  *err = NULL;
  strncpy(box->label, value, sizeof box->label - 1);
  box->has_label = 1;
  return BMAUTH_OK;
}
const char *bmauth_box_label(const bmauth_box *box) {
  return box && box->has_label ? box->label : NULL;
}
const char *bmauth_box_secret(const bmauth_box *box) {
  return box ? "CANARY word" : NULL;
}
bmauth_color bmauth_box_color(const bmauth_box *box) {
  return box ? 7 : 0;
}
int64_t bmauth_box_pair_count(const bmauth_box *box) {
  return box ? 2 : 0;
}
const char *bmauth_box_pair_name(const bmauth_box *box, int64_t index) {
  (void)box;
  return index == 0 ? "Authorization" : "X-Workspace-ID";
}
const char *bmauth_box_pair_value(const bmauth_box *box, int64_t index) {
  (void)box;
  return index == 0 ? "first" : "second";
}
/* Full when the thing is heavy or the callback says so; air falls out as a box without a label. */
bmauth_code bmauth_box_put(bmauth_box *box, const char *thing, bmauth_color color, int is_heavy,
                           int64_t patience_ms, bmauth_cancel *cancel, bmauth_box **fallen,
                           bmauth_error **err) {
  (void)color;
  (void)patience_ms;
  *fallen = NULL;
  if (!box || is_heavy) return failed(err);
  if (cancel && cancel->check && cancel->check(cancel->user_data)) return failed(err);
  bmauth_box_new(NULL, fallen, err);
  return thing ? bmauth_box_set_label(*fallen, thing, err) : BMAUTH_OK;
}
static uint64_t generation = 7;

const uint64_t *bmauth_generation(void) {
  return &generation;
}
/* A short word for any color but the first, and none without a box. */
bmauth_code bmauth_box_word(bmauth_box *box, bmauth_color color, char *buffer,
                            int64_t capacity_bytes, int64_t *length_bytes, bmauth_error **err) {
  const char *word = color ? "word" : "a word that is longer than small strings are";
  *length_bytes = 0;
  if (!box) return failed(err);
  *length_bytes = (int64_t)strlen(word);
  if (*length_bytes >= capacity_bytes) return failed(err);
  *err = NULL;
  memcpy(buffer, word, strlen(word) + 1);
  return BMAUTH_OK;
}
bmauth_code bmauth_box_weigh(bmauth_box *box, int *is_heavy, int64_t *settle_ms,
                             bmauth_error **err) {
  (void)box;
  *err = NULL;
  *is_heavy = 1;
  *settle_ms = 250;
  return BMAUTH_OK;
}
