// The reads from memory: what they answer, that nobody's refresh holds them up, and when they end.
#include <bmauth.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <bmauth.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "memory_search.h"
#include "world.h"

namespace bmauth::test {
namespace {

constexpr std::int64_t kSecond_ms = 1'000;

std::string header_of(Client& client, Purpose purpose = Purpose::kAccount) {
  std::string value;
  client.header(purpose, value);
  return value;
}

std::uint64_t generation_now() {
  return __atomic_load_n(generation(), __ATOMIC_ACQUIRE);
}

TEST(Header, is_that_of_the_fresh_token) {
  World world;
  world.write_session(3600);
  const Options options = world.options().set_api_key(kApiKey);
  Client client(&options);
  for (const Purpose purpose : {Purpose::kAccount, Purpose::kProject}) {
    const Token token = client.fresh_token(purpose);
    EXPECT_EQ(header_of(client, purpose), token.headers().at(0).at(1));
    EXPECT_EQ(header_of(client, purpose), token.headers().at(0).at(1)) << "from memory";
  }
}

TEST(Header, fits_a_text_that_is_used_again_whatever_stood_there) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  for (const std::string& before : {std::string(), std::string(10, 'x'), std::string(5000, 'x')}) {
    std::string value = before;
    client.header(Purpose::kAccount, value);
    EXPECT_EQ(value, "Bearer CANARY-access-0");
  }
}

TEST(Header, says_what_it_needs_and_leaves_a_small_buffer_alone) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  const std::string value = header_of(client);
  const auto length = static_cast<std::int64_t>(value.size());
  for (const std::int64_t capacity_bytes : {std::int64_t{0}, std::int64_t{1}, length}) {
    std::string buffer(value.size() + 1, '-');
    std::int64_t length_bytes = -1;
    bmauth_error* error = nullptr;
    EXPECT_EQ(bmauth_client_header(client.get(), BMAUTH_PURPOSE_ACCOUNT, buffer.data(),
                                   capacity_bytes, &length_bytes, &error),
              BMAUTH_E_INVALID_ARGUMENT);
    EXPECT_EQ(length_bytes, length);
    EXPECT_EQ(buffer, std::string(value.size() + 1, '-'));
    EXPECT_NE(std::string(bmauth_error_message(error)).find(std::to_string(length + 1)),
              std::string::npos);
    bmauth_error_free(error);
  }
}

TEST(Header, refuses_what_cannot_be_meant_and_sets_the_length_to_0) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  char buffer[100];
  std::int64_t length = 0;
  const auto code_of = [&](bmauth_client* of, std::int32_t purpose, char* into,
                           std::int64_t capacity_bytes, std::int64_t* length_bytes) {
    length = -1;
    return bmauth_client_header(of, purpose, into, capacity_bytes, length_bytes, nullptr);
  };
  for (int round = 0; round < 2; ++round) {  // by a look, and from memory
    EXPECT_EQ(code_of(nullptr, 0, buffer, 100, &length), BMAUTH_E_INVALID_ARGUMENT);
    EXPECT_EQ(length, 0);
    EXPECT_EQ(code_of(client.get(), 2, buffer, 100, &length), BMAUTH_E_INVALID_ARGUMENT);
    EXPECT_EQ(length, 0);
    EXPECT_EQ(code_of(client.get(), 0, nullptr, 100, &length), BMAUTH_E_INVALID_ARGUMENT);
    EXPECT_EQ(length, 0);
    EXPECT_EQ(code_of(client.get(), 0, buffer, -1, &length), BMAUTH_E_INVALID_ARGUMENT);
    EXPECT_EQ(length, 0);
    EXPECT_EQ(code_of(client.get(), 0, buffer, 100, nullptr), BMAUTH_E_INVALID_ARGUMENT);
    EXPECT_EQ(code_of(client.get(), 0, buffer, 100, &length), BMAUTH_OK);
  }
}

TEST(Header, needs_a_refresh_once_the_token_is_due) {
  World world;
  world.write_session(30);
  Client client = world.client();
  EXPECT_EQ(error_of([&] { header_of(client); }).code(), Code::kNeedsRefresh);
  EXPECT_TRUE(world.server.requests(kTokenPath).empty());
  client.token(Purpose::kAccount, 0);
  EXPECT_EQ(header_of(client), "Bearer CANARY-access-1");
}

// A server that answers when it is told to.
class Stall {
 public:
  void hold() {
    std::unique_lock lock(mutex_);
    is_asked_ = true;
    changed_.notify_all();
    changed_.wait_for(lock, std::chrono::seconds(20), [this] { return may_answer_; });
  }
  void await_request() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return is_asked_; });
  }
  void release() {
    std::lock_guard lock(mutex_);
    may_answer_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_asked_ = false;
  bool may_answer_ = false;
};

TEST(Header, and_route_answer_while_another_thread_is_held_up_in_a_refresh) {
  World world;
  world.write_session(3600);
  world.write("/config.yaml", "projects:\n  team: {mode: cloud}\n");
  Stall stall;
  world.server.on(kTokenPath, [&](const Request&) {
    stall.hold();
    return Answer{200, R"({"access_token":"CANARY-access-1","refresh_token":"CANARY-refresh-1",)"
                       R"("token_type":"Bearer","expires_in":3600})"};
  });
  Client client = world.client();
  std::atomic<bool> is_refreshed{false};
  std::thread refresher([&] {
    client.token(Purpose::kAccount, 3'700'000);  // longer than it lives: a refresh
    is_refreshed = true;
  });
  stall.await_request();

  // Held up until all have read for two seconds, so with a look at the files now and then. A reader
  // that waits for the refresh would never come to its end.
  std::mutex mutex;
  std::vector<double> took_ms;
  std::atomic<int> wrong{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      std::vector<double> mine_ms;
      const std::int64_t end_ms = now_ms() + 2 * kSecond_ms;
      while (now_ms() < end_ms) {
        const auto begun = std::chrono::steady_clock::now();
        if (header_of(client) != "Bearer CANARY-access-0") ++wrong;
        if (client.mode("team").mode != Mode::kCloud) ++wrong;
        if (mine_ms.size() % 100 == 0) {
          const Route route = client.route("team", std::nullopt, Override::kNone, false);
          if (route.mode() != "cloud") ++wrong;
        }
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - begun;
        mine_ms.push_back(took.count());
      }
      std::lock_guard lock(mutex);
      took_ms.insert(took_ms.end(), mine_ms.begin(), mine_ms.end());
    });
  }
  for (std::thread& reader : readers) reader.join();
  EXPECT_FALSE(is_refreshed);
  stall.release();
  refresher.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_EQ(header_of(client), "Bearer CANARY-access-1") << "at once";
  std::sort(took_ms.begin(), took_ms.end());
  // A thread may lose its processor for longer than that, which is not the library's doing.
  EXPECT_LT(took_ms[took_ms.size() * 9 / 10], 5);
}

TEST(Header, of_many_threads_is_never_a_mixture_while_one_refreshes_and_others_log_out_and_close) {
  World world;
  std::atomic<int> odd{0};
  for (int round = 0; round < 3; ++round) {
    world.write_session(3600);
    Client client = world.client();
    std::atomic<bool> is_ending{false};
    std::vector<std::thread> readers;
    for (int i = 0; i < 4; ++i) {
      readers.emplace_back([&] {
        std::string value;
        while (!is_ending) {
          try {
            client.header(Purpose::kAccount, value);
            if (value.rfind("Bearer CANARY-access-", 0) != 0) ++odd;
            if (client.mode("x").is_known) ++odd;
          } catch (const Error& error) {
            const bool is_expected = error.code() == Code::kNeedsRefresh ||
                                     error.code() == Code::kNoCredentials ||
                                     error.code() == Code::kInvalidArgument;
            if (!is_expected) ++odd;
          }
        }
      });
    }
    for (int refresh = 0; refresh < 10; ++refresh) {
      const Token token = client.token(Purpose::kAccount, 0);
      client.invalidate(token);
    }
    client.logout();
    world.write_session(3600);
    client.token(Purpose::kAccount, 0);
    client.close();
    is_ending = true;
    for (std::thread& reader : readers) reader.join();
  }
  EXPECT_EQ(odd, 0);
}

// Runs `body` as another process, which says 0 if all went well.
void in_another_process(const std::function<int()>& body) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::alarm(30);
    ::_exit(body());
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status;
}

int refresh_elsewhere(const World& world) {
  try {
    world.client().token(Purpose::kAccount, 3'700'000);
    return 0;
  } catch (const Error&) {
    return 1;
  }
}

int log_out_elsewhere(const World& world) {
  try {
    world.client().logout();
    return 0;
  } catch (const Error&) {
    return 1;
  }
}

// A second, and what the coarse clock and the scheduler may add.
constexpr std::int64_t kWithinASecond_ms = 1'100;

// How long until the header is no longer `value`.
std::int64_t changed_after_ms(Client& client, const std::string& value) {
  const std::int64_t begun_ms = now_ms();
  const auto is_the_same = [&] {
    try {
      return header_of(client) == value;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), Code::kNoCredentials);
      return false;
    }
  };
  while (is_the_same() && now_ms() - begun_ms < 10 * kSecond_ms) ::usleep(1'000);
  return now_ms() - begun_ms;
}

TEST(Header, follows_within_a_second_what_another_process_does) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  EXPECT_EQ(header_of(client), "Bearer CANARY-access-0");
  std::uint64_t generation = generation_now();
  in_another_process([&] { return refresh_elsewhere(world); });
  EXPECT_LT(changed_after_ms(client, "Bearer CANARY-access-0"), kWithinASecond_ms);
  EXPECT_EQ(header_of(client), "Bearer CANARY-access-1");
  EXPECT_GT(generation_now(), generation);

  generation = generation_now();
  in_another_process([&] { return log_out_elsewhere(world); });
  EXPECT_LT(changed_after_ms(client, "Bearer CANARY-access-1"), kWithinASecond_ms);
  EXPECT_EQ(error_of([&] { header_of(client); }).code(), Code::kNoCredentials);
  EXPECT_GT(generation_now(), generation);
}

TEST(Header, is_read_in_a_forked_child_while_the_parents_threads_read_on) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  header_of(client);
  std::atomic<bool> is_ending{false};
  std::thread other([&] {
    while (!is_ending) header_of(client);
  });
  for (int i = 0; i < 20; ++i) {
    in_another_process([&] {
      try {
        const bool is_right = header_of(client) == "Bearer CANARY-access-0";
        client.close();  // takes the kept header away, past a reader who is not there
        return is_right ? 0 : 1;
      } catch (const Error&) {
        return 2;
      }
    });
  }
  is_ending = true;
  other.join();
}

TEST(Generation, rises_with_everything_that_this_process_does) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  header_of(client);
  const auto rises = [](const std::function<void()>& call) {
    const std::uint64_t before = generation_now();
    call();
    return generation_now() > before;
  };
  EXPECT_GT(generation_now(), 0u);
  EXPECT_EQ(generation(), bmauth_generation()) << "one word, whoever asks";
  EXPECT_FALSE(rises([&] { header_of(client); }));
  EXPECT_FALSE(rises([&] { client.token(Purpose::kAccount, 0); }));
  EXPECT_TRUE(rises([&] { client.token(Purpose::kAccount, 3'700'000); })) << "a refresh";
  EXPECT_TRUE(rises([&] { client.invalidate(client.fresh_token(Purpose::kAccount)); }));
  EXPECT_TRUE(rises([&] { client.refresh_step(0); }));
  EXPECT_TRUE(rises([&] { client.logout(); }));
  EXPECT_TRUE(rises([&] {
    Login login = client.login_begin(true);
    login.wait();
  }));
  EXPECT_TRUE(rises([&] { client.close(); }));
}

TEST(Mode, is_what_the_route_says) {
  World world;
  world.write("/config.yaml", "projects:\n  notes: {mode: local}\n  team: {mode: cloud}\n");
  Client client = world.client();
  const auto expect_same = [&](const std::optional<std::string>& project) {
    const Route route = client.route(project, std::nullopt, Override::kNone, false);
    for (int round = 0; round < 2; ++round) {
      const auto [mode, is_known] = client.mode(project);
      EXPECT_EQ(mode == Mode::kCloud ? "cloud" : "local", route.mode());
      EXPECT_EQ(is_known, route.is_known());
    }
  };
  for (const char* name : {"notes", "team", "Team", "nowhere"}) expect_same(name);
  expect_same(std::nullopt);
  EXPECT_EQ(error_of([&] { client.mode(""); }).code(), Code::kInvalidArgument);
  EXPECT_EQ(bmauth_client_mode(client.get(), "team", nullptr, nullptr, nullptr),
            BMAUTH_E_INVALID_ARGUMENT);
}

// Sanitizers keep terabytes of shadow memory, which would be searched as well.
#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)

// The end of a key that stands nowhere else, and long, because what frees a short text overwrites
// it soon.
constexpr const char* kReversedEnd = "jihgfedcba9876543210yranacYRANAC";
constexpr std::size_t kKeyLength = 1500;

TEST(Header, leaves_no_secret_in_memory_when_its_client_is_closed) {
  World world;
  MemorySearch search(kReversedEnd);
  const auto open = [&] {
    std::string key(kKeyLength, 'x');
    key.replace(0, 4, "bmc_");
    const std::string_view reversed = kReversedEnd;
    std::copy(reversed.rbegin(), reversed.rend(),
              key.end() - static_cast<std::ptrdiff_t>(reversed.size()));
    const Options options = world.options().set_api_key(key);
    std::fill(key.begin(), key.end(), '\0');
    __asm__ __volatile__("" : : "r"(key.data()) : "memory");
    return Client(&options);
  };
  ASSERT_FALSE(search.finds());
  Client client = open();
  std::string value;
  client.header(Purpose::kProject, value);
  client.header(Purpose::kProject, value);
  ASSERT_GT(value.size(), kKeyLength);
  std::fill(value.begin(), value.end(), '\0');
  __asm__ __volatile__("" : : "r"(value.data()) : "memory");
  EXPECT_TRUE(search.finds()) << "else this test finds nothing";
  client.close();
  EXPECT_FALSE(search.finds());
}

#endif

}  // namespace
}  // namespace bmauth::test
