#include "core/config.h"

#include <map>

#include "core/config_document.h"
#include "core/config_file.h"
#include "core/config_projects.h"

namespace bmauth::core {
namespace {

constexpr const char* kYamlName = "config.yaml";
constexpr const char* kJsonName = "config.json";

Project finished(const StatedProject& stated, const ConfigDocument& document) {
  Project project;
  project.name = stated.name;
  project.path = stated.path;
  project.mode = stated.mode.value_or(RouteMode::kLocal);
  project.is_mode_stated = stated.mode.has_value();
  project.workspace_id = stated.workspace_id;
  project.file = document.path();
  project.position = stated.position;
  return project;
}

// The files of a data dir laid over each other.
class Merger {
 public:
  explicit Merger(std::vector<ConfigDocument>& documents) : documents_(documents) {}

  Result<Config> merge() {
    for (const ConfigDocument& document : documents_) {
      config_.files.push_back(document.path());
      Result<void> settings = take_settings(document);
      if (!settings) return std::move(settings).error();
      Result<std::vector<StatedProject>> projects = read_projects(document);
      if (!projects) return std::move(projects).error();
      stated_.push_back(std::move(*projects));
    }
    Result<void> projects = merge_projects();
    if (!projects) return std::move(projects).error();
    list_invisible();
    return std::move(config_);
  }

 private:
  using Index = std::map<std::string_view, std::size_t>;

  template <class Value>
  Result<void> take(const ConfigDocument& document, std::string_view name,
                    std::optional<Configured<Value>>& setting) {
    const Json* json = document.root().find(name);
    Result<const std::string*> text = document.read_text({name}, json);
    if (!text) return std::move(text).error();
    if (*text == nullptr || setting) return {};  // an earlier file has said it
    setting.emplace();
    setting->value = Value(std::string_view(**text));
    setting->file = document.path();
    setting->position = json->position;
    return {};
  }

  Result<void> take_settings(const ConfigDocument& document) {
    for (auto [name, setting] : {std::pair("cloud_domain", &config_.cloud_domain),
                                 std::pair("cloud_client_id", &config_.cloud_client_id),
                                 std::pair("cloud_host", &config_.cloud_host),
                                 std::pair("default_project", &config_.default_project),
                                 std::pair("default_workspace", &config_.default_workspace)}) {
      Result<void> taken = take(document, name, *setting);
      if (!taken) return taken;
    }
    return take(document, "cloud_api_key", config_.cloud_api_key);
  }

  Result<void> merge_projects() {
    if (documents_.empty()) return {};
    config_.projects.reserve(stated_.front().size() + stated_.back().size());
    for (const StatedProject& stated : stated_[0]) {
      config_.projects.push_back(finished(stated, documents_[0]));
    }
    if (documents_.size() == 1) return {};
    Index upper;
    for (std::size_t i = 0; i < stated_[0].size(); ++i) upper.emplace(stated_[0][i].name, i);
    for (const StatedProject& lower : stated_[1]) {
      const auto found = upper.find(lower.name);
      if (found == upper.end()) {
        config_.projects.push_back(finished(lower, documents_[1]));
        continue;
      }
      Result<void> overlaid =
          overlay(stated_[0][found->second], lower, config_.projects[found->second]);
      if (!overlaid) return overlaid;
    }
    return {};
  }

  // Member by member; but nobody may guess where notes go.
  Result<void> overlay(const StatedProject& upper, const StatedProject& lower, Project& project) {
    if (upper.mode && lower.mode && *upper.mode != *lower.mode) {
      return make_error(Code::kConfigConflict, "project " + quoted_name(upper.name) + " is " +
                                                   route_mode_name(*upper.mode) + " at " +
                                                   mode_place(documents_[0], upper) + " and " +
                                                   route_mode_name(*lower.mode) + " at " +
                                                   mode_place(documents_[1], lower));
    }
    if (!upper.workspace_id.empty() && !lower.workspace_id.empty() &&
        upper.workspace_id != lower.workspace_id) {
      const ConfigPath path = {"projects", upper.name, "workspace_id"};
      return make_error(Code::kConfigConflict,
                        "project " + quoted_name(upper.name) + " has different workspace_id at " +
                            documents_[0].place(path) + " and " + documents_[1].place(path));
    }
    if (project.path.empty()) project.path = lower.path;
    if (project.workspace_id.empty()) project.workspace_id = lower.workspace_id;
    if (!project.is_mode_stated && lower.mode) {
      project.mode = *lower.mode;
      project.is_mode_stated = true;
      project.file = documents_[1].path();
      project.position = lower.position;
    }
    return {};
  }

  // `bm` reads config.json alone: what only config.yaml says, or says differently, it does not see.
  void list_invisible() {
    if (documents_.empty() || !documents_[0].is_yaml()) return;
    const Json* seen = documents_.size() > 1 ? &documents_[1].root() : nullptr;
    for (const std::string_view name : kConfigMembers) {
      const Json* stated = find_stated(&documents_[0].root(), name);
      if (stated == nullptr || stated->string() == nullptr || stated->string()->empty()) continue;
      const Json* lower = find_stated(seen, name);
      if (lower == nullptr || *lower->string() != *stated->string()) {
        config_.invisible_to_bm.emplace_back(name);
      }
    }
    Index lower_index;
    if (stated_.size() > 1) {
      for (std::size_t i = 0; i < stated_[1].size(); ++i) {
        lower_index.emplace(stated_[1][i].name, i);
      }
    }
    for (const StatedProject& upper : stated_[0]) {
      const auto add = [&](std::string_view member) {
        config_.invisible_to_bm.push_back("projects." + std::string(upper.name) +
                                          std::string(member));
      };
      const auto found = lower_index.find(upper.name);
      if (found == lower_index.end()) {
        add("");
        continue;
      }
      const StatedProject& lower = stated_[1][found->second];
      if (!upper.path.empty() && upper.path != lower.path) add(".path");
      if (upper.mode && !lower.mode) add(".mode");
      if (!upper.workspace_id.empty() && lower.workspace_id.empty()) add(".workspace_id");
    }
  }

  std::vector<ConfigDocument>& documents_;
  std::vector<std::vector<StatedProject>> stated_;  // by document
  Config config_;
};

}  // namespace

const char* route_mode_name(RouteMode mode) {
  return mode == RouteMode::kCloud ? "cloud" : "local";
}

Result<Config> read_config(FileSystem& files, const std::string& data_dir) {
  Result<std::optional<DataDir>> directory = find_data_dir(files, data_dir);
  if (!directory) return std::move(directory).error();
  std::vector<std::string> warnings;
  std::vector<ConfigDocument> documents;
  documents.reserve(2);
  for (const char* name : {kYamlName, kJsonName}) {
    if (!*directory) break;
    Result<std::optional<ConfigFile>> found = open_config_file(files, **directory, name, warnings);
    if (!found) return std::move(found).error();
    if (!*found) continue;
    Result<std::string> text = read_config_file(**found);
    if (!text) return std::move(text).error();
    ConfigDocument& document = documents.emplace_back((*found)->path, std::move(*text));
    Result<void> parsed = document.parse();
    if (!parsed) return std::move(parsed).error();
    if (find_stated(&document.root(), "cloud_api_key") != nullptr) {
      protect_key_file(files, **found, warnings);
    }
  }
  Result<Config> config = Merger(documents).merge();
  if (config) config->warnings = std::move(warnings);
  return config;
}

Result<std::string> config_version(FileSystem& files, const std::string& data_dir) {
  Result<std::optional<DataDir>> directory = find_data_dir(files, data_dir);
  if (!directory) return std::move(directory).error();
  if (!*directory) return std::string("absent");
  // The times of the directory are left out: every write of a token changes them.
  const FileStat& stat = (*directory)->stat;
  std::string version = std::to_string(stat.identity.device) + '.' +
                        std::to_string(stat.identity.inode) + '.' + std::to_string(stat.mode) +
                        '.' + std::to_string(stat.uid);
  for (const char* name : {kYamlName, kJsonName}) {
    Result<std::string> file = config_file_version(files, **directory, name);
    if (!file) return std::move(file).error();
    version += std::string("|") + *file;
  }
  return version;
}

}  // namespace bmauth::core
