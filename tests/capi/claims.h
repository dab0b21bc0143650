/* The tests written in C. Each function claims several things and returns NULL if all of them hold,
 * else the first that does not. */
#ifndef BMAUTH_TESTS_CAPI_CLAIMS_H
#define BMAUTH_TESTS_CAPI_CLAIMS_H

#include <bmauth.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where a test stands: a data dir of its own, and a server that approves a login at once. */
struct surroundings {
  const char *data_dir;
  const char *server_url;
};

const char *null_is_refused_by_every_call(const struct surroundings *here);
const char *null_has_an_answer_from_every_getter(const struct surroundings *here);
const char *a_whole_login_goes_by_the_header(const struct surroundings *here);
const char *what_goes_in_is_copied(const struct surroundings *here);
const char *what_getters_lend_stays_the_same(const struct surroundings *here);
const char *err_is_set_by_the_rule(const struct surroundings *here);
const char *outputs_are_cleared_by_a_failure(const struct surroundings *here);
const char *a_closed_client_refuses_every_call(const struct surroundings *here);
const char *the_wrong_order_is_an_error(const struct surroundings *here);

#ifdef __cplusplus
}
#endif

#endif
