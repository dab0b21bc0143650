// What a client answers from memory: as long as nothing has changed, and no longer (architecture,
// "Fast reads").
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "core/client.h"
#include "core/generation.h"
#include "tests/unit/authorization_server.h"
#include "tests/unit/fakes.h"
#include "tests/unit/memory_file_system.h"
#include "tests/unit/session_world.h"

namespace bmauth::core {
namespace {

const std::string kDir = "/home/u/.basic-memory";
const std::string kTokens = kDir + "/.cloud_tokens.json";
const std::string kConfig = kDir + "/config.yaml";
constexpr std::int64_t kSecond_ms = 1'000;

// The seam hands out an owner; the server belongs to the test.
class Forward : public Transport {
 public:
  explicit Forward(Transport& to) : to_(to) {}
  HttpOutcome perform(const HttpRequest& request, Cancel* cancel) override {
    return to_.perform(request, cancel);
  }

 private:
  Transport& to_;
};
Transport* present_server = nullptr;

struct Reads : testing::Test {
  FakeClock clock{kWorldStart_s * 1000};
  FakeRandom random;
  MemoryFileSystem files;
  AuthorizationServer server{clock};
  std::shared_ptr<Client> client;
  int looks = 0;  // at anything on the disk

  Reads() {
    files.put_directory("/home/u", 0755);
    files.put_directory(kDir, 0700);
    store(0);
    present_server = &server;
    client = open();
    files.before_operation = [this](const char*, const std::string&) { ++looks; };
  }
  // The world begins with a second. A session as another process writes it, with 200 seconds of
  // fresh time.
  void store(int generation) {
    const StoredSession session = world_session(generation, clock.unix_s());
    files.put_file(kTokens, serialise_token_record(session.record).reveal());
  }
  std::shared_ptr<Client> open(Options options = {}) {
    options.issuer = world_binding().issuer;
    options.client_id = world_binding().client_id;
    options.cloud_host = world_binding().cloud_host;
    const auto open_transport = [](const Settings&) -> std::unique_ptr<Transport> {
      return std::make_unique<Forward>(*present_server);
    };
    auto opened = Client::open(std::move(options), {files, clock, random, open_transport,
                                                    Environment{{"HOME", "/home/u"}}});
    EXPECT_TRUE(opened) << opened.error().message;
    return *opened;
  }

  std::string header(Client& of, Purpose purpose = Purpose::kAccount) {
    char buffer[200] = "untouched";
    auto length = of.header(purpose, buffer, sizeof buffer);
    if (!length) return std::string("error ") + code_info(length.error().code).name;
    EXPECT_EQ(std::string(buffer).size(), *length);
    return buffer;
  }
  std::string header() { return header(*client); }
  // What memory alone says.
  std::string kept(Purpose purpose = Purpose::kAccount) {
    char buffer[200] = "";
    return client->kept_header(purpose, buffer, sizeof buffer) < 0 ? "nothing" : buffer;
  }
  bool raises(const std::function<void()>& call) {
    const std::uint64_t before = generation();
    call();
    return generation() != before;
  }
};

TEST_F(Reads, give_the_header_of_the_fresh_token) {
  EXPECT_EQ(header(), "Bearer CANARY-access-0");
  EXPECT_EQ(kept(), "Bearer CANARY-access-0");
}

TEST_F(Reads, look_at_no_file_until_the_next_second) {
  header();
  looks = 0;
  const std::uint64_t before = generation();
  clock.advance_ms(kSecond_ms - 1);
  EXPECT_EQ(header(), "Bearer CANARY-access-0");
  EXPECT_EQ(looks, 0);
  clock.advance_ms(1);
  EXPECT_EQ(kept(), "nothing");
  EXPECT_EQ(header(), "Bearer CANARY-access-0");
  EXPECT_GT(looks, 0);
  EXPECT_EQ(generation(), before) << "nothing has changed";
  EXPECT_EQ(kept(), "Bearer CANARY-access-0");
}

TEST_F(Reads, tell_apart_what_serves_projects_and_what_the_account) {
  Options options;
  options.api_key = Secret(std::string_view("bmc_CANARY0key"));
  client = open(std::move(options));
  EXPECT_EQ(header(*client, Purpose::kProject), "Bearer bmc_CANARY0key");
  EXPECT_EQ(header(*client, Purpose::kAccount), "Bearer CANARY-access-0");
  EXPECT_EQ(kept(Purpose::kProject), "Bearer bmc_CANARY0key");
  EXPECT_EQ(kept(Purpose::kAccount), "Bearer CANARY-access-0");
}

TEST_F(Reads, copy_nothing_into_a_buffer_that_is_too_small) {
  const std::string value = header();
  for (int round = 0; round < 2; ++round) {  // from memory, and then by a look
    std::string buffer(value.size(), '-');
    auto length = client->header(Purpose::kAccount, buffer.data(), buffer.size());
    ASSERT_TRUE(length);
    EXPECT_EQ(*length, value.size());
    EXPECT_EQ(buffer, std::string(value.size(), '-'));
    buffer.push_back('-');
    ASSERT_TRUE(client->header(Purpose::kAccount, buffer.data(), buffer.size()));
    EXPECT_EQ(buffer, value + '\0');
    clock.advance_ms(kSecond_ms);
  }
}

TEST_F(Reads, see_in_the_next_second_what_another_process_stored) {
  header();
  store(1);
  EXPECT_TRUE(raises([&] {
    clock.advance_ms(kSecond_ms);
    EXPECT_EQ(header(), "Bearer CANARY-access-1");
  }));
}

TEST_F(Reads, see_in_the_next_second_that_another_process_logged_out) {
  header();
  files.remove_file(kTokens);
  EXPECT_TRUE(raises([&] {
    clock.advance_ms(kSecond_ms);
    EXPECT_EQ(header(), "error no_credentials");
  }));
  EXPECT_EQ(kept(), "nothing");
}

TEST_F(Reads, end_with_the_fresh_zone) {
  const std::int64_t end_ms = client->fresh_token(Purpose::kAccount)->fresh_until_unix_ms;
  clock.advance_ms(end_ms - clock.unix_ms() - 1);
  EXPECT_EQ(header(), "Bearer CANARY-access-0");
  EXPECT_TRUE(raises([&] {
    clock.advance_ms(1);
    EXPECT_EQ(kept(), "nothing");
    EXPECT_EQ(header(), "error needs_refresh");
  }));
  EXPECT_FALSE(raises([&] { EXPECT_EQ(header(), "error needs_refresh"); })) << "said once";
  EXPECT_EQ(server.presentations(), 0);
}

TEST_F(Reads, end_when_the_machine_was_asleep) {
  header();
  clock.set_unix_ms(clock.unix_ms() + kWorldLifetime_s * 1000);  // monotonic time stood still
  EXPECT_EQ(header(), "error needs_refresh");
}

TEST_F(Reads, end_when_the_clock_is_set_back) {
  header();
  clock.set_unix_ms(clock.unix_ms() - 1);
  EXPECT_EQ(kept(), "nothing");
  EXPECT_EQ(header(), "Bearer CANARY-access-0");
  EXPECT_EQ(kept(), "Bearer CANARY-access-0");
}

TEST_F(Reads, give_the_new_token_as_soon_as_it_is_refreshed_by_any_client_of_the_process) {
  auto other = open();
  header();
  clock.advance_ms(250 * kSecond_ms);
  EXPECT_EQ(header(), "error needs_refresh");
  EXPECT_TRUE(raises([&] { EXPECT_TRUE(other->token(Purpose::kAccount, 0, nullptr)); }));
  EXPECT_EQ(header(), "Bearer CANARY-access-1");
  EXPECT_EQ(header(*other), "Bearer CANARY-access-1");
}

TEST_F(Reads, end_when_the_token_is_invalidated) {
  header();
  auto token = client->fresh_token(Purpose::kAccount);
  EXPECT_TRUE(raises([&] { EXPECT_TRUE(client->invalidate(*token)); }));
  EXPECT_EQ(kept(), "nothing");
  EXPECT_EQ(header(), "error needs_refresh");
}

TEST_F(Reads, hold_on_when_another_token_is_invalidated) {
  header();
  Token token = *client->fresh_token(Purpose::kAccount);
  token.value = Secret(std::string_view("CANARY-access-9"));
  EXPECT_FALSE(raises([&] { EXPECT_TRUE(client->invalidate(token)); }));
  EXPECT_EQ(kept(), "Bearer CANARY-access-0");
}

TEST_F(Reads, end_with_a_logout) {
  header();
  EXPECT_TRUE(raises([&] { EXPECT_TRUE(client->logout(nullptr)); }));
  EXPECT_EQ(kept(), "nothing");
  EXPECT_EQ(header(), "error no_credentials");
}

TEST_F(Reads, end_when_the_client_is_closed) {
  header();
  EXPECT_TRUE(raises([&] { client->close(); }));
  EXPECT_EQ(kept(), "nothing");
  EXPECT_EQ(header(), "error invalid_argument");
}

TEST_F(Reads, follow_the_configuration) {
  const std::string host = "cloud_host: " + world_binding().cloud_host + "\n";
  files.put_file(kConfig, host + "cloud_api_key: bmc_CANARY0one\n");
  clock.advance_ms(kSecond_ms);
  EXPECT_EQ(header(*client, Purpose::kProject), "Bearer bmc_CANARY0one");
  files.put_file(kConfig, host + "cloud_api_key: bmc_CANARY0two\n");
  EXPECT_TRUE(raises([&] {
    clock.advance_ms(kSecond_ms);
    EXPECT_EQ(header(*client, Purpose::kProject), "Bearer bmc_CANARY0two");
  }));
}

TEST_F(Reads, leave_nothing_of_a_look_that_ends_after_the_close) {
  // Closed while the look is at the disk: what it finds may not stay.
  files.before_operation = [this](const char*, const std::string&) {
    files.before_operation = nullptr;
    client->close();
  };
  header();
  EXPECT_EQ(kept(), "nothing");
}

TEST_F(Reads, say_a_projects_mode_as_the_route_does) {
  files.put_file(kConfig, "projects:\n  notes: {mode: local}\n  team: {mode: cloud}\n");
  const auto mode_of = [&](const char* name) {
    auto answer = client->mode(std::string(name));
    if (!answer) return std::string("error ") + code_info(answer.error().code).name;
    return std::string(route_mode_name(answer->mode)) + (answer->is_known ? "" : ", unknown");
  };
  EXPECT_EQ(mode_of("notes"), "local");
  EXPECT_EQ(mode_of("team"), "cloud");
  EXPECT_EQ(mode_of("Team"), "cloud") << "by its permalink";
  EXPECT_EQ(mode_of("nowhere"), "local, unknown");
  EXPECT_EQ(mode_of(""), "error invalid_argument");
  EXPECT_FALSE((*client->mode(std::nullopt)).is_known);
  EXPECT_EQ(client->kept_mode("team"), FoundMode::kCloud);

  files.put_file(kConfig, "projects:\n  notes: {mode: cloud}\n");
  EXPECT_TRUE(raises([&] {
    clock.advance_ms(kSecond_ms);
    EXPECT_EQ(mode_of("notes"), "cloud");
  }));
  EXPECT_EQ(mode_of("team"), "local, unknown");
  client->close();
  EXPECT_EQ(mode_of("notes"), "error invalid_argument");
  EXPECT_EQ(client->kept_mode("notes"), FoundMode::kNothing);
}

}  // namespace
}  // namespace bmauth::core
