// Seam: time. Wall time decides about expiry, monotonic time about waiting; both are asked for,
// because machines sleep and clocks are set.
#pragma once

#include <cstdint>

namespace bmauth::core {

class Cancel;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t unix_ms() = 0;
  virtual std::int64_t monotonic_ms() = 0;

  // Waits for `duration_ms`, or until `cancel` (may be null) is triggered: then at once, and its
  // check callback is asked at least every 50 ms. Returns false if it was cancelled.
  virtual bool sleep_ms(std::int64_t duration_ms, Cancel* cancel) = 0;

  std::int64_t unix_s() { return unix_ms() / 1000; }
};

// The machine's own clocks. Thread-safe; lives for the whole process.
Clock& system_clock();

}  // namespace bmauth::core
