#include "core/cloud.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/unit/fakes.h"

namespace bmauth::core {
namespace {

constexpr const char* kHost = "https://cloud.example";
constexpr const char* kRequired =
    R"({"error":"subscription_required","message":"No plan","subscribe_url":"https://pay.example/x"})";

class CloudTest : public ::testing::Test {
 protected:
  AccessCheck check(HttpOutcome outcome) {
    transport.push(std::move(outcome));
    return check_access(transport, clock, kHost, Secret(std::string_view("CANARY-token")), 30'000,
                        nullptr);
  }

  FakeClock clock;
  ScriptedTransport transport;
};

HttpAnswer answer(int status, std::string body, std::string retry_after = {}) {
  HttpAnswer http;
  http.status = status;
  http.body = std::move(body);
  http.retry_after = std::move(retry_after);
  return http;
}

TEST_F(CloudTest, the_health_route_is_asked_with_the_bearer) {
  check(answer(200, "{}"));
  const auto requests = transport.requests();
  ASSERT_EQ(requests.size(), 1u);
  EXPECT_EQ(requests[0].method, "GET");
  EXPECT_EQ(requests[0].url, "https://cloud.example/proxy/health");
  EXPECT_EQ(requests[0].authorization, "Bearer CANARY-token");
  EXPECT_EQ(requests[0].timeout_ms, 30'000);
  EXPECT_EQ(requests[0].body, "");
}

TEST_F(CloudTest, a_json_answer_is_all_three_facts) {
  const AccessCheck facts =
      check(answer(200, R"({"status":"ok","version":"1.2.3","timestamp":"2026-02-28T14:30:00Z"})"));
  EXPECT_TRUE(facts.is_authenticated);
  EXPECT_EQ(facts.entitlement, Entitlement::kActive);
  EXPECT_TRUE(facts.is_reachable);
  EXPECT_EQ(facts.http_status, 200);
  EXPECT_EQ(facts.server_status, "ok");
  EXPECT_EQ(facts.version, "1.2.3");
  EXPECT_EQ(facts.timestamp, "2026-02-28T14:30:00Z");
  EXPECT_FALSE(facts.error.has_value());
}

TEST_F(CloudTest, odd_health_members_are_passed_over_and_words_made_harmless) {
  const AccessCheck facts =
      check(answer(200, R"({"status":7,"version":"1\u001b[2J","timestamp":null})"));
  EXPECT_TRUE(facts.is_authenticated);
  EXPECT_EQ(facts.server_status, "");
  EXPECT_EQ(facts.version, "1[2J");
  EXPECT_EQ(facts.timestamp, "");
}

TEST_F(CloudTest, a_sign_in_page_of_the_network_is_no_access) {
  for (const char* body : {"<html>welcome to the hotel</html>", "", "[]", "\"ok\"", "{"}) {
    const AccessCheck facts = check(answer(200, body));
    EXPECT_FALSE(facts.is_authenticated) << body;
    EXPECT_EQ(facts.entitlement, Entitlement::kUnknown) << body;
    EXPECT_FALSE(facts.entitlement_message.empty()) << body;
    EXPECT_TRUE(facts.is_reachable) << body;
    ASSERT_TRUE(facts.error.has_value()) << body;
    EXPECT_EQ(facts.error->code, Code::kBadResponse) << body;
  }
}

TEST_F(CloudTest, an_answer_over_the_cap_is_a_bad_response) {
  HttpAnswer http = answer(200, R"({"status":"ok"})");
  http.is_body_over_cap = true;
  const AccessCheck facts = check(http);
  EXPECT_FALSE(facts.is_authenticated);
  ASSERT_TRUE(facts.error.has_value());
  EXPECT_EQ(facts.error->code, Code::kBadResponse);
  EXPECT_NE(facts.error->message.find("larger"), std::string::npos);
}

TEST_F(CloudTest, a_missing_subscription_is_read_flat_and_under_detail) {
  for (const std::string& body :
       {std::string(kRequired), "{\"detail\":" + std::string(kRequired) + "}"}) {
    const AccessCheck facts = check(answer(403, body));
    EXPECT_TRUE(facts.is_authenticated) << body;
    EXPECT_EQ(facts.entitlement, Entitlement::kRequired) << body;
    EXPECT_EQ(facts.entitlement_message, "No plan") << body;
    EXPECT_EQ(facts.subscribe_url, "https://pay.example/x") << body;
    ASSERT_TRUE(facts.error.has_value()) << body;
    EXPECT_EQ(facts.error->code, Code::kSubscriptionRequired) << body;
    EXPECT_EQ(facts.error->http_status, 403) << body;
    for (const char* words : {"https://pay.example/x", "basicmemory.com/account",
                              "wait a few minutes", "log in again", "support"}) {
      EXPECT_NE(facts.error->remedy.find(words), std::string::npos) << words;
    }
  }
}

TEST_F(CloudTest, a_missing_subscription_without_words_has_ours) {
  const AccessCheck facts = check(answer(403, R"({"error":"subscription_required"})"));
  EXPECT_EQ(facts.entitlement, Entitlement::kRequired);
  EXPECT_FALSE(facts.entitlement_message.empty());
  EXPECT_EQ(facts.subscribe_url, kDefaultSubscribeUrl);
}

TEST_F(CloudTest, a_subscribe_url_that_nobody_should_open_is_replaced) {
  for (const char* url : {"\"http://pay.example/\"", "\"javascript:alert(1)\"", "\"\"", "7", "null",
                          "\"https://pay.example/\\u001b[2J\"", "\"https://pay.example/\\u202e\"",
                          "\"https://good@evil.example/\"", "\"-x\"", "\"file:///etc/passwd\""}) {
    const AccessCheck facts = check(answer(
        403, std::string(R"({"error":"subscription_required","subscribe_url":)") + url + "}"));
    EXPECT_EQ(facts.subscribe_url, kDefaultSubscribeUrl) << url;
    EXPECT_NE(facts.error->remedy.find(kDefaultSubscribeUrl), std::string::npos) << url;
  }
  const AccessCheck loopback = check(
      answer(403, R"({"error":"subscription_required","subscribe_url":"http://127.0.0.1:9/pay"})"));
  EXPECT_EQ(loopback.subscribe_url, "http://127.0.0.1:9/pay");
}

TEST_F(CloudTest, words_of_the_server_cannot_drive_a_terminal) {
  const AccessCheck facts = check(answer(
      403,
      R"({"error":"subscription_required","message":"Pay\u001b]0;x\u0007 now\n\u202eplease"})"));
  EXPECT_EQ(facts.entitlement_message, "Pay]0;x nowplease");
  EXPECT_EQ(facts.error->message.find('\n'), std::string::npos);
  const AccessCheck lengthy =
      check(answer(401, "{\"detail\":\"" + std::string(5'000, 'x') + "\"}"));
  EXPECT_LT(lengthy.error->message.size(), 600u);
}

struct ErrorRow {
  int status;
  const char* body;
  Code code;
  bool is_authenticated;
};

TEST_F(CloudTest, each_refusal_has_its_code) {
  const ErrorRow rows[] = {
      {401, R"({"detail":"Not authenticated"})", Code::kUnauthorized, false},
      {401, "<html>", Code::kUnauthorized, false},
      {401, R"({"error":"subscription_required"})", Code::kUnauthorized, false},
      {403, R"({"detail":"no"})", Code::kForbidden, true},
      {403, R"({"error":"forbidden","message":"not yours"})", Code::kForbidden, true},
      {403, "<html>blocked</html>", Code::kForbidden, false},
      {403, "", Code::kForbidden, false},
      {403, "[]", Code::kForbidden, false},
      {403, R"({"detail":7,"error":9})", Code::kForbidden, true},
      {403, R"({"error":"insufficient_scope"})", Code::kInsufficientScope, true},
      {403, R"({"detail":{"error":"insufficient_scope"}})", Code::kInsufficientScope, true},
      {404, R"({"detail":"Not Found"})", Code::kNotFound, false},
      {429, "", Code::kRateLimited, false},
      {400, "", Code::kRejected, false},
      {402, R"({"error":"subscription_required"})", Code::kRejected, false},
      {408, "", Code::kRejected, false},
      {422, R"({"detail":[{"msg":"x"}]})", Code::kRejected, false},
      {499, "", Code::kRejected, false},
      {500, "", Code::kServer, false},
      {502, "<html>", Code::kServer, false},
      {503, R"({"error":"subscription_required"})", Code::kServer, false},
      {599, "", Code::kServer, false},
      {301, "", Code::kBadResponse, false},
      {302, "", Code::kBadResponse, false},
      {307, "", Code::kBadResponse, false},
      {308, "", Code::kBadResponse, false},
      {204 + 100, "", Code::kBadResponse, false},
  };
  for (const auto& row : rows) {
    const AccessCheck facts = check(answer(row.status, row.body));
    ASSERT_TRUE(facts.error.has_value()) << row.status << row.body;
    EXPECT_EQ(facts.error->code, row.code) << row.status << row.body;
    EXPECT_EQ(facts.error->http_status, row.status);
    EXPECT_EQ(facts.is_authenticated, row.is_authenticated) << row.status << row.body;
    EXPECT_EQ(facts.entitlement, Entitlement::kUnknown) << row.status << row.body;
    EXPECT_FALSE(facts.entitlement_message.empty()) << row.status << row.body;
    EXPECT_TRUE(facts.is_reachable);
    EXPECT_EQ(facts.http_status, row.status);
  }
}

TEST_F(CloudTest, errors_keep_the_servers_words) {
  EXPECT_EQ(api_error(answer(401, R"({"detail":"Token expired"})"), 0).message,
            "the cloud answered HTTP 401: Token expired");
  EXPECT_EQ(api_error(answer(400, R"({"detail":{"message":"bad name"}})"), 0).message,
            "the cloud answered HTTP 400: bad name");
  EXPECT_EQ(api_error(answer(400, R"({"error":"bad_name"})"), 0).message,
            "the cloud answered HTTP 400: bad_name");
  EXPECT_EQ(api_error(answer(500, "<html>"), 0).message, "the cloud answered HTTP 500");
  const Error scope = api_error(
      answer(403, R"({"error":"insufficient_scope","error_description":"needs notes:write"})"), 0);
  EXPECT_EQ(scope.oauth_error, "insufficient_scope");
  EXPECT_EQ(scope.oauth_error_description, "needs notes:write");
}

// D-REST, "Authentication Errors".
TEST_F(CloudTest, remedies_name_what_to_check) {
  const std::string unauthorized = code_info(api_error(answer(401, ""), 0).code).remedy;
  for (const char* words : {"Authorization header", "expired", "right kind"}) {
    EXPECT_NE(unauthorized.find(words), std::string::npos) << words;
  }
  const std::string forbidden = code_info(api_error(answer(403, ""), 0).code).remedy;
  for (const char* words : {"subscription", "scope", "project", "workspace"}) {
    EXPECT_NE(forbidden.find(words), std::string::npos) << words;
  }
}

TEST_F(CloudTest, retry_after_is_passed_on) {
  EXPECT_EQ(api_error(answer(429, "", "7"), 0).retry_after_ms, 7'000);
  EXPECT_EQ(api_error(answer(503, "", "Thu, 01 Jan 1970 00:02:00 GMT"), 100).retry_after_ms,
            20'000);
  EXPECT_EQ(api_error(answer(429, ""), 0).retry_after_ms, -1);
}

TEST_F(CloudTest, no_answer_is_unreachable_and_nothing_else_is_claimed) {
  for (const Code code : {Code::kNetwork, Code::kTls, Code::kTimeout, Code::kCancelled,
                          Code::kInsecureUrl, Code::kNetUnavailable}) {
    const AccessCheck facts = check(transport_failure(code, Delivery::kNotSent));
    EXPECT_FALSE(facts.is_reachable);
    EXPECT_FALSE(facts.is_authenticated);
    EXPECT_EQ(facts.entitlement, Entitlement::kUnknown);
    EXPECT_EQ(facts.entitlement_message, "scripted failure");
    ASSERT_TRUE(facts.error.has_value());
    EXPECT_EQ(facts.error->code, code);
  }
}

TEST_F(CloudTest, an_answer_that_could_not_be_read_was_still_an_answer) {
  const AccessCheck facts = check(transport_failure(Code::kBadResponse, Delivery::kMaybeSent));
  EXPECT_TRUE(facts.is_reachable);
  EXPECT_FALSE(facts.is_authenticated);
}

TEST(Cloud, entitlements_have_names) {
  EXPECT_STREQ(entitlement_name(Entitlement::kActive), "active");
  EXPECT_STREQ(entitlement_name(Entitlement::kRequired), "required");
  EXPECT_STREQ(entitlement_name(Entitlement::kUnknown), "unknown");
}

}  // namespace
}  // namespace bmauth::core
