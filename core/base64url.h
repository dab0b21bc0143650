// base64url without padding (RFC 4648 section 5; RFC 7636 appendix A).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bmauth::core {

std::string base64url_encode(std::string_view bytes);

// Strict: nothing but the 64 characters, no padding, and no bits beyond the last byte, so that each
// byte string has one spelling. Anything else is nullopt.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace bmauth::core
