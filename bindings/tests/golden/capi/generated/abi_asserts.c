/* Generated from bindings/spec by bmauth_gen; do not edit. */
/* Compiles, as C99 and as C++17, only if the header says exactly what the spec says. */
#include "bmauth.h"

#include <stddef.h>

/* A false statement is an array of negative size; C99 has no static assertion. */
typedef char bmauth_code_is_4_bytes[sizeof(bmauth_code) == 4 ? 1 : -1];
typedef char bmauth_code_is_signed[(bmauth_code)-1 < 0 ? 1 : -1];
typedef char bmauth_color_is_4_bytes[sizeof(bmauth_color) == 4 ? 1 : -1];
typedef char bmauth_color_is_signed[(bmauth_color)-1 < 0 ? 1 : -1];
typedef char bmauth_bool_is_4_bytes[sizeof(int) == 4 ? 1 : -1];
typedef char bmauth_version_number_is[BMAUTH_VERSION_NUMBER == 2000 ? 1 : -1];
typedef char bmauth_version_is[sizeof(BMAUTH_VERSION) == sizeof("0.2.0") ? 1 : -1];

typedef char bmauth_code_0[BMAUTH_OK == 0 ? 1 : -1];
typedef char bmauth_code_1[BMAUTH_E_INVALID_ARGUMENT == 1 ? 1 : -1];
typedef char bmauth_code_2[BMAUTH_E_BOX_FULL == 2 ? 1 : -1];
typedef char bmauth_code_4[BMAUTH_E_INTERNAL == 4 ? 1 : -1];

typedef char bmauth_color_0[BMAUTH_COLOR_RED == 0 ? 1 : -1];
typedef char bmauth_color_1[BMAUTH_COLOR_BLUE == 1 ? 1 : -1];

#ifdef __cplusplus
extern "C" {
#endif

extern int (*bmauth_check_cancel_check)(void *user_data);
extern bmauth_cancel_check bmauth_check_cancel_check;

extern int32_t (*bmauth_check_bmauth_version_number)(void);
int32_t (*bmauth_check_bmauth_version_number)(void) = bmauth_version_number;

extern const uint64_t *(*bmauth_check_bmauth_generation)(void);
const uint64_t *(*bmauth_check_bmauth_generation)(void) = bmauth_generation;

extern const char *(*bmauth_check_bmauth_code_name)(bmauth_code code);
const char *(*bmauth_check_bmauth_code_name)(bmauth_code code) = bmauth_code_name;

extern void (*bmauth_check_bmauth_error_free)(bmauth_error *error);
void (*bmauth_check_bmauth_error_free)(bmauth_error *error) = bmauth_error_free;

extern bmauth_code (*bmauth_check_bmauth_error_code)(const bmauth_error *error);
bmauth_code (*bmauth_check_bmauth_error_code)(const bmauth_error *error) = bmauth_error_code;

extern const char *(*bmauth_check_bmauth_error_name)(const bmauth_error *error);
const char *(*bmauth_check_bmauth_error_name)(const bmauth_error *error) = bmauth_error_name;

extern const char *(*bmauth_check_bmauth_error_message)(const bmauth_error *error);
const char *(*bmauth_check_bmauth_error_message)(const bmauth_error *error) = bmauth_error_message;

extern int64_t (*bmauth_check_bmauth_error_retry_after_ms)(const bmauth_error *error);
int64_t (*bmauth_check_bmauth_error_retry_after_ms)(
    const bmauth_error *error) = bmauth_error_retry_after_ms;

extern bmauth_code (*bmauth_check_bmauth_cancel_new)(bmauth_cancel **cancel, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_cancel_new)(bmauth_cancel **cancel,
                                              bmauth_error **err) = bmauth_cancel_new;

extern void (*bmauth_check_bmauth_cancel_free)(bmauth_cancel *cancel);
void (*bmauth_check_bmauth_cancel_free)(bmauth_cancel *cancel) = bmauth_cancel_free;

extern void (*bmauth_check_bmauth_cancel_trigger)(bmauth_cancel *cancel);
void (*bmauth_check_bmauth_cancel_trigger)(bmauth_cancel *cancel) = bmauth_cancel_trigger;

extern bmauth_code (*bmauth_check_bmauth_cancel_set_check)(bmauth_cancel *cancel,
                                                           bmauth_cancel_check check,
                                                           void *user_data, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_cancel_set_check)(bmauth_cancel *cancel,
                                                    bmauth_cancel_check check, void *user_data,
                                                    bmauth_error **err) = bmauth_cancel_set_check;

extern bmauth_code (*bmauth_check_bmauth_box_new)(const bmauth_box *model, bmauth_box **box,
                                                  bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_box_new)(const bmauth_box *model, bmauth_box **box,
                                           bmauth_error **err) = bmauth_box_new;

extern void (*bmauth_check_bmauth_box_free)(bmauth_box *box);
void (*bmauth_check_bmauth_box_free)(bmauth_box *box) = bmauth_box_free;

extern bmauth_code (*bmauth_check_bmauth_box_set_label)(bmauth_box *box, const char *value,
                                                        bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_box_set_label)(bmauth_box *box, const char *value,
                                                 bmauth_error **err) = bmauth_box_set_label;

extern const char *(*bmauth_check_bmauth_box_label)(const bmauth_box *box);
const char *(*bmauth_check_bmauth_box_label)(const bmauth_box *box) = bmauth_box_label;

extern const char *(*bmauth_check_bmauth_box_secret)(const bmauth_box *box);
const char *(*bmauth_check_bmauth_box_secret)(const bmauth_box *box) = bmauth_box_secret;

extern bmauth_color (*bmauth_check_bmauth_box_color)(const bmauth_box *box);
bmauth_color (*bmauth_check_bmauth_box_color)(const bmauth_box *box) = bmauth_box_color;

extern int64_t (*bmauth_check_bmauth_box_pair_count)(const bmauth_box *box);
int64_t (*bmauth_check_bmauth_box_pair_count)(const bmauth_box *box) = bmauth_box_pair_count;

extern const char *(*bmauth_check_bmauth_box_pair_name)(const bmauth_box *box, int64_t index);
const char *(*bmauth_check_bmauth_box_pair_name)(const bmauth_box *box,
                                                 int64_t index) = bmauth_box_pair_name;

extern const char *(*bmauth_check_bmauth_box_pair_value)(const bmauth_box *box, int64_t index);
const char *(*bmauth_check_bmauth_box_pair_value)(const bmauth_box *box,
                                                  int64_t index) = bmauth_box_pair_value;

extern bmauth_code (*bmauth_check_bmauth_box_put)(bmauth_box *box, const char *thing,
                                                  bmauth_color color, int is_heavy,
                                                  int64_t patience_ms, bmauth_cancel *cancel,
                                                  bmauth_box **fallen, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_box_put)(bmauth_box *box, const char *thing, bmauth_color color,
                                           int is_heavy, int64_t patience_ms, bmauth_cancel *cancel,
                                           bmauth_box **fallen,
                                           bmauth_error **err) = bmauth_box_put;

extern bmauth_code (*bmauth_check_bmauth_box_word)(bmauth_box *box, bmauth_color color,
                                                   char *buffer, int64_t capacity_bytes,
                                                   int64_t *length_bytes, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_box_word)(bmauth_box *box, bmauth_color color, char *buffer,
                                            int64_t capacity_bytes, int64_t *length_bytes,
                                            bmauth_error **err) = bmauth_box_word;

extern bmauth_code (*bmauth_check_bmauth_box_weigh)(bmauth_box *box, int *is_heavy,
                                                    int64_t *settle_ms, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_box_weigh)(bmauth_box *box, int *is_heavy, int64_t *settle_ms,
                                             bmauth_error **err) = bmauth_box_weigh;

#ifdef __cplusplus
}
#endif
