// Reading config.yaml and config.json, one over the other, with the origin of each value
// (contract, section 3 "Config").
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/file_system.h"
#include "core/json.h"
#include "core/secret.h"

namespace bmauth::core {

enum class RouteMode { kLocal, kCloud };
const char* route_mode_name(RouteMode mode);  // "local", "cloud"

// A value and the place it was read from: `file` is a path, for people and for later edits.
template <class T>
struct Configured {
  T value{};
  std::string file;
  TextPosition position;
};

struct Project {
  std::string name;
  std::string path;  // empty: none
  RouteMode mode = RouteMode::kLocal;
  bool is_mode_stated = false;  // false: the default
  std::string workspace_id;     // empty: none
  std::string file;             // where its mode (else the project itself) stands
  TextPosition position;
};

struct Config {
  std::optional<Configured<std::string>> cloud_domain, cloud_client_id, cloud_host, default_project,
      default_workspace;
  std::optional<Configured<Secret>> cloud_api_key;
  std::vector<Project> projects;   // in the order of the files, config.yaml's first
  std::vector<std::string> files;  // those that exist, in order of precedence
  std::vector<std::string> warnings;
  std::vector<std::string> invisible_to_bm;  // what config.yaml alone holds, or says differently
};

// Reads both files of `data_dir`; neither existing is an empty Config. Errors: config_invalid
// (file, line, column), config_conflict (both places), store_permissions, store_io.
Result<Config> read_config(FileSystem& files, const std::string& data_dir);

// Identities of both files and the directory, to know cheaply whether a Config is still true.
Result<std::string> config_version(FileSystem& files, const std::string& data_dir);

}  // namespace bmauth::core
