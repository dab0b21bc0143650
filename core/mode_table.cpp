#include "core/mode_table.h"

#include <utility>

#include "core/route.h"

namespace bmauth::core {

ModeTable::ModeTable(const Settings& settings, const std::vector<Project>& projects,
                     std::string config_version)
    : config_version_(std::move(config_version)) {
  // A constraint lets projects pass by their names, one by one.
  if (!settings.project_constraint.value.empty()) return;
  // Without one, nothing about a project but its mode decides: any name stands for all.
  for (const RouteMode mode : {RouteMode::kLocal, RouteMode::kCloud}) {
    Project project;
    project.name = "any";
    project.mode = mode;
    RouteRequest request;
    request.project = project.name;
    auto route = decide_route(settings, {project}, request);
    if (!route) return;
    decided_[static_cast<std::size_t>(found(mode))] = found(route->mode);
  }
  index_ = ModeIndex(projects);
}

}  // namespace bmauth::core
