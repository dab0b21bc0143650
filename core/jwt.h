// The claims of a JSON Web Token (RFC 7519) whose signature nobody checked: they may shorten a
// token's life or name a person, never choose where anything is sent (contract, section 5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bmauth::core {

// RFC 7519 section 4.1 and OpenID Connect Core 1.0 section 5.1. What is absent, or not of the type
// that it should have, is empty.
struct JwtClaims {
  std::optional<std::int64_t> expires_at_unix_s;  // exp
  std::optional<std::int64_t> issued_at_unix_s;   // iat
  std::string issuer;                             // iss
  std::vector<std::string> audience;              // aud, one or several
  std::string subject;                            // sub
  std::string email;
  std::string name;
};

// Nothing if `token` is no JWT in compact form, or larger than 64 KiB.
std::optional<JwtClaims> read_jwt_claims(std::string_view token);

}  // namespace bmauth::core
