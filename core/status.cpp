// Status and whoami: what is known about credentials and cloud, as one value (contract, section
// 10).
#include "core/client.h"
#include "core/report.h"

namespace bmauth::core {
namespace {

Json setting_json(const Setting<std::string>& setting) {
  Json json;
  json.set("value", text_or_null(setting.value));
  json.set("source", source_name(setting.source));
  json.set("place", text_or_null(setting.place));
  return json;
}

const char* freshness_name(Freshness freshness) {
  switch (freshness) {
    case Freshness::kFresh:
      return "fresh";
    case Freshness::kStale:
      return "stale";
    case Freshness::kDue:
      return "due";
    case Freshness::kExpired:
      return "expired";
  }
  return "expired";
}

Json settings_json(const Settings& settings) {
  Json json;
  json.set("data_dir", setting_json(settings.places.data_dir));
  json.set("issuer", setting_json(settings.issuer));
  json.set("client_id", setting_json(settings.client_id));
  json.set("cloud_host", setting_json(settings.cloud_host));
  json.set("default_project", setting_json(settings.default_project));
  json.set("default_workspace", setting_json(settings.default_workspace));
  return json;
}

Json token_files_json(FileTokenStore& store, Json::Array& warnings) {
  Json::Array rows;
  for (const TokenPlace& place : store.survey()) {
    if (!place.exists && !place.error) continue;
    Json row;
    row.set("place", place.number);
    row.set("path", place.path);
    row.set("is_in_effect", place.is_in_effect);
    row.set("issuer", text_or_null(place.issuer));
    row.set("error", place.error ? error_json(*place.error) : Json());
    rows.push_back(std::move(row));
    for (const std::string& warning : place.warnings)
      warnings.push_back(place.path + ": " + warning);
  }
  return Json(std::move(rows));
}

Json session_json(const CurrentToken& current) {
  const StoredSession& session = current.session;
  Json json;
  json.set("kind", credential_kind_name(CredentialKind::kOAuth));
  json.set("source", "session");
  json.set("place", text_or_null(session.location));
  json.set("issuer", session.binding.issuer);
  json.set("bound_to", session.binding.cloud_host);
  json.set("state", session.state.is_reauth_required && current.freshness == Freshness::kExpired
                        ? "reauth_required"
                        : freshness_name(current.freshness));
  json.set("expires_at_unix_s", time_or_null(session.record.effective_expiry_unix_s()));
  json.set("can_refresh", !session.record.refresh_token.empty() &&
                              !session.state.is_reauth_required && session.is_writable);
  json.set("is_persisted", current.is_persisted);
  return json;
}

Json api_key_json(const Settings& settings) {
  Json json;
  json.set("kind", credential_kind_name(CredentialKind::kApiKey));
  json.set("source", source_name(settings.api_key.source));
  json.set("place", text_or_null(settings.api_key.place));
  json.set("shown", shown_api_key(settings.api_key.value));
  const bool is_foreign = settings.api_key.source == Source::kConfig;
  json.set("bound_to", is_foreign ? settings.recorded_cloud_host : settings.cloud_host.value);
  auto check = check_api_key(settings.api_key.value);
  json.set("error", check ? Json() : error_json(check.error()));
  return json;
}

void append(Json::Array& to, const std::vector<std::string>& texts) {
  to.insert(to.end(), texts.begin(), texts.end());
}

AccessCheck not_asked(const Error& error) {
  AccessCheck access;
  access.entitlement_message = error.message;
  access.error = error;
  return access;
}

// What the cloud says of the account credential. A 401 invalidates the token: one refresh, one
// retry (contract, section 9).
AccessCheck ask_cloud(Client& client, const ClientState& state, Cancel* cancel) {
  AccessCheck access;
  for (const bool is_retry : {false, true}) {
    auto token = client.token(Purpose::kAccount, 0, cancel);
    if (!token) return not_asked(token.error());
    access = check_access(client.transport(), client.clock(), state.settings.cloud_host.value,
                          token->value, state.settings.api_timeout_ms, cancel);
    if (is_retry || access.http_status != 401 || token->kind != CredentialKind::kOAuth) break;
    if (auto done = client.invalidate(*token); !done) return not_asked(done.error());
  }
  return access;
}

}  // namespace

Result<Json> Client::status(bool is_offline, Cancel* cancel) {
  auto held = this->state();
  if (!held) return std::move(held).error();
  const ClientState& state = **held;
  Json::Array warnings;
  append(warnings, state.config.warnings);

  auto stored = state.parts->session.peek(Torn::kAwait);
  AccessCheck access;
  access.entitlement_message = "not asked: offline";
  if (!is_offline) {
    // A file that cannot be read is waited for; once is enough.
    const bool is_readable = stored || stored.error().code == Code::kCredentialNotForOrigin;
    access = is_readable ? ask_cloud(*this, state, cancel) : not_asked(stored.error());
  }
  if (access.error && access.error->code == Code::kCancelled) return *access.error;
  if (!is_offline && stored)
    stored = state.parts->session.peek(Torn::kAwait);  // perhaps refreshed by now

  Json report;
  report.set("settings", settings_json(state.settings));
  report.set("config_files", texts_json(state.config.files));
  report.set("invisible_to_bm", texts_json(state.config.invisible_to_bm));
  report.set("token_files", token_files_json(state.parts->store, warnings));

  Json::Array credentials;
  Json identity;
  Json store_error;
  if (!stored) {
    store_error = error_json(stored.error());
  } else if (*stored) {
    credentials.push_back(session_json(**stored));
    identity = identity_json((*stored)->session);
    append(warnings, (*stored)->session.warnings);
    if (!(*stored)->session.is_writable) {
      warnings.push_back(
          "the directory of the token file is read-only: the token is used, never refreshed");
    }
  }
  if (!state.settings.api_key.value.empty()) credentials.push_back(api_key_json(state.settings));
  if (state.parts->store.is_lock_emulated()) {
    warnings.push_back("this file system has no locks: other processes are not kept out");
  }
  report.set("identity", std::move(identity));
  report.set("credentials", Json(std::move(credentials)));
  report.set("store_error", std::move(store_error));
  report.set("is_offline", is_offline);
  add_access(report, access, state.settings.cloud_host.value);
  report.set("warnings", Json(std::move(warnings)));
  return report;
}

Result<Json> Client::whoami(bool is_offline, Cancel* cancel) {
  auto held = this->state();
  if (!held) return std::move(held).error();
  const ClientState& state = **held;
  AccessCheck access;
  access.entitlement_message = "not asked: offline";
  if (!is_offline) {
    // The answer to "who am I" is wrong if the session is not accepted any more.
    access = ask_cloud(*this, state, cancel);
    if (access.error && !access.is_authenticated) return *access.error;
  }
  auto stored = state.parts->session.peek(Torn::kAwait);
  if (!stored) return std::move(stored).error();
  if (!*stored && state.settings.api_key.value.empty()) {
    return make_error(Code::kNoCredentials, "nobody is logged in and no API key is configured");
  }
  Json report;
  report.set("identity", *stored ? identity_json((*stored)->session) : Json());
  report.set("issuer", *stored ? Json((*stored)->session.binding.issuer) : Json());
  report.set("credential",
             credential_kind_name(*stored ? CredentialKind::kOAuth : CredentialKind::kApiKey));
  report.set("workspace", text_or_null(state.settings.default_workspace.value));
  report.set("is_offline", is_offline);
  add_access(report, access, state.settings.cloud_host.value);
  return report;
}

}  // namespace bmauth::core
