#include "core/config_file.h"

#include <cstdio>

#include "core/text_position.h"

namespace bmauth::core {
namespace {

constexpr std::uint32_t kWritableByOthers = 0002;
constexpr std::uint32_t kWritableByGroup = 0020;
constexpr std::uint32_t kReadableByOthers = 0044;

// The kernel follows at most 40; a data dir needs one or two.
constexpr int kMaxDirectoryLinks = 8;

std::string octal(std::uint32_t mode) {
  char digits[16];
  std::snprintf(digits, sizeof digits, "%04o", mode);
  return digits;
}

std::string words(const std::string& path, std::string_view what) {
  return place_words(path, {}) + std::string(what);
}

Error permissions_error(const std::string& path, std::string_view what, std::string remedy) {
  Error error = make_error(Code::kStorePermissions, words(path, what));
  error.remedy = std::move(remedy);
  return error;
}

// The user or root; and root, working for a user, takes the owner of the data dir for one of them.
bool is_trusted_owner(FileSystem& files, const DataDir& directory, std::uint32_t uid) {
  const std::uint32_t us = files.effective_uid();
  return uid == us || uid == 0 || (us == 0 && uid == directory.stat.uid);
}

// Where `path` really is: itself, or what the symlink leads to that stands there. None: nothing is
// there.
Result<std::optional<std::string>> follow_once(FileSystem& files, const DataDir& directory,
                                               const std::string& path) {
  FileStat stat;
  Result<bool> is_there = files.stat(path, stat);
  if (!is_there) return std::move(is_there).error();
  if (!*is_there) return std::optional<std::string>();
  if (stat.type != FileType::kSymlink) return std::optional<std::string>(path);
  const bool is_dir_shared = (directory.stat.mode & (kWritableByGroup | kWritableByOthers)) != 0;
  if (is_dir_shared || !is_trusted_owner(files, directory, stat.uid)) {
    return permissions_error(path, " is a symlink that somebody else may have made",
                             "Remove it, or put the file itself there.");
  }
  Result<std::string> target = files.resolve_symlink(path);
  if (!target) return std::move(target).error();
  return std::optional<std::string>(std::move(*target));
}

Result<void> check_trust(FileSystem& files, const DataDir& directory, const ConfigFile& found,
                         std::vector<std::string>& warnings) {
  if (found.stat.type != FileType::kRegular) {
    return make_error(Code::kStoreIo, words(found.path, " is not a regular file"));
  }
  if (!is_trusted_owner(files, directory, found.stat.uid)) {
    return permissions_error(
        found.path, " belongs to another user (uid " + std::to_string(found.stat.uid) + ")",
        "Make it your own file (chown), or remove it.");
  }
  if ((found.stat.mode & kWritableByOthers) != 0) {
    return permissions_error(found.path,
                             " may be written by anybody (mode " + octal(found.stat.mode) + ")",
                             "Look whether its content is yours, then chmod 600 it.");
  }
  if ((found.stat.mode & kWritableByGroup) != 0) {
    if (directory.stat.uid != files.effective_uid()) {
      return permissions_error(found.path,
                               " may be written by its group (mode " + octal(found.stat.mode) + ")",
                               "Look whether its content is yours, then chmod 600 it.");
    }
    warnings.push_back(words(found.path, " may be written by its group (mode " +
                                             octal(found.stat.mode) + "); chmod 600 it"));
  }
  return {};
}

std::string identity_words(const FileStat& stat) {
  const FileIdentity& identity = stat.identity;
  std::string out;
  for (const std::uint64_t number : {identity.device, identity.inode, identity.size_bytes,
                                     static_cast<std::uint64_t>(identity.modified_ns),
                                     static_cast<std::uint64_t>(identity.changed_ns)}) {
    out += std::to_string(number) + '.';
  }
  return out;
}

}  // namespace

Result<std::optional<DataDir>> find_data_dir(FileSystem& files, const std::string& path) {
  DataDir found{path, {}};
  for (int links = 0; links <= kMaxDirectoryLinks; ++links) {
    Result<bool> is_there = files.stat(found.path, found.stat);
    if (!is_there) return std::move(is_there).error();
    if (!*is_there) return std::optional<DataDir>();
    if (found.stat.type != FileType::kSymlink) break;
    Result<std::string> target = files.resolve_symlink(found.path);
    if (!target) return std::move(target).error();
    found.path = std::move(*target);
  }
  found.path = path;
  if (found.stat.type != FileType::kDirectory) {
    return make_error(Code::kStoreIo, words(path, " is not a directory"));
  }
  if ((found.stat.mode & kWritableByOthers) != 0) {
    return permissions_error(path,
                             " may be written by anybody (mode " + octal(found.stat.mode) + ")",
                             "Look whether its files are yours, then chmod 700 it.");
  }
  return std::optional<DataDir>(std::move(found));
}

Result<std::optional<ConfigFile>> open_config_file(FileSystem& files, const DataDir& directory,
                                                   const std::string& name,
                                                   std::vector<std::string>& warnings) {
  ConfigFile found;
  found.path = directory.path + "/" + name;
  Result<std::optional<std::string>> real_path = follow_once(files, directory, found.path);
  if (!real_path) return std::move(real_path).error();
  if (!*real_path) return std::optional<ConfigFile>();
  Result<std::unique_ptr<File>> file = files.open(**real_path, FileSystem::Open::kRead);
  if (!file) return std::move(file).error();
  if (*file == nullptr) return std::optional<ConfigFile>();
  found.file = std::move(*file);
  // What counts is the open file: the path may lead elsewhere by now.
  Result<FileStat> stat = found.file->stat();
  if (!stat) return std::move(stat).error();
  found.stat = *stat;
  Result<void> trust = check_trust(files, directory, found, warnings);
  if (!trust) return std::move(trust).error();
  return std::optional<ConfigFile>(std::move(found));
}

Result<std::string> read_config_file(ConfigFile& config_file) {
  if (config_file.stat.identity.size_bytes > kMaxConfig_bytes) {
    return make_error(Code::kConfigInvalid, words(config_file.path, " is larger than 32 MiB"));
  }
  return config_file.file->read_all(kMaxConfig_bytes);
}

void protect_key_file(FileSystem& files, ConfigFile& config_file,
                      std::vector<std::string>& warnings) {
  if (config_file.stat.link_count > 1) {
    warnings.push_back(
        words(config_file.path, " holds the API key and has more than one name (hard links)"));
  }
  const std::uint32_t mode = config_file.stat.mode;
  if ((mode & kReadableByOthers) == 0) return;
  const bool is_ours = config_file.stat.uid == files.effective_uid();
  const bool is_tightened = is_ours && config_file.file->set_mode(mode & 0700).ok();
  warnings.push_back(words(config_file.path,
                           " holds the API key and was readable by others (mode " + octal(mode) +
                               (is_tightened ? "; now " + octal(mode & 0700) : "; chmod 600 it") +
                               "); consider a new key"));
}

Result<std::string> config_file_version(FileSystem& files, const DataDir& directory,
                                        const std::string& name) {
  std::string path = directory.path + "/" + name;
  std::string version;
  for (int links = 0; links <= 1; ++links) {
    FileStat stat;
    Result<bool> is_there = files.stat(path, stat);
    if (!is_there) return std::move(is_there).error();
    if (!*is_there) return version;
    version += identity_words(stat);
    if (stat.type != FileType::kSymlink) return version;
    Result<std::string> target = files.resolve_symlink(path);
    if (!target) return std::move(target).error();
    path = std::move(*target);
  }
  return version;
}

}  // namespace bmauth::core
