#include "core/random.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace bmauth::core {
namespace {

// getentropy(3) gives at most this much per call.
constexpr std::size_t kMaxChunkBytes = 256;

class SystemRandom final : public Random {
 public:
  Result<void> fill(std::span<std::uint8_t> bytes) override {
    while (!bytes.empty()) {
      const std::size_t size = std::min(bytes.size(), kMaxChunkBytes);
      if (getentropy(bytes.data(), size) != 0) {
        return make_error(Code::kInternal,
                          std::string("the system gave no random bytes: ") + std::strerror(errno));
      }
      bytes = bytes.subspan(size);
    }
    return {};
  }
};

}  // namespace

Random& system_random() {
  static SystemRandom random;
  return random;
}

}  // namespace bmauth::core
