// What the OAuth endpoints answer, read once for login and refresh (RFC 6749 section 5, RFC 8628
// section 3.5).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/error.h"
#include "core/secret.h"
#include "core/token_record.h"
#include "core/transport.h"

namespace bmauth::core {

// application/x-www-form-urlencoded; a form may carry tokens, so it is a secret.
Secret encode_form(const std::vector<std::pair<std::string_view, std::string_view>>& fields);

// A request to an OAuth endpoint: POST, form, JSON wanted, body cap of promise N5.
HttpRequest oauth_request(const std::string& url, Secret form, std::int64_t timeout_ms,
                          bool is_connection_fresh);

// RFC 6749 section 5.1, checked as the contract's section 4 step 4 says.
struct TokenAnswer {
  Secret access_token;
  Secret refresh_token;                      // empty: the answer held none
  std::optional<std::int64_t> expires_in_s;  // unusable or not positive: none; at most 30 days
  std::string scope;                         // empty: the answer held none
  std::optional<Identity> identity;          // from the id_token, if its iss, aud and exp hold
  std::vector<std::string> warnings;
};

// One answer of a token endpoint, sorted by what must happen next.
enum class TokenOutcome {
  kTokens,       // 2xx with a good answer
  kOAuthError,   // a JSON body with `error`; `error.oauth_error` tells which
  kNotSent,      // nothing reached the server: DNS, connect, TLS
  kRateLimited,  // 429: the server did not act
  kLost,         // it may have acted: no whole answer, 408, 425, 5xx, or 2xx that is not JSON
  kRefused,      // 3xx and other 4xx without OAuth JSON, or 2xx JSON that is no token answer
  kCancelled,
};
struct TokenReply {
  TokenOutcome outcome = TokenOutcome::kLost;
  TokenAnswer tokens;  // kTokens alone
  Error error;         // all others
};
// `request_secrets` are what the request carried (refresh token, device code, verifier): a server
// that echoes one of them does not get it into an error's words.
TokenReply read_token_reply(HttpOutcome outcome, const Binding& binding, Clock& clock,
                            const std::vector<const Secret*>& request_secrets = {});

// `expires_at` and the rest of the record for an answer to a request that was begun at
// `requested_at_unix_s`; members that the answer lacks are kept from `previous` (RFC 6749 section
// 6).
TokenRecord build_record(const TokenAnswer& answer, const Binding& binding,
                         std::int64_t requested_at_unix_s, const TokenRecord* previous);

// Seconds or an HTTP date (RFC 9110 section 10.2.3); -1 if it is neither. At most one hour.
std::int64_t parse_retry_after_ms(std::string_view text, std::int64_t now_unix_s);

// RFC 9110 section 5.6.7, all three forms; nothing if it is none of them.
std::optional<std::int64_t> parse_http_date(std::string_view text);

}  // namespace bmauth::core
