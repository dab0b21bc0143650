#include "core/route.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxShownNameBytes = 100;
constexpr std::size_t kMaxComparedNameBytes = 100;  // edit distance is quadratic
constexpr std::size_t kMaxNearNames = 3;

constexpr const char* kForceLocal = "BASIC_MEMORY_FORCE_LOCAL";
constexpr const char* kForceCloud = "BASIC_MEMORY_FORCE_CLOUD";
constexpr const char* kExplicitRouting = "BASIC_MEMORY_EXPLICIT_ROUTING";
constexpr const char* kProjectConstraint = "BASIC_MEMORY_MCP_PROJECT";

bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
char lower(char c) {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string quoted(std::string_view name) {
  return "'" + harmless(name, kMaxShownNameBytes) + "'";
}

template <class T>
std::string place_of(const Setting<T>& setting, const char* variable) {
  return setting.place.empty() ? variable : setting.place;
}

// The project that is meant, before anybody looks whether it is known.
struct AskedProject {
  std::optional<std::string> name;
  std::string words;  // how the reason names it
};

bool is_same_project(const std::vector<Project>& projects, std::string_view a, std::string_view b) {
  if (a == b) return true;
  const auto first = find_project(projects, a);
  const auto second = find_project(projects, b);
  if (first && second && *first != nullptr) return *first == *second;
  const std::string link = permalink(a);
  return first && second && *second == nullptr && !link.empty() && link == permalink(b);
}

Result<AskedProject> asked_project(const Settings& settings, const std::vector<Project>& projects,
                                   const RouteRequest& request) {
  const std::string& constraint = settings.project_constraint.value;
  AskedProject asked;
  if (!constraint.empty()) {
    if (request.project && !is_same_project(projects, *request.project, constraint)) {
      return make_error(Code::kProjectConstrained,
                        place_of(settings.project_constraint, kProjectConstraint) +
                            " allows project " + quoted(constraint) + " alone, not " +
                            quoted(*request.project));
    }
    asked.name = request.project ? request.project : constraint;
    asked.words = "project " + quoted(*asked.name);
  } else if (request.project) {
    asked.name = request.project;
    asked.words = "project " + quoted(*asked.name);
  } else if (request.is_default_project_used && !settings.default_project.value.empty()) {
    asked.name = settings.default_project.value;
    asked.words = "the default project " + quoted(*asked.name);
  }
  return asked;
}

Result<void> check_request(const RouteRequest& request) {
  if (request.is_local_forced && request.is_cloud_forced) {
    return make_error(Code::kInvalidArgument, "local and cloud are both asked for");
  }
  // An empty name is a variable that the caller forgot to set; to guess might upload.
  if (request.project && request.project->empty()) {
    return make_error(Code::kInvalidArgument, "the project name is empty");
  }
  if (request.workspace && request.workspace->empty()) {
    return make_error(Code::kInvalidArgument, "the workspace is empty");
  }
  return {};
}

struct Decision {
  RouteMode mode = RouteMode::kLocal;
  RouteSource source = RouteSource::kDefault;
  std::string reason;
};

// `bm` looks at the force variables only beside EXPLICIT_ROUTING.
std::string forced_reason(const Settings& settings, const Setting<bool>& force,
                          const char* variable) {
  std::string reason = place_of(force, variable) + " is set";
  if (force.source == Source::kEnvironment && !settings.is_explicit_routing.value) {
    reason += std::string(" (bm follows it only with ") + kExplicitRouting + ")";
  }
  return reason;
}

std::string default_reason(const Settings& settings, const AskedProject& asked,
                           const Project* project) {
  if (!asked.name) return "no project and no workspace was asked for";
  if (project == nullptr) {
    return asked.words +
           " is not configured, and what is unknown stays local (bm sends it to the cloud)";
  }
  return place_of(settings.is_explicit_routing, kExplicitRouting) + " is set, so the mode of " +
         asked.words + " is not asked for, and nothing forces a route";
}

// The table of the contract's section 8, row by row; the first that matches decides.
Result<Decision> decide(const Settings& settings, const RouteRequest& request,
                        const AskedProject& asked, const Project* project) {
  const bool is_force_local = settings.is_force_local.value;
  const bool is_force_cloud = settings.is_force_cloud.value;
  // 1
  if (request.is_local_forced) {
    return Decision{RouteMode::kLocal, RouteSource::kCall, "local was asked for in the call"};
  }
  if (request.is_cloud_forced) {
    return Decision{RouteMode::kCloud, RouteSource::kCall, "cloud was asked for in the call"};
  }
  // 2
  if (is_force_local && is_force_cloud) {
    return make_error(Code::kConflictingRouting,
                      place_of(settings.is_force_local, kForceLocal) + " and " +
                          place_of(settings.is_force_cloud, kForceCloud) + " are both set");
  }
  // 3
  if (is_force_local) {
    return Decision{RouteMode::kLocal, RouteSource::kEnvironment,
                    forced_reason(settings, settings.is_force_local, kForceLocal)};
  }
  // 4
  if (is_force_cloud) {
    return Decision{RouteMode::kCloud, RouteSource::kEnvironment,
                    forced_reason(settings, settings.is_force_cloud, kForceCloud)};
  }
  // 5 and 6
  if (!settings.is_explicit_routing.value && project != nullptr) {
    return Decision{project->mode, RouteSource::kProject,
                    asked.words +
                        (project->is_mode_stated ? " is set to " : " has no mode, which means ") +
                        route_mode_name(project->mode)};
  }
  // 7
  if (request.workspace) {
    return Decision{RouteMode::kCloud, RouteSource::kWorkspace,
                    "workspace " + quoted(*request.workspace) + " was asked for"};
  }
  // 8
  return Decision{RouteMode::kLocal, RouteSource::kDefault,
                  default_reason(settings, asked, project)};
}

// RFC 9562 section 4: 8-4-4-4-12 hexadecimal digits.
bool is_uuid(std::string_view text) {
  constexpr std::string_view kShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
  if (text.size() != kShape.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = lower(text[i]);
    const bool is_hex = is_digit(c) || (c >= 'a' && c <= 'f');
    if (kShape[i] == '-' ? c != '-' : !is_hex) return false;
  }
  return true;
}

// Argument, the project's own, default: in this order. No local route has a workspace.
void add_workspace(const Settings& settings, const RouteRequest& request, const Project* project,
                   Route& route) {
  if (route.mode == RouteMode::kLocal) {
    if (request.workspace) {
      route.warnings.push_back("workspace " + quoted(*request.workspace) +
                               " is not used, because the route is local: " + route.reason);
    }
    return;
  }
  if (request.workspace) {
    route.workspace = request.workspace;
  } else if (project != nullptr && !project->workspace_id.empty()) {
    route.workspace = project->workspace_id;
  } else if (!settings.default_workspace.value.empty()) {
    route.workspace = settings.default_workspace.value;
  }
  route.is_workspace_resolved = !route.workspace || is_uuid(*route.workspace);
}

// Optimal string alignment: how many letters must be typed anew, left out, put in or swapped.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + change});
      const bool is_swap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swap) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    std::swap(before_last, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

std::string lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

}  // namespace

const char* route_source_name(RouteSource source) {
  switch (source) {
    case RouteSource::kCall:
      return "call";
    case RouteSource::kEnvironment:
      return "environment";
    case RouteSource::kProject:
      return "project";
    case RouteSource::kWorkspace:
      return "workspace";
    case RouteSource::kDefault:
      break;
  }
  return "default";
}

Result<Route> decide_route(const Settings& settings, const std::vector<Project>& projects,
                           const RouteRequest& request) {
  if (auto check = check_request(request); !check) return std::move(check).error();
  const auto asked = asked_project(settings, projects, request);
  if (!asked) return asked.error();
  const Project* project = nullptr;
  if (asked->name) {
    auto found = find_project(projects, *asked->name);
    if (!found) return std::move(found).error();
    project = *found;
  }
  auto decision = decide(settings, request, *asked, project);
  if (!decision) return std::move(decision).error();

  Route route;
  route.mode = decision->mode;
  route.source = decision->source;
  route.reason = std::move(decision->reason);
  route.is_explicit = route.source == RouteSource::kCall || settings.is_explicit_routing.value;
  route.is_known = project != nullptr;
  route.project = project != nullptr ? std::optional(project->name) : asked->name;
  if (asked->name && project == nullptr) {
    route.near_names = near_project_names(projects, *asked->name);
  }
  add_workspace(settings, request, project, route);
  route.base_url = route.mode == RouteMode::kCloud ? settings.cloud_host.value + "/proxy"
                                                   : settings.local_base_url;
  return route;
}

Result<void> check_sendable(const Route& route) {
  // Whoever says local or cloud in the call means it; anything else might be a typo on its way out.
  if (route.project && !route.is_known && route.source != RouteSource::kCall) {
    std::string message = "project " + quoted(*route.project) + " is not configured";
    for (std::size_t i = 0; i < route.near_names.size(); ++i) {
      message += (i == 0 ? "; did you mean " : " or ") + quoted(route.near_names[i]);
    }
    return make_error(Code::kUnknownProject, message + (route.near_names.empty() ? "" : "?"));
  }
  if (!route.is_workspace_resolved) {
    return make_error(Code::kWorkspaceUnresolved,
                      "workspace " + quoted(*route.workspace) + " is not a tenant id");
  }
  return {};
}

std::string permalink(std::string_view name) {
  std::string link;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    // `bm` transliterates other scripts by tables that we do not have: such names match exactly
    // alone.
    if (static_cast<unsigned char>(c) >= 0x80) return {};
    if (c == '\'') continue;
    const bool is_word_start =
        is_upper(c) && i > 0 && (is_lower(name[i - 1]) || is_digit(name[i - 1]));
    const bool is_kept = is_upper(c) || is_lower(c) || is_digit(c) || c == '/' || c == '.';
    if (is_word_start) link += '-';
    link += is_kept ? lower(c) : '-';
  }
  // Hyphens in a row are one, and none stands at the end of a path segment.
  std::string result;
  for (const char c : link) {
    const bool is_segment_start = result.empty() || result.back() == '/';
    if (c == '-' && (is_segment_start || result.back() == '-')) continue;
    if (c == '/' && !result.empty() && result.back() == '-') result.pop_back();
    result += c;
  }
  if (!result.empty() && result.back() == '-') result.pop_back();
  return result;
}

Result<const Project*> find_project(const std::vector<Project>& projects, std::string_view name) {
  for (const Project& project : projects) {
    if (project.name == name) return &project;
  }
  const std::string link = permalink(name);
  const Project* found = nullptr;
  if (link.empty()) return found;
  for (const Project& project : projects) {
    if (permalink(project.name) != link) continue;
    if (found != nullptr) {
      return make_error(Code::kAmbiguous, "project " + quoted(name) + " may be " +
                                              quoted(found->name) + " or " + quoted(project.name));
    }
    found = &project;
  }
  return found;
}

std::vector<std::string> near_project_names(const std::vector<Project>& projects,
                                            std::string_view name) {
  if (name.size() > kMaxComparedNameBytes) return {};
  const std::string wanted = lowered(name);
  const std::size_t max_distance = std::max<std::size_t>(1, wanted.size() / 3);
  std::vector<std::pair<std::size_t, const Project*>> near;
  for (const Project& project : projects) {
    const std::size_t size = project.name.size();
    if (size > wanted.size() + max_distance || size + max_distance < wanted.size()) continue;
    const std::size_t distance = edit_distance(wanted, lowered(project.name));
    if (distance <= max_distance) near.emplace_back(distance, &project);
  }
  std::stable_sort(near.begin(), near.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> names;
  for (const auto& [distance, project] : near) {
    if (names.size() == kMaxNearNames) break;
    names.push_back(project->name);
  }
  return names;
}

}  // namespace bmauth::core
