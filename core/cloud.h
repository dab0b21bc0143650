// The cloud API, as far as logging in needs it: does this credential open the door?
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/error.h"
#include "core/secret.h"
#include "core/transport.h"

namespace bmauth::core {

enum class Entitlement { kActive, kRequired, kUnknown };
const char* entitlement_name(Entitlement entitlement);  // "active", "required", "unknown"

inline constexpr const char* kDefaultSubscribeUrl = "https://basicmemory.com/pricing";

// Three facts that users confuse, kept apart (contract, section 4 step 5). All words in it are
// harmless for a terminal.
struct AccessCheck {
  // The cloud accepted the credential: 2xx, or a 403 in JSON, which says "you, but not this" (a 403
  // page may come from anything on the way).
  bool is_authenticated = false;
  Entitlement entitlement = Entitlement::kUnknown;
  std::string entitlement_message;  // the server's words for `required`, the reason for `unknown`
  std::string subscribe_url;        // for `required`: https or loopback alone
  bool is_reachable = false;        // an answer came, whatever it said
  int http_status = 0;
  std::string version, timestamp, server_status;  // of /proxy/health, empty if it said none
  std::optional<Error> error;  // unauthorized, subscription_required, forbidden, network ...
};

// GET {cloud_host}/proxy/health with `Authorization: Bearer credential`. Never fails: what went
// wrong is in the facts.
AccessCheck check_access(Transport& transport, Clock& clock, const std::string& cloud_host,
                         const Secret& credential, std::int64_t timeout_ms, Cancel* cancel);

// An API answer that cannot be used as an Error by the contract's section 9: 401 unauthorized; 403
// subscription_required, insufficient_scope or forbidden; 404 not_found; 429 rate_limited; 5xx
// server; other 4xx rejected; all else (3xx, and 2xx that is not the JSON we need) bad_response.
// Remedies are the table's, but for subscription_required, which names the server's subscribe_url.
Error api_error(const HttpAnswer& answer, std::int64_t now_unix_s);

}  // namespace bmauth::core
