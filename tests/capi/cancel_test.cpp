// Stopping a call that waits: from its check callback, another thread and a signal handler.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <pthread.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <bmauth.hpp>
#include <chrono>
#include <csignal>
#include <functional>
#include <ostream>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "world.h"

namespace bmauth::test {
namespace {

constexpr std::int64_t kPromise_ms = 100;  // contract, section 4
constexpr int kTries = 5;                  // a busy machine may be late now and then

Answer silence() {
  Answer answer;
  answer.is_silent = true;
  return answer;
}

// The ways in which a call can wait. Each gets a world of its own and ends when cancelled.
struct Wait {
  const char* name;
  std::function<void(World&, Cancel&)> call;
};

std::ostream& operator<<(std::ostream& out, const Wait& wait) {
  return out << wait.name;
}

const Wait kWaits[] = {
    {"a_silent_request",
     [](World& world, Cancel& cancel) {
       world.server.on(kHealthPath, silence());
       const Options options = std::move(world.options().set_api_key(kApiKey));
       Client(&options).whoami(false, &cancel);
     }},
    {"a_silent_login_begin",
     [](World& world, Cancel& cancel) {
       world.server.on(kDevicePath, silence());
       world.client().login_begin(false, &cancel);
     }},
    {"the_next_poll",
     [](World& world, Cancel& cancel) {
       world.server.on(kDevicePath,
                       Answer{200, R"({"device_code":"CANARY","user_code":"A","interval":60,)"
                                   R"("verification_uri":"https://x.example","expires_in":600})"});
       Client client = world.client();
       Login login = client.login_begin(false);
       login.wait(&cancel);
     }},
    {"the_lock_of_another_process",
     [](World& world, Cancel& cancel) {
       world.write_session(-10);
       const std::string path = world.in(kTokenFile) + ".lock";
       const int lock = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
       EXPECT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
       const Error error = error_of([&] { world.client().token(Purpose::kAccount, 0, &cancel); });
       ::close(lock);
       throw error;
     }},
};

class CancelWait : public testing::TestWithParam<Wait> {
 protected:
  // How long after `trigger` was called the call came back; the best of several tries.
  std::int64_t shortest_ms(const std::function<void(Cancel&, std::int64_t& triggered_ms)>& arm) {
    std::int64_t shortest = 1'000'000;
    for (int i = 0; i < kTries && shortest > kPromise_ms; ++i) {
      World world;
      Cancel cancel;
      std::int64_t triggered_ms = 0;
      std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        arm(cancel, triggered_ms);
      });
      const Error error = error_of([&] { GetParam().call(world, cancel); });
      const std::int64_t ended_ms = now_ms();
      other.join();
      EXPECT_EQ(error.code(), Code::kCancelled) << error.message();
      EXPECT_TRUE(cancel.is_triggered());
      shortest = std::min(shortest, ended_ms - triggered_ms);
    }
    return shortest;
  }
};

TEST_P(CancelWait, ends_in_time_when_another_thread_triggers) {
  EXPECT_LE(shortest_ms([](Cancel& cancel, std::int64_t& triggered_ms) {
              triggered_ms = now_ms();
              cancel.trigger();
            }),
            kPromise_ms);
}

TEST_P(CancelWait, asks_its_check_every_50_ms_on_the_thread_of_the_call) {
  World world;
  std::vector<std::int64_t> asked_ms;
  bool is_on_this_thread = true;
  const std::thread::id caller = std::this_thread::get_id();
  const std::int64_t begun_ms = now_ms();
  Cancel cancel;
  cancel.set_check([&] {
    asked_ms.push_back(now_ms());
    is_on_this_thread = is_on_this_thread && std::this_thread::get_id() == caller;
    return now_ms() - begun_ms > 600;
  });
  const Error error = error_of([&] { GetParam().call(world, cancel); });
  EXPECT_EQ(error.code(), Code::kCancelled) << error.message();
  EXPECT_TRUE(is_on_this_thread);
  ASSERT_GE(asked_ms.size(), 6u);
  std::vector<std::int64_t> gaps;
  for (std::size_t i = 1; i < asked_ms.size(); ++i) gaps.push_back(asked_ms[i] - asked_ms[i - 1]);
  std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2),
                   gaps.end());
  EXPECT_LE(gaps[gaps.size() / 2], 55) << "the middle one of all gaps, which no busy machine moves";

  const std::size_t asked = asked_ms.size();
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  EXPECT_EQ(asked_ms.size(), asked) << "not after the call has returned";
}

bmauth_cancel* signalled = nullptr;
volatile std::sig_atomic_t signalled_at_all = 0;

void on_signal(int) {
  bmauth_cancel_trigger(signalled);
  signalled_at_all = 1;
}

TEST_P(CancelWait, ends_in_time_when_a_signal_handler_triggers) {
  struct sigaction action = {};
  struct sigaction before = {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR1, &action, &before);
  const pthread_t caller = pthread_self();
  EXPECT_LE(shortest_ms([&](Cancel& cancel, std::int64_t& triggered_ms) {
              signalled = cancel.get();
              triggered_ms = now_ms();
              pthread_kill(caller, SIGUSR1);
            }),
            kPromise_ms);
  EXPECT_EQ(signalled_at_all, 1);
  sigaction(SIGUSR1, &before, nullptr);
}

INSTANTIATE_TEST_SUITE_P(Of, CancelWait, testing::ValuesIn(kWaits),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(Cancel, stays_triggered_for_good) {
  World world;
  world.write_session(-10);
  Client client = world.client();
  Cancel cancel;
  EXPECT_FALSE(cancel.is_triggered());
  cancel.trigger();
  cancel.trigger();
  EXPECT_TRUE(cancel.is_triggered());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(error_of([&] { client.token(Purpose::kAccount, 0, &cancel); }).code(),
              Code::kCancelled);
  }
  EXPECT_TRUE(world.server.requests(kTokenPath).empty());
  const Token token = client.token(Purpose::kAccount, 0);
  EXPECT_EQ(token.kind(), "oauth");
}

TEST(Cancel, is_not_asked_by_a_look_at_it) {
  Cancel cancel;
  bool is_asked = false;
  cancel.set_check([&] { return is_asked = true; });
  EXPECT_FALSE(cancel.is_triggered());
  EXPECT_FALSE(is_asked) << "bmauth.h: the check callback is not asked";
}

TEST(Cancel, takes_an_exception_of_its_check_for_a_yes) {
  World world;
  world.server.on(kHealthPath, silence());
  const Options options = std::move(world.options().set_api_key(kApiKey));
  Client client(&options);
  Cancel cancel;
  cancel.set_check([]() -> bool { throw std::runtime_error("CANARY"); });
  EXPECT_EQ(error_of([&] { client.whoami(false, &cancel); }).code(), Code::kCancelled);
}

TEST(Cancel, forgets_a_check_that_is_taken_back) {
  World world;
  const Options options = std::move(world.options().set_api_key(kApiKey));
  Client client(&options);
  Cancel cancel;
  cancel.set_check([] { return true; });
  cancel.set_check(nullptr);
  const Report report = client.whoami(false, &cancel);
  EXPECT_EQ(report.text("/is_authenticated"), "true");
}

TEST(Cancel, leaves_a_session_as_it_was) {
  World world;
  world.write_session(-10);
  const auto before = world.files();
  Cancel cancel;
  cancel.trigger();
  EXPECT_EQ(error_of([&] { world.client().token(Purpose::kAccount, 0, &cancel); }).code(),
            Code::kCancelled);
  const auto after = world.files();
  for (const auto& [path, content] : before) EXPECT_EQ(after.at(path), content);
}

}  // namespace
}  // namespace bmauth::test
