// The device authorization grant with PKCE (RFC 8628, RFC 7636; contract, section 4 steps 1 to 4).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/clock.h"
#include "core/device_authorization.h"
#include "core/error.h"
#include "core/oauth.h"
#include "core/random.h"
#include "core/secret.h"
#include "core/transport.h"

namespace bmauth::core {

struct DeviceFlowConfig {
  Binding binding;
  std::int64_t request_timeout_ms = 0;
  std::int64_t login_timeout_ms = 0;  // counted from begin
};

// One login, used from one thread at a time. It owns the device code and the PKCE verifier, and
// wipes both as soon as it has ended, whichever way.
class DeviceFlow {
 public:
  // One device authorization request, tried three times on transient faults. The references must
  // outlive the flow. Errors: oauth_rejected, bad_response, login_timeout, cancelled, and after the
  // last try network, tls, timeout, rate_limited, server.
  static Result<std::unique_ptr<DeviceFlow>> begin(Transport& transport, Clock& clock,
                                                   Random& random, DeviceFlowConfig config,
                                                   Cancel* cancel);

  const DeviceAuthorization& authorization() const { return authorization_; }
  // How long to wait before the next poll, counted from the last answer (RFC 8628 section 3.5: wait
  // first). When the deadline comes sooner, the wait ends there, and the poll after it says so.
  std::int64_t next_delay_ms() const;
  // What is left until the code's expiry or the caller's timeout, by the faster of two clocks.
  std::int64_t remaining_ms() const;

  struct Pending {
    std::int64_t next_delay_ms = 0;
  };
  struct Granted {
    TokenRecord record;
    std::vector<std::string> warnings;
  };
  using Progress = std::variant<Pending, Granted>;

  // At most one token request. To wait `next_delay_ms` before is the caller's duty: an early poll
  // is sent all the same. Errors end the flow, and each later poll repeats the error:
  // access_denied, expired_token, login_timeout, oauth_rejected, bad_response, cancelled. Transient
  // faults do not: they are Pending, later. A poll after the grant is invalid_argument.
  Result<Progress> poll(Cancel* cancel);

 private:
  DeviceFlow(Transport& transport, Clock& clock, Random& random, DeviceFlowConfig config);
  Result<void> authorize(Cancel* cancel);
  std::optional<Error> deadline_error() const;
  void tighten_deadlines();
  void back_off();
  Progress pending();
  Progress grant(TokenAnswer tokens, std::int64_t requested_at_unix_s);
  static Error rejection(Error error, bool is_after_lost_answer);
  Error end(Error error);
  std::int64_t left_ms(std::int64_t monotonic_deadline_ms, std::int64_t unix_deadline_ms) const;

  Transport& transport_;
  Clock& clock_;
  Random& random_;
  DeviceFlowConfig config_;
  DeviceAuthorization authorization_;
  Secret device_code_;
  Secret code_verifier_;
  std::int64_t interval_ms_ = 0;
  std::int64_t backoff_ms_ = 0;       // 0: the last answer was well formed
  std::int64_t retry_after_ms_ = -1;  // of the last answer; -1: it named none
  bool is_last_answer_lost_ = false;  // the server may have granted, and nobody heard it
  std::optional<Error> final_error_;  // set once the flow has ended
  std::int64_t code_expires_monotonic_ms_ = 0, code_expires_unix_ms_ = 0;
  std::int64_t timeout_monotonic_ms_ = 0, timeout_unix_ms_ = 0;
};

}  // namespace bmauth::core
