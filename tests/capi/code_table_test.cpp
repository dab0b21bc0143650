// The error table as a program sees it that has no error object: contract, sections 9 and 11.
#include <gtest/gtest.h>

#include <bmauth.hpp>
#include <climits>
#include <set>

#include "world.h"

namespace bmauth::test {
namespace {

struct Row {
  bmauth_code code;
  const char* name;
  int exit_status;
  bool is_retryable;
};

constexpr Row kRows[] = {
    {BMAUTH_OK, "ok", 0, false},
    {BMAUTH_E_INVALID_ARGUMENT, "invalid_argument", 2, false},
    {BMAUTH_E_CONFIG_INVALID, "config_invalid", 1, false},
    {BMAUTH_E_CONFIG_CONFLICT, "config_conflict", 1, false},
    {BMAUTH_E_CONFLICTING_ROUTING, "conflicting_routing", 1, false},
    {BMAUTH_E_PROJECT_CONSTRAINED, "project_constrained", 1, false},
    {BMAUTH_E_UNKNOWN_PROJECT, "unknown_project", 1, false},
    {BMAUTH_E_AMBIGUOUS, "ambiguous", 1, false},
    {BMAUTH_E_WORKSPACE_UNRESOLVED, "workspace_unresolved", 1, false},
    {BMAUTH_E_NO_CREDENTIALS, "no_credentials", 3, false},
    {BMAUTH_E_INVALID_API_KEY, "invalid_api_key", 1, false},
    {BMAUTH_E_CREDENTIAL_NOT_FOR_ORIGIN, "credential_not_for_origin", 1, false},
    {BMAUTH_E_UNAUTHORIZED, "unauthorized", 3, false},
    {BMAUTH_E_SUBSCRIPTION_REQUIRED, "subscription_required", 4, false},
    {BMAUTH_E_INSUFFICIENT_SCOPE, "insufficient_scope", 4, false},
    {BMAUTH_E_FORBIDDEN, "forbidden", 4, false},
    {BMAUTH_E_SCOPE_NOT_CONFIRMED, "scope_not_confirmed", 1, false},
    {BMAUTH_E_UNSUPPORTED, "unsupported", 1, false},
    {BMAUTH_E_NOT_FOUND, "not_found", 1, false},
    {BMAUTH_E_ACCESS_DENIED, "access_denied", 1, false},
    {BMAUTH_E_EXPIRED_TOKEN, "expired_token", 1, false},
    {BMAUTH_E_REAUTH_REQUIRED, "reauth_required", 3, false},
    {BMAUTH_E_OAUTH_REJECTED, "oauth_rejected", 1, false},
    {BMAUTH_E_LOGIN_TIMEOUT, "login_timeout", 1, false},
    {BMAUTH_E_CANCELLED, "cancelled", 130, false},
    {BMAUTH_E_NETWORK, "network", 5, true},
    {BMAUTH_E_TLS, "tls", 5, true},
    {BMAUTH_E_TIMEOUT, "timeout", 5, true},
    {BMAUTH_E_RATE_LIMITED, "rate_limited", 5, true},
    {BMAUTH_E_SERVER, "server", 5, true},
    {BMAUTH_E_BAD_RESPONSE, "bad_response", 1, false},
    {BMAUTH_E_INSECURE_URL, "insecure_url", 1, false},
    {BMAUTH_E_STORE_IO, "store_io", 1, false},
    {BMAUTH_E_STORE_PERMISSIONS, "store_permissions", 1, false},
    {BMAUTH_E_STORE_CORRUPT, "store_corrupt", 1, false},
    {BMAUTH_E_NOT_PERSISTED, "not_persisted", 1, false},
    {BMAUTH_E_LOCK_TIMEOUT, "lock_timeout", 5, true},
    {BMAUTH_E_SESSION_EXISTS, "session_exists", 1, false},
    {BMAUTH_E_REJECTED, "rejected", 1, false},
    {BMAUTH_E_NET_UNAVAILABLE, "net_unavailable", 1, false},
    {BMAUTH_E_OUT_OF_MEMORY, "out_of_memory", 1, false},
    {BMAUTH_E_INTERNAL, "internal", 1, false},
    {BMAUTH_E_NEEDS_REFRESH, "needs_refresh", 1, false},
};

TEST(CodeTable, has_the_contracts_rows_in_the_order_of_their_numbers) {
  int number = 0;
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(row.code, number++);
    EXPECT_STREQ(bmauth_code_name(row.code), row.name);
    EXPECT_EQ(bmauth_code_exit_status(row.code), row.exit_status);
    EXPECT_EQ(bmauth_code_is_retryable(row.code), row.is_retryable ? 1 : 0);
  }
}

TEST(CodeTable, says_of_each_code_what_it_means_and_what_to_do) {
  std::set<std::string> meanings;
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.name);
    const std::string meaning = bmauth_code_meaning(row.code);
    const std::string remedy = bmauth_code_remedy(row.code);
    EXPECT_GT(meaning.size(), 5u);
    EXPECT_GT(remedy.size(), 5u);
    EXPECT_EQ(meaning.find('\n'), std::string::npos);
    EXPECT_EQ(remedy.find('\n'), std::string::npos);
    EXPECT_EQ(meaning.back(), '.');
    EXPECT_EQ(remedy.back(), '.');
    EXPECT_TRUE(meanings.insert(meaning).second);
  }
}

TEST(CodeTable, takes_an_unknown_number_for_internal) {
  for (const bmauth_code code : {43, 1000, -1, INT_MAX, INT_MIN}) {
    SCOPED_TRACE(code);
    EXPECT_STREQ(bmauth_code_name(code), "internal");
    EXPECT_STREQ(bmauth_code_meaning(code), bmauth_code_meaning(BMAUTH_E_INTERNAL));
    EXPECT_STREQ(bmauth_code_remedy(code), bmauth_code_remedy(BMAUTH_E_INTERNAL));
    EXPECT_EQ(bmauth_code_is_retryable(code), 0);
    EXPECT_EQ(bmauth_code_exit_status(code), 1);
  }
}

TEST(CodeTable, is_the_same_in_cpp) {
  EXPECT_EQ(bmauth::code_name(Code::kNoCredentials), "no_credentials");
  EXPECT_EQ(bmauth::code_meaning(Code::kNetwork), bmauth_code_meaning(BMAUTH_E_NETWORK));
  EXPECT_EQ(bmauth::code_remedy(Code::kNetwork), bmauth_code_remedy(BMAUTH_E_NETWORK));
  EXPECT_TRUE(bmauth::code_is_retryable(Code::kNetwork));
  EXPECT_EQ(bmauth::code_exit_status(Code::kCancelled), 130);
}

TEST(Version, of_header_and_library_are_one) {
  EXPECT_STREQ(bmauth_version(), BMAUTH_VERSION);
  EXPECT_EQ(bmauth_version_number(), BMAUTH_VERSION_NUMBER);
  EXPECT_EQ(bmauth::version(), BMAUTH_VERSION);
  EXPECT_EQ(bmauth::version_number(), BMAUTH_VERSION_NUMBER);
  int major = 0, minor = 0, patch = 0;
  ASSERT_EQ(std::sscanf(bmauth_version(), "%d.%d.%d", &major, &minor, &patch), 3);
  EXPECT_EQ(bmauth_version_number(), major * 1'000'000 + minor * 1'000 + patch);
}

}  // namespace
}  // namespace bmauth::test
