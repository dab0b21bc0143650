// One OAuth session as it stands in a token file (contract, section 3 "Tokens").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/secret.h"

namespace bmauth::core {

// Who is signed in, from the id_token's claims. All may be empty.
struct Identity {
  std::string subject;
  std::string email;
  std::string name;
};

// To whom a session belongs: a refresh token goes to that issuer alone, an access token to that
// cloud host alone (contract, section 5 "Binding").
struct Binding {
  std::string issuer;
  std::string client_id;
  std::string cloud_host;
  std::string token_endpoint;       // empty: {issuer}/oauth2/token
  std::string revocation_endpoint;  // empty: discovery named none
  friend bool operator==(const Binding&, const Binding&) = default;
};

struct TokenRecord {
  Secret access_token;
  Secret refresh_token;  // empty: none
  std::int64_t expires_at_unix_s = 0;
  std::int64_t issued_at_unix_s = 0;  // 0: unknown
  std::string token_type = "Bearer";
  std::string scope;
  std::optional<Binding> binding;  // issuer, client_id, cloud_host; none: `bm` wrote the file
  Identity identity;
  // Members that are not ours, as they stood: `"name": value` texts joined by commas. They survive
  // a rewrite (promise S6).
  std::string unknown_members;

  // The digest by which the sidecar speaks of this record: of the refresh token, else of the access
  // token.
  std::string digest() const;
  // The JWT's own `exp` and `iat` when the access token is one (never used to choose, section 5);
  // 0: unknown.
  std::int64_t jwt_expires_at_unix_s() const;
  std::int64_t jwt_issued_at_unix_s() const;
  // The earlier of expires_at and the JWT's exp.
  std::int64_t effective_expiry_unix_s() const;
  // Seconds from issue to expiry; 0: unknown.
  std::int64_t lifetime_s() const;
};

// Reads a token file's bytes; whatever they are, a record or `store_corrupt` naming `path`.
Result<TokenRecord> parse_token_record(std::string_view text, std::string_view path);

// The bytes to store. They hold the tokens: a Secret.
Secret serialise_token_record(const TokenRecord& record);

}  // namespace bmauth::core
