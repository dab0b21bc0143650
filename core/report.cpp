#include "core/report.h"

#include "core/jwt.h"

namespace bmauth::core {

Json text_or_null(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

Json time_or_null(std::int64_t unix_s) {
  return unix_s == 0 ? Json() : Json(unix_s);
}

Json texts_json(const std::vector<std::string>& texts) {
  return Json(Json::Array(texts.begin(), texts.end()));
}

Json error_json(const Error& error) {
  Json json;
  const CodeInfo& info = code_info(error.code);
  json.set("name", info.name);
  json.set("message", error.message);
  json.set("remedy", text_or_null(error.remedy.empty() ? info.remedy : error.remedy));
  json.set("is_retryable", error.is_retryable());
  json.set("http_status", error.http_status == 0 ? Json() : Json(error.http_status));
  json.set("oauth_error", text_or_null(error.oauth_error));
  json.set("oauth_error_description", text_or_null(error.oauth_error_description));
  json.set("retry_after_ms", error.retry_after_ms < 0 ? Json() : Json(error.retry_after_ms));
  return json;
}

void add_access(Json& report, const AccessCheck& access, const std::string& cloud_host) {
  report.set("is_authenticated", access.is_authenticated);
  Json entitlement;
  entitlement.set("state", entitlement_name(access.entitlement));
  entitlement.set("message", text_or_null(access.entitlement_message));
  entitlement.set("subscribe_url", text_or_null(access.subscribe_url));
  report.set("entitlement", std::move(entitlement));
  Json cloud;
  cloud.set("host", cloud_host);
  cloud.set("is_reachable", access.is_reachable);
  cloud.set("http_status", access.http_status == 0 ? Json() : Json(access.http_status));
  cloud.set("status", text_or_null(access.server_status));
  cloud.set("version", text_or_null(access.version));
  cloud.set("timestamp", text_or_null(access.timestamp));
  cloud.set("error", access.error ? error_json(*access.error) : Json());
  report.set("cloud", std::move(cloud));
}

Json identity_json(const StoredSession& session) {
  Identity identity = session.record.identity;
  if (identity.subject.empty()) {
    const auto claims = read_jwt_claims(session.record.access_token.reveal());
    if (claims) identity.subject = claims->subject;
  }
  Json json;
  json.set("subject", text_or_null(identity.subject));
  json.set("email", text_or_null(identity.email));
  json.set("name", text_or_null(identity.name));
  return json;
}

}  // namespace bmauth::core
