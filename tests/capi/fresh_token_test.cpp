// The credential without waiting: what bmauth_client_token would give, or needs_refresh.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <map>
#include <optional>
#include <string>

#include "world.h"

namespace bmauth::test {
namespace {

constexpr std::int64_t kAtOnce_ms = 700;  // less than a torn file is waited for

std::map<std::string, std::string> headers_of(const Token& token) {
  std::map<std::string, std::string> found;
  for (const auto& [name, value] : token.headers()) found.emplace(name, value);
  return found;
}

std::string value_of(const Token& token) {
  return std::string(token.access_token().value_or("nothing"));
}

void expect_same(const Token& left, const Token& right) {
  EXPECT_EQ(left.access_token(), right.access_token());
  EXPECT_EQ(left.kind(), right.kind());
  EXPECT_EQ(left.source(), right.source());
  EXPECT_EQ(left.reason(), right.reason());
  EXPECT_EQ(left.origin(), right.origin());
  EXPECT_EQ(left.expires_at_unix_s(), right.expires_at_unix_s());
  EXPECT_EQ(left.is_persisted(), right.is_persisted());
  EXPECT_EQ(left.warnings().size(), right.warnings().size());
  EXPECT_EQ(headers_of(left), headers_of(right));
}

Code code_of_fresh(Client& client, Purpose purpose = Purpose::kAccount) {
  return error_of([&] { client.fresh_token(purpose); }).code();
}

TEST(FreshToken, is_the_sessions_token_while_it_is_fresh) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  for (const Purpose purpose : {Purpose::kAccount, Purpose::kProject}) {
    expect_same(client.fresh_token(purpose), client.token(purpose, 0));
  }
  EXPECT_TRUE(world.server.requests(kTokenPath).empty());
}

TEST(FreshToken, is_the_api_key_where_that_serves) {
  World world;
  const Options options = world.options().set_api_key(kApiKey);
  Client client(&options);
  expect_same(client.fresh_token(Purpose::kProject), client.token(Purpose::kProject, 0));
  EXPECT_EQ(value_of(client.fresh_token(Purpose::kAccount)), kApiKey);
}

TEST(FreshToken, needs_a_refresh_once_it_is_stale_and_leaves_no_trace) {
  for (const std::int64_t seconds : {200, 30, -10}) {  // stale, due and expired of 3600
    World world;
    world.write_session(seconds);
    const auto before = world.files();
    Client client = world.client();
    EXPECT_EQ(code_of_fresh(client), Code::kNeedsRefresh) << seconds;
    EXPECT_EQ(world.files(), before);
    EXPECT_TRUE(world.server.requests(kTokenPath).empty());
    client.token(Purpose::kAccount, 0);
    EXPECT_EQ(value_of(client.fresh_token(Purpose::kAccount)), "CANARY-access-1");
  }
}

TEST(FreshToken, needs_a_refresh_after_a_401) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  const Token token = client.fresh_token(Purpose::kAccount);
  client.invalidate(token);
  EXPECT_EQ(code_of_fresh(client), Code::kNeedsRefresh);
  EXPECT_EQ(value_of(client.token(Purpose::kAccount, 0)), "CANARY-access-1");
}

TEST(FreshToken, does_not_wait_for_the_lock_of_another_process) {
  World world;
  world.write_session(3600);
  const std::string path = world.in(kTokenFile) + ".lock";
  const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
  Client client = world.client();
  const std::int64_t started_ms = now_ms();
  EXPECT_EQ(value_of(client.fresh_token(Purpose::kAccount)), "CANARY-access-0");
  EXPECT_LT(now_ms() - started_ms, kAtOnce_ms);
  ::close(lock);
}

TEST(FreshToken, does_not_wait_for_a_file_that_is_just_being_written) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  world.write(kTokenFile, R"({"access_token": "CANARY-acc)");
  const std::int64_t started_ms = now_ms();
  EXPECT_EQ(code_of_fresh(client), Code::kNeedsRefresh);
  client.route("x", std::nullopt, Override::kCloud, false);  // says which credential it would get
  EXPECT_LT(now_ms() - started_ms, kAtOnce_ms);
  world.write_session(3600);
  EXPECT_EQ(value_of(client.fresh_token(Purpose::kAccount)), "CANARY-access-0");
}

TEST(FreshToken, fails_as_a_token_does_where_no_refresh_would_help) {
  World world;
  Client client = world.client();
  EXPECT_EQ(code_of_fresh(client), Code::kNoCredentials);
  EXPECT_EQ(code_of_fresh(client, Purpose::kProject), Code::kNoCredentials);

  world.write_session(-10);
  world.server.on(kTokenPath, Answer{400, R"({"error":"invalid_grant"})"});
  EXPECT_EQ(error_of([&] { client.token(Purpose::kAccount, 0); }).code(), Code::kReauthRequired);
  EXPECT_EQ(code_of_fresh(client), Code::kReauthRequired);
}

}  // namespace
}  // namespace bmauth::test
