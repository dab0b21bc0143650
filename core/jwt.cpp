#include "core/jwt.h"

#include <cstddef>
#include <utility>

#include "core/base64url.h"
#include "core/json.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxTokenBytes = 64 * 1024;
constexpr std::int64_t kEndOfTime = 253'402'300'799;  // the year 9999 ends; no sum below overflows

// The part between the two dots (RFC 7515 section 7.1).
std::string_view payload_of(std::string_view token) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return {};
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos) return {};
  if (token.find('.', second + 1) != std::string_view::npos) return {};
  return token.substr(first + 1, second - first - 1);
}

// NumericDate (RFC 7519 section 2): seconds, perhaps with a fraction.
std::optional<std::int64_t> numeric_date(const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (const std::int64_t* integer = value->integer()) {
    if (*integer > 0 && *integer <= kEndOfTime) return *integer;
  } else if (const double* number = value->number()) {
    if (*number >= 1 && *number <= static_cast<double>(kEndOfTime)) {
      return static_cast<std::int64_t>(*number);
    }
  }
  return std::nullopt;
}

std::string text(const Json* value) {
  if (value == nullptr || value->string() == nullptr) return {};
  return *value->string();
}

}  // namespace

std::optional<JwtClaims> read_jwt_claims(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return std::nullopt;
  const std::string_view payload = payload_of(token);
  if (payload.empty()) return std::nullopt;
  const std::optional<std::string> decoded = base64url_decode(payload);
  if (!decoded) return std::nullopt;
  const Result<Json> json = parse_json(*decoded, "JWT claims", Code::kBadResponse);
  if (!json || json->object() == nullptr) return std::nullopt;

  JwtClaims claims;
  claims.expires_at_unix_s = numeric_date(json->find("exp"));
  claims.issued_at_unix_s = numeric_date(json->find("iat"));
  claims.issuer = text(json->find("iss"));
  claims.subject = text(json->find("sub"));
  claims.email = text(json->find("email"));
  claims.name = text(json->find("name"));
  if (const Json* audience = json->find("aud")) {
    if (audience->string() != nullptr) claims.audience.push_back(*audience->string());
    if (audience->array() != nullptr) {
      for (const Json& one : *audience->array()) {
        if (one.string() != nullptr) claims.audience.push_back(*one.string());
      }
    }
  }
  return claims;
}

}  // namespace bmauth::core
