#include "core/device_flow.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/base64url.h"
#include "core/browser.h"
#include "core/sha256.h"
#include "tests/unit/fakes.h"

namespace bmauth::core {
namespace {

constexpr const char* kIssuer = "https://issuer.example";
constexpr const char* kDeviceCode = "CANARY-device-code-3f9a";

std::string form_value(const std::string& body, const std::string& name) {
  std::size_t at = 0;
  while (at < body.size()) {
    const std::size_t end = std::min(body.find('&', at), body.size());
    const std::string field = body.substr(at, end - at);
    if (field.substr(0, field.find('=')) == name) return field.substr(field.find('=') + 1);
    at = end + 1;
  }
  return {};
}

// A good device authorization answer, with members to replace or, when empty, to leave out.
std::string device_answer(const std::map<std::string, std::string>& changes = {}) {
  std::map<std::string, std::string> members = {
      {"device_code", std::string("\"") + kDeviceCode + "\""},
      {"user_code", "\"WDJB-MJHT\""},
      {"verification_uri", "\"https://issuer.example/device\""},
      {"verification_uri_complete", "\"https://issuer.example/device?user_code=WDJB-MJHT\""},
      {"expires_in", "900"},
      {"interval", "5"}};
  for (const auto& [name, value] : changes) members[name] = value;
  std::string json;
  for (const auto& [name, value] : members) {
    if (value.empty()) continue;
    json += (json.empty() ? "{\"" : ",\"") + name + "\":" + value;
  }
  return json + "}";
}

std::string token_answer() {
  return R"({"access_token":"CANARY-access","refresh_token":"CANARY-refresh","token_type":"bearer",)"
         R"("expires_in":300,"scope":"openid"})";
}

HttpOutcome oauth_error(const std::string& error, const std::string& more = {}, int status = 400) {
  return json_answer(status, "{\"error\":\"" + error + "\"" + more + "}");
}

HttpOutcome answer(int status, const std::string& body, const std::string& retry_after = {}) {
  HttpAnswer http;
  http.status = status;
  http.body = body;
  http.retry_after = retry_after;
  return http;
}

// What an outcome of poll is, in one word or two.
std::string outcome_of(const Result<DeviceFlow::Progress>& progress) {
  if (!progress) return code_info(progress.error().code).name;
  if (const auto* pending = std::get_if<DeviceFlow::Pending>(&*progress)) {
    return "pending " + std::to_string(pending->next_delay_ms);
  }
  return "granted";
}

class DeviceFlowTest : public ::testing::Test {
 protected:
  Result<std::unique_ptr<DeviceFlow>> try_begin(Cancel* cancel = nullptr) {
    return DeviceFlow::begin(transport, clock, random, config, cancel);
  }
  std::unique_ptr<DeviceFlow> begin(const std::map<std::string, std::string>& changes = {}) {
    transport.push(json_answer(200, device_answer(changes)));
    auto flow = try_begin();
    EXPECT_TRUE(flow.ok()) << (flow ? "" : flow.error().message);
    return flow ? *std::move(flow) : nullptr;
  }
  // Waits as told, then polls against one answer.
  std::string poll(DeviceFlow& flow, HttpOutcome outcome) {
    transport.push(std::move(outcome));
    clock.advance_ms(flow.next_delay_ms());
    return outcome_of(flow.poll(nullptr));
  }
  Error poll_error(DeviceFlow& flow, HttpOutcome outcome) {
    transport.push(std::move(outcome));
    clock.advance_ms(flow.next_delay_ms());
    auto progress = flow.poll(nullptr);
    EXPECT_FALSE(progress.ok());
    return progress ? Error{} : progress.error();
  }

  FakeClock clock;
  FakeRandom random;
  ScriptedTransport transport;
  DeviceFlowConfig config{{kIssuer, "client_1", "https://cloud.example", "", ""}, 15'000, 600'000};
};

// RFC 8628 section 3.1, RFC 7636 section 4.3.
TEST_F(DeviceFlowTest, begin_sends_client_scope_and_challenge) {
  auto flow = begin();
  const auto requests = transport.requests();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].method, "POST");
  EXPECT_EQ(requests[0].url, "https://issuer.example/oauth2/device_authorization");
  EXPECT_EQ(requests[0].content_type, "application/x-www-form-urlencoded");
  EXPECT_EQ(form_value(requests[0].body, "client_id"), "client_1");
  EXPECT_EQ(form_value(requests[0].body, "scope"), "openid+profile+email+offline_access");
  EXPECT_EQ(form_value(requests[0].body, "code_challenge_method"), "S256");
  EXPECT_EQ(form_value(requests[0].body, "code_challenge").size(), 43u);
  EXPECT_EQ(requests[0].timeout_ms, 15'000);
  EXPECT_TRUE(requests[0].authorization.empty());
}

// RFC 8628 section 3.4, RFC 7636 sections 4.1, 4.2, 4.5.
TEST_F(DeviceFlowTest, poll_sends_the_verifier_that_the_challenge_was_made_of) {
  auto flow = begin();
  EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 5000");
  const auto requests = transport.requests();
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[1].url, "https://issuer.example/oauth2/token");
  EXPECT_EQ(form_value(requests[1].body, "grant_type"),
            "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code");
  EXPECT_EQ(form_value(requests[1].body, "device_code"), kDeviceCode);
  EXPECT_EQ(form_value(requests[1].body, "client_id"), "client_1");
  const std::string verifier = form_value(requests[1].body, "code_verifier");
  EXPECT_EQ(verifier.size(), 43u);
  const auto digest = sha256(verifier);
  EXPECT_EQ(base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()}),
            form_value(requests[0].body, "code_challenge"));
}

TEST_F(DeviceFlowTest, each_login_has_its_own_verifier) {
  begin();
  begin();
  const auto requests = transport.requests();
  EXPECT_NE(form_value(requests[0].body, "code_challenge"),
            form_value(requests[1].body, "code_challenge"));
}

TEST_F(DeviceFlowTest, polls_may_share_one_connection) {
  auto flow = begin();
  poll(*flow, oauth_error("authorization_pending"));
  for (const auto& request : transport.requests()) EXPECT_FALSE(request.is_connection_fresh);
}

TEST_F(DeviceFlowTest, a_token_endpoint_of_the_binding_is_used) {
  config.binding.token_endpoint = "https://issuer.example/other/token";
  auto flow = begin();
  poll(*flow, oauth_error("authorization_pending"));
  EXPECT_EQ(transport.requests()[1].url, "https://issuer.example/other/token");
}

TEST_F(DeviceFlowTest, without_randomness_nothing_is_sent) {
  random.failure = make_error(Code::kInternal, "no entropy");
  auto flow = try_begin();
  ASSERT_FALSE(flow.ok());
  EXPECT_EQ(flow.error().code, Code::kInternal);
  EXPECT_TRUE(transport.requests().empty());
}

TEST_F(DeviceFlowTest, the_caller_gets_what_the_person_needs) {
  auto flow = begin();
  const DeviceAuthorization& shown = flow->authorization();
  EXPECT_EQ(shown.user_code, "WDJB-MJHT");
  EXPECT_EQ(shown.verification_uri, "https://issuer.example/device");
  EXPECT_EQ(shown.verification_uri_complete, "https://issuer.example/device?user_code=WDJB-MJHT");
  EXPECT_EQ(shown.expires_in_s, 900);
  EXPECT_EQ(shown.interval_s, 5);
  EXPECT_EQ(flow->next_delay_ms(), 5'000);
}

struct IntervalRow {
  const char* stated;
  std::int64_t interval_s;
};

TEST_F(DeviceFlowTest, an_interval_is_read_whatever_its_dress) {
  const IntervalRow rows[] = {{"", 5},        {"null", 5},       {"0", 5},     {"-3", 5},
                              {"\"x\"", 5},   {"\"\"", 5},       {"true", 5},  {"[]", 5},
                              {"0.5", 5},     {"\"nan\"", 5},    {"1", 1},     {"\"1\"", 1},
                              {"\"10\"", 10}, {"1.5", 2},        {"7.0", 7},   {"60", 60},
                              {"\"inf\"", 5}, {"1e300", 86'400}, {"\"5s\"", 5}};
  for (const auto& row : rows) {
    auto flow = begin({{"interval", row.stated}});
    ASSERT_NE(flow, nullptr) << row.stated;
    EXPECT_EQ(flow->authorization().interval_s, row.interval_s) << row.stated;
    EXPECT_EQ(flow->next_delay_ms(), std::min<std::int64_t>(row.interval_s * 1'000, 600'000))
        << row.stated;
  }
}

TEST_F(DeviceFlowTest, expires_in_is_read_from_numbers_and_strings_and_capped_at_a_day) {
  config.login_timeout_ms = 10'000'000'000;
  const std::pair<const char*, std::int64_t> rows[] = {
      {"300", 300}, {"\"300\"", 300},  {"300.9", 300},
      {"1", 1},     {"1e300", 86'400}, {"99999999999999999999", 86'400}};
  for (const auto& [stated, expected_s] : rows) {
    auto flow = begin({{"expires_in", stated}});
    ASSERT_NE(flow, nullptr) << stated;
    EXPECT_EQ(flow->authorization().expires_in_s, expected_s) << stated;
    EXPECT_EQ(flow->remaining_ms(), expected_s * 1'000) << stated;
  }
}

TEST_F(DeviceFlowTest, an_unusable_answer_is_a_bad_response_and_not_asked_for_again) {
  const std::map<std::string, std::string> rows[] = {
      {{"device_code", ""}},
      {{"device_code", "\"\""}},
      {{"device_code", "7"}},
      {{"user_code", ""}},
      {{"user_code", "\"\""}},
      {{"user_code", "12345"}},
      {{"user_code", "\"\\u202e\\u0007\""}},
      {{"user_code", "\"" + std::string(129, 'A') + "\""}},
      {{"verification_uri", ""}},
      {{"verification_uri", "\"\""}},
      {{"verification_uri", "[\"https://issuer.example\"]"}},
      {{"verification_uri", "\"http://issuer.example/device\""}},
      {{"verification_uri", "\"javascript:alert(1)\""}},
      {{"verification_uri", "\"file:///etc/passwd\""}},
      {{"verification_uri", "\"https://issuer.example/\\u001b[2J\""}},
      {{"verification_uri", "\"https://issuer.example/\\u0000\""}},
      {{"verification_uri", "\"https://issuer.example/\\n\""}},
      {{"verification_uri", "\"https://issuer.example/\\u202egpj\""}},
      {{"verification_uri", "\"https://issuer.example/a b\""}},
      {{"verification_uri", "\"https://trusted.example@evil.example/\""}},
      {{"verification_uri", "\"--help\""}},
      {{"verification_uri_complete", "\"http://issuer.example/?c=1\""}},
      {{"verification_uri_complete", "\"https://issuer.example/\\u0007\""}},
      {{"verification_uri_complete", "5"}},
      {{"expires_in", ""}},
      {{"expires_in", "null"}},
      {{"expires_in", "0"}},
      {{"expires_in", "-1"}},
      {{"expires_in", "0.5"}},
      {{"expires_in", "\"soon\""}},
      {{"expires_in", "\"nan\""}},
      {{"expires_in", "\"inf\""}},
      {{"expires_in", "[900]"}},
  };
  for (const auto& row : rows) {
    const std::size_t before = transport.requests().size();
    transport.push(json_answer(200, device_answer(row)));
    auto flow = try_begin();
    const std::string which = row.begin()->first + ": " + row.begin()->second;
    ASSERT_FALSE(flow.ok()) << which;
    EXPECT_EQ(flow.error().code, Code::kBadResponse) << which;
    EXPECT_EQ(flow.error().http_status, 200) << which;
    EXPECT_NE(flow.error().message.find(row.begin()->first), std::string::npos) << which;
    EXPECT_EQ(flow.error().message.find("CANARY"), std::string::npos) << which;
    EXPECT_EQ(transport.requests().size(), before + 1) << which;
  }
}

TEST_F(DeviceFlowTest, control_and_bidi_characters_are_dropped_from_the_user_code) {
  auto flow = begin({{"user_code", "\"WD\\u001bJB\\u202e-MJ\\u0000HT\""}});
  EXPECT_EQ(flow->authorization().user_code, "WDJB-MJHT");
}

TEST_F(DeviceFlowTest, a_verification_uri_on_loopback_may_be_plain_and_have_a_fragment) {
  auto flow = begin({{"verification_uri", "\"http://127.0.0.1:8080/#/device\""},
                     {"verification_uri_complete", "null"}});
  EXPECT_EQ(flow->authorization().verification_uri, "http://127.0.0.1:8080/#/device");
  EXPECT_EQ(flow->authorization().verification_uri_complete, "");
}

TEST_F(DeviceFlowTest, what_is_shown_can_be_opened) {
  auto flow = begin();
  EXPECT_TRUE(check_openable_url(flow->authorization().verification_uri).ok());
  EXPECT_TRUE(check_openable_url(flow->authorization().verification_uri_complete).ok());
}

TEST_F(DeviceFlowTest, begin_tries_three_times_on_transient_faults) {
  const HttpOutcome faults[] = {transport_failure(Code::kNetwork, Delivery::kNotSent),
                                transport_failure(Code::kTimeout, Delivery::kMaybeSent),
                                answer(408, ""),
                                answer(425, ""),
                                answer(429, "{}"),
                                answer(500, "<html>"),
                                answer(502, "<html>"),
                                answer(503, "{\"error\":\"temporarily_unavailable\"}"),
                                answer(200, "<html>sign in to the airport</html>"),
                                answer(200, "")};
  for (const auto& fault : faults) {
    clock.forget_sleeps();
    transport.push(fault);
    transport.push(fault);
    auto flow = begin();
    EXPECT_NE(flow, nullptr);
    EXPECT_EQ(clock.sleeps_ms(), (std::vector<std::int64_t>{1'000, 2'000}));
    EXPECT_EQ(transport.unused_answers(), 0u);
  }
}

TEST_F(DeviceFlowTest, begin_gives_up_after_three_tries_with_the_last_fault) {
  const std::pair<HttpOutcome, Code> rows[] = {
      {transport_failure(Code::kNetwork, Delivery::kNotSent), Code::kNetwork},
      {transport_failure(Code::kTimeout, Delivery::kMaybeSent), Code::kTimeout},
      {answer(429, ""), Code::kRateLimited},
      {answer(503, ""), Code::kServer},
      {answer(200, "<html>"), Code::kBadResponse}};
  for (const auto& [fault, code] : rows) {
    const std::size_t before = transport.requests().size();
    for (int i = 0; i < 3; ++i) transport.push(fault);
    auto flow = try_begin();
    ASSERT_FALSE(flow.ok());
    EXPECT_EQ(flow.error().code, code);
    EXPECT_EQ(transport.requests().size(), before + 3);
  }
}

TEST_F(DeviceFlowTest, begin_does_not_repeat_what_will_fail_again) {
  const std::pair<HttpOutcome, Code> rows[] = {
      {oauth_error("invalid_client"), Code::kOauthRejected},
      {oauth_error("access_denied", "", 403), Code::kOauthRejected},
      {answer(302, ""), Code::kBadResponse},
      {answer(404, "not found"), Code::kBadResponse},
      {answer(200, "[]"), Code::kBadResponse},
      {json_answer(200, token_answer()), Code::kBadResponse},
      {transport_failure(Code::kTls, Delivery::kNotSent), Code::kTls},
      {transport_failure(Code::kInsecureUrl, Delivery::kNotSent), Code::kInsecureUrl},
      {transport_failure(Code::kNetUnavailable, Delivery::kNotSent), Code::kNetUnavailable},
      {transport_failure(Code::kCancelled, Delivery::kNotSent), Code::kCancelled}};
  for (const auto& [fault, code] : rows) {
    const std::size_t before = transport.requests().size();
    transport.push(fault);
    auto flow = try_begin();
    ASSERT_FALSE(flow.ok());
    EXPECT_EQ(flow.error().code, code) << flow.error().message;
    EXPECT_EQ(transport.requests().size(), before + 1);
  }
}

TEST_F(DeviceFlowTest, the_servers_words_are_kept_and_harmless) {
  transport.push(
      oauth_error("invalid_client", ",\"error_description\":\"no \\u001b[31msuch client\""));
  auto flow = try_begin();
  ASSERT_FALSE(flow.ok());
  EXPECT_EQ(flow.error().oauth_error, "invalid_client");
  EXPECT_EQ(flow.error().oauth_error_description, "no [31msuch client");
  EXPECT_EQ(flow.error().http_status, 400);
}

TEST_F(DeviceFlowTest, begin_waits_as_long_as_retry_after_says_within_reason) {
  transport.push(answer(429, "", "7"));
  EXPECT_NE(begin(), nullptr);
  EXPECT_EQ(clock.sleeps_ms(), (std::vector<std::int64_t>{7'000}));

  transport.push(answer(429, "", "120"));
  auto flow = try_begin();
  ASSERT_FALSE(flow.ok());
  EXPECT_EQ(flow.error().code, Code::kRateLimited);
  EXPECT_EQ(flow.error().retry_after_ms, 120'000);
}

TEST_F(DeviceFlowTest, begin_can_be_cancelled_between_its_tries) {
  Cancel cancel;
  clock.before_sleep = [&](std::int64_t) { cancel.trigger(); };
  transport.push(answer(503, ""));
  auto flow = try_begin(&cancel);
  ASSERT_FALSE(flow.ok());
  EXPECT_EQ(flow.error().code, Code::kCancelled);
  EXPECT_EQ(transport.requests().size(), 1u);
}

TEST_F(DeviceFlowTest, a_cancelled_begin_sends_nothing) {
  Cancel cancel;
  cancel.trigger();
  auto flow = try_begin(&cancel);
  ASSERT_FALSE(flow.ok());
  EXPECT_EQ(flow.error().code, Code::kCancelled);
  EXPECT_TRUE(transport.requests().empty());
}

TEST_F(DeviceFlowTest, begin_ends_with_the_callers_timeout) {
  config.login_timeout_ms = 0;
  auto flow = try_begin();
  ASSERT_FALSE(flow.ok());
  EXPECT_EQ(flow.error().code, Code::kLoginTimeout);
  EXPECT_TRUE(transport.requests().empty());
}

// RFC 8628 section 3.5.
TEST_F(DeviceFlowTest, pending_goes_on_at_the_interval) {
  auto flow = begin({{"interval", "2"}});
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 2000");
  }
  EXPECT_EQ(poll(*flow, json_answer(200, token_answer())), "granted");
}

TEST_F(DeviceFlowTest, slow_down_adds_five_seconds_for_good) {
  auto flow = begin({{"interval", "1"}});
  EXPECT_EQ(poll(*flow, oauth_error("slow_down")), "pending 6000");
  EXPECT_EQ(poll(*flow, oauth_error("slow_down")), "pending 11000");
  EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 11000");
  EXPECT_EQ(poll(*flow, json_answer(200, token_answer())), "granted");
}

TEST_F(DeviceFlowTest, slow_down_takes_the_servers_larger_interval) {
  auto flow = begin();
  EXPECT_EQ(poll(*flow, oauth_error("slow_down", ",\"interval\":30")), "pending 30000");
  EXPECT_EQ(poll(*flow, oauth_error("slow_down", ",\"interval\":7")), "pending 35000");
  EXPECT_EQ(poll(*flow, oauth_error("slow_down", ",\"interval\":\"x\"")), "pending 40000");
  EXPECT_EQ(poll(*flow, oauth_error("slow_down", ",\"interval\":\"60\"")), "pending 60000");
}

TEST_F(DeviceFlowTest, slow_down_counts_in_any_4xx) {
  auto flow = begin();
  EXPECT_EQ(poll(*flow, oauth_error("slow_down", "", 429)), "pending 10000");
  EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 10000");
}

TEST_F(DeviceFlowTest, any_number_of_slow_downs_is_not_fatal) {
  config.login_timeout_ms = 86'400'000;
  auto flow = begin({{"expires_in", "86400"}});
  for (int i = 1; i <= 100; ++i) {
    EXPECT_EQ(poll(*flow, oauth_error("slow_down")),
              "pending " + std::to_string(5'000 + i * 5'000));
  }
}

TEST_F(DeviceFlowTest, refusals_end_the_flow_under_their_own_names) {
  const std::pair<const char*, Code> rows[] = {
      {"access_denied", Code::kAccessDenied},           {"expired_token", Code::kExpiredToken},
      {"invalid_grant", Code::kOauthRejected},          {"invalid_client", Code::kOauthRejected},
      {"unsupported_grant_type", Code::kOauthRejected}, {"something_new", Code::kOauthRejected}};
  for (const auto& [name, code] : rows) {
    auto flow = begin();
    const Error error = poll_error(*flow, oauth_error(name, ",\"error_description\":\"because\""));
    EXPECT_EQ(error.code, code) << name;
    EXPECT_EQ(error.oauth_error, name);
    EXPECT_EQ(error.oauth_error_description, "because");
    EXPECT_EQ(error.http_status, 400);
    EXPECT_EQ(error.remedy, "") << name;
  }
}

TEST_F(DeviceFlowTest, an_ended_flow_repeats_its_error_and_sends_nothing) {
  auto flow = begin();
  poll(*flow, oauth_error("access_denied"));
  const std::size_t before = transport.requests().size();
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "access_denied");
  EXPECT_EQ(flow->next_delay_ms(), 0);
  EXPECT_EQ(transport.requests().size(), before);
}

TEST_F(DeviceFlowTest, a_poll_after_the_grant_is_a_mistake) {
  auto flow = begin();
  EXPECT_EQ(poll(*flow, json_answer(200, token_answer())), "granted");
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "invalid_argument");
  EXPECT_EQ(transport.requests().size(), 2u);
}

TEST_F(DeviceFlowTest, invalid_grant_after_a_lost_answer_says_start_again) {
  auto flow = begin();
  poll(*flow, transport_failure(Code::kTimeout, Delivery::kMaybeSent));
  poll(*flow, transport_failure(Code::kNetwork, Delivery::kNotSent));
  const Error error = poll_error(*flow, oauth_error("invalid_grant"));
  EXPECT_EQ(error.code, Code::kOauthRejected);
  EXPECT_NE(error.remedy.find("Start the login again"), std::string::npos);
}

TEST_F(DeviceFlowTest, a_lost_answer_is_forgotten_after_a_well_formed_one) {
  auto flow = begin();
  poll(*flow, transport_failure(Code::kTimeout, Delivery::kMaybeSent));
  poll(*flow, oauth_error("authorization_pending"));
  EXPECT_EQ(poll_error(*flow, oauth_error("invalid_grant")).remedy, "");
}

TEST_F(DeviceFlowTest, refused_answers_are_bad_responses) {
  const HttpOutcome rows[] = {answer(302, ""),
                              answer(400, "<html>"),
                              answer(404, ""),
                              answer(400, "{\"message\":\"no\"}"),
                              json_answer(200, "{}"),
                              json_answer(200, "[]"),
                              json_answer(200, R"({"access_token":"a","token_type":"mac"})"),
                              json_answer(200, R"({"access_token":"a b","token_type":"bearer"})"),
                              json_answer(200, R"({"access_token":7,"token_type":"bearer"})")};
  for (const auto& row : rows) {
    auto flow = begin();
    EXPECT_EQ(poll_error(*flow, row).code, Code::kBadResponse);
  }
}

TEST_F(DeviceFlowTest, transient_faults_double_the_delay_and_never_end_the_flow) {
  const HttpOutcome faults[] = {transport_failure(Code::kNetwork, Delivery::kNotSent),
                                transport_failure(Code::kNetwork, Delivery::kMaybeSent),
                                transport_failure(Code::kTls, Delivery::kNotSent),
                                transport_failure(Code::kTimeout, Delivery::kMaybeSent),
                                answer(408, ""),
                                answer(425, ""),
                                answer(429, ""),
                                answer(500, ""),
                                answer(502, "<html>"),
                                answer(503, "{\"error\":\"invalid_grant\"}"),
                                answer(200, "<html>"),
                                answer(200, "")};
  for (const auto& fault : faults) {
    auto flow = begin();
    const std::int64_t expected_ms[] = {10'000, 20'000, 30'000, 30'000, 30'000};
    for (const std::int64_t expected : expected_ms) {
      transport.push(fault);
      clock.advance_ms(flow->next_delay_ms());
      auto progress = flow->poll(nullptr);
      ASSERT_TRUE(progress.ok()) << progress.error().message;
      const std::int64_t delay_ms = std::get<DeviceFlow::Pending>(*progress).next_delay_ms;
      EXPECT_GE(delay_ms, expected * 8 / 10);  // each step's jitter goes into the next
      EXPECT_LE(delay_ms, std::min<std::int64_t>(30'000, expected * 12 / 10 + 1'000));
    }
    EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 5000");
  }
}

TEST_F(DeviceFlowTest, backoff_is_never_below_an_interval_over_its_cap) {
  auto flow = begin({{"interval", "45"}});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(poll(*flow, answer(503, "")), "pending 45000");
}

TEST_F(DeviceFlowTest, jitter_parts_two_clients) {
  std::vector<std::int64_t> delays;
  for (int i = 0; i < 8; ++i) {
    auto flow = begin();
    poll(*flow, answer(503, ""));
    delays.push_back(flow->next_delay_ms());
  }
  std::sort(delays.begin(), delays.end());
  EXPECT_GE(delays.front(), 9'000);
  EXPECT_LE(delays.back(), 11'000);
  EXPECT_NE(delays.front(), delays.back());
}

TEST_F(DeviceFlowTest, retry_after_is_honoured_and_bounded_by_what_is_left) {
  auto flow = begin();
  EXPECT_EQ(poll(*flow, answer(429, "", "60")), "pending 60000");
  EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 5000");
  poll(*flow, answer(503, "", "0"));
  EXPECT_GE(flow->next_delay_ms(), 9'000);
  poll(*flow, answer(503, "", "3600"));
  EXPECT_EQ(flow->next_delay_ms(), flow->remaining_ms());
}

TEST_F(DeviceFlowTest, faults_of_this_side_end_the_flow) {
  for (const Code code : {Code::kInsecureUrl, Code::kNetUnavailable, Code::kOutOfMemory}) {
    auto flow = begin();
    EXPECT_EQ(poll_error(*flow, transport_failure(code, Delivery::kNotSent)).code, code);
  }
}

TEST_F(DeviceFlowTest, the_codes_end_is_expired_token) {
  auto flow = begin({{"expires_in", "12"}});
  EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 5000");
  EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 2000");
  const std::size_t before = transport.requests().size();
  clock.advance_ms(2'000);
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "expired_token");
  EXPECT_EQ(transport.requests().size(), before);
}

TEST_F(DeviceFlowTest, the_callers_end_is_login_timeout) {
  config.login_timeout_ms = 7'000;
  auto flow = begin();
  EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 2000");
  clock.advance_ms(2'000);
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "login_timeout");
}

TEST_F(DeviceFlowTest, the_earlier_of_two_passed_deadlines_gives_the_name) {
  config.login_timeout_ms = 20'000;
  auto flow = begin({{"expires_in", "10"}});
  clock.advance_ms(60'000);
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "expired_token");

  auto other = begin({{"expires_in", "30"}});
  clock.advance_ms(60'000);
  EXPECT_EQ(outcome_of(other->poll(nullptr)), "login_timeout");
}

TEST_F(DeviceFlowTest, a_machine_that_slept_finds_the_deadline_passed) {
  auto flow = begin();
  clock.set_unix_ms(clock.unix_ms() + 3'600'000);  // monotonic time stood still
  EXPECT_EQ(flow->remaining_ms(), 0);
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "login_timeout");
}

TEST_F(DeviceFlowTest, a_wall_clock_set_back_does_not_lengthen_the_login) {
  auto flow = begin({{"expires_in", "30"}});
  clock.set_unix_ms(clock.unix_ms() - 86'400'000);
  clock.advance_ms(30'000);
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "expired_token");
}

TEST_F(DeviceFlowTest,
       a_wait_cut_by_the_wall_clock_ends_at_the_deadline_and_not_with_an_early_poll) {
  auto flow = begin({{"expires_in", "100"}});
  clock.set_unix_ms(clock.unix_ms() + 92'000);
  EXPECT_EQ(poll(*flow, oauth_error("authorization_pending")), "pending 3000");
  const std::size_t before = transport.requests().size();
  clock.set_unix_ms(clock.unix_ms() - 92'000);
  clock.advance_ms(3'000);
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "expired_token");
  EXPECT_EQ(transport.requests().size(), before);
}

TEST_F(DeviceFlowTest, the_code_ages_while_its_answer_travels) {
  transport.respond = [&](const HttpRequest&) {
    clock.advance_ms(10'000);
    return json_answer(200, device_answer({{"expires_in", "60"}}));
  };
  auto flow = try_begin();
  ASSERT_TRUE(flow.ok());
  EXPECT_EQ((*flow)->remaining_ms(), 50'000);

  transport.respond = [&](const HttpRequest&) {
    clock.advance_ms(10'000);
    clock.set_unix_ms(clock.unix_ms() - 3'600'000);  // and by the clock that nobody sets
    return json_answer(200, device_answer({{"expires_in", "60"}}));
  };
  flow = try_begin();
  ASSERT_TRUE(flow.ok());
  EXPECT_EQ((*flow)->remaining_ms(), 50'000);
}

TEST_F(DeviceFlowTest, a_request_gets_no_longer_than_the_login_has_left) {
  auto flow = begin({{"expires_in", "12"}});
  poll(*flow, oauth_error("authorization_pending"));
  EXPECT_EQ(transport.requests().back().timeout_ms, 7'000);
}

TEST_F(DeviceFlowTest, an_early_poll_is_sent_all_the_same) {
  auto flow = begin();
  transport.push(oauth_error("authorization_pending"));
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "pending 5000");
  EXPECT_EQ(transport.requests().size(), 2u);
}

TEST_F(DeviceFlowTest, cancel_ends_the_flow_before_a_request) {
  auto flow = begin();
  Cancel cancel;
  cancel.trigger();
  EXPECT_EQ(outcome_of(flow->poll(&cancel)), "cancelled");
  EXPECT_EQ(outcome_of(flow->poll(nullptr)), "cancelled");
  EXPECT_EQ(transport.requests().size(), 1u);
}

TEST_F(DeviceFlowTest, cancel_reaches_the_request) {
  auto flow = begin();
  Cancel cancel;
  transport.push(transport_failure(Code::kCancelled, Delivery::kMaybeSent));
  EXPECT_EQ(outcome_of(flow->poll(&cancel)), "cancelled");
  EXPECT_TRUE(transport.requests().back().has_cancel);
}

TEST_F(DeviceFlowTest, a_grant_carries_the_record_and_its_binding) {
  auto flow = begin();
  const std::int64_t requested_at_unix_s = clock.unix_s() + 5;
  transport.push(json_answer(200, token_answer()));
  clock.advance_ms(flow->next_delay_ms());
  auto progress = flow->poll(nullptr);
  ASSERT_TRUE(progress.ok());
  const auto& granted = std::get<DeviceFlow::Granted>(*progress);
  EXPECT_EQ(granted.record.access_token.reveal(), "CANARY-access");
  EXPECT_EQ(granted.record.refresh_token.reveal(), "CANARY-refresh");
  EXPECT_EQ(granted.record.expires_at_unix_s, requested_at_unix_s + 300);
  EXPECT_EQ(granted.record.issued_at_unix_s, requested_at_unix_s);
  EXPECT_EQ(granted.record.scope, "openid");
  ASSERT_TRUE(granted.record.binding.has_value());
  EXPECT_EQ(*granted.record.binding, config.binding);
  EXPECT_TRUE(granted.warnings.empty());
}

TEST_F(DeviceFlowTest, a_grant_without_scope_is_the_scope_asked_for) {
  auto flow = begin();
  transport.push(json_answer(
      200, R"({"access_token":"CANARY-a","refresh_token":"CANARY-r","token_type":"Bearer"})"));
  auto progress = flow->poll(nullptr);
  ASSERT_TRUE(progress.ok());
  EXPECT_EQ(std::get<DeviceFlow::Granted>(*progress).record.scope, kLoginScope);
}

TEST_F(DeviceFlowTest, a_grant_without_refresh_token_is_kept_with_a_warning) {
  auto flow = begin();
  transport.push(json_answer(200, R"({"access_token":"CANARY-a","token_type":"BEARER"})"));
  auto progress = flow->poll(nullptr);
  ASSERT_TRUE(progress.ok());
  const auto& granted = std::get<DeviceFlow::Granted>(*progress);
  EXPECT_TRUE(granted.record.refresh_token.empty());
  ASSERT_EQ(granted.warnings.size(), 1u);
  EXPECT_NE(granted.warnings[0].find("no refresh token"), std::string::npos);
}

TEST_F(DeviceFlowTest, secrets_echoed_by_the_server_do_not_reach_the_error) {
  auto flow = begin();
  std::string verifier;
  transport.respond = [&](const HttpRequest& request) {
    verifier = form_value(std::string(request.body.reveal()), "code_verifier");
    return oauth_error("invalid_grant", ",\"error_description\":\"bad " + std::string(kDeviceCode) +
                                            " or " + verifier + "\"");
  };
  auto progress = flow->poll(nullptr);
  ASSERT_FALSE(progress.ok());
  const std::string words = progress.error().message + progress.error().oauth_error_description;
  EXPECT_EQ(words.find("CANARY"), std::string::npos) << words;
  EXPECT_EQ(words.find(verifier), std::string::npos) << words;
}

// Promise N6. A model of the server's rule beside the flow: no poll comes sooner after the last
// answer than the server's interval, each slow_down counts for good, and Retry-After is kept.
class RandomServer {
 public:
  RandomServer(std::uint64_t seed, FakeClock& clock) : dice_(seed), clock_(clock) {}

  HttpOutcome device() {
    interval_ms_ = 1'000 * pick(1, 20);
    const bool is_stated = pick(0, 3) != 0;
    if (!is_stated) interval_ms_ = 5'000;
    not_before_ms_ = clock_.monotonic_ms() + interval_ms_;
    return json_answer(
        200, device_answer({{"interval", is_stated ? std::to_string(interval_ms_ / 1'000) : ""},
                            {"expires_in", std::to_string(pick(1, 1'200))}}));
  }

  HttpOutcome token() {
    if (clock_.monotonic_ms() < not_before_ms_) ++early_polls;
    clock_.advance_ms(pick(0, 3'000));  // the answer travels
    HttpOutcome outcome = next_outcome();
    not_before_ms_ = clock_.monotonic_ms() + std::max(interval_ms_, retry_after_ms_);
    if (pick(0, 9) == 0) clock_.set_unix_ms(clock_.unix_ms() + pick(-100'000, 100'000));
    return outcome;
  }

  int early_polls = 0;
  int slow_downs = 0;

 private:
  HttpOutcome next_outcome() {
    retry_after_ms_ = 0;
    switch (pick(0, 9)) {
      case 0:
      case 1: {
        ++slow_downs;
        interval_ms_ += 5'000;
        if (pick(0, 2) != 0) return oauth_error("slow_down");
        const std::int64_t stated_s = pick(0, 60);
        interval_ms_ = std::max(interval_ms_, stated_s * 1'000);
        return oauth_error("slow_down", ",\"interval\":" + std::to_string(stated_s));
      }
      case 2:
        return transport_failure(Code::kTimeout, Delivery::kMaybeSent);
      case 3:
        return transport_failure(Code::kNetwork, Delivery::kNotSent);
      case 4: {
        retry_after_ms_ = 1'000 * pick(0, 90);
        return answer(pick(0, 1) != 0 ? 429 : 503, "", std::to_string(retry_after_ms_ / 1'000));
      }
      case 5:
        return answer(200, "<html>");
      case 6:
        return pick(0, 9) == 0 ? json_answer(200, token_answer())
                               : oauth_error("authorization_pending");
      default:
        return oauth_error("authorization_pending");
    }
  }
  std::int64_t pick(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(dice_() % static_cast<std::uint64_t>(high - low + 1));
  }

  std::mt19937_64 dice_;
  FakeClock& clock_;
  std::int64_t interval_ms_ = 0;
  std::int64_t retry_after_ms_ = 0;
  std::int64_t not_before_ms_ = 0;
};

TEST(DeviceFlowRandom, ten_thousand_servers_see_no_early_poll_and_every_flow_ends_in_time) {
  std::int64_t polls = 0;
  int slow_downs = 0;
  for (std::uint64_t seed = 1; seed <= 10'000; ++seed) {
    FakeClock clock;
    FakeRandom random(seed);
    RandomServer server(seed, clock);
    ScriptedTransport transport;
    bool is_authorized = false;
    transport.respond = [&](const HttpRequest&) {
      if (std::exchange(is_authorized, true)) return server.token();
      return server.device();
    };
    const std::int64_t began_ms = clock.monotonic_ms();
    auto flow = DeviceFlow::begin(
        transport, clock, random,
        {{kIssuer, "client_1", "https://cloud.example", "", ""}, 15'000, 600'000}, nullptr);
    ASSERT_TRUE(flow.ok()) << "seed " << seed;
    std::string outcome = "pending";
    while (outcome.rfind("pending", 0) == 0) {
      const std::int64_t delay_ms = (*flow)->next_delay_ms();
      ASSERT_GE(delay_ms, 0) << "seed " << seed;
      clock.advance_ms(delay_ms);
      outcome = outcome_of((*flow)->poll(nullptr));
      ++polls;
    }
    slow_downs += server.slow_downs;
    ASSERT_EQ(server.early_polls, 0) << "seed " << seed;
    ASSERT_TRUE(outcome == "granted" || outcome == "expired_token" || outcome == "login_timeout")
        << outcome << ", seed " << seed;
    ASSERT_LE(clock.monotonic_ms() - began_ms, 604'000) << "seed " << seed;
  }
  EXPECT_GT(polls, 50'000);
  EXPECT_GT(slow_downs, 5'000);
}

}  // namespace
}  // namespace bmauth::core
