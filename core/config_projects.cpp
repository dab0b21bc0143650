#include "core/config_projects.h"

#include <array>
#include <map>

namespace bmauth::core {
namespace {

Result<std::optional<RouteMode>> read_mode(const ConfigDocument& document, const ConfigPath& path,
                                           const Json* json) {
  if (json == nullptr || json->is_null()) return std::optional<RouteMode>();
  if (json->string() == nullptr) return document.type_error(path, "'local' or 'cloud'", *json);
  for (const RouteMode mode : {RouteMode::kLocal, RouteMode::kCloud}) {
    if (*json->string() == route_mode_name(mode)) return std::optional<RouteMode>(mode);
  }
  return document.error(
      path, path_words(path) + " must be 'local' or 'cloud', not " + quoted_name(*json->string()));
}

// `name: {path, mode, workspace_id, local_sync_path}`. A project that lives in the cloud has a path
// that is a mere name; where it is kept in step with a folder, that folder is its path, as in `bm`.
Result<StatedProject> read_project(const ConfigDocument& document, std::string_view name,
                                   const Json& json) {
  StatedProject project;
  project.name = name;
  project.position = json.position;
  if (json.is_null()) return project;
  if (json.object() == nullptr) {
    return document.type_error({"projects", name}, "a mapping (path, mode, workspace_id)", json);
  }
  std::array<const std::string*, 4> texts{};
  constexpr std::array<std::string_view, 4> kNames = {"path", "workspace_id", "local_sync_path",
                                                      "cloud_sync_path"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    Result<const std::string*> text =
        document.read_text({"projects", name, kNames[i]}, json.find(kNames[i]));
    if (!text) return std::move(text).error();
    texts[i] = *text;
  }
  const auto& [path, workspace_id, local_sync_path, cloud_sync_path] = texts;
  if (path != nullptr) project.path = *path;
  const std::string* sync_path = local_sync_path != nullptr ? local_sync_path : cloud_sync_path;
  if (sync_path != nullptr && !project.path.starts_with('/')) project.path = *sync_path;
  if (workspace_id != nullptr) project.workspace_id = *workspace_id;

  const Json* mode_json = json.find("mode");
  Result<std::optional<RouteMode>> mode =
      read_mode(document, {"projects", name, "mode"}, mode_json);
  if (!mode) return std::move(mode).error();
  project.mode = *mode;
  if (project.mode) project.position = mode_json->position;
  return project;
}

// The old shape: `projects` maps names to paths, and two more mappings hold the rest.
class OldShape {
 public:
  explicit OldShape(const ConfigDocument& document) : document_(document) {}

  Result<std::vector<StatedProject>> read(const Json::Object& projects) {
    for (auto [name, member] :
         {std::pair("project_modes", &modes_), std::pair("cloud_projects", &cloud_projects_)}) {
      Result<const Json*> mapping = document_.read_mapping(name);
      if (!mapping) return std::move(mapping).error();
      if (*mapping != nullptr) *member = index(*(*mapping)->object());
    }
    std::vector<StatedProject> stated;
    stated.reserve(projects.size());
    for (const auto& [name, path] : projects) {
      Result<StatedProject> project = read_one(name, path);
      if (!project) return std::move(project).error();
      stated.push_back(std::move(*project));
    }
    return add_cloud_only(index(projects), std::move(stated));
  }

 private:
  using Index = std::map<std::string_view, const Json*>;

  static Index index(const Json::Object& object) {
    Index index;
    for (const auto& [name, json] : object) index.emplace(name, &json);
    return index;
  }

  static const Json* find(const Index& index, std::string_view name) {
    const auto found = index.find(name);
    return found != index.end() ? found->second : nullptr;
  }

  Result<void> read_own_mode(StatedProject& project) const {
    const Json* json = find(modes_, project.name);
    Result<std::optional<RouteMode>> mode =
        read_mode(document_, {"project_modes", project.name}, json);
    if (!mode) return std::move(mode).error();
    project.mode = *mode;
    if (project.mode) {
      project.mode_member = "project_modes";
      project.position = json->position;
    }
    return {};
  }

  // The folder that `cloud_projects` keeps in step with the cloud.
  Result<std::string> read_local_path(std::string_view name, const Json* json) const {
    if (json == nullptr || json->is_null()) return std::string();
    if (json->object() == nullptr) {
      return document_.type_error({"cloud_projects", name}, "a mapping", *json);
    }
    Result<const std::string*> text =
        document_.read_text({"cloud_projects", name, "local_path"}, json->find("local_path"));
    if (!text) return std::move(text).error();
    return *text != nullptr ? **text : std::string();
  }

  Result<StatedProject> read_one(std::string_view name, const Json& path) const {
    StatedProject project;
    project.name = name;
    project.position = path.position;
    Result<const std::string*> text = document_.read_text({"projects", name}, &path);
    if (!text) return std::move(text).error();
    if (*text != nullptr) project.path = **text;
    Result<std::string> local_path = read_local_path(name, find(cloud_projects_, name));
    if (!local_path) return std::move(local_path).error();
    if (!local_path->empty() && !project.path.starts_with('/')) project.path = *local_path;
    Result<void> mode = read_own_mode(project);
    if (!mode) return std::move(mode).error();
    return project;
  }

  // What stands in `cloud_projects` alone is a cloud project, unless `project_modes` says
  // otherwise.
  Result<std::vector<StatedProject>> add_cloud_only(const Index& known,
                                                    std::vector<StatedProject> stated) const {
    const Json* cloud_projects = find_stated(&document_.root(), "cloud_projects");
    if (cloud_projects == nullptr) return stated;
    for (const auto& [name, json] : *cloud_projects->object()) {
      if (known.contains(name) || json.is_null()) continue;
      StatedProject project;
      project.name = name;
      project.position = json.position;
      project.mode_member = "cloud_projects";
      Result<std::string> local_path = read_local_path(name, &json);
      if (!local_path) return std::move(local_path).error();
      project.path = std::move(*local_path);
      Result<void> mode = read_own_mode(project);
      if (!mode) return std::move(mode).error();
      if (!project.mode) project.mode = RouteMode::kCloud;
      stated.push_back(std::move(project));
    }
    return stated;
  }

  const ConfigDocument& document_;
  Index modes_;
  Index cloud_projects_;
};

}  // namespace

Result<std::vector<StatedProject>> read_projects(const ConfigDocument& document) {
  Result<const Json*> projects = document.read_mapping("projects");
  if (!projects) return std::move(projects).error();
  std::vector<StatedProject> stated;
  if (*projects == nullptr) return stated;
  const Json::Object& members = *(*projects)->object();
  // The first one decides which shape the file has, as in `bm`.
  if (!members.empty() && members.front().second.string() != nullptr) {
    return OldShape(document).read(members);
  }
  stated.reserve(members.size());
  for (const auto& [name, json] : members) {
    Result<StatedProject> project = read_project(document, name, json);
    if (!project) return std::move(project).error();
    stated.push_back(std::move(*project));
  }
  return stated;
}

std::string mode_place(const ConfigDocument& document, const StatedProject& stated) {
  const bool is_own_member = stated.mode_member == "projects";
  return is_own_member ? document.place({stated.mode_member, stated.name, "mode"})
                       : document.place({stated.mode_member, stated.name});
}

}  // namespace bmauth::core
