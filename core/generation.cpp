#include "core/generation.h"

#include <cstddef>

namespace bmauth::core {

constexpr std::size_t kCacheLine_bytes = 64;

// It begins with 1: a cache that is all zeros holds nothing.
alignas(kCacheLine_bytes) std::uint64_t generation_word = 1;

}  // namespace bmauth::core
