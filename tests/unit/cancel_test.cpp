// The wish to stop, and the waits that it ends; with them the other small seams of the system.
#include "core/cancel.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <thread>
#include <vector>

#include "core/clock.h"
#include "core/random.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kLong_ms = 30'000;
constexpr std::int64_t kPrompt_ms = 1'000;  // promised: 100; generous, for a busy machine

bool is_readable(int descriptor) {
  pollfd entry = {descriptor, POLLIN, 0};
  return poll(&entry, 1, 0) == 1;
}

TEST(Cancel, is_triggered_once_and_for_good) {
  Cancel cancel;
  EXPECT_FALSE(cancel.is_triggered());
  EXPECT_FALSE(is_readable(cancel.descriptor()));
  cancel.trigger();
  cancel.trigger();
  EXPECT_TRUE(cancel.is_triggered());
  EXPECT_TRUE(is_readable(cancel.descriptor()));
  EXPECT_TRUE(is_readable(cancel.descriptor()));
}

TEST(Cancel, does_not_cross_exec) {
  const Cancel cancel;
  EXPECT_NE(fcntl(cancel.descriptor(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST(Cancel, leaves_errno_alone) {
  Cancel cancel;
  errno = ENOENT;
  cancel.trigger();
  EXPECT_EQ(errno, ENOENT);
}

TEST(Cancel, remembers_what_its_check_said) {
  bool is_wanted = false;
  Cancel cancel;
  cancel.set_check([](void* wanted) { return *static_cast<bool*>(wanted); }, &is_wanted);
  EXPECT_FALSE(cancel.is_triggered());
  is_wanted = true;
  EXPECT_TRUE(cancel.is_triggered());
  is_wanted = false;
  EXPECT_TRUE(cancel.is_triggered());
  EXPECT_TRUE(is_readable(cancel.descriptor()));
}

TEST(Cancel, works_where_the_system_has_no_descriptor_to_give) {
  rlimit before = {};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit none = {0, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);
  Cancel cancel;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  ASSERT_EQ(cancel.descriptor(), -1);

  std::thread other([&] {
    system_clock().sleep_ms(20, nullptr);
    cancel.trigger();
  });
  const std::int64_t start = system_clock().monotonic_ms();
  EXPECT_FALSE(system_clock().sleep_ms(kLong_ms, &cancel));
  EXPECT_LT(system_clock().monotonic_ms() - start, kPrompt_ms);
  other.join();
}

TEST(Sleep, lasts_as_long_as_asked_and_never_less) {
  for (const std::int64_t duration_ms : {0, 1, 7, 20}) {
    timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    EXPECT_TRUE(system_clock().sleep_ms(duration_ms, nullptr));
    clock_gettime(CLOCK_MONOTONIC, &end);
    const std::int64_t spent_ns =
        (end.tv_sec - start.tv_sec) * 1'000'000'000LL + end.tv_nsec - start.tv_nsec;
    EXPECT_GE(spent_ns, duration_ms * 1'000'000);
    EXPECT_LT(spent_ns, (duration_ms + kPrompt_ms) * 1'000'000);
  }
}

TEST(Sleep, ends_at_once_when_cancelled_before_or_meanwhile) {
  Cancel cancel;
  std::thread other([&] {
    system_clock().sleep_ms(20, nullptr);
    cancel.trigger();
  });
  const std::int64_t start = system_clock().monotonic_ms();
  EXPECT_FALSE(system_clock().sleep_ms(kLong_ms, &cancel));
  EXPECT_FALSE(system_clock().sleep_ms(kLong_ms, &cancel));
  EXPECT_LT(system_clock().monotonic_ms() - start, kPrompt_ms);
  other.join();
}

TEST(Sleep, asks_the_check_at_least_every_50_ms) {
  struct Asked {
    std::vector<std::int64_t> at_ms;
  } asked;
  Cancel cancel;
  cancel.set_check(
      [](void* user_data) {
        auto& at_ms = static_cast<Asked*>(user_data)->at_ms;
        at_ms.push_back(system_clock().monotonic_ms());
        return at_ms.size() == 4;
      },
      &asked);
  EXPECT_FALSE(system_clock().sleep_ms(kLong_ms, &cancel));
  ASSERT_EQ(asked.at_ms.size(), 4u);
  EXPECT_LT(asked.at_ms.back() - asked.at_ms.front(), 3 * 50 + kPrompt_ms);
}

TEST(Sleep, goes_on_after_a_signal) {
  struct sigaction before = {}, nothing = {};
  nothing.sa_handler = [](int) {};
  ASSERT_EQ(sigaction(SIGUSR1, &nothing, &before), 0);
  const pthread_t sleeper = pthread_self();
  std::thread other([&] {
    system_clock().sleep_ms(10, nullptr);
    pthread_kill(sleeper, SIGUSR1);
  });
  const std::int64_t start = system_clock().monotonic_ms();
  EXPECT_TRUE(system_clock().sleep_ms(60, nullptr));
  EXPECT_GE(system_clock().monotonic_ms() - start, 59);
  other.join();
  sigaction(SIGUSR1, &before, nullptr);
}

TEST(SystemRandom, fills_all_bytes_of_any_size) {
  for (const std::size_t size : {0, 1, 32, 256, 257, 1000}) {
    std::vector<std::uint8_t> first(size), second(size);
    ASSERT_TRUE(system_random().fill(first).ok());
    ASSERT_TRUE(system_random().fill(second).ok());
    if (size < 32) continue;
    EXPECT_NE(first, second);
    const std::vector<std::uint8_t> last(first.end() - 16, first.end());
    EXPECT_NE(last, std::vector<std::uint8_t>(16)) << size;
  }
}

}  // namespace
}  // namespace bmauth::core
