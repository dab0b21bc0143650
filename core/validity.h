// How long a published answer may be given without looking at the files again.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

#include "core/generation.h"

namespace bmauth::core {

// Half of what is promised for a change by another process: whoever keeps an answer of ours may do
// so for as long again (bindings/spec/library.yaml, bmauth_generation).
inline constexpr std::int64_t kLookInterval_ns = 500'000'000;
inline constexpr std::int64_t kNeverEnds_ns = INT64_MAX;

// When an answer was found: `generation` and `now_ns` are from before the look.
struct Finding {
  std::uint64_t generation = 0;
  std::int64_t now_ns = 0;
  std::int64_t ends_at_ns = kNeverEnds_ns;  // by the same clock: when the answer is out of date
};

// Stamps on an answer, which change one by one while others read them. Any mixture of an older and
// a newer stamp is right: all of them speak of the one answer, and each was true of it.
class Validity {
 public:
  explicit Validity(const Finding& finding) { renew(finding); }

  // One clock for both ends: a suspended machine and a clock that is set forward end the answer,
  // and so does one that is set back before the look.
  bool holds(std::int64_t now_ns) const {
    return generation_.load(std::memory_order_relaxed) == generation() &&
           now_ns < until_ns_.load(std::memory_order_relaxed) &&
           now_ns >= looked_at_ns_.load(std::memory_order_relaxed);
  }

  // The answer was looked for again, and is the same.
  void renew(const Finding& finding) const {
    looked_at_ns_.store(finding.now_ns, std::memory_order_relaxed);
    ends_at_ns_.store(finding.ends_at_ns, std::memory_order_relaxed);
    until_ns_.store(end_of(finding.now_ns, finding.ends_at_ns), std::memory_order_relaxed);
    generation_.store(finding.generation, std::memory_order_relaxed);
  }

  // It is time to look again: true for one reader, who does it. The others go on with the answer
  // meanwhile, and so nobody waits for the one.
  bool must_look(std::int64_t now_ns) const {
    std::int64_t until_ns = until_ns_.load(std::memory_order_relaxed);
    const std::int64_t ends_at_ns = ends_at_ns_.load(std::memory_order_relaxed);
    const bool is_current = generation_.load(std::memory_order_relaxed) == generation() &&
                            now_ns >= looked_at_ns_.load(std::memory_order_relaxed) &&
                            now_ns < ends_at_ns;
    if (!is_current) return true;
    if (now_ns < until_ns) return false;
    return until_ns_.compare_exchange_strong(until_ns, end_of(now_ns, ends_at_ns),
                                             std::memory_order_relaxed);
  }

 private:
  static std::int64_t end_of(std::int64_t now_ns, std::int64_t ends_at_ns) {
    return std::min(now_ns + kLookInterval_ns, ends_at_ns);
  }

  mutable std::atomic<std::uint64_t> generation_{0};
  mutable std::atomic<std::int64_t> looked_at_ns_{0};
  mutable std::atomic<std::int64_t> until_ns_{0};
  mutable std::atomic<std::int64_t> ends_at_ns_{0};
};

}  // namespace bmauth::core
