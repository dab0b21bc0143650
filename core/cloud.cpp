#include "core/cloud.h"

#include <string_view>

#include "core/browser.h"
#include "core/json.h"
#include "core/oauth.h"
#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxWordsBytes = 500;
constexpr std::size_t kMaxNameBytes = 64;

constexpr std::string_view kSubscriptionRequired = "subscription_required";
constexpr std::string_view kInsufficientScope = "insufficient_scope";

std::string text_member(const Json& object, std::string_view name, std::size_t max_bytes) {
  const Json* member = object.find(name);
  const std::string* text = member != nullptr ? member->string() : nullptr;
  return text != nullptr ? harmless(*text, max_bytes) : std::string();
}

// The body of an API error, in either dress: members at the top, or under `detail`.
struct ErrorBody {
  bool is_json = false;       // an object
  std::string name;           // `error`
  std::string words;          // for a person, empty: none
  std::string subscribe_url;  // what is no URL to open is the default
};

ErrorBody read_error_body(const HttpAnswer& answer) {
  ErrorBody body;
  body.subscribe_url = kDefaultSubscribeUrl;
  if (answer.is_body_over_cap) return body;
  const auto json = parse_json(answer.body, "an API error", Code::kBadResponse);
  if (!json || json->object() == nullptr) return body;
  body.is_json = true;

  const Json* detail = json->find("detail");
  const Json& from = detail != nullptr && detail->object() != nullptr ? *detail : *json;
  body.name = text_member(from, "error", kMaxNameBytes);
  if (body.name.empty()) body.name = text_member(*json, "error", kMaxNameBytes);
  for (const char* name : {"message", "error_description", "detail"}) {
    if (body.words.empty()) body.words = text_member(from, name, kMaxWordsBytes);
  }
  if (body.words.empty()) body.words = text_member(*json, "message", kMaxWordsBytes);
  const Json* url = from.find("subscribe_url");
  if (url != nullptr && url->string() != nullptr && check_openable_url(*url->string())) {
    body.subscribe_url = *url->string();
  }
  return body;
}

Code code_of(int status, const ErrorBody& body) {
  if (status == 401) return Code::kUnauthorized;
  if (status == 403) {
    if (body.name == kSubscriptionRequired) return Code::kSubscriptionRequired;
    if (body.name == kInsufficientScope) return Code::kInsufficientScope;
    return Code::kForbidden;
  }
  if (status == 404) return Code::kNotFound;
  if (status == 429) return Code::kRateLimited;
  if (status >= 500) return Code::kServer;
  if (status >= 400) return Code::kRejected;
  return Code::kBadResponse;
}

std::string words_of(int status, bool is_body_over_cap, const ErrorBody& body) {
  const std::string number = std::to_string(status);
  if (status >= 300 && status < 400) {
    return "the cloud answered with a redirect (HTTP " + number + "), and none is followed";
  }
  if (status < 400) {
    return is_body_over_cap
               ? "the cloud's answer is larger than it may be (HTTP " + number + ")"
               : "the cloud's answer is not the JSON that is needed (HTTP " + number + ")";
  }
  std::string message = "the cloud answered HTTP " + number;
  const std::string& words = body.words.empty() ? body.name : body.words;
  if (!words.empty()) message += ": " + words;
  return message;
}

Error error_of(const HttpAnswer& answer, const ErrorBody& body, std::int64_t now_unix_s) {
  Error error = make_error(code_of(answer.status, body),
                           words_of(answer.status, answer.is_body_over_cap, body));
  error.http_status = answer.status;
  error.retry_after_ms = parse_retry_after_ms(answer.retry_after, now_unix_s);
  if (error.code == Code::kSubscriptionRequired) {
    error.remedy = "Subscribe at " + body.subscribe_url +
                   ", or see https://basicmemory.com/account; if you just subscribed, wait a few "
                   "minutes and log in again; else ask support.";
  }
  if (error.code == Code::kInsufficientScope) {  // RFC 6750 section 3.1
    error.oauth_error = body.name;
    error.oauth_error_description = body.words;
  }
  return error;
}

HttpRequest health_request(const std::string& cloud_host, const Secret& credential,
                           std::int64_t timeout_ms) {
  constexpr std::string_view kScheme = "Bearer ";
  std::string authorization;
  authorization.reserve(kScheme.size() + credential.size());  // no copy is left by growing
  authorization += kScheme;
  authorization += credential.reveal();
  HttpRequest request;
  request.url = cloud_host + "/proxy/health";
  request.authorization = Secret(std::move(authorization));
  request.headers = {{"Accept", "application/json"}};
  request.timeout_ms = timeout_ms;
  request.max_body_bytes = kMaxApiBodyBytes;
  return request;
}

void read_health(const HttpAnswer& answer, std::int64_t now_unix_s, AccessCheck& check) {
  const auto json =
      answer.is_body_over_cap
          ? Result<Json>(make_error(Code::kBadResponse, "over the cap"))
          : parse_json(answer.body, "the answer of /proxy/health", Code::kBadResponse);
  if (!json || json->object() == nullptr) {
    // A sign-in page of the network, most likely: it knows nothing of the credential.
    check.error = api_error(answer, now_unix_s);
    check.entitlement_message = check.error->message;
    return;
  }
  check.is_authenticated = true;
  check.entitlement = Entitlement::kActive;
  check.version = text_member(*json, "version", kMaxNameBytes);
  check.timestamp = text_member(*json, "timestamp", kMaxNameBytes);
  check.server_status = text_member(*json, "status", kMaxNameBytes);
}

void read_refusal(const HttpAnswer& answer, std::int64_t now_unix_s, AccessCheck& check) {
  const ErrorBody body = read_error_body(answer);
  check.error = error_of(answer, body, now_unix_s);
  check.is_authenticated = answer.status == 403 && body.is_json;
  check.entitlement_message = check.error->message;
  if (check.error->code != Code::kSubscriptionRequired) return;
  check.entitlement = Entitlement::kRequired;
  check.entitlement_message =
      body.words.empty() ? "An active subscription is required." : body.words;
  check.subscribe_url = body.subscribe_url;
}

}  // namespace

const char* entitlement_name(Entitlement entitlement) {
  switch (entitlement) {
    case Entitlement::kActive:
      return "active";
    case Entitlement::kRequired:
      return "required";
    case Entitlement::kUnknown:
      break;
  }
  return "unknown";
}

AccessCheck check_access(Transport& transport, Clock& clock, const std::string& cloud_host,
                         const Secret& credential, std::int64_t timeout_ms, Cancel* cancel) {
  AccessCheck check;
  const HttpOutcome outcome =
      transport.perform(health_request(cloud_host, credential, timeout_ms), cancel);
  if (const auto* failure = std::get_if<TransportFailure>(&outcome)) {
    check.error = failure->error;
    check.entitlement_message = failure->error.message;
    check.is_reachable = failure->error.code == Code::kBadResponse;
    check.http_status = failure->error.http_status;
    return check;
  }
  const HttpAnswer& answer = std::get<HttpAnswer>(outcome);
  check.is_reachable = true;
  check.http_status = answer.status;
  if (answer.status >= 200 && answer.status < 300) {
    read_health(answer, clock.unix_s(), check);
  } else {
    read_refusal(answer, clock.unix_s(), check);
  }
  return check;
}

Error api_error(const HttpAnswer& answer, std::int64_t now_unix_s) {
  return error_of(answer, read_error_body(answer), now_unix_s);
}

}  // namespace bmauth::core
