#include "capi/src/guard.h"
#include "capi/src/results.h"
#include "core/report.h"

namespace bmauth::capi {
namespace {

// The members and their order are the contract's, section 9.
core::Json route_json(const core::Route& route, const std::string& credential_kind) {
  core::Json json;
  json.set("mode", core::route_mode_name(route.mode));
  json.set("source", core::route_source_name(route.source));
  json.set("reason", route.reason);
  json.set("is_explicit", route.is_explicit);
  json.set("project", route.project ? core::Json(*route.project) : core::Json());
  json.set("is_known", route.is_known);
  json.set("workspace", route.workspace ? core::Json(*route.workspace) : core::Json());
  json.set("base_url", core::text_or_null(route.base_url));
  json.set("credential", credential_kind);
  json.set("warnings", core::texts_json(route.warnings));
  return json;
}

}  // namespace

std::unique_ptr<bmauth_route> make_handle(core::Route route, core::CredentialKind kind) {
  auto handle = std::make_unique<bmauth_route>();
  handle->route = std::move(route);
  handle->credential_kind = core::credential_kind_name(kind);
  handle->json = route_json(handle->route, handle->credential_kind).dump();
  return handle;
}

}  // namespace bmauth::capi

using bmauth::capi::text_or_null;

void bmauth_route_free(bmauth_route* route) {
  delete route;
}

const char* bmauth_route_mode(const bmauth_route* route) {
  return route == nullptr ? nullptr : bmauth::core::route_mode_name(route->route.mode);
}

const char* bmauth_route_source(const bmauth_route* route) {
  return route == nullptr ? nullptr : bmauth::core::route_source_name(route->route.source);
}

const char* bmauth_route_reason(const bmauth_route* route) {
  return route == nullptr ? nullptr : route->route.reason.c_str();
}

int bmauth_route_is_explicit(const bmauth_route* route) {
  return route != nullptr && route->route.is_explicit ? 1 : 0;
}

const char* bmauth_route_project(const bmauth_route* route) {
  return route == nullptr || !route->route.project ? nullptr : route->route.project->c_str();
}

int bmauth_route_is_known(const bmauth_route* route) {
  return route != nullptr && route->route.is_known ? 1 : 0;
}

const char* bmauth_route_workspace(const bmauth_route* route) {
  return route == nullptr || !route->route.workspace ? nullptr : route->route.workspace->c_str();
}

const char* bmauth_route_base_url(const bmauth_route* route) {
  return route == nullptr ? nullptr : text_or_null(route->route.base_url);
}

const char* bmauth_route_credential_kind(const bmauth_route* route) {
  return route == nullptr ? nullptr : route->credential_kind.c_str();
}

int64_t bmauth_route_warning_count(const bmauth_route* route) {
  return route == nullptr ? 0 : static_cast<int64_t>(route->route.warnings.size());
}

const char* bmauth_route_warning(const bmauth_route* route, int64_t index) {
  if (index < 0 || index >= bmauth_route_warning_count(route)) return nullptr;
  return route->route.warnings[static_cast<std::size_t>(index)].c_str();
}

const char* bmauth_route_json(const bmauth_route* route) {
  return route == nullptr ? nullptr : route->json.c_str();
}
