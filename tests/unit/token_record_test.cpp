#include "core/token_record.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base64url.h"

namespace {

using namespace bmauth::core;

constexpr const char* kPath = "/home/u/.basic-memory/.cloud_tokens.json";

std::string whole_text() {
  return R"({
  "access_token": "CANARY-access",
  "refresh_token": "CANARY-refresh",
  "expires_at": 1800000300,
  "token_type": "Bearer",
  "issuer": "https://issuer.example",
  "client_id": "client_1",
  "cloud_host": "https://cloud.example",
  "issued_at": 1800000000,
  "scope": "openid profile",
  "identity": {"subject": "u1", "email": "a@b.example", "name": "Ann \"A\""},
  "later": {"a": [1e400, "\u00e9"]}
}
)";
}

Result<TokenRecord> parse(const std::string& text) {
  return parse_token_record(text, kPath);
}

std::string with(const std::string& members) {
  return R"({"access_token": "CANARY-a")" + (members.empty() ? "" : ", " + members) + "}";
}

Code fault_of(const std::string& text) {
  auto record = parse(text);
  return record ? Code::kOk : record.error().code;
}

TEST(TokenRecord, reads_every_member) {
  auto record = parse(whole_text());
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->access_token.reveal(), "CANARY-access");
  EXPECT_EQ(record->refresh_token.reveal(), "CANARY-refresh");
  EXPECT_EQ(record->expires_at_unix_s, 1800000300);
  EXPECT_EQ(record->issued_at_unix_s, 1800000000);
  EXPECT_EQ(record->scope, "openid profile");
  ASSERT_TRUE(record->binding);
  EXPECT_EQ(record->binding->issuer, "https://issuer.example");
  EXPECT_EQ(record->binding->client_id, "client_1");
  EXPECT_EQ(record->binding->cloud_host, "https://cloud.example");
  EXPECT_EQ(record->identity.name, "Ann \"A\"");
  EXPECT_EQ(record->unknown_members, R"("later": {"a": [1e400, "\u00e9"]})");
}

TEST(TokenRecord, is_written_to_the_byte_as_it_was_read) {
  auto record = parse(whole_text());
  ASSERT_TRUE(record);
  EXPECT_EQ(serialise_token_record(*record).reveal(), whole_text());
}

TEST(TokenRecord, of_bm_is_read_and_written_with_its_four_members) {
  const std::string text =
      "{\n  \"access_token\": \"CANARY-a\",\n  \"refresh_token\": null,\n"
      "  \"expires_at\": 7,\n  \"token_type\": \"Bearer\"\n}\n";
  auto record = parse(text);
  ASSERT_TRUE(record);
  EXPECT_FALSE(record->binding);
  EXPECT_TRUE(record->refresh_token.empty());
  EXPECT_EQ(serialise_token_record(*record).reveal(), text);
}

TEST(TokenRecord, takes_times_in_all_spellings_that_were_seen) {
  for (const char* spelling : {"1800", "1800.0", "1.8e3", "\"1800\""}) {
    auto record = parse(with(std::string("\"expires_at\": ") + spelling));
    ASSERT_TRUE(record) << spelling;
    EXPECT_EQ(record->expires_at_unix_s, 1800) << spelling;
  }
  EXPECT_EQ(parse(with(""))->expires_at_unix_s, 0);
  EXPECT_EQ(parse(with("\"expires_at\": -5"))->expires_at_unix_s, 0);
  EXPECT_EQ(parse(with("\"expires_at\": 9223372036854775807"))->expires_at_unix_s, 253402300799);
  EXPECT_EQ(parse(with("\"expires_at\": 1e30"))->expires_at_unix_s, 253402300799);
}

TEST(TokenRecord, with_a_member_of_the_wrong_type_is_corrupt) {
  for (const char* members :
       {"\"expires_at\": 1.5", "\"expires_at\": \"soon\"", "\"expires_at\": true",
        "\"expires_at\": []", "\"refresh_token\": 7", "\"issuer\": 7", "\"scope\": {}",
        "\"token_type\": \"DPoP\"", "\"refresh_token\": \"CANARY\\u0001\"",
        "\"issuer\": \"https://a\\u001b[2J\"", "\"issued_at\": \"\"",
        "\"access_token\": \"twice\""}) {
    EXPECT_EQ(fault_of(with(members)), Code::kStoreCorrupt) << members;
  }
  for (const char* text : {"", "null", "[]", "7", "\"x\"", "{}", "{\"access_token\": \"\"}",
                           "{\"access_token\": null}", "{\"access_token\": 7}", "{", "\xff\xfe{"}) {
    EXPECT_EQ(fault_of(text), Code::kStoreCorrupt) << text;
  }
}

TEST(TokenRecord, never_holds_an_access_token_that_could_end_a_header) {
  for (const char* token :
       {"a b", "a\\r\\nX: y", "a\\n", "a\\u0000", "\\u00e9", "=a", "a=b", "a,b"}) {
    EXPECT_EQ(fault_of(std::string("{\"access_token\": \"") + token + "\"}"), Code::kStoreCorrupt)
        << token;
  }
  EXPECT_EQ(fault_of("{\"access_token\": \"aZ09-._~+/==\"}"), Code::kOk);
}

TEST(TokenRecord, that_is_corrupt_is_named_by_its_path_and_without_its_content) {
  auto record = parse(R"({"access_token": "CANARY a"})");
  ASSERT_FALSE(record);
  EXPECT_NE(record.error().message.find(kPath), std::string::npos);
  EXPECT_EQ(record.error().message.find("CANARY"), std::string::npos);
}

// Promise S5: every prefix and every flipped bit.
TEST(TokenRecord, is_a_record_or_corrupt_whatever_the_bytes_are) {
  const std::string whole = whole_text();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    auto record = parse(whole.substr(0, size));
    if (record) {
      EXPECT_GE(size, whole.size() - 1) << "only the last line end may be missing";
    } else {
      EXPECT_EQ(record.error().code, Code::kStoreCorrupt);
      EXPECT_EQ(record.error().message.find("CANARY"), std::string::npos) << size;
    }
  }
  int readable = 0;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = whole;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      auto record = parse(flipped);
      if (record) {
        ++readable;
      } else {
        ASSERT_EQ(record.error().code, Code::kStoreCorrupt) << i << " bit " << bit;
      }
    }
  }
  EXPECT_GT(readable, 0);
}

TEST(TokenRecord, beyond_one_mebibyte_is_corrupt) {
  EXPECT_EQ(fault_of(with("\"x\": \"" + std::string(1024 * 1024, 'x') + "\"")),
            Code::kStoreCorrupt);
}

TEST(TokenRecord, is_named_by_its_refresh_token_else_by_its_access_token) {
  TokenRecord record;
  record.access_token = Secret(std::string_view("CANARY-a"));
  EXPECT_EQ(record.digest(), record.access_token.digest());
  record.refresh_token = Secret(std::string_view("CANARY-r"));
  EXPECT_EQ(record.digest(), record.refresh_token.digest());
}

std::string jwt(const std::string& claims) {
  return base64url_encode("{}") + "." + base64url_encode(claims) + ".s";
}

TEST(TokenRecord, expires_at_the_earlier_of_its_own_time_and_the_tokens) {
  TokenRecord record;
  record.access_token = Secret(std::string_view(jwt(R"({"exp": 5000, "iat": 4700})")));
  EXPECT_EQ(record.effective_expiry_unix_s(), 5000);
  EXPECT_EQ(record.lifetime_s(), 300);
  record.expires_at_unix_s = 4900;
  EXPECT_EQ(record.effective_expiry_unix_s(), 4900);
  EXPECT_EQ(record.lifetime_s(), 300);
  record.issued_at_unix_s = 4800;
  EXPECT_EQ(record.lifetime_s(), 100);
  record.expires_at_unix_s = 6000;
  EXPECT_EQ(record.effective_expiry_unix_s(), 5000);
}

TEST(TokenRecord, of_an_opaque_token_has_a_lifetime_only_if_its_issue_is_known) {
  TokenRecord record;
  record.access_token = Secret(std::string_view("opaque"));
  record.expires_at_unix_s = 5000;
  EXPECT_EQ(record.effective_expiry_unix_s(), 5000);
  EXPECT_EQ(record.lifetime_s(), 0);
  record.issued_at_unix_s = 5001;
  EXPECT_EQ(record.lifetime_s(), 0);
}

}  // namespace
