// The token without waiting: given if it is fresh, and nothing is done for it (contract, section 5;
// promise R6).
#include <gtest/gtest.h>

#include <string>

#include "core/session.h"
#include "tests/unit/session_world.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kFresh = 200;  // seconds before expiry of a token that lives for 300
constexpr std::int64_t kStale = 80;
constexpr std::int64_t kDue = 30;
constexpr std::int64_t kExpired = -10;

struct FreshSession : testing::Test {
  SessionWorld world;
  std::unique_ptr<Session> session = world.session();

  std::string fresh() {
    auto answer = session->peek(Torn::kReport);
    if (!answer) return std::string("error ") + code_info(answer.error().code).name;
    if (!*answer) return "nobody";
    if (!(*answer)->is_settled) return "needs a refresh";
    return std::string((*answer)->session.record.access_token.reveal());
  }
  std::string current() {
    auto answer = session->current(0, nullptr);
    EXPECT_TRUE(answer && *answer);
    return answer && *answer ? std::string((*answer)->session.record.access_token.reveal()) : "";
  }
};

TEST_F(FreshSession, gives_a_fresh_token) {
  world.go_to_before_expiry_s(kFresh);
  EXPECT_EQ(fresh(), "CANARY-access-0");
}

TEST_F(FreshSession, gives_nothing_when_nobody_is_logged_in) {
  world.store.put(std::nullopt);
  EXPECT_EQ(fresh(), "nobody");
}

TEST_F(FreshSession, asks_for_a_refresh_in_every_zone_below_fresh_and_makes_none) {
  for (const std::int64_t before_s : {kStale, kDue, kExpired}) {
    world.go_to_before_expiry_s(before_s);
    EXPECT_EQ(fresh(), "needs a refresh") << before_s;
  }
  EXPECT_EQ(world.store.lease_count, 0);
  EXPECT_EQ(world.server.presentations(), 0);
  EXPECT_EQ(world.clock.slept_ms(), 0);
}

TEST_F(FreshSession, asks_for_a_refresh_of_a_token_that_the_cloud_refused) {
  world.go_to_before_expiry_s(kFresh);
  session->invalidate(Secret(AuthorizationServer::access_token(0)));
  EXPECT_EQ(fresh(), "needs a refresh");
  EXPECT_EQ(current(), "CANARY-access-1");
  EXPECT_EQ(fresh(), "CANARY-access-1");
}

TEST_F(FreshSession, does_not_wait_for_a_record_that_is_just_being_written) {
  world.go_to_before_expiry_s(kFresh);
  world.store.is_torn = true;
  EXPECT_EQ(fresh(), "error store_corrupt");
  EXPECT_EQ(world.clock.slept_ms(), 0);
}

TEST_F(FreshSession, heeds_a_refusal_that_came_while_the_record_was_being_written) {
  world.go_to_before_expiry_s(kFresh);
  world.store.is_torn = true;
  session->invalidate(Secret(AuthorizationServer::access_token(0)));
  world.store.is_torn = false;
  EXPECT_EQ(fresh(), "needs a refresh");
  EXPECT_EQ(world.clock.slept_ms(), 0);
}

TEST_F(FreshSession, gives_what_another_process_stored) {
  world.go_to_before_expiry_s(kExpired);
  EXPECT_EQ(fresh(), "needs a refresh");
  world.store.put(world_session(1, world.clock.unix_s()));
  EXPECT_EQ(fresh(), "CANARY-access-1");
}

// Promise S2: saving is tried again; whoever may not wait must let others do it now and then.
TEST_F(FreshSession, gives_a_token_that_could_not_be_stored_for_a_second_after_each_attempt) {
  world.go_to_before_expiry_s(kExpired);
  world.server.pause = [this](const char*) {
    world.store.write_error = make_error(Code::kStoreIo, "disk full");
    world.store.is_write_error_lasting = true;
  };
  EXPECT_EQ(current(), "CANARY-access-1");
  for (int attempt = 0; attempt < 2; ++attempt) {
    EXPECT_EQ(fresh(), "CANARY-access-1");
    EXPECT_FALSE((*session->peek(Torn::kReport))->is_persisted);
    world.clock.advance_ms(1'000);
    EXPECT_EQ(fresh(), "needs a refresh");
    EXPECT_EQ(current(), "CANARY-access-1") << "it lives, and is tried to be stored";
  }
  world.store.write_error.reset();
  EXPECT_EQ(current(), "CANARY-access-1");
  world.clock.advance_ms(1'000);
  EXPECT_EQ(fresh(), "CANARY-access-1");
  EXPECT_EQ(world.stored_generation(), 1);
}

TEST_F(FreshSession, gives_a_login_that_could_not_be_stored) {
  world.store.put(std::nullopt);
  session->adopt_unsaved(world_session(4, world.clock.unix_s()));
  EXPECT_EQ(fresh(), "CANARY-access-4");
}

TEST_F(FreshSession, that_was_taken_after_a_step_is_not_handed_out_again_once_it_has_expired) {
  world.go_to_before_expiry_s(kExpired);
  ASSERT_TRUE(session->step(0, nullptr)->is_ready);
  EXPECT_EQ(fresh(), "CANARY-access-1");
  world.go_to_before_expiry_s(kExpired);
  EXPECT_EQ(fresh(), "needs a refresh");
  ASSERT_TRUE(session->step(0, nullptr)->is_ready);
  EXPECT_EQ(current(), "CANARY-access-2");
}

TEST_F(FreshSession, that_nobody_took_after_a_step_is_not_handed_out_once_it_has_expired) {
  world.go_to_before_expiry_s(kExpired);
  ASSERT_TRUE(session->step(0, nullptr)->is_ready);
  world.go_to_before_expiry_s(kExpired);
  EXPECT_EQ(current(), "CANARY-access-2");
  EXPECT_EQ(world.server.presentations(), 2);
}

}  // namespace
}  // namespace bmauth::core
