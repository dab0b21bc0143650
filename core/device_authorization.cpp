#include "core/device_authorization.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/browser.h"
#include "core/oauth.h"
#include "core/pkce.h"
#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kDefaultInterval_s = 5;  // RFC 8628 section 3.2
constexpr std::int64_t kLongestLife_s = 24 * 3600;
constexpr std::size_t kLongestUserCode = 128;

// Empty if the member is absent or null. Says what is wrong with it, or nothing.
std::string read_text(const Json& object, std::string_view name, std::string& text) {
  const Json* member = object.find(name);
  if (member == nullptr || member->is_null()) return {};
  if (member->string() == nullptr) return std::string(name) + " is no string";
  text = *member->string();
  return {};
}

std::string read_uri(const Json& object, std::string_view name, std::string& uri) {
  std::string problem = read_text(object, name, uri);
  if (!problem.empty() || uri.empty()) return problem;
  if (auto check = check_openable_url(uri); !check) {
    return std::string(name) + " cannot be opened: " + check.error().message;
  }
  return {};
}

// RFC 8628 section 3.2. Says what is wrong with the answer, or nothing.
std::string read_device_answer(const Json& json, DeviceReply& reply) {
  if (json.object() == nullptr) return "it is no JSON object";
  DeviceAuthorization& shown = reply.authorization;

  const Json* device_code = json.find("device_code");
  if (device_code == nullptr || device_code->string() == nullptr ||
      device_code->string()->empty()) {
    return "device_code is missing";
  }
  reply.device_code = Secret(std::string_view(*device_code->string()));

  std::string user_code;
  if (auto problem = read_text(json, "user_code", user_code); !problem.empty()) return problem;
  if (user_code.size() > kLongestUserCode) return "user_code is too long";
  shown.user_code = harmless(user_code, kLongestUserCode);
  if (shown.user_code.empty()) return "user_code is missing";

  if (auto problem = read_uri(json, "verification_uri", shown.verification_uri); !problem.empty()) {
    return problem;
  }
  if (shown.verification_uri.empty()) return "verification_uri is missing";
  if (auto problem = read_uri(json, "verification_uri_complete", shown.verification_uri_complete);
      !problem.empty()) {
    return problem;
  }

  const double expires_in_s = number_in(json.find("expires_in")).value_or(0);
  if (expires_in_s < 1) return "expires_in is missing or not positive";
  shown.expires_in_s = static_cast<std::int64_t>(std::min<double>(expires_in_s, kLongestLife_s));
  shown.interval_s = read_interval_s(json).value_or(kDefaultInterval_s);
  return {};
}

// The device code, in a tree that is about to be freed.
void wipe_device_code(Json& json) {
  Json::Object* object = json.object();
  if (object == nullptr) return;
  for (auto& [name, value] : *object) {
    if (name == "device_code" && value.string() != nullptr) {
      wipe(value.string()->data(), value.string()->size());
    }
  }
}

bool has_error(const Json& json) {
  const Json* error = json.find("error");
  return error != nullptr && !error->is_null();
}

}  // namespace

// RFC 8628 section 3.1 with RFC 7636 section 4.3. A server that knows no PKCE passes over the last
// two.
HttpRequest device_authorization_request(const Binding& binding, const Secret& code_verifier,
                                         std::int64_t timeout_ms) {
  const std::string challenge = code_challenge(code_verifier);
  return oauth_request(binding.issuer + "/oauth2/device_authorization",
                       encode_form({{"client_id", binding.client_id},
                                    {"scope", kLoginScope},
                                    {"code_challenge", challenge},
                                    {"code_challenge_method", "S256"}}),
                       timeout_ms, false);
}

DeviceReply read_device_reply(HttpOutcome outcome, const Binding& binding, Clock& clock,
                              const Secret& code_verifier) {
  DeviceReply reply;
  if (auto* http = std::get_if<HttpAnswer>(&outcome);
      http != nullptr && http->status >= 200 && http->status < 300 && !http->is_body_over_cap) {
    auto json = parse_json(http->body, "device authorization answer", Code::kBadResponse);
    if (json && !has_error(*json)) {
      const std::string problem = read_device_answer(*json, reply);
      wipe_device_code(*json);
      wipe(http->body.data(), http->body.size());
      reply.is_good = problem.empty();
      if (!reply.is_good) {
        reply.error =
            make_error(Code::kBadResponse, "the device authorization answer of " + binding.issuer +
                                               " is unusable: " + problem);
        reply.error.http_status = http->status;
      }
      return reply;
    }
  }
  // No device authorization: then it speaks the language of a token endpoint (RFC 8628 section 3.2,
  // RFC 6749 section 5.2).
  TokenReply failure = read_token_reply(std::move(outcome), binding, clock, {&code_verifier});
  reply.error = std::move(failure.error);
  if (reply.error.http_status != 0 && reply.error.oauth_error.empty()) {
    reply.error.message = binding.issuer + " answered HTTP " +
                          std::to_string(reply.error.http_status) +
                          " to the device authorization request";
  }
  switch (failure.outcome) {
    case TokenOutcome::kOAuthError:
      reply.error.code = Code::kOauthRejected;
      break;
    case TokenOutcome::kNotSent:
    case TokenOutcome::kRateLimited:
    case TokenOutcome::kLost:
      // A certificate does not become valid by asking again.
      reply.is_transient = is_transient_failure(reply.error.code) && reply.error.code != Code::kTls;
      break;
    case TokenOutcome::kCancelled:
      break;
    case TokenOutcome::kTokens:  // nobody asked for them
    case TokenOutcome::kRefused:
      reply.error.code = Code::kBadResponse;
      break;
  }
  return reply;
}

std::optional<std::int64_t> read_interval_s(const Json& answer) {
  const double stated_s = number_in(answer.find("interval")).value_or(0);
  if (stated_s < 1) return std::nullopt;
  // Up, for nobody may poll early.
  const double interval_s = std::min<double>(stated_s, kLongestLife_s);
  const auto whole_s = static_cast<std::int64_t>(interval_s);
  return static_cast<double>(whole_s) < interval_s ? whole_s + 1 : whole_s;
}

bool is_transient_failure(Code code) {
  return code == Code::kNetwork || code == Code::kTls || code == Code::kTimeout ||
         code == Code::kRateLimited || code == Code::kServer || code == Code::kBadResponse;
}

}  // namespace bmauth::core
