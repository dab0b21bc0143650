// The current token: three zones, one flight, and what callers may rely on (contract, section 5;
// promises R1, R6, R10, S2).
#include "core/session.h"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

#include "core/base64url.h"
#include "core/cancel.h"
#include "core/refresh.h"
#include "tests/unit/session_world.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kFresh = 200;  // seconds before expiry of a token that lives for 300
constexpr std::int64_t kStale = 80;
constexpr std::int64_t kDue = 30;
constexpr std::int64_t kExpired = -10;

using Answer = Result<std::optional<CurrentToken>>;

std::string token_of(const Answer& answer) {
  if (!answer) return std::string("error ") + code_info(answer.error().code).name;
  if (!*answer) return "nobody";
  return std::string((*answer)->session.record.access_token.reveal());
}

HttpOutcome unreachable() {
  return transport_failure(Code::kNetwork, Delivery::kNotSent);
}

void break_network(SessionWorld& world) {
  world.server.fault = [](int) { return AuthorizationServer::Fault{unreachable()}; };
}

std::string jwt(std::int64_t issued_s, std::int64_t expires_s) {
  return base64url_encode(R"({"alg":"none"})") + "." +
         base64url_encode(R"({"iat":)" + std::to_string(issued_s) + R"(,"exp":)" +
                          std::to_string(expires_s) + "}") +
         ".c2ln";
}

TokenRecord record_of(std::int64_t issued_s, std::int64_t expires_s) {
  TokenRecord record;
  record.access_token = Secret(std::string_view("CANARY-opaque"));
  record.issued_at_unix_s = issued_s;
  record.expires_at_unix_s = expires_s;
  return record;
}

// ---- The zones
// -------------------------------------------------------------------------------------------

TEST(Freshness, the_windows_follow_the_lifetime) {
  struct Row {
    std::int64_t lifetime_s;
    double stale_s, due_s;
  };
  for (const Row& row :
       {Row{0, 120, 60}, Row{3600, 300, 60}, Row{900, 300, 60}, Row{899, 899.0 / 3, 60},
        Row{300, 100, 60}, Row{100, 100.0 / 3, 20}, Row{25, 25.0 / 3, 5}, Row{20, 20.0 / 3, 5},
        Row{8, 8.0 / 3, 2}, Row{1, 1.0 / 3, 0.25}, Row{2'592'000, 300, 60}}) {
    const RefreshWindows windows = refresh_windows(row.lifetime_s, 0);
    EXPECT_DOUBLE_EQ(windows.stale_before_expiry_s, row.stale_s) << row.lifetime_s;
    EXPECT_DOUBLE_EQ(windows.due_before_expiry_s, row.due_s) << row.lifetime_s;
  }
}

TEST(Freshness, jitter_moves_the_stale_limit_by_a_tenth_and_nothing_else) {
  const RefreshWindows none = refresh_windows(300, 0);
  const RefreshWindows most = refresh_windows(300, 1);
  EXPECT_DOUBLE_EQ(most.stale_before_expiry_s, none.stale_before_expiry_s * 1.1);
  EXPECT_DOUBLE_EQ(most.due_before_expiry_s, none.due_before_expiry_s);
}

TEST(Freshness, each_zone_begins_at_its_limit_to_the_millisecond) {
  const TokenRecord record = record_of(kWorldStart_s, kWorldStart_s + 300);
  const std::int64_t expiry_ms = (kWorldStart_s + 300) * 1000;
  EXPECT_EQ(freshness(record, expiry_ms - 100'001, 0), Freshness::kFresh);
  EXPECT_EQ(freshness(record, expiry_ms - 100'000, 0), Freshness::kStale);
  EXPECT_EQ(freshness(record, expiry_ms - 60'001, 0), Freshness::kStale);
  EXPECT_EQ(freshness(record, expiry_ms - 60'000, 0), Freshness::kDue);
  EXPECT_EQ(freshness(record, expiry_ms - 1, 0), Freshness::kDue);
  EXPECT_EQ(freshness(record, expiry_ms, 0), Freshness::kExpired);
}

TEST(Freshness, a_jwt_that_ends_earlier_than_expires_at_is_believed) {
  TokenRecord record = record_of(kWorldStart_s, kWorldStart_s + 3600);
  record.access_token = Secret(jwt(kWorldStart_s, kWorldStart_s + 300));
  EXPECT_EQ(local_expiry_unix_s(record), kWorldStart_s + 300);
  EXPECT_EQ(local_lifetime_s(record), 300);
}

TEST(Freshness, without_issued_at_the_lifetime_is_the_jwts_own_else_unknown) {
  TokenRecord record = record_of(0, kWorldStart_s + 250);
  EXPECT_EQ(local_lifetime_s(record), 0);
  record.access_token = Secret(jwt(kWorldStart_s - 50, kWorldStart_s + 250));
  EXPECT_EQ(local_lifetime_s(record), 300);
}

TEST(Freshness, a_clock_ahead_of_the_issuers_does_not_make_a_token_born_expired) {
  for (std::int64_t ahead_s : {271, 299, 300, 301, 3600, 315'360'000}) {
    TokenRecord record = record_of(kWorldStart_s, kWorldStart_s + 300);
    record.access_token = Secret(jwt(kWorldStart_s - ahead_s, kWorldStart_s - ahead_s + 300));
    EXPECT_EQ(local_expiry_unix_s(record), kWorldStart_s + 300) << ahead_s;
  }
  TokenRecord slightly = record_of(kWorldStart_s, kWorldStart_s + 300);
  slightly.access_token = Secret(jwt(kWorldStart_s - 100, kWorldStart_s + 200));
  EXPECT_EQ(local_expiry_unix_s(slightly), kWorldStart_s + 200);
}

TEST(Freshness, silly_times_are_expired_or_fresh_and_never_overflow) {
  for (std::int64_t silly : {std::int64_t{0}, std::int64_t{-1}, INT64_MIN}) {
    EXPECT_EQ(freshness(record_of(0, silly), kWorldStart_s * 1000, 0), Freshness::kExpired);
  }
  EXPECT_EQ(freshness(record_of(0, INT64_MAX), kWorldStart_s * 1000, 0), Freshness::kFresh);
  EXPECT_EQ(freshness(record_of(kWorldStart_s, INT64_MAX), kWorldStart_s * 1000, 0),
            Freshness::kFresh);
}

// ---- What a caller gets
// --------------------------------------------------------------------------------

TEST(Session, nobody_logged_in_is_no_error) {
  SessionWorld world;
  world.store.put(std::nullopt);
  auto session = world.session();
  EXPECT_EQ(token_of(session->current(0, nullptr)), "nobody");
  EXPECT_EQ(token_of(session->peek(Torn::kAwait)), "nobody");
  auto step = session->step(0, nullptr);
  ASSERT_TRUE(step);
  EXPECT_TRUE(step->is_ready);
}

TEST(Session, a_fresh_token_takes_neither_lock_nor_network) {
  SessionWorld world;
  world.go_to_before_expiry_s(kFresh);
  auto session = world.session();
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-0");
  EXPECT_EQ(world.store.lease_count, 0);
  EXPECT_EQ(world.server.presentations(), 0);
}

TEST(Session, each_zone_below_fresh_gets_one_request) {
  for (std::int64_t before_s : {kStale, kDue, kExpired}) {
    SessionWorld world;
    world.go_to_before_expiry_s(before_s);
    auto session = world.session();
    EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
    EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
    EXPECT_EQ(world.server.presentations(), 1);
  }
}

TEST(Session, peek_never_refreshes) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  auto session = world.session();
  auto peeked = session->peek(Torn::kAwait);
  EXPECT_EQ(token_of(peeked), "CANARY-access-0");
  EXPECT_EQ((*peeked)->freshness, Freshness::kExpired);
  EXPECT_EQ(world.store.lease_count, 0);
}

TEST(Session, a_stale_token_is_returned_at_once_while_another_process_refreshes) {
  SessionWorld world;
  world.go_to_before_expiry_s(kStale);
  auto held = world.store.lease(0, nullptr);
  auto session = world.session();
  auto answer = session->current(0, nullptr);
  EXPECT_EQ(token_of(answer), "CANARY-access-0");
  EXPECT_TRUE((*answer)->warnings.empty());
  EXPECT_EQ(world.clock.slept_ms(), 0);
  EXPECT_EQ(world.server.presentations(), 0);
}

TEST(Session, a_due_token_waits_for_the_other_process) {
  SessionWorld world;
  world.go_to_before_expiry_s(kDue);
  auto held = world.store.lease(0, nullptr);
  world.clock.before_sleep = [&](std::int64_t) {
    if (world.clock.slept_ms() < 500) return;
    world.store.put(world_session(1, world.clock.unix_s()));
    if (held) *held = nullptr;
  };
  auto session = world.session();
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
  EXPECT_EQ(world.server.presentations(), 0);
}

TEST(Session, a_stopped_lock_holder_costs_the_deadline_and_no_more) {  // promise R6
  SessionWorld world;
  auto held = world.store.lease(0, nullptr);
  auto session = world.session();
  world.go_to_before_expiry_s(kDue + 20);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-0") << "it lives still";
  EXPECT_EQ(world.clock.slept_ms(), 25'000);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-0");
  EXPECT_EQ(world.clock.slept_ms(), 25'000) << "the deadline is not paid at each call";
  world.go_to_before_expiry_s(kExpired);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "error lock_timeout");
}

TEST(Session, a_failure_is_a_warning_beside_a_token_that_lives) {
  for (std::int64_t before_s : {kStale, kDue}) {
    SessionWorld world;
    world.go_to_before_expiry_s(before_s);
    break_network(world);
    auto session = world.session();
    auto answer = session->current(0, nullptr);
    EXPECT_EQ(token_of(answer), "CANARY-access-0");
    ASSERT_EQ((*answer)->warnings.size(), 1u);
    EXPECT_NE((*answer)->warnings[0].find("scripted failure"), std::string::npos);
  }
}

TEST(Session, a_failure_is_an_error_once_nothing_usable_is_left) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  break_network(world);
  auto session = world.session();
  EXPECT_EQ(token_of(session->current(0, nullptr)), "error network");
  EXPECT_EQ(token_of(session->current(0, nullptr)), "error network");
  EXPECT_EQ(world.server.presentations(), 2) << "an expired token is tried for at each call";
  world.server.fault = nullptr;
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
}

TEST(Session, a_dead_network_does_not_cost_each_call_while_the_token_lives) {
  SessionWorld world;
  world.go_to_before_expiry_s(70);
  break_network(world);
  auto session = world.session();
  for (int call = 0; call < 5; ++call) {
    auto answer = session->current(0, nullptr);
    EXPECT_EQ(token_of(answer), "CANARY-access-0");
    EXPECT_EQ((*answer)->warnings.size(), 1u);
  }
  EXPECT_EQ(world.server.presentations(), 1);
  world.clock.advance_ms(30'000);
  world.server.fault = nullptr;
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
}

TEST(Session, a_session_that_cannot_be_refreshed_is_used_while_it_lives) {
  struct Row {
    std::function<void(StoredSession&)> change;
    std::string expired;
  };
  for (const Row& row :
       {Row{[](StoredSession& s) { s.record.refresh_token = Secret(); }, "error reauth_required"},
        Row{[](StoredSession& s) { s.is_writable = false; }, "error store_permissions"},
        Row{[](StoredSession& s) { s.state.is_reauth_required = true; },
            "error reauth_required"}}) {
    SessionWorld world;
    StoredSession stored = *world.store.get();
    row.change(stored);
    world.store.put(stored);
    auto session = world.session();
    world.go_to_before_expiry_s(kFresh);
    auto fresh = session->current(0, nullptr);
    EXPECT_EQ(token_of(fresh), "CANARY-access-0");
    EXPECT_TRUE((*fresh)->warnings.empty());
    world.go_to_before_expiry_s(kDue);
    auto due = session->current(0, nullptr);
    EXPECT_EQ(token_of(due), "CANARY-access-0");
    EXPECT_EQ((*due)->warnings.size(), 1u);
    world.go_to_before_expiry_s(kExpired);
    EXPECT_EQ(token_of(session->current(0, nullptr)), row.expired);
    EXPECT_EQ(world.store.lease_count, 0) << "known without the lock";
    EXPECT_EQ(world.server.presentations(), 0);
  }
}

TEST(Session, a_refused_refresh_token_is_not_sent_again_even_if_that_could_not_be_stored) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.fault = [&](int) {
    world.store.write_error = make_error(Code::kStoreIo, "disk full");
    return AuthorizationServer::Fault{json_answer(400, R"({"error":"invalid_grant"})")};
  };
  auto session = world.session();
  EXPECT_EQ(token_of(session->current(0, nullptr)), "error reauth_required");
  EXPECT_EQ(token_of(session->current(0, nullptr)), "error reauth_required");
  EXPECT_EQ(world.server.presentations(), 1);
}

TEST(Session, the_stores_own_errors_reach_the_caller) {
  SessionWorld world;
  auto session = world.session();
  world.store.load_error = make_error(Code::kStoreCorrupt, "/data/tokens.json: torn");
  EXPECT_EQ(token_of(session->current(0, nullptr)), "error store_corrupt");
  EXPECT_EQ(token_of(session->peek(Torn::kAwait)), "error store_corrupt");
  auto step = session->step(0, nullptr);
  ASSERT_FALSE(step);
  EXPECT_EQ(step.error().code, Code::kStoreCorrupt);
}

// ---- min_validity and rejected tokens
// ---------------------------------------------------------------

TEST(Session, min_validity_asks_for_a_refresh_that_the_zones_would_not) {
  SessionWorld world;
  world.go_to_before_expiry_s(kFresh);
  auto session = world.session();
  EXPECT_EQ(token_of(session->current(200'000, nullptr)), "CANARY-access-0");
  EXPECT_EQ(token_of(session->current(200'001, nullptr)), "CANARY-access-1");
}

TEST(Session, min_validity_beyond_the_lifetime_is_one_refresh_and_then_what_came) {
  SessionWorld world;
  world.go_to_before_expiry_s(290);
  auto session = world.session();
  for (int call = 0; call < 10; ++call) {
    EXPECT_EQ(token_of(session->current(86'400'000, nullptr)), "CANARY-access-1");
    world.clock.advance_ms(10'000);
  }
  EXPECT_EQ(world.server.presentations(), 1);
}

TEST(Session, min_validity_that_fails_leaves_the_token_that_lives) {
  SessionWorld world;
  world.go_to_before_expiry_s(kFresh);
  break_network(world);
  auto session = world.session();
  auto answer = session->current(250'000, nullptr);
  EXPECT_EQ(token_of(answer), "CANARY-access-0");
  EXPECT_EQ((*answer)->warnings.size(), 1u);
}

TEST(Session, a_rejected_token_is_refreshed_exactly_once) {  // promise R10
  SessionWorld world;
  world.go_to_before_expiry_s(kFresh);
  auto session = world.session();
  const Secret rejected(AuthorizationServer::access_token(0));
  session->invalidate(rejected);
  session->invalidate(rejected);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
  session->invalidate(rejected);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
  EXPECT_EQ(world.server.presentations(), 1);
}

TEST(Session, a_rejected_token_is_not_used_while_it_cannot_be_refreshed) {
  SessionWorld world;
  world.go_to_before_expiry_s(kFresh);
  auto session = world.session();
  session->invalidate(Secret(AuthorizationServer::access_token(0)));
  break_network(world);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "error network");
  world.server.fault = nullptr;
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
}

TEST(Session, invalidating_a_value_that_is_not_the_current_one_changes_nothing) {
  SessionWorld world;
  world.go_to_before_expiry_s(kFresh);
  auto session = world.session();
  session->invalidate(Secret(std::string_view("CANARY-access-9")));
  session->invalidate(Secret());
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-0");
  EXPECT_EQ(world.server.presentations(), 0);
}

TEST(Session, what_another_process_stored_replaces_a_rejected_token_without_a_request) {
  SessionWorld world;
  world.go_to_before_expiry_s(kFresh);
  auto session = world.session();
  session->invalidate(Secret(AuthorizationServer::access_token(0)));
  world.store.put(world_session(1, world.clock.unix_s()));
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
  EXPECT_EQ(world.server.presentations(), 0);
}

TEST(Session, an_issuer_that_repeats_the_rejected_value_is_asked_once) {
  SessionWorld world;
  world.go_to_before_expiry_s(kFresh);
  world.server.fault = [](int) {
    return AuthorizationServer::Fault{json_answer(
        200, R"({"access_token":"CANARY-access-0","token_type":"Bearer","expires_in":300})")};
  };
  auto session = world.session();
  for (int call = 0; call < 5; ++call) {
    session->invalidate(Secret(AuthorizationServer::access_token(0)));
    EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-0");
  }
  EXPECT_EQ(world.server.presentations(), 1);
}

// ---- Clocks
// --------------------------------------------------------------------------------------------

TEST(Session, a_token_just_obtained_is_returned_even_if_it_is_due_again) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.expires_in_s = 1;
  world.server.pause = [&](const char* moment) {
    if (std::string(moment) == "answer") world.clock.advance_ms(5'000);
  };
  auto session = world.session();
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
  EXPECT_EQ(world.server.presentations(), 1);
}

TEST(Session, a_clock_far_ahead_of_the_issuers_causes_no_storm) {
  SessionWorld world;
  world.clock.set_unix_ms((kWorldStart_s + 86'400) * 1000);
  world.server.fault = [&](int presentation) {
    const std::string token = jwt(kWorldStart_s + presentation, kWorldStart_s + 300 + presentation);
    return AuthorizationServer::Fault{json_answer(
        200, R"({"access_token":")" + token + R"(","token_type":"Bearer","expires_in":300})")};
  };
  auto session = world.session();
  for (int call = 0; call < 50; ++call) {
    EXPECT_TRUE(session->current(0, nullptr));
    world.clock.advance_ms(1'000);
  }
  EXPECT_EQ(world.server.presentations(), 1);
}

TEST(Session, random_clock_jumps_cost_one_request_for_each_jump_or_life_and_lose_nothing) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937_64 random(seed);
    SessionWorld world;
    auto session = world.session();
    int causes = 0;  // jumps, rejections, and lives that ended
    std::int64_t lived_ms = 0;
    for (int event = 0; event < 60; ++event) {
      switch (random() % 4) {
        case 0: {
          constexpr std::int64_t kJumps_s[] = {3'600, 86'400, 315'360'000, 30, 2'147'483'648};
          const std::int64_t jump_s = kJumps_s[random() % 5] * (random() % 2 == 0 ? 1 : -1);
          world.clock.set_unix_ms(world.clock.unix_ms() + jump_s * 1000);
          ++causes;
          break;
        }
        case 1: {
          const std::int64_t pass_ms = static_cast<std::int64_t>(random() % 60'000);
          world.clock.advance_ms(pass_ms);
          lived_ms += pass_ms;
          break;
        }
        case 2:
          if (auto now = session->peek(Torn::kAwait); now && *now) {
            session->invalidate((*now)->session.record.access_token);
            ++causes;
          }
          break;
        default:
          break;
      }
      const int before = world.server.presentations();
      ASSERT_TRUE(session->current(0, nullptr));
      ASSERT_LE(world.server.presentations() - before, 1);
      const int settled = world.server.presentations();
      for (int call = 0; call < 3; ++call) ASSERT_TRUE(session->current(0, nullptr));
      ASSERT_EQ(world.server.presentations(), settled) << "event " << event;
    }
    ASSERT_LE(world.server.presentations(), causes + lived_ms / 190'000 + 1);
    ASSERT_EQ(world.server.reuses(), 0);
    ASSERT_EQ(world.stored_generation(), world.server.live_generation());
  }
}

// ---- A save that failed
// -----------------------------------------------------------------------------

void let_saving_fail_once_sent(SessionWorld& world) {
  world.store.is_write_error_lasting = true;
  world.server.pause = [&world](const char*) {
    world.store.write_error = make_error(Code::kStoreIo, "disk full");
  };
}

TEST(Session, a_token_that_could_not_be_stored_is_used_and_stored_later) {  // promise S2
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  let_saving_fail_once_sent(world);
  auto session = world.session();
  auto answer = session->current(0, nullptr);
  EXPECT_EQ(token_of(answer), "CANARY-access-1");
  EXPECT_FALSE((*answer)->is_persisted);
  EXPECT_EQ((*answer)->warnings.size(), 1u);
  answer = session->current(0, nullptr);
  EXPECT_EQ(token_of(answer), "CANARY-access-1");
  EXPECT_FALSE((*answer)->is_persisted);
  EXPECT_EQ(world.stored_generation(), 0);

  world.store.write_error.reset();
  answer = session->current(0, nullptr);
  EXPECT_EQ(token_of(answer), "CANARY-access-1");
  EXPECT_TRUE((*answer)->is_persisted);
  EXPECT_EQ(world.stored_generation(), 1);
  EXPECT_FALSE(world.store.get()->state.marker);
  EXPECT_EQ(world.server.presentations(), 1);
}

TEST(Session, an_unsaved_token_is_saved_before_it_is_refreshed) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  let_saving_fail_once_sent(world);
  auto session = world.session();
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
  world.clock.advance_ms(400'000);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "error store_io") << "never a login";
  EXPECT_EQ(world.server.presentations(), 1) << "without a marker nothing is sent";
  world.server.pause = nullptr;
  world.store.write_error.reset();
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-2");
  EXPECT_EQ(world.server.log(), (std::vector<int>{0, 1}));
  EXPECT_EQ(world.stored_generation(), 2);
}

TEST(Session, an_unsaved_token_yields_to_what_another_process_stored_and_to_a_logout) {
  for (bool is_logout : {false, true}) {
    SessionWorld world;
    world.go_to_before_expiry_s(kExpired);
    let_saving_fail_once_sent(world);
    auto session = world.session();
    EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
    world.store.write_error.reset();
    if (is_logout) {
      world.store.put(std::nullopt);
    } else {
      world.store.put(world_session(5, world.clock.unix_s()));
    }
    EXPECT_EQ(token_of(session->current(0, nullptr)), is_logout ? "nobody" : "CANARY-access-5");
    EXPECT_EQ(world.store.get().has_value(), !is_logout);
  }
}

TEST(Session, a_login_that_could_not_be_stored_is_used_stored_later_and_forgotten_at_logout) {
  for (bool is_logout : {false, true}) {
    SessionWorld world;
    world.store.put(std::nullopt);
    auto session = world.session();
    session->adopt_unsaved(world_session(4, world.clock.unix_s()));
    auto peeked = session->peek(Torn::kAwait);
    EXPECT_EQ(token_of(peeked), "CANARY-access-4");
    EXPECT_FALSE((*peeked)->is_persisted);
    if (is_logout) session->forget_unsaved();
    EXPECT_EQ(token_of(session->current(0, nullptr)), is_logout ? "nobody" : "CANARY-access-4");
    EXPECT_EQ(world.store.get().has_value(), !is_logout);
  }
}

TEST(Session, an_unsaved_token_is_used_even_if_the_store_cannot_be_read) {
  SessionWorld world;
  auto session = world.session();
  session->adopt_unsaved(world_session(4, world.clock.unix_s()));
  world.store.load_error = make_error(Code::kStoreIo, "gone");
  auto answer = session->current(0, nullptr);
  EXPECT_EQ(token_of(answer), "CANARY-access-4");
  EXPECT_FALSE((*answer)->is_persisted);
}

// ---- Threads
// ---------------------------------------------------------------------------------------------

// Holds a request at the server until released.
class Gate {
 public:
  void hold() {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return is_open_; });
  }
  void await_arrival() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return arrived_ > 0; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int arrived_ = 0;
  bool is_open_ = false;
};

TEST(Session, thirty_two_threads_share_one_flight) {  // promise R1
  for (std::int64_t before_s : {kDue, kExpired}) {
    SessionWorld world;
    world.go_to_before_expiry_s(before_s);
    auto session = world.session();
    Gate gate;
    world.server.pause = [&](const char* moment) {
      if (std::string(moment) == "request") gate.hold();
    };
    std::vector<std::string> tokens(32);
    std::vector<std::thread> threads;
    for (std::string& token : tokens) {
      threads.emplace_back([&session, &token] { token = token_of(session->current(0, nullptr)); });
    }
    gate.await_arrival();
    gate.open();
    for (std::thread& thread : threads) thread.join();
    for (const std::string& token : tokens) EXPECT_EQ(token, "CANARY-access-1");
    EXPECT_EQ(world.server.presentations(), 1);
  }
}

TEST(Session, many_threads_and_expiries_cost_one_request_each) {
  SessionWorld world;
  auto session = world.session();
  for (int expiry = 1; expiry <= 50; ++expiry) {
    world.go_to_before_expiry_s(kExpired);
    std::vector<std::thread> threads;
    std::atomic<int> right = 0;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        right +=
            token_of(session->current(0, nullptr)) == AuthorizationServer::access_token(expiry);
      });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(right, 8);
    ASSERT_EQ(world.server.presentations(), expiry);
  }
}

TEST(Session, stale_callers_do_not_wait_for_the_one_that_refreshes) {
  SessionWorld world;
  world.go_to_before_expiry_s(kStale);
  auto session = world.session();
  Gate gate;
  world.server.pause = [&](const char* moment) {
    if (std::string(moment) == "request") gate.hold();
  };
  std::string refreshed;
  std::thread leader([&] { refreshed = token_of(session->current(0, nullptr)); });
  gate.await_arrival();
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-0");
  gate.open();
  leader.join();
  EXPECT_EQ(refreshed, "CANARY-access-1");
}

TEST(Session, a_joiner_leaves_at_its_own_cancel_and_the_flight_goes_on) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  auto session = world.session();
  Gate gate;
  world.server.pause = [&](const char* moment) {
    if (std::string(moment) == "request") gate.hold();
  };
  std::string led;
  std::thread leader([&] { led = token_of(session->current(0, nullptr)); });
  gate.await_arrival();
  Cancel cancel;
  std::atomic<int> asked = 0;
  cancel.set_check([](void* count) { return ++*static_cast<std::atomic<int>*>(count) >= 3; },
                   &asked);
  EXPECT_EQ(token_of(session->current(0, &cancel)), "error cancelled");
  EXPECT_GE(asked, 3) << "the check callback is asked on the waiting thread";
  gate.open();
  leader.join();
  EXPECT_EQ(led, "CANARY-access-1");
}

TEST(Session, a_leader_that_is_cancelled_does_not_cancel_those_who_wait) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  auto session = world.session();
  Gate gate;
  Cancel leaders;
  world.server.fault = [&](int presentation) -> std::optional<AuthorizationServer::Fault> {
    if (presentation > 1) return std::nullopt;
    gate.hold();
    leaders.trigger();
    return AuthorizationServer::Fault{json_answer(503, "")};
  };
  std::string led, joined;
  std::thread leader([&] { led = token_of(session->current(0, &leaders)); });
  gate.await_arrival();
  std::thread joiner([&] { joined = token_of(session->current(0, nullptr)); });
  gate.open();
  leader.join();
  joiner.join();
  EXPECT_EQ(led, "error cancelled");
  EXPECT_EQ(joined, "CANARY-access-1");
}

TEST(Session, a_cancelled_caller_gets_the_token_that_lives) {
  SessionWorld world;
  world.go_to_before_expiry_s(kDue);
  auto session = world.session();
  Cancel cancel;
  cancel.trigger();
  EXPECT_EQ(token_of(session->current(0, &cancel)), "CANARY-access-0");
  EXPECT_EQ(world.server.presentations(), 0);
}

TEST(Session, an_exception_in_the_leader_leaves_the_session_usable) {  // promise A1
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  auto session = world.session();
  world.server.pause = [](const char*) { throw std::bad_alloc(); };
  EXPECT_THROW((void)session->current(0, nullptr), std::bad_alloc);
  world.server.pause = nullptr;
  EXPECT_FALSE(world.store.is_leased());
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
}

TEST(Session, after_a_fork_the_child_does_not_wait_for_a_flight_of_the_parent) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  auto session = world.session();
  Gate gate;
  world.server.pause = [&](const char* moment) {
    if (std::string(moment) == "request") gate.hold();
  };
  std::thread flight([&] { (void)session->step(0, nullptr); });
  gate.await_arrival();
  EXPECT_FALSE(session->step(0, nullptr)->is_ready) << "somebody is at it";
  gate.open();
  flight.join();
  world.go_to_before_expiry_s(kExpired);
  session->after_fork_in_child();
  world.server.pause = nullptr;
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-2");
}

// ---- For callers that may not wait
// -----------------------------------------------------------------

TEST(Session, a_step_makes_at_most_one_request_and_then_current_answers_at_once) {
  for (std::int64_t before_s : {kFresh, kStale, kDue, kExpired}) {
    SessionWorld world;
    world.go_to_before_expiry_s(before_s);
    auto session = world.session();
    auto step = session->step(0, nullptr);
    ASSERT_TRUE(step);
    EXPECT_TRUE(step->is_ready);
    const int presentations = world.server.presentations();
    EXPECT_EQ(presentations, before_s == kFresh ? 0 : 1);
    EXPECT_EQ(token_of(session->current(0, nullptr)),
              AuthorizationServer::access_token(presentations));
    EXPECT_EQ(world.server.presentations(), presentations);
    EXPECT_EQ(world.clock.slept_ms(), 0);
  }
}

TEST(Session, a_locked_store_makes_a_step_come_again_until_the_deadline) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  auto held = world.store.lease(0, nullptr);
  auto session = world.session();
  std::int64_t waited_ms = 0;
  for (;;) {
    auto step = session->step(0, nullptr);
    if (!step) {
      EXPECT_EQ(step.error().code, Code::kLockTimeout);
      break;
    }
    ASSERT_FALSE(step->is_ready);
    ASSERT_EQ(step->next_delay_ms, 50);
    world.clock.advance_ms(step->next_delay_ms);
    waited_ms += step->next_delay_ms;
    ASSERT_LE(waited_ms, 25'000);
  }
  EXPECT_EQ(waited_ms, 25'000);
  *held = nullptr;
  EXPECT_TRUE(session->step(0, nullptr)->is_ready);
  EXPECT_EQ(world.server.presentations(), 1);
}

TEST(Session, a_stale_step_beside_a_locked_store_is_ready) {
  SessionWorld world;
  world.go_to_before_expiry_s(kStale);
  auto held = world.store.lease(0, nullptr);
  auto session = world.session();
  EXPECT_TRUE(session->step(0, nullptr)->is_ready);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-0");
}

TEST(Session, a_lost_answer_makes_a_step_come_again_within_the_budget) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.reuse = AuthorizationServer::Reuse::kIsRepeated;
  world.server.fault = [](int presentation) -> std::optional<AuthorizationServer::Fault> {
    if (presentation > 1) return std::nullopt;
    return AuthorizationServer::Fault{json_answer(502, ""), true};
  };
  auto session = world.session();
  auto step = session->step(0, nullptr);
  ASSERT_TRUE(step);
  EXPECT_FALSE(step->is_ready);
  EXPECT_EQ(step->next_delay_ms, 1'000);
  world.clock.advance_ms(step->next_delay_ms);
  EXPECT_TRUE(session->step(0, nullptr)->is_ready);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-1");
  EXPECT_EQ(world.server.log(), (std::vector<int>{0, 0}));
}

TEST(Session, a_step_whose_refresh_failed_is_ready_while_the_token_lives) {
  SessionWorld world;
  world.go_to_before_expiry_s(kDue);
  break_network(world);
  auto session = world.session();
  EXPECT_TRUE(session->step(0, nullptr)->is_ready);
  EXPECT_EQ(token_of(session->current(0, nullptr)), "CANARY-access-0");
  EXPECT_EQ(world.server.presentations(), 1);
  world.go_to_before_expiry_s(kExpired);
  auto step = session->step(0, nullptr);
  ASSERT_FALSE(step);
  EXPECT_EQ(step.error().code, Code::kNetwork);
}

}  // namespace
}  // namespace bmauth::core
