// How long a published answer may be given without looking at the files again: within the second of
// the wall clock in which they were looked at. So a change by another process is seen within a
// second, also by whoever keeps an answer of ours, as its clock ticks with this one; and a machine
// that slept or a clock that was set, forward or back, ends the answer.
#pragma once

#include <atomic>
#include <cstdint>

#include "core/generation.h"

namespace bmauth::core {

// When an answer was found: `generation` and `second` are from before the look.
struct Finding {
  std::uint64_t generation = 0;
  std::int64_t second = 0;              // Unix time
  std::int64_t end_unix_s = INT64_MAX;  // from then on the answer is out of date
};

// Stamps on an answer, which change one by one while others read them. Any mixture of an older and
// a newer stamp is right: all of them speak of the one answer, and each was true of it.
class Validity {
 public:
  explicit Validity(const Finding& finding) { renew(finding); }

  bool holds(std::int64_t second) const {
    return generation_.load(std::memory_order_relaxed) == generation() &&
           second_.load(std::memory_order_relaxed) == second;
  }

  // The answer was looked for again, and is the same.
  void renew(const Finding& finding) const {
    const bool has_ended = finding.second >= finding.end_unix_s;
    end_unix_s_.store(finding.end_unix_s, std::memory_order_relaxed);
    second_.store(has_ended ? kNever : finding.second, std::memory_order_relaxed);
    generation_.store(finding.generation, std::memory_order_relaxed);
  }

  // It is time to look again: true for one reader, who does it. The others go on with the answer
  // meanwhile, and so nobody waits for the one.
  bool must_look(std::int64_t second) const {
    std::int64_t kept = second_.load(std::memory_order_relaxed);
    if (generation_.load(std::memory_order_relaxed) != generation()) return true;
    if (second >= end_unix_s_.load(std::memory_order_relaxed)) return true;
    if (kept == second) return false;
    return second_.compare_exchange_strong(kept, second, std::memory_order_relaxed);
  }

 private:
  static constexpr std::int64_t kNever = INT64_MIN;

  mutable std::atomic<std::uint64_t> generation_{0};
  mutable std::atomic<std::int64_t> second_{kNever};
  mutable std::atomic<std::int64_t> end_unix_s_{0};
};

}  // namespace bmauth::core
