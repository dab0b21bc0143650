// Getting at the bytes of one configuration file, by the contract's section 3 "Reading modes".
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/file_system.h"

namespace bmauth::core {

inline constexpr std::size_t kMaxConfig_bytes = 32U << 20;

// A configuration file that was found, open and trusted.
struct ConfigFile {
  std::string path;  // as it stands in the data dir, before a symlink was followed
  std::unique_ptr<File> file;
  FileStat stat;
};

// What is known of the data dir, symlinks followed.
struct DataDir {
  std::string path;
  FileStat stat;
};

// None: it does not exist. Not a directory: store_io. Writable by anybody: store_permissions.
Result<std::optional<DataDir>> find_data_dir(FileSystem& files, const std::string& path);

// Opens `name` in the data dir. None: it does not exist. A symlink that its owner put there is
// followed once (promise S4). Errors: store_permissions (a foreign owner, or writable by others),
// store_io. What is suspicious but bearable is added to `warnings`.
Result<std::optional<ConfigFile>> open_config_file(FileSystem& files, const DataDir& directory,
                                                   const std::string& name,
                                                   std::vector<std::string>& warnings);

// The whole file. config_invalid beyond kMaxConfig_bytes.
Result<std::string> read_config_file(ConfigFile& config_file);

// For a file that was found to hold a key: closes it to other readers if it is ours, and warns.
void protect_key_file(FileSystem& files, ConfigFile& config_file,
                      std::vector<std::string>& warnings);

// The identity of what `name` leads to, in a form that changes with any change of it; empty:
// nothing.
Result<std::string> config_file_version(FileSystem& files, const DataDir& directory,
                                        const std::string& name);

}  // namespace bmauth::core
