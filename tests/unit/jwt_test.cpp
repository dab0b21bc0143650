#include "core/jwt.h"

#include <gtest/gtest.h>

#include <string>

#include "core/base64url.h"

namespace {

using bmauth::core::base64url_encode;
using bmauth::core::read_jwt_claims;

std::string jwt(const std::string& claims) {
  return base64url_encode(R"({"alg":"RS256"})") + "." + base64url_encode(claims) + ".CANARY";
}

TEST(Jwt, gives_the_claims_that_it_holds) {
  const auto claims = read_jwt_claims(
      jwt(R"({"iss":"https://i.example","sub":"u1","aud":["a","b"],"exp":2000,"iat":1700,)"
          R"("email":"a@b.example","name":"Ann"})"));
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->issuer, "https://i.example");
  EXPECT_EQ(claims->subject, "u1");
  EXPECT_EQ(claims->audience, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(claims->expires_at_unix_s, 2000);
  EXPECT_EQ(claims->issued_at_unix_s, 1700);
  EXPECT_EQ(claims->email, "a@b.example");
  EXPECT_EQ(claims->name, "Ann");
}

TEST(Jwt, takes_one_audience_as_text_and_times_with_a_fraction) {
  const auto claims = read_jwt_claims(jwt(R"({"aud":"a","exp":2000.75})"));
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->audience, std::vector<std::string>{"a"});
  EXPECT_EQ(claims->expires_at_unix_s, 2000);
  EXPECT_FALSE(claims->issued_at_unix_s);
}

TEST(Jwt, leaves_out_claims_of_the_wrong_type_or_beyond_all_times) {
  for (const char* exp :
       {"\"2000\"", "-1", "0", "1e300", "true", "null", "[]", "9223372036854775807"}) {
    const auto claims = read_jwt_claims(jwt(std::string(R"({"sub":7,"exp":)") + exp + "}"));
    ASSERT_TRUE(claims) << exp;
    EXPECT_FALSE(claims->expires_at_unix_s) << exp;
    EXPECT_EQ(claims->subject, "");
  }
}

TEST(Jwt, is_not_found_in_anything_else) {
  EXPECT_FALSE(read_jwt_claims(""));
  EXPECT_FALSE(read_jwt_claims("opaque"));
  EXPECT_FALSE(read_jwt_claims("a.b"));
  EXPECT_FALSE(read_jwt_claims("a..c"));
  EXPECT_FALSE(read_jwt_claims("a.b.c.d.e"));
  EXPECT_FALSE(read_jwt_claims("a.!!!!.c"));
  EXPECT_FALSE(read_jwt_claims("a." + base64url_encode("{\"exp\":1") + ".c"));
  EXPECT_FALSE(read_jwt_claims("a." + base64url_encode("[1]") + ".c"));
  EXPECT_FALSE(read_jwt_claims(jwt("{\"name\":\"" + std::string(70'000, 'x') + "\"}")));
}

TEST(Jwt, never_stumbles_over_a_cut_off_token) {
  const std::string whole = jwt(R"({"exp":2000,"aud":["a"],"name":"Ann"})");
  int readable = 0;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    readable += read_jwt_claims(whole.substr(0, size)).has_value() ? 1 : 0;
  }
  EXPECT_GE(readable, 1);
  EXPECT_LE(readable, 8);  // only the signature may be cut
}

}  // namespace
