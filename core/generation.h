// The one word that tells whether an answer kept somewhere may be out of date.
#pragma once

#include <cstdint>

namespace bmauth::core {

// Process-wide, in static storage and on a cache line of its own: all threads read it all the time.
// It only ever rises. What has changed is not said: whoever kept an answer asks again.
extern std::uint64_t generation_word;

inline std::uint64_t generation() {
  return __atomic_load_n(&generation_word, __ATOMIC_ACQUIRE);
}

// Called after a change, so that whoever sees the new number also sees what has changed. Returns
// the number before.
inline std::uint64_t raise_generation() {
  return __atomic_fetch_add(&generation_word, 1, __ATOMIC_SEQ_CST);
}

}  // namespace bmauth::core
