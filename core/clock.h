// Seam: time. Wall time decides about expiry, monotonic time about waiting; both are asked for,
// because machines sleep and clocks are set.
#pragma once

#include <time.h>

#include <cstdint>

namespace bmauth::core {

class Cancel;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t unix_ms() = 0;
  virtual std::int64_t monotonic_ms() = 0;

  // The wall clock's second as cheap as it is to be had, a few milliseconds late at most: for reads
  // that must not cost more than what they read. time(2) is one load on Linux, a third of what
  // CLOCK_REALTIME_COARSE costs.
  std::int64_t coarse_unix_s() { return is_system_ ? std::int64_t{::time(nullptr)} : unix_s(); }

  // Waits for `duration_ms`, or until `cancel` (may be null) is triggered: then at once, and its
  // check callback is asked at least every 50 ms. Returns false if it was cancelled.
  virtual bool sleep_ms(std::int64_t duration_ms, Cancel* cancel) = 0;

  std::int64_t unix_s() { return unix_ms() / 1000; }

 protected:
  explicit Clock(bool is_system = false) : is_system_(is_system) {}

 private:
  // Whether unix_ms is the machine's own time; then no virtual call is made for the coarse one.
  bool is_system_;
};

// The machine's own clocks. Thread-safe; lives for the whole process.
Clock& system_clock();

}  // namespace bmauth::core
