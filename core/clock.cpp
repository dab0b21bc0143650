#include "core/clock.h"

#include <poll.h>
#include <time.h>

#include <algorithm>

#include "core/cancel.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr std::int64_t kCheckEveryMs = 50;            // promised by Cancel::Check
constexpr std::int64_t kMaxSliceMs = 60 * 60 * 1000;  // poll(2) takes an int

std::int64_t now_ns(clockid_t clock) {
  timespec now;
  clock_gettime(clock, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

class SystemClock final : public Clock {
 public:
  SystemClock() : Clock(/*is_system=*/true) {}

  std::int64_t unix_ms() override { return now_ns(CLOCK_REALTIME) / kNsPerMs; }
  std::int64_t monotonic_ms() override { return now_ns(CLOCK_MONOTONIC) / kNsPerMs; }

  bool sleep_ms(std::int64_t duration_ms, Cancel* cancel) override {
    const bool must_check = cancel != nullptr && (cancel->has_check() || cancel->descriptor() < 0);
    const std::int64_t max_slice_ms = must_check ? kCheckEveryMs : kMaxSliceMs;
    // Counted in nanoseconds and rounded up: a poll of a server must never be early.
    const std::int64_t start_ns = now_ns(CLOCK_MONOTONIC);
    for (;;) {
      if (cancel != nullptr && cancel->is_triggered()) return false;
      const std::int64_t spent_ns = now_ns(CLOCK_MONOTONIC) - start_ns;
      if (spent_ns / kNsPerMs >= duration_ms) return true;
      const std::int64_t left_ms = duration_ms - spent_ns / kNsPerMs;
      pollfd descriptor = {cancel != nullptr ? cancel->descriptor() : -1, POLLIN, 0};
      poll(&descriptor, 1, static_cast<int>(std::min(left_ms, max_slice_ms)));
    }
  }
};

}  // namespace

Clock& system_clock() {
  static SystemClock clock;
  return clock;
}

}  // namespace bmauth::core
