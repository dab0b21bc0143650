// The device authorization request and its answer (RFC 8628 sections 3.1 and 3.2; contract, section
// 4 steps 1 and 2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/error.h"
#include "core/json.h"
#include "core/secret.h"
#include "core/token_record.h"
#include "core/transport.h"

namespace bmauth::core {

inline constexpr const char* kLoginScope = "openid profile email offline_access";

// RFC 8628 section 3.2, checked and made harmless for a terminal.
struct DeviceAuthorization {
  std::string user_code;
  std::string verification_uri;           // https, or http to loopback; RFC 3986 characters alone
  std::string verification_uri_complete;  // the same; empty: the server gave none
  std::int64_t expires_in_s = 0;          // at most 24 h
  std::int64_t interval_s = 0;            // as the server stated it, 5 if it did not
};

HttpRequest device_authorization_request(const Binding& binding, const Secret& code_verifier,
                                         std::int64_t timeout_ms);

// What came of one device authorization request.
struct DeviceReply {
  bool is_good = false;
  DeviceAuthorization authorization;  // good alone
  Secret device_code;                 // good alone
  Error error;                        // all others
  bool is_transient = false;          // the same request may succeed later
};
DeviceReply read_device_reply(HttpOutcome outcome, const Binding& binding, Clock& clock,
                              const Secret& code_verifier);

// The `interval` of an answer, a number or a string that holds one, rounded up to whole seconds and
// at most 24 h; nothing if it is absent, unusable or below 1.
std::optional<std::int64_t> read_interval_s(const Json& answer);

// No answer came, and the next try may get one. Faults of other codes are on this side, and stay.
bool is_transient_failure(Code code);

}  // namespace bmauth::core
