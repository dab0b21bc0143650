// Seam: randomness for verifiers, file names and jitter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "core/error.h"

namespace bmauth::core {

class Random {
 public:
  virtual ~Random() = default;
  // Fills `bytes` from a cryptographic source, or says why it cannot.
  virtual Result<void> fill(std::span<std::uint8_t> bytes) = 0;
};

// getentropy(3). Thread-safe; lives for the whole process.
Random& system_random();

}  // namespace bmauth::core
