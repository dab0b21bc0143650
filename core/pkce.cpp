#include "core/pkce.h"

#include <array>
#include <cstdint>

#include "core/base64url.h"
#include "core/sha256.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kVerifierBytes = 32;

}  // namespace

Result<Secret> make_code_verifier(Random& random) {
  std::array<std::uint8_t, kVerifierBytes> bytes{};
  auto filled = random.fill(bytes);
  if (!filled) return std::move(filled).error();
  Secret verifier(base64url_encode({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
  wipe(bytes.data(), bytes.size());
  return verifier;
}

std::string code_challenge(const Secret& verifier) {
  const auto digest = sha256(verifier.reveal());
  return base64url_encode({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace bmauth::core
