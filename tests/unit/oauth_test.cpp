// What the OAuth endpoints answer, and what is made of it (RFC 6749 section 5; contract, sections
// 4, 5, 9).
#include "core/oauth.h"

#include <gtest/gtest.h>

#include "core/base64url.h"
#include "tests/unit/fakes.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kNow_s = 1'800'000'000;

Binding binding() {
  Binding binding;
  binding.issuer = "https://issuer.example";
  binding.client_id = "client_1";
  binding.cloud_host = "https://cloud.example";
  return binding;
}

TokenReply read(HttpOutcome outcome, const std::vector<const Secret*>& secrets = {}) {
  FakeClock clock(kNow_s * 1000);
  return read_token_reply(std::move(outcome), binding(), clock, secrets);
}

TokenReply read_tokens(const std::string& more) {
  return read(
      json_answer(200, R"({"access_token":"CANARY.a-1_~+/=","token_type":"bEaReR")" + more + "}"));
}

std::string jwt(const std::string& claims) {
  return base64url_encode(R"({"alg":"none"})") + "." + base64url_encode(claims) + ".c2ln";
}

TEST(Oauth, a_form_is_percent_encoded_byte_by_byte) {
  const Secret form = encode_form({{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"},
                                   {"token", "a b+c/d=e&f%\xc3\xa9"},
                                   {"empty", ""},
                                   {"safe", "AZaz09-._"}});
  EXPECT_EQ(form.reveal(),
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&"
            "token=a+b%2Bc%2Fd%3De%26f%25%C3%A9&empty=&safe=AZaz09-._");
}

TEST(Oauth, a_request_is_a_form_that_wants_json_and_caps_its_answer) {
  const HttpRequest request =
      oauth_request("https://issuer.example/oauth2/token", encode_form({{"a", "b"}}), 5000, true);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.content_type, "application/x-www-form-urlencoded");
  EXPECT_EQ(request.body.reveal(), "a=b");
  EXPECT_EQ(request.timeout_ms, 5000);
  EXPECT_EQ(request.max_body_bytes, kMaxAuthBodyBytes);
  EXPECT_TRUE(request.is_connection_fresh);
  EXPECT_TRUE(request.authorization.empty());
  ASSERT_EQ(request.headers.size(), 1u);
  EXPECT_EQ(request.headers[0].first, "Accept");
}

TEST(Oauth, a_good_answer_is_read_whole) {
  const TokenReply reply = read_tokens(
      R"(,"refresh_token":"CANARY r","expires_in":300,"scope":"openid offline_access")");
  ASSERT_EQ(reply.outcome, TokenOutcome::kTokens);
  EXPECT_EQ(reply.tokens.access_token.reveal(), "CANARY.a-1_~+/=");
  EXPECT_EQ(reply.tokens.refresh_token.reveal(), "CANARY r");
  EXPECT_EQ(reply.tokens.expires_in_s, 300);
  EXPECT_EQ(reply.tokens.scope, "openid offline_access");
  EXPECT_FALSE(reply.tokens.identity);
  EXPECT_TRUE(reply.tokens.warnings.empty());
}

TEST(Oauth, expires_in_may_be_anything_and_never_costs_the_answer) {
  const std::vector<std::pair<std::string, std::optional<std::int64_t>>> rows = {
      {R"("expires_in":1)", 1},
      {R"("expires_in":300.9)", 300},
      {R"("expires_in":"300")", 300},
      {R"("expires_in":"3e2")", 300},
      {R"("expires_in":2592000)", 2592000},
      {R"("expires_in":2592001)", 2592000},
      {R"("expires_in":1e300)", 2592000},
      {R"("expires_in":"99999999999999999999999999")", 2592000},
      {R"("expires_in":18446744073709551615)", 2592000},
      {R"("expires_in":0)", std::nullopt},
      {R"("expires_in":0.5)", std::nullopt},
      {R"("expires_in":-1)", std::nullopt},
      {R"("expires_in":-9223372036854775808)", std::nullopt},
      {R"("expires_in":"")", std::nullopt},
      {R"("expires_in":" 300")", std::nullopt},
      {R"("expires_in":"300 s")", std::nullopt},
      {R"("expires_in":"nan")", std::nullopt},
      {R"("expires_in":"inf")", std::nullopt},
      {R"("expires_in":null)", std::nullopt},
      {R"("expires_in":true)", std::nullopt},
      {R"("expires_in":{"s":300})", std::nullopt},
      {R"("other":1)", std::nullopt},
  };
  for (const auto& [member, expected] : rows) {
    const TokenReply reply = read_tokens("," + member);
    ASSERT_EQ(reply.outcome, TokenOutcome::kTokens) << member;
    EXPECT_EQ(reply.tokens.expires_in_s, expected) << member;
  }
}

TEST(Oauth, a_success_that_is_no_token_answer_is_refused_with_the_reason) {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {R"({"token_type":"Bearer"})", "access_token is missing"},
      {R"({"access_token":null,"token_type":"Bearer"})", "access_token is missing"},
      {R"({"access_token":5,"token_type":"Bearer"})", "access_token is no string"},
      {R"({"access_token":"","token_type":"Bearer"})", "access_token has characters"},
      {R"({"access_token":"a\r\nX: y","token_type":"Bearer"})", "access_token has characters"},
      {R"({"access_token":"a b","token_type":"Bearer"})", "access_token has characters"},
      {R"({"access_token":"=a","token_type":"Bearer"})", "access_token has characters"},
      {R"({"access_token":"a=b","token_type":"Bearer"})", "access_token has characters"},
      {R"({"access_token":"\u00e9","token_type":"Bearer"})", "access_token has characters"},
      {R"({"access_token":"a"})", "token_type is missing"},
      {R"({"access_token":"a","token_type":1})", "token_type is no string"},
      {R"({"access_token":"a","token_type":"mac"})", "token_type is not Bearer"},
      {R"({"access_token":"a","token_type":"Bearer","refresh_token":{}})",
       "refresh_token is no string"},
      {R"({"access_token":"a","token_type":"Bearer","refresh_token":"a\u0000b"})",
       "refresh_token has invalid characters"},
      {R"({"access_token":"a","token_type":"Bearer","scope":["a"]})", "scope is no string"},
      {R"([])", "no JSON object"},
      {R"("text")", "no JSON object"},
      {R"(null)", "no JSON object"},
  };
  for (const auto& [body, words] : rows) {
    const TokenReply reply = read(json_answer(200, body));
    ASSERT_EQ(reply.outcome, TokenOutcome::kRefused) << body;
    EXPECT_EQ(reply.error.code, Code::kBadResponse) << body;
    EXPECT_EQ(reply.error.http_status, 200) << body;
    EXPECT_NE(reply.error.message.find(words), std::string::npos) << reply.error.message;
  }
}

struct StatusRow {
  int status;
  std::string body;
  TokenOutcome outcome;
  Code code;
};

TEST(Oauth, each_status_is_sorted_by_what_must_happen_next) {
  const std::string html = "<html>no</html>";
  const std::string oauth = R"({"error":"invalid_grant"})";
  const std::vector<StatusRow> rows = {
      {100, "", TokenOutcome::kLost, Code::kBadResponse},
      {200, html, TokenOutcome::kLost, Code::kBadResponse},
      {200, "", TokenOutcome::kLost, Code::kBadResponse},
      {200, R"({"access_token":"CANA)", TokenOutcome::kLost, Code::kBadResponse},
      {200, oauth, TokenOutcome::kOAuthError, Code::kOauthRejected},
      {204, "", TokenOutcome::kLost, Code::kBadResponse},
      {301, html, TokenOutcome::kRefused, Code::kBadResponse},
      {302, oauth, TokenOutcome::kRefused, Code::kBadResponse},
      {304, "", TokenOutcome::kRefused, Code::kBadResponse},
      {400, oauth, TokenOutcome::kOAuthError, Code::kOauthRejected},
      {400, R"({"error":"access_denied"})", TokenOutcome::kOAuthError, Code::kAccessDenied},
      {400, R"({"error":"expired_token"})", TokenOutcome::kOAuthError, Code::kExpiredToken},
      {400, html, TokenOutcome::kRefused, Code::kRejected},
      {400, R"({"error":{"code":1}})", TokenOutcome::kRefused, Code::kRejected},
      {400, R"({"error":""})", TokenOutcome::kRefused, Code::kRejected},
      {400, "[]", TokenOutcome::kRefused, Code::kRejected},
      {401, R"({"error":"invalid_client"})", TokenOutcome::kOAuthError, Code::kOauthRejected},
      {401, "", TokenOutcome::kRefused, Code::kRejected},
      {403, html, TokenOutcome::kRefused, Code::kRejected},
      {404, html, TokenOutcome::kRefused, Code::kRejected},
      {408, "", TokenOutcome::kLost, Code::kTimeout},
      {425, "", TokenOutcome::kLost, Code::kServer},
      {429, oauth, TokenOutcome::kRateLimited, Code::kRateLimited},
      {429, "", TokenOutcome::kRateLimited, Code::kRateLimited},
      {500, oauth, TokenOutcome::kLost, Code::kServer},
      {502, html, TokenOutcome::kLost, Code::kServer},
      {503, "", TokenOutcome::kLost, Code::kServer},
      {504, "", TokenOutcome::kLost, Code::kServer},
      {599, "", TokenOutcome::kLost, Code::kServer},
  };
  for (const StatusRow& row : rows) {
    const TokenReply reply = read(json_answer(row.status, row.body));
    EXPECT_EQ(reply.outcome, row.outcome) << row.status << " " << row.body;
    EXPECT_EQ(reply.error.code, row.code) << row.status << " " << row.body;
    EXPECT_EQ(reply.error.http_status, row.status);
    EXPECT_EQ(reply.error.message.find("CANA"), std::string::npos) << reply.error.message;
  }
}

TEST(Oauth, a_success_over_the_cap_is_lost_and_says_so) {
  HttpAnswer answer;
  answer.status = 200;
  answer.is_body_over_cap = true;
  const TokenReply reply = read(answer);
  EXPECT_EQ(reply.outcome, TokenOutcome::kLost);
  EXPECT_EQ(reply.error.code, Code::kBadResponse);
  EXPECT_NE(reply.error.message.find("limit"), std::string::npos);
}

TEST(Oauth, a_failed_transport_is_sorted_by_whether_the_server_may_have_acted) {
  for (Code code : {Code::kNetwork, Code::kTls, Code::kTimeout, Code::kInsecureUrl,
                    Code::kNetUnavailable, Code::kBadResponse}) {
    TokenReply unsent = read(transport_failure(code, Delivery::kNotSent));
    EXPECT_EQ(unsent.outcome, TokenOutcome::kNotSent);
    EXPECT_EQ(unsent.error.code, code);
    TokenReply sent = read(transport_failure(code, Delivery::kMaybeSent));
    EXPECT_EQ(sent.outcome, TokenOutcome::kLost);
    EXPECT_EQ(sent.error.code, code);
  }
  EXPECT_EQ(read(transport_failure(Code::kCancelled, Delivery::kMaybeSent)).outcome,
            TokenOutcome::kCancelled);
}

TEST(Oauth, server_words_are_kept_harmless_and_short) {
  const TokenReply reply = read(json_answer(
      400, R"({"error":"invalid_scope","error_description":"no\u001b[31m such\u202e scope)" +
               std::string(2000, 'x') + "\"}"));
  ASSERT_EQ(reply.outcome, TokenOutcome::kOAuthError);
  EXPECT_EQ(reply.error.oauth_error, "invalid_scope");
  EXPECT_TRUE(reply.error.oauth_error_description.starts_with("no[31m such scopexxx"));
  EXPECT_LE(reply.error.oauth_error_description.size(), 300u);
  EXPECT_LE(reply.error.message.size(), 500u);
}

TEST(Oauth, no_secret_of_the_request_gets_into_an_errors_words) {
  const Secret token(std::string_view("CANARY+refresh/1"));
  const std::vector<std::string> echoes = {
      "bad token CANARY+refresh/1!", "form was refresh_token=CANARY%2Brefresh%2F1&x",
      "CANARY+refr\\u200besh/1", std::string(290, 'x') + "CANARY+refresh/1"};
  for (const std::string& echo : echoes) {
    const TokenReply reply =
        read(json_answer(400, R"({"error":"invalid_grant","error_description":")" + echo + "\"}"),
             {&token});
    ASSERT_EQ(reply.outcome, TokenOutcome::kOAuthError) << echo;
    EXPECT_EQ(reply.error.oauth_error_description.find("CANARY"), std::string::npos) << echo;
    EXPECT_EQ(reply.error.message.find("CANARY"), std::string::npos) << echo;
  }
  const TokenReply name = read(json_answer(400, R"({"error":"CANARY+refresh/1"})"), {&token});
  EXPECT_EQ(name.error.oauth_error.find("CANARY"), std::string::npos);
  TransportFailure failure{make_error(Code::kNetwork, "sent CANARY+refresh/1"),
                           Delivery::kMaybeSent};
  EXPECT_EQ(read(failure, {&token}).error.message.find("CANARY"), std::string::npos);
}

TEST(Oauth, an_identity_counts_only_from_this_issuer_for_this_client_and_unexpired) {
  const std::string good =
      R"("iss":"https://issuer.example","sub":"u1","email":"a@b.c","name":"N")";
  const std::string exp = R"(,"exp":)" + std::to_string(kNow_s + 1);
  struct Row {
    std::string id_token;
    bool is_identity;
    std::string words;
  };
  const std::vector<Row> rows = {
      {jwt("{" + good + R"(,"aud":"client_1")" + exp + "}"), true, ""},
      {jwt("{" + good + R"(,"aud":["x","client_1"])" + exp + "}"), true, ""},
      {jwt("{" + good + R"(,"aud":"client_2")" + exp + "}"), false, "another client"},
      {jwt("{" + good + exp + "}"), false, "another client"},
      {jwt("{" + good + R"(,"aud":"client_1","exp":)" + std::to_string(kNow_s) + "}"), false,
       "expired"},
      {jwt("{" + good + R"(,"aud":"client_1"})"), false, "expired"},
      {jwt(R"({"iss":"https://issuer.example/","aud":"client_1")" + exp + "}"), false,
       "another issuer"},
      {jwt(R"({"iss":"https://evil.example","aud":"client_1")" + exp + "}"), false,
       "another issuer"},
      {"no jwt at all", false, "cannot be read"},
  };
  for (const Row& row : rows) {
    const TokenReply reply = read_tokens(R"(,"id_token":")" + row.id_token + "\"");
    ASSERT_EQ(reply.outcome, TokenOutcome::kTokens);
    EXPECT_EQ(reply.tokens.identity.has_value(), row.is_identity) << row.words;
    EXPECT_EQ(reply.tokens.warnings.empty(), row.is_identity);
    if (row.is_identity) {
      EXPECT_EQ(reply.tokens.identity->subject, "u1");
      EXPECT_EQ(reply.tokens.identity->email, "a@b.c");
      EXPECT_EQ(reply.tokens.identity->name, "N");
    } else {
      EXPECT_NE(reply.tokens.warnings[0].find(row.words), std::string::npos)
          << reply.tokens.warnings[0];
    }
  }
  EXPECT_EQ(read_tokens(R"(,"id_token":7)").tokens.warnings.size(), 1u);
}

TEST(Oauth, a_record_counts_its_life_from_before_the_request) {
  TokenAnswer answer;
  answer.access_token = Secret(std::string_view("CANARY-opaque"));
  answer.expires_in_s = 300;
  const TokenRecord record = build_record(answer, binding(), kNow_s, nullptr);
  EXPECT_EQ(record.expires_at_unix_s, kNow_s + 300);
  EXPECT_EQ(record.issued_at_unix_s, kNow_s);
  EXPECT_EQ(record.token_type, "Bearer");
  EXPECT_EQ(record.binding, binding());
}

TEST(Oauth, a_record_without_expires_in_lives_as_the_jwt_says_else_an_hour) {
  const auto expires_at = [](const std::string& claims) {
    TokenAnswer answer;
    answer.access_token = Secret(claims.empty() ? "CANARY-opaque" : jwt(claims));
    return build_record(answer, binding(), kNow_s, nullptr).expires_at_unix_s - kNow_s;
  };
  EXPECT_EQ(expires_at(""), 3600);
  EXPECT_EQ(expires_at("{}"), 3600);
  EXPECT_EQ(expires_at(R"({"exp":)" + std::to_string(kNow_s + 240) + "}"), 240);
  EXPECT_EQ(expires_at(R"({"exp":)" + std::to_string(kNow_s + 9'000'000) + "}"), 2'592'000);
  // A clock that is ahead of the issuer's: the span counts.
  EXPECT_EQ(expires_at(R"({"iat":)" + std::to_string(kNow_s - 1000) + R"(,"exp":)" +
                       std::to_string(kNow_s - 700) + "}"),
            300);
  EXPECT_EQ(expires_at(R"({"exp":)" + std::to_string(kNow_s - 700) + "}"), 3600);
}

TEST(Oauth, what_an_answer_lacks_is_kept_from_the_record_before) {
  TokenRecord previous;
  previous.access_token = Secret(std::string_view("CANARY-old"));
  previous.refresh_token = Secret(std::string_view("CANARY-refresh"));
  previous.scope = "openid";
  previous.identity = {"u1", "a@b.c", "N"};
  previous.unknown_members = R"("x": 1e400)";
  previous.expires_at_unix_s = 5;
  TokenAnswer answer;
  answer.access_token = Secret(std::string_view("CANARY-new"));

  const TokenRecord kept = build_record(answer, binding(), kNow_s, &previous);
  EXPECT_EQ(kept.access_token.reveal(), "CANARY-new");
  EXPECT_EQ(kept.refresh_token.reveal(), "CANARY-refresh");
  EXPECT_EQ(kept.scope, "openid");
  EXPECT_EQ(kept.identity.email, "a@b.c");
  EXPECT_EQ(kept.unknown_members, R"("x": 1e400)");
  EXPECT_EQ(kept.expires_at_unix_s, kNow_s + 3600);

  answer.refresh_token = Secret(std::string_view("CANARY-refresh-2"));
  answer.scope = "profile";
  answer.identity = Identity{"u2", "", ""};
  const TokenRecord replaced = build_record(answer, binding(), kNow_s, &previous);
  EXPECT_EQ(replaced.refresh_token.reveal(), "CANARY-refresh-2");
  EXPECT_EQ(replaced.scope, "profile");
  EXPECT_EQ(replaced.identity.subject, "u2");
}

TEST(Oauth, retry_after_is_seconds_or_a_date_and_at_most_an_hour) {
  constexpr std::int64_t kDate_s = 784'111'777;  // the RFC's own example
  const std::vector<std::pair<std::string, std::int64_t>> rows = {
      {"0", 0},
      {"120", 120'000},
      {" 7 ", 7'000},
      {"3600", 3'600'000},
      {"3601", 3'600'000},
      {"99999999999999999999999", 3'600'000},
      {"", -1},
      {"-5", -1},
      {"1.5", -1},
      {"soon", -1},
      {"Sun, 06 Nov 1994 08:49:37 GMT", 60'000},
      {"Sunday, 06-Nov-94 08:49:37 GMT", 60'000},
      {"Sun Nov  6 08:49:37 1994", 60'000},
      {"Sun, 06 Nov 1994 08:48:37 GMT", 0},
      {"Sun, 06 Nov 1994 07:00:00 GMT", 0},
      {"Sun, 06 Nov 2094 08:49:37 GMT", 3'600'000},
      {"Sun, 06 Nov 1994 08:49:37", -1},
      {"Sun, 06 Nov 1994 08:49:37 GMT!", -1},
      {"Sun, 31 Feb 1994 08:49:37 GMT", -1},
      {"Sun, 06 Nox 1994 08:49:37 GMT", -1},
      {"Sun, 06 Nov 1994 24:49:37 GMT", -1},
      {"Sun,", -1},
      {"Sun", -1},
  };
  for (const auto& [text, expected] : rows) {
    EXPECT_EQ(parse_retry_after_ms(text, kDate_s - 60), expected) << text;
  }
}

TEST(Oauth, a_retry_date_is_measured_by_the_servers_own_clock) {
  HttpAnswer answer;
  answer.status = 503;
  answer.date = "Sun, 06 Nov 1994 08:49:37 GMT";
  answer.retry_after = "Sun, 06 Nov 1994 08:49:57 GMT";
  EXPECT_EQ(read(answer).error.retry_after_ms, 20'000);
}

}  // namespace
}  // namespace bmauth::core
