// Runs what is claimed in C.
#include <gtest/gtest.h>

#include "claims.h"
#include "world.h"

namespace bmauth::test {
namespace {

using Claim = const char* (*)(const surroundings*);

void expect_to_hold(Claim claim) {
  const World world;
  const std::string url = world.server.url();
  const surroundings here = {world.scratch.path().c_str(), url.c_str()};
  const char* const broken = claim(&here);
  EXPECT_EQ(broken, nullptr) << broken;
}

TEST(Null, is_refused_by_every_call) {
  expect_to_hold(null_is_refused_by_every_call);
}

TEST(Null, has_an_answer_from_every_getter) {
  expect_to_hold(null_has_an_answer_from_every_getter);
}

TEST(Login, goes_by_the_header_from_begin_to_logout) {
  expect_to_hold(a_whole_login_goes_by_the_header);
}

TEST(Ownership, what_goes_in_is_copied) {
  expect_to_hold(what_goes_in_is_copied);
}

TEST(Ownership, what_getters_lend_stays_the_same) {
  expect_to_hold(what_getters_lend_stays_the_same);
}

TEST(Ownership, err_is_null_or_an_error_of_the_callers) {
  expect_to_hold(err_is_set_by_the_rule);
}

TEST(Ownership, outputs_are_cleared_by_a_failure) {
  expect_to_hold(outputs_are_cleared_by_a_failure);
}

TEST(Order, a_closed_client_refuses_every_call) {
  expect_to_hold(a_closed_client_refuses_every_call);
}

TEST(Order, the_wrong_order_is_an_error) {
  expect_to_hold(the_wrong_order_is_an_error);
}

}  // namespace
}  // namespace bmauth::test
