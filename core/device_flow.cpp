#include "core/device_flow.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/cancel.h"
#include "core/json.h"
#include "core/pkce.h"

namespace bmauth::core {
namespace {

constexpr int kBeginTries = 3;
constexpr std::int64_t kFirstTryPause_ms = 1'000;
constexpr std::int64_t kSlowDown_ms = 5'000;         // RFC 8628 section 3.5
constexpr std::int64_t kLongestBackoff_ms = 30'000;  // contract, section 4 step 3
constexpr std::int64_t kLongestInterval_ms = 24 * 3600 * 1'000;
constexpr std::int64_t kShortestRequest_ms = 1'000;

// RFC 8628 section 3.4 with RFC 7636 section 4.5.
HttpRequest device_token_request(const DeviceFlowConfig& config, const Secret& device_code,
                                 const Secret& verifier, std::int64_t timeout_ms) {
  const std::string& endpoint = config.binding.token_endpoint;
  return oauth_request(endpoint.empty() ? config.binding.issuer + "/oauth2/token" : endpoint,
                       encode_form({{"grant_type", "urn:ietf:params:oauth:grant-type:device_code"},
                                    {"device_code", device_code.reveal()},
                                    {"client_id", config.binding.client_id},
                                    {"code_verifier", verifier.reveal()}}),
                       timeout_ms, false);
}

// `slow_down` may come in any 4xx; the interval beside it is a habit of some servers.
struct SlowDown {
  bool is_asked = false;
  std::int64_t interval_ms = 0;
};

SlowDown read_slow_down(const HttpOutcome& outcome) {
  const auto* http = std::get_if<HttpAnswer>(&outcome);
  if (http == nullptr || http->status < 400 || http->status >= 500) return {};
  const auto json = parse_json(http->body, "token answer", Code::kBadResponse);
  if (!json) return {};
  const Json* error = json->find("error");
  if (error == nullptr || error->string() == nullptr || *error->string() != "slow_down") return {};
  return {true, read_interval_s(*json).value_or(0) * 1'000};
}

Error cancelled() {
  return make_error(Code::kCancelled, "the login was cancelled");
}

bool is_cancelled(Cancel* cancel) {
  return cancel != nullptr && cancel->is_triggered();
}

}  // namespace

DeviceFlow::DeviceFlow(Transport& transport, Clock& clock, Random& random, DeviceFlowConfig config)
    : transport_(transport), clock_(clock), random_(random), config_(std::move(config)) {
  timeout_monotonic_ms_ = clock_.monotonic_ms() + config_.login_timeout_ms;
  timeout_unix_ms_ = clock_.unix_ms() + config_.login_timeout_ms;
  // No code yet, so it does not expire before the caller's patience does.
  code_expires_monotonic_ms_ = timeout_monotonic_ms_ + 1;
  code_expires_unix_ms_ = timeout_unix_ms_ + 1;
}

Result<std::unique_ptr<DeviceFlow>> DeviceFlow::begin(Transport& transport, Clock& clock,
                                                      Random& random, DeviceFlowConfig config,
                                                      Cancel* cancel) {
  std::unique_ptr<DeviceFlow> flow(new DeviceFlow(transport, clock, random, std::move(config)));
  auto verifier = make_code_verifier(random);
  if (!verifier) return std::move(verifier).error();
  flow->code_verifier_ = *std::move(verifier);
  auto authorized = flow->authorize(cancel);
  if (!authorized) return std::move(authorized).error();
  return flow;
}

// RFC 8628 section 3.1. A lost answer costs nothing but a code that nobody will ever see, so the
// request may be made again.
Result<void> DeviceFlow::authorize(Cancel* cancel) {
  for (int tries = 1;; ++tries) {
    if (is_cancelled(cancel)) return cancelled();
    if (auto deadline = deadline_error()) return *std::move(deadline);
    const std::int64_t timeout_ms =
        std::min(config_.request_timeout_ms, std::max(remaining_ms(), kShortestRequest_ms));
    const std::int64_t monotonic_ms = clock_.monotonic_ms();
    const std::int64_t unix_ms = clock_.unix_ms();
    const HttpRequest request =
        device_authorization_request(config_.binding, code_verifier_, timeout_ms);
    DeviceReply reply = read_device_reply(transport_.perform(request, cancel), config_.binding,
                                          clock_, code_verifier_);
    if (reply.is_good) {
      authorization_ = std::move(reply.authorization);
      device_code_ = std::move(reply.device_code);
      interval_ms_ = authorization_.interval_s * 1'000;
      // From before the request: the server's count began no earlier.
      code_expires_monotonic_ms_ = monotonic_ms + authorization_.expires_in_s * 1'000;
      code_expires_unix_ms_ = unix_ms + authorization_.expires_in_s * 1'000;
      return {};
    }
    const std::int64_t pause_ms =
        std::max(kFirstTryPause_ms << (tries - 1), reply.error.retry_after_ms);
    const bool is_worth_waiting = pause_ms <= kLongestBackoff_ms && pause_ms < remaining_ms();
    if (!reply.is_transient || tries == kBeginTries || !is_worth_waiting) {
      return std::move(reply.error);
    }
    if (!clock_.sleep_ms(pause_ms, cancel)) return cancelled();
  }
}

// Both clocks are asked: the wall clock runs on while the machine sleeps, the monotonic one cannot
// be set.
std::int64_t DeviceFlow::left_ms(std::int64_t monotonic_deadline_ms,
                                 std::int64_t unix_deadline_ms) const {
  return std::min(monotonic_deadline_ms - clock_.monotonic_ms(),
                  unix_deadline_ms - clock_.unix_ms());
}

std::int64_t DeviceFlow::remaining_ms() const {
  const std::int64_t code_ms = left_ms(code_expires_monotonic_ms_, code_expires_unix_ms_);
  const std::int64_t caller_ms = left_ms(timeout_monotonic_ms_, timeout_unix_ms_);
  return std::max<std::int64_t>(0, std::min(code_ms, caller_ms));
}

std::int64_t DeviceFlow::next_delay_ms() const {
  if (final_error_) return 0;
  const std::int64_t wanted_ms = std::max({interval_ms_, backoff_ms_, retry_after_ms_});
  return std::min(wanted_ms, remaining_ms());
}

// A wall clock that is set back later gives no time back: a wait that was cut to end at the
// deadline must find the deadline there, not send a poll before its time (promise N6).
void DeviceFlow::tighten_deadlines() {
  const std::int64_t now_ms = clock_.monotonic_ms();
  code_expires_monotonic_ms_ = now_ms + left_ms(code_expires_monotonic_ms_, code_expires_unix_ms_);
  timeout_monotonic_ms_ = now_ms + left_ms(timeout_monotonic_ms_, timeout_unix_ms_);
}

// The earlier deadline gives the flow its end and its name.
std::optional<Error> DeviceFlow::deadline_error() const {
  const std::int64_t code_ms = left_ms(code_expires_monotonic_ms_, code_expires_unix_ms_);
  const std::int64_t caller_ms = left_ms(timeout_monotonic_ms_, timeout_unix_ms_);
  if (std::min(code_ms, caller_ms) > 0) return std::nullopt;
  if (code_ms <= caller_ms) {
    return make_error(Code::kExpiredToken, "the code expired before anybody approved the login");
  }
  return make_error(Code::kLoginTimeout, "nobody approved the login within " +
                                             std::to_string(config_.login_timeout_ms / 1'000) +
                                             " s");
}

// RFC 8628 sections 3.4 and 3.5.
Result<DeviceFlow::Progress> DeviceFlow::poll(Cancel* cancel) {
  if (final_error_) return *final_error_;
  if (is_cancelled(cancel)) return end(cancelled());
  if (auto deadline = deadline_error()) return end(*std::move(deadline));

  // A poll that the deadline cuts off may be the very one that is granted: it gets a moment longer.
  const std::int64_t timeout_ms =
      std::min(config_.request_timeout_ms, std::max(remaining_ms(), kShortestRequest_ms));
  const std::int64_t requested_at_unix_s = clock_.unix_s();
  HttpOutcome outcome = transport_.perform(
      device_token_request(config_, device_code_, code_verifier_, timeout_ms), cancel);
  const SlowDown slow_down = read_slow_down(outcome);
  TokenReply reply = read_token_reply(std::move(outcome), config_.binding, clock_,
                                      {&device_code_, &code_verifier_});
  const bool is_after_lost_answer = std::exchange(is_last_answer_lost_, false);
  retry_after_ms_ = reply.outcome == TokenOutcome::kTokens ? -1 : reply.error.retry_after_ms;

  // RFC 8628 section 3.5: for this poll and all later ones.
  if (slow_down.is_asked) {
    interval_ms_ =
        std::min(std::max(interval_ms_ + kSlowDown_ms, slow_down.interval_ms), kLongestInterval_ms);
    backoff_ms_ = 0;
    return pending();
  }
  switch (reply.outcome) {
    case TokenOutcome::kTokens:
      return grant(std::move(reply.tokens), requested_at_unix_s);
    case TokenOutcome::kOAuthError:
      if (reply.error.oauth_error != "authorization_pending") {
        return end(rejection(std::move(reply.error), is_after_lost_answer));
      }
      backoff_ms_ = 0;
      return pending();
    case TokenOutcome::kNotSent:
    case TokenOutcome::kRateLimited:
    case TokenOutcome::kLost:
      if (!is_transient_failure(reply.error.code)) return end(std::move(reply.error));
      is_last_answer_lost_ = is_after_lost_answer || reply.outcome == TokenOutcome::kLost;
      back_off();
      return pending();
    case TokenOutcome::kCancelled:
      return end(cancelled());
    case TokenOutcome::kRefused:
      break;
  }
  reply.error.code = Code::kBadResponse;
  return end(std::move(reply.error));
}

// RFC 8628 section 3.5: who gets no answer polls more seldom, by doubling. Jitter keeps many
// clients of one failed server apart.
void DeviceFlow::back_off() {
  const std::int64_t doubled_ms = 2 * std::max(interval_ms_, backoff_ms_);
  const std::int64_t capped_ms = std::min(doubled_ms, kLongestBackoff_ms);
  std::array<std::uint8_t, 1> byte{128};
  const bool is_random = random_.fill(byte).ok();
  const std::int64_t tenth_ms = is_random ? capped_ms / 10 : 0;
  const std::int64_t jittered_ms = capped_ms - tenth_ms + 2 * tenth_ms * byte[0] / 255;
  backoff_ms_ = std::min(jittered_ms, kLongestBackoff_ms);
}

DeviceFlow::Progress DeviceFlow::pending() {
  tighten_deadlines();
  return Pending{next_delay_ms()};
}

DeviceFlow::Progress DeviceFlow::grant(TokenAnswer tokens, std::int64_t requested_at_unix_s) {
  end(make_error(Code::kInvalidArgument, "this login is done"));
  Granted granted;
  granted.record = build_record(tokens, config_.binding, requested_at_unix_s, nullptr);
  // RFC 6749 section 5.1: an answer without `scope` grants what was asked for.
  if (granted.record.scope.empty()) granted.record.scope = kLoginScope;
  granted.warnings = std::move(tokens.warnings);
  if (granted.record.refresh_token.empty()) {
    granted.warnings.push_back(config_.binding.issuer +
                               " gave no refresh token: this session ends with its access token");
  }
  return granted;
}

Error DeviceFlow::rejection(Error error, bool is_after_lost_answer) {
  if (error.oauth_error == "access_denied") {
    error.code = Code::kAccessDenied;
  } else if (error.oauth_error == "expired_token") {
    error.code = Code::kExpiredToken;
  } else {
    error.code = Code::kOauthRejected;
  }
  if (error.oauth_error == "invalid_grant" && is_after_lost_answer) {
    // The answer that got lost may have been the grant, and a device code serves once.
    error.remedy = "Start the login again: the answer to an earlier poll was lost on its way.";
  }
  return error;
}

Error DeviceFlow::end(Error error) {
  device_code_ = Secret();
  code_verifier_ = Secret();
  final_error_ = std::move(error);
  return *final_error_;
}

}  // namespace bmauth::core
