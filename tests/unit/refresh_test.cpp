// One refresh under the lock (contract, section 5; promises R1 to R5).
#include "core/refresh.h"

#include <gtest/gtest.h>

#include "core/cancel.h"
#include "tests/unit/session_world.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kExpired = -10;  // "seconds before expiry" of a token that is not usable
constexpr std::int64_t kLiving = 30;    // of one that is due, and still usable

HttpOutcome status(int code, std::string retry_after = "") {
  HttpAnswer answer;
  answer.status = code;
  answer.body = "<html>not OAuth</html>";
  answer.retry_after = std::move(retry_after);
  return answer;
}

void always(SessionWorld& world, const HttpOutcome& outcome, bool is_rotating = false) {
  world.server.fault = [outcome, is_rotating](int) {
    return AuthorizationServer::Fault{outcome, is_rotating};
  };
}

TEST(Refresh, a_good_answer_is_stored_and_leaves_no_marker) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  const RefreshResult result = world.refresh_now();
  ASSERT_FALSE(result.failure) << result.failure->message;
  EXPECT_TRUE(result.is_new);
  EXPECT_FALSE(result.unsaved);
  EXPECT_EQ(result.session->record.access_token.reveal(), "CANARY-access-1");
  EXPECT_EQ(world.stored_generation(), 1);
  EXPECT_FALSE(world.store.get()->state.marker);
  EXPECT_EQ(world.store.get()->state.generation, 1u);
  EXPECT_EQ(result.session->version, world.store.get()->version);
  EXPECT_FALSE(world.store.is_leased());
}

TEST(Refresh, the_request_is_the_one_of_rfc_6749_section_6_on_a_fresh_connection) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  ScriptedTransport transport;
  transport.push(json_answer(200, R"({"access_token":"CANARY-a","token_type":"bearer"})"));
  Cancel cancel;
  refresh(world.store, transport, world.clock, world.limits, world.order(), &cancel);
  ASSERT_EQ(transport.requests().size(), 1u);
  const SentRequest sent = transport.requests()[0];
  EXPECT_EQ(sent.method, "POST");
  EXPECT_EQ(sent.url, "https://issuer.example/oauth2/token");
  EXPECT_EQ(sent.body,
            "grant_type=refresh_token&refresh_token=CANARY-refresh-0&client_id=client_1");
  EXPECT_TRUE(sent.is_connection_fresh);
  EXPECT_EQ(sent.timeout_ms, 5'000);
  EXPECT_FALSE(sent.has_cancel) << "what was sent must be known, whatever the caller does";
}

TEST(Refresh, the_endpoint_that_discovery_found_is_used) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  StoredSession stored = *world.store.get();
  stored.binding.token_endpoint = "https://issuer.example/deep/token";
  world.store.put(stored);
  ScriptedTransport transport;
  refresh(world.store, transport, world.clock, world.limits, world.order(), nullptr);
  EXPECT_EQ(transport.requests().at(0).url, "https://issuer.example/deep/token");
}

TEST(Refresh, an_answer_without_refresh_token_and_scope_keeps_both) {
  SessionWorld world;
  StoredSession stored = *world.store.get();
  stored.record.scope = "openid offline_access";
  stored.record.unknown_members = R"("theirs": 1)";
  world.store.put(stored);
  world.go_to_before_expiry_s(kExpired);
  ScriptedTransport transport;
  transport.push(json_answer(200, R"({"access_token":"CANARY-a","token_type":"bearer"})"));
  const std::int64_t now_s = world.clock.unix_s();
  refresh(world.store, transport, world.clock, world.limits, world.order(), nullptr);
  const TokenRecord record = world.store.get()->record;
  EXPECT_EQ(record.access_token.reveal(), "CANARY-a");
  EXPECT_EQ(record.refresh_token.reveal(), "CANARY-refresh-0");
  EXPECT_EQ(record.scope, "openid offline_access");
  EXPECT_EQ(record.unknown_members, R"("theirs": 1)");
  EXPECT_EQ(record.expires_at_unix_s, now_s + 3600);
}

TEST(Refresh, a_marker_with_digest_and_time_is_durable_before_anything_is_sent) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  int seen = 0;
  world.server.pause = [&](const char* moment) {
    if (std::string(moment) != "request") return;
    const StoredSession stored = *world.store.get();
    ASSERT_TRUE(stored.state.marker);
    EXPECT_EQ(stored.state.marker->digest, stored.record.refresh_token.digest());
    EXPECT_EQ(stored.state.marker->sent_at_unix_ms, world.clock.unix_ms());
    EXPECT_EQ(stored.state.marker->attempts, 1);
    EXPECT_TRUE(world.store.is_leased());
    ++seen;
  };
  world.refresh_now();
  EXPECT_EQ(seen, 1);
}

TEST(Refresh, nothing_is_sent_if_the_marker_cannot_be_written) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.store.write_error = make_error(Code::kStoreIo, "disk full");
  const RefreshResult result = world.refresh_now();
  ASSERT_TRUE(result.failure);
  EXPECT_EQ(result.failure->code, Code::kStoreIo);
  EXPECT_EQ(world.server.presentations(), 0);
}

// Every fault that the contract names, for a token that lives and for one that does not.
struct FaultRow {
  std::string name;
  HttpOutcome outcome;
  Code code;
  int presentations_living;
  int presentations_expired;
  bool has_marker;  // afterwards
  bool has_hold;
};

std::vector<FaultRow> fault_rows() {
  const auto not_sent = [](Code code) { return transport_failure(code, Delivery::kNotSent); };
  const auto lost = [](Code code) { return transport_failure(code, Delivery::kMaybeSent); };
  HttpAnswer over_cap;
  over_cap.status = 200;
  over_cap.is_body_over_cap = true;
  return {
      {"dns", not_sent(Code::kNetwork), Code::kNetwork, 1, 1, false, false},
      {"refused", not_sent(Code::kNetwork), Code::kNetwork, 1, 1, false, false},
      {"tls", not_sent(Code::kTls), Code::kTls, 1, 1, false, false},
      {"connect timeout", not_sent(Code::kTimeout), Code::kTimeout, 1, 1, false, false},
      {"no net module", not_sent(Code::kNetUnavailable), Code::kNetUnavailable, 1, 1, false, false},
      {"reset", lost(Code::kNetwork), Code::kNetwork, 1, 5, true, true},
      {"timeout", lost(Code::kTimeout), Code::kTimeout, 1, 5, true, true},
      {"tls cut off", lost(Code::kTls), Code::kTls, 1, 5, true, true},
      {"408", status(408), Code::kTimeout, 1, 5, true, true},
      {"425", status(425), Code::kServer, 1, 5, true, true},
      {"500", status(500), Code::kServer, 1, 5, true, true},
      {"502 html", status(502), Code::kServer, 1, 5, true, true},
      {"503", status(503), Code::kServer, 1, 5, true, true},
      {"504", status(504), Code::kServer, 1, 5, true, true},
      {"200 html", status(200), Code::kBadResponse, 1, 5, true, true},
      {"200 empty", json_answer(200, ""), Code::kBadResponse, 1, 5, true, true},
      {"200 cut off", json_answer(200, R"({"access_token":"x)"), Code::kBadResponse, 1, 5, true,
       true},
      {"200 over the cap", over_cap, Code::kBadResponse, 1, 5, true, true},
      {"200 no tokens", json_answer(200, "{}"), Code::kBadResponse, 1, 1, true, true},
      {"429", status(429), Code::kRateLimited, 1, 1, false, true},
      {"301", status(301), Code::kBadResponse, 1, 1, false, false},
      {"302", status(302), Code::kBadResponse, 1, 1, false, false},
      {"307", status(307), Code::kBadResponse, 1, 1, false, false},
      {"400 html", status(400), Code::kRejected, 1, 1, false, false},
      {"401 html", status(401), Code::kRejected, 1, 1, false, false},
      {"403 html", status(403), Code::kRejected, 1, 1, false, false},
      {"404 html", status(404), Code::kRejected, 1, 1, false, false},
      {"invalid_client", json_answer(401, R"({"error":"invalid_client"})"), Code::kOauthRejected, 1,
       1, false, true},
      {"invalid_request", json_answer(400, R"({"error":"invalid_request"})"), Code::kOauthRejected,
       1, 1, false, true},
      {"server_error", json_answer(400, R"({"error":"server_error"})"), Code::kOauthRejected, 1, 1,
       false, true},
  };
}

TEST(Refresh, no_transient_fault_changes_the_session) {  // promise R4
  for (const FaultRow& row : fault_rows()) {
    for (bool is_living : {true, false}) {
      SCOPED_TRACE(row.name + (is_living ? ", living" : ", expired"));
      SessionWorld world;
      world.go_to_before_expiry_s(is_living ? kLiving : kExpired);
      const std::string before = world.stored_bytes();
      always(world, row.outcome);
      const RefreshResult result = world.refresh_now();
      ASSERT_TRUE(result.failure);
      EXPECT_EQ(result.failure->code, row.code);
      EXPECT_EQ(world.server.presentations(),
                is_living ? row.presentations_living : row.presentations_expired);
      EXPECT_EQ(world.stored_bytes(), before);
      const RefreshState state = world.store.get()->state;
      EXPECT_EQ(state.marker.has_value(), row.has_marker);
      EXPECT_EQ(state.hold.has_value(), row.has_hold);
      EXPECT_FALSE(state.is_reauth_required);
      EXPECT_FALSE(world.store.is_leased());
      EXPECT_EQ(state.generation, 0u);
    }
  }
}

TEST(Refresh, a_lost_answer_is_asked_for_again_within_the_budget) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.reuse = AuthorizationServer::Reuse::kIsRepeated;
  world.server.fault = [](int presentation) -> std::optional<AuthorizationServer::Fault> {
    if (presentation > 2) return std::nullopt;
    return AuthorizationServer::Fault{transport_failure(Code::kTimeout, Delivery::kMaybeSent),
                                      true};
  };
  const RefreshResult result = world.refresh_now();
  ASSERT_FALSE(result.failure);
  EXPECT_EQ(world.server.log(), (std::vector<int>{0, 0, 0}));
  EXPECT_EQ(world.clock.sleeps_ms(), (std::vector<std::int64_t>{1'000, 2'000}));
  EXPECT_EQ(world.stored_generation(), 1);
  EXPECT_FALSE(world.store.get()->state.marker);
}

TEST(Refresh, the_budget_bounds_the_tries_and_their_time) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  std::vector<std::int64_t> timeouts_ms;
  ScriptedTransport silent;
  silent.respond = [&](const HttpRequest& request) {
    timeouts_ms.push_back(request.timeout_ms);
    world.clock.advance_ms(request.timeout_ms);
    return transport_failure(Code::kTimeout, Delivery::kMaybeSent);
  };
  const std::int64_t begun_ms = world.clock.monotonic_ms();
  const RefreshResult result =
      refresh(world.store, silent, world.clock, world.limits, world.order(), nullptr);
  EXPECT_EQ(result.failure->code, Code::kTimeout);
  EXPECT_LE(world.clock.monotonic_ms() - begun_ms, 20'000);
  EXPECT_EQ(timeouts_ms, (std::vector<std::int64_t>{5'000, 5'000, 5'000}));
}

TEST(Refresh, retry_after_beyond_the_budget_ends_the_tries_and_is_kept) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  always(world, status(503, "90"));
  const RefreshResult result = world.refresh_now();
  EXPECT_EQ(world.server.presentations(), 1);
  EXPECT_EQ(result.failure->retry_after_ms, 90'000);
  EXPECT_EQ(world.store.get()->state.hold->until_unix_ms, world.clock.unix_ms() + 90'000);
}

TEST(Refresh, retry_after_within_the_budget_is_waited_for) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.fault = [](int presentation) -> std::optional<AuthorizationServer::Fault> {
    if (presentation > 1) return std::nullopt;
    return AuthorizationServer::Fault{status(503, "7"), false};
  };
  ASSERT_FALSE(world.refresh_now().failure);
  EXPECT_EQ(world.clock.sleeps_ms(), (std::vector<std::int64_t>{7'000}));
}

TEST(Refresh, after_the_budget_the_token_is_presented_once_for_each_hold) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  always(world, status(500));
  world.refresh_now();
  ASSERT_EQ(world.server.presentations(), 5);
  int expected = 5;
  for (std::int64_t hold_ms : {30'000, 60'000, 120'000, 240'000, 300'000, 300'000}) {
    world.clock.advance_ms(hold_ms - 1);
    RefreshResult held = world.refresh_now();
    EXPECT_EQ(held.failure->code, Code::kServer);
    EXPECT_EQ(held.failure->retry_after_ms, 1);
    EXPECT_EQ(world.server.presentations(), expected)
        << "before the hold of " << hold_ms << " ended";
    world.clock.advance_ms(1);
    world.refresh_now();
    EXPECT_EQ(world.server.presentations(), ++expected);
  }
}

TEST(Refresh, while_the_token_lives_a_lost_answer_is_not_asked_for_again) {
  SessionWorld world;
  world.go_to_before_expiry_s(90);
  RefreshOrder order = world.order();
  always(world, status(500));
  world.refresh_now();
  world.clock.advance_ms(45'000);
  EXPECT_EQ(world.refresh_now().failure->code, Code::kServer);
  EXPECT_EQ(world.server.presentations(), 1);
  world.go_to_before_expiry_s(kExpired);
  world.refresh_now();
  EXPECT_EQ(world.server.presentations(), 2);
}

TEST(Refresh, a_holder_that_finds_a_young_marker_sends_the_same_token_at_once) {
  for (bool is_living : {true, false}) {
    SessionWorld world;
    world.go_to_before_expiry_s(is_living ? kLiving : kExpired);
    StoredSession killed = *world.store.get();
    killed.state.marker = {killed.record.refresh_token.digest(), world.clock.unix_ms() - 12'000, 1};
    world.store.put(killed);
    const std::int64_t begun_ms = world.clock.monotonic_ms();
    always(world, status(500));
    EXPECT_EQ(world.refresh_now().failure->code, Code::kServer);
    EXPECT_EQ(world.server.presentations(), is_living ? 1 : 4);
    EXPECT_LE(world.clock.monotonic_ms() - begun_ms, 8'000) << "what is left of the budget";
    EXPECT_EQ(world.store.get()->state.marker->sent_at_unix_ms,
              killed.state.marker->sent_at_unix_ms);
  }
}

TEST(Refresh, a_marker_of_a_dead_holder_that_is_too_old_waits_30_s_after_its_last_try) {
  struct Row {
    int attempts;
    std::int64_t age_ms;
    int presentations;
  };
  for (const Row& row : {Row{1, 20'000, 0}, Row{1, 29'999, 0}, Row{1, 30'000, 1}, Row{2, 49'999, 0},
                         Row{2, 50'000, 1}}) {
    SessionWorld world;
    world.go_to_before_expiry_s(kExpired);
    StoredSession killed = *world.store.get();
    killed.state.marker = {killed.record.refresh_token.digest(), world.clock.unix_ms() - row.age_ms,
                           row.attempts};
    world.store.put(killed);
    const RefreshResult result = world.refresh_now();
    EXPECT_EQ(world.server.presentations(), row.presentations) << row.attempts << " " << row.age_ms;
    EXPECT_EQ(result.failure.has_value(), row.presentations == 0);
  }
}

TEST(Refresh, a_try_that_was_not_sent_does_not_hide_an_earlier_one_that_was_lost) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.fault = [](int presentation) {
    return AuthorizationServer::Fault{
        presentation == 1 ? status(500) : transport_failure(Code::kNetwork, Delivery::kNotSent)};
  };
  EXPECT_EQ(world.refresh_now().failure->code, Code::kNetwork);
  EXPECT_TRUE(world.store.get()->state.marker);
  EXPECT_TRUE(world.store.get()->state.hold);
}

TEST(Refresh, a_rate_limit_holds_all_callers_for_retry_after) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  always(world, status(429, "100"));
  EXPECT_EQ(world.refresh_now().failure->retry_after_ms, 100'000);
  world.clock.advance_ms(99'000);
  EXPECT_EQ(world.refresh_now().failure->code, Code::kRateLimited);
  EXPECT_EQ(world.server.presentations(), 1);
  world.clock.advance_ms(1'000);
  world.server.fault = nullptr;
  EXPECT_FALSE(world.refresh_now().failure);
}

TEST(Refresh, after_another_oauth_error_none_is_sent_for_60_s) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  always(world, json_answer(401, R"({"error":"invalid_client","error_description":"gone"})"));
  RefreshResult first = world.refresh_now();
  EXPECT_EQ(first.failure->oauth_error, "invalid_client");
  EXPECT_EQ(first.failure->oauth_error_description, "gone");
  world.clock.advance_ms(59'999);
  RefreshResult held = world.refresh_now();
  EXPECT_EQ(held.failure->code, Code::kOauthRejected);
  EXPECT_EQ(held.failure->oauth_error, "invalid_client");
  EXPECT_EQ(world.server.presentations(), 1);
  world.clock.advance_ms(1);
  world.refresh_now();
  EXPECT_EQ(world.server.presentations(), 2);
}

TEST(Refresh, a_hold_set_by_a_clock_that_was_put_back_since_is_not_believed) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  StoredSession stored = *world.store.get();
  stored.state.hold =
      RefreshState::Hold{world.clock.unix_ms() + 86'400'000, 30'000, Code::kServer, ""};
  world.store.put(stored);
  EXPECT_FALSE(world.refresh_now().failure);
}

TEST(Refresh, invalid_grant_is_remembered_and_answered_locally) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  const std::string before = world.stored_bytes();
  always(world, json_answer(400, R"({"error":"invalid_grant","error_description":"over"})"));
  const RefreshResult result = world.refresh_now();
  EXPECT_EQ(result.failure->code, Code::kReauthRequired);
  EXPECT_EQ(result.failure->oauth_error, "invalid_grant");
  EXPECT_EQ(result.failure->oauth_error_description, "over");
  EXPECT_EQ(result.failure->http_status, 400);
  EXPECT_EQ(world.stored_bytes(), before) << "nothing is deleted";
  EXPECT_TRUE(world.store.get()->state.is_reauth_required);
  EXPECT_FALSE(world.store.get()->state.marker);
  EXPECT_EQ(world.clock.slept_ms(), 2'000) << "a foreign writer may be late";
  for (int again = 0; again < 3; ++again) {
    world.clock.advance_ms(1'000'000);
    EXPECT_EQ(world.refresh_now().failure->code, Code::kReauthRequired);
  }
  EXPECT_EQ(world.server.presentations(), 1);
}

TEST(Refresh, new_content_lifts_reauth_required) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  StoredSession dead = *world.store.get();
  dead.state.is_reauth_required = true;
  world.store.put(dead);
  const RefreshOrder order = world.order();
  world.store.put(world_session(7, world.clock.unix_s()));
  const RefreshResult result =
      refresh(world.store, world.server, world.clock, world.limits, order, nullptr);
  EXPECT_FALSE(result.failure);
  EXPECT_EQ(result.session->record.access_token.reveal(), "CANARY-access-7");
}

TEST(Refresh, invalid_grant_because_another_was_first_adopts_what_that_one_stores) {  // promise R3
  for (std::int64_t late_ms : {0, 100, 1'000, 1'900}) {
    SessionWorld world;
    world.go_to_before_expiry_s(kExpired);
    always(world, json_answer(400, R"({"error":"invalid_grant"})"));
    const std::int64_t begun_ms = world.clock.monotonic_ms();
    world.clock.before_sleep = [&](std::int64_t) {
      if (world.clock.monotonic_ms() - begun_ms >= late_ms) {
        world.store.put(world_session(5, world.clock.unix_s()));
      }
    };
    const RefreshResult result = world.refresh_now();
    ASSERT_FALSE(result.failure) << late_ms;
    EXPECT_EQ(result.session->record.access_token.reveal(), "CANARY-access-5");
    EXPECT_TRUE(result.is_new);
    EXPECT_EQ(world.stored_generation(), 5);
  }
}

TEST(Refresh, invalid_grant_in_a_store_that_was_emptied_is_a_logout) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  always(world, json_answer(400, R"({"error":"invalid_grant"})"));
  world.clock.before_sleep = [&](std::int64_t) { world.store.put(std::nullopt); };
  const RefreshResult result = world.refresh_now();
  EXPECT_FALSE(result.failure);
  EXPECT_FALSE(result.session);
  EXPECT_FALSE(world.store.get());
}

TEST(Refresh, what_another_holder_left_is_used_without_a_request) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  const RefreshOrder order = world.order();
  world.store.put(world_session(3, world.clock.unix_s() - 250));  // due again already
  const RefreshResult result =
      refresh(world.store, world.server, world.clock, world.limits, order, nullptr);
  ASSERT_FALSE(result.failure);
  EXPECT_EQ(result.session->record.access_token.reveal(), "CANARY-access-3");
  EXPECT_EQ(world.server.presentations(), 0);
}

TEST(Refresh, the_loser_adopts_what_a_writer_without_the_lock_stored_meanwhile) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.pause = [&](const char* moment) {
    if (std::string(moment) == "answer") world.store.put(world_session(9, world.clock.unix_s()));
  };
  const RefreshResult result = world.refresh_now();
  ASSERT_FALSE(result.failure);
  EXPECT_EQ(result.session->record.access_token.reveal(), "CANARY-access-9");
  EXPECT_EQ(world.stored_generation(), 9);
}

TEST(Refresh, a_file_that_was_only_rewritten_meanwhile_gets_the_new_tokens) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.pause = [&](const char* moment) {
    if (std::string(moment) == "answer") world.store.put(*world.store.get());
  };
  ASSERT_FALSE(world.refresh_now().failure);
  EXPECT_EQ(world.stored_generation(), 1);
}

TEST(Refresh, a_logout_during_the_request_is_not_undone) {  // promise R9
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.pause = [&](const char* moment) {
    if (std::string(moment) == "answer") world.store.put(std::nullopt);
  };
  const RefreshResult result = world.refresh_now();
  EXPECT_FALSE(result.session);
  EXPECT_FALSE(result.unsaved);
  EXPECT_FALSE(world.store.get());
}

TEST(Refresh, tokens_that_cannot_be_stored_are_kept_and_said_to_be) {  // promise S2
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.server.pause = [&](const char*) {
    world.store.write_error = make_error(Code::kStoreIo, "disk full");
  };
  const RefreshResult result = world.refresh_now();
  ASSERT_FALSE(result.failure);
  ASSERT_TRUE(result.unsaved);
  EXPECT_EQ(result.session->record.access_token.reveal(), "CANARY-access-1");
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_NE(result.warnings[0].find("disk full"), std::string::npos);
  EXPECT_EQ(world.stored_generation(), 0);
}

TEST(Refresh, a_session_that_cannot_be_refreshed_says_why_without_a_request) {
  struct Row {
    std::function<void(StoredSession&)> change;
    Code code;
    std::string words;
  };
  const std::vector<Row> rows = {
      {[](StoredSession& s) { s.record.refresh_token = Secret(); }, Code::kReauthRequired,
       "holds no refresh token"},
      {[](StoredSession& s) { s.is_writable = false; }, Code::kStorePermissions,
       "cannot be written"},
      {[](StoredSession& s) { s.state.is_reauth_required = true; }, Code::kReauthRequired,
       "no longer accepts"},
  };
  for (const Row& row : rows) {
    SessionWorld world;
    world.go_to_before_expiry_s(kExpired);
    StoredSession stored = *world.store.get();
    row.change(stored);
    world.store.put(stored);
    const RefreshResult result = world.refresh_now();
    ASSERT_TRUE(result.failure);
    EXPECT_EQ(result.failure->code, row.code);
    EXPECT_NE(result.failure->message.find(row.words), std::string::npos);
    EXPECT_NE(result.failure->message.find("/data/tokens.json"), std::string::npos);
    EXPECT_EQ(world.server.presentations(), 0);
  }
}

TEST(Refresh, cancelled_before_sending_sends_nothing) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  Cancel cancel;
  cancel.trigger();
  EXPECT_EQ(world.refresh_now(&cancel).failure->code, Code::kCancelled);
  EXPECT_EQ(world.server.presentations(), 0);
}

TEST(Refresh, cancelled_while_sending_is_finished_and_stored) {  // promise R6
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  Cancel cancel;
  world.server.pause = [&](const char*) { cancel.trigger(); };
  const RefreshResult result = world.refresh_now(&cancel);
  EXPECT_FALSE(result.failure);
  EXPECT_EQ(world.stored_generation(), 1);
}

TEST(Refresh, cancelled_between_tries_leaves_the_marker_for_the_next_holder) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  Cancel cancel;
  always(world, status(500));
  world.server.pause = [&](const char*) { cancel.trigger(); };
  EXPECT_EQ(world.refresh_now(&cancel).failure->code, Code::kCancelled);
  EXPECT_EQ(world.server.presentations(), 1);
  EXPECT_TRUE(world.store.get()->state.marker);
  world.server.fault = nullptr;
  world.server.pause = nullptr;
  EXPECT_FALSE(world.refresh_now().failure) << "the next holder sends at once";
}

TEST(Refresh, a_single_request_says_when_to_come_again) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  always(world, status(500));
  RefreshOrder order = world.order();
  order.is_single_request = true;
  const RefreshResult lost =
      refresh(world.store, world.server, world.clock, world.limits, order, nullptr);
  EXPECT_EQ(lost.next_try_ms, 1'000);
  EXPECT_EQ(world.server.presentations(), 1);
  EXPECT_TRUE(world.clock.sleeps_ms().empty());
  world.clock.advance_ms(1'000);
  world.server.fault = nullptr;
  const RefreshResult found =
      refresh(world.store, world.server, world.clock, world.limits, order, nullptr);
  EXPECT_FALSE(found.failure);
  EXPECT_EQ(world.stored_generation(), 1);
}

TEST(Refresh, a_lock_that_does_not_come_is_a_lock_timeout_unless_its_holder_did_the_work) {
  for (bool has_holder_done_it : {false, true}) {
    SessionWorld world;
    world.go_to_before_expiry_s(kExpired);
    auto held = world.store.lease(0, nullptr);
    ASSERT_TRUE(held);
    const RefreshOrder order = world.order();
    world.clock.before_sleep = [&](std::int64_t) {
      if (has_holder_done_it) world.store.put(world_session(1, world.clock.unix_s()));
    };
    const RefreshResult result =
        refresh(world.store, world.server, world.clock, world.limits, order, nullptr);
    EXPECT_EQ(result.failure ? result.failure->code : Code::kOk,
              has_holder_done_it ? Code::kOk : Code::kLockTimeout);
    EXPECT_EQ(world.clock.slept_ms(), 25'000);
    EXPECT_EQ(world.server.presentations(), 0);
  }
}

TEST(Refresh, a_store_that_changes_for_ever_ends_in_an_error) {
  SessionWorld world;
  world.go_to_before_expiry_s(kExpired);
  world.store.before_operation = [&](const char* operation) {
    if (std::string(operation) == "compare_and_swap") world.store.put(*world.store.get());
  };
  EXPECT_EQ(world.refresh_now().failure->code, Code::kStoreIo);
  EXPECT_EQ(world.server.presentations(), 0);
}

}  // namespace
}  // namespace bmauth::core
