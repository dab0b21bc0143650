// Local or cloud, and why: a pure function of settings, projects and request (contract, section 8).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config.h"
#include "core/error.h"
#include "core/settings.h"

namespace bmauth::core {

enum class RouteSource { kCall, kEnvironment, kProject, kWorkspace, kDefault };
const char* route_source_name(RouteSource source);

struct RouteRequest {
  std::optional<std::string> project;
  std::optional<std::string> workspace;
  bool is_local_forced = false;  // override in the call
  bool is_cloud_forced = false;
  bool is_default_project_used = false;
};

struct Route {
  RouteMode mode = RouteMode::kLocal;
  RouteSource source = RouteSource::kDefault;
  std::string reason;  // in words, naming what decided; harmless for a terminal
  bool is_explicit = false;
  std::optional<std::string> project;  // canonical name of a known one, else as asked for
  bool is_known = false;
  std::optional<std::string> workspace;  // none on a local route
  bool is_workspace_resolved =
      true;              // false: not a tenant UUID yet (workspace_unresolved on headers)
  std::string base_url;  // empty: none is configured (local)
  std::vector<std::string> warnings;
  std::vector<std::string> near_names;  // for an unknown project; as they stand, not for a terminal
};

// Errors: invalid_argument (both overrides, an empty name), project_constrained, ambiguous,
// conflicting_routing.
Result<Route> decide_route(const Settings& settings, const std::vector<Project>& projects,
                           const RouteRequest& request);

// Whether a request may follow `route`. Errors: unknown_project with near names, unless the call
// itself said local or cloud; workspace_unresolved.
Result<void> check_sendable(const Route& route);

// `bm`'s permalink rule for ASCII names: camelCase split, lower case, apostrophes dropped, all but
// `a-z0-9/.-` a hyphen, hyphens collapsed, and none at the ends of a path segment. Empty for a name
// with other bytes: it is matched exactly alone.
std::string permalink(std::string_view name);

// The project of that name: exact, else by permalink. Null pointer: unknown. Two hits: `ambiguous`.
Result<const Project*> find_project(const std::vector<Project>& projects, std::string_view name);

// Known names close to `name`, best first, at most three.
std::vector<std::string> near_project_names(const std::vector<Project>& projects,
                                            std::string_view name);

}  // namespace bmauth::core
