#include "core/token_places.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/path.h"
#include "core/sanitize.h"
#include "core/sha256.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxTokenFileBytes = 1024 * 1024;  // contract, section 3
constexpr std::size_t kMaxPathBytes = 4096;
constexpr std::int64_t kTornPoll_ms = 20;

constexpr std::uint32_t kOthersMayWrite = 0002;
constexpr std::uint32_t kGroupMayWrite = 0020;
constexpr std::uint32_t kOthersMayRead = 0044;

constexpr const char* kOurName = ".cloud_tokens.json";
constexpr const char* kBmName = "basic-memory-cloud.json";

Error refuse(const std::string& path, const char* words) {
  return make_error(Code::kStorePermissions, harmless(path, kMaxPathBytes) + ": " + words);
}

// The user, root; and for root the user in whose directory the file lies.
bool is_trusted_owner(std::uint32_t owner, std::uint32_t user, std::uint32_t directory_owner) {
  return owner == user || owner == 0 || (user == 0 && owner == directory_owner);
}

// True if the directory of `path` exists.
Result<bool> stat_directory(FileSystem& files, const std::string& path, FileStat& out) {
  return files.stat(behind_links(directory_of(path)), out);
}

// Descriptor checks: what was opened counts, not what had the name before (promise S4).
std::optional<Error> check_open_file(FileSystem& files, File& file, PlaceContent& content) {
  auto stat = file.stat();
  if (!stat) return std::move(stat).error();
  const std::string& path = content.place.file;
  const std::uint32_t user = files.effective_uid();
  if (stat->type != FileType::kRegular) return refuse(path, "not a regular file");
  if (!is_trusted_owner(stat->uid, user, content.place.directory.uid)) {
    return refuse(path, "owned by another user");
  }
  if ((stat->mode & kOthersMayWrite) != 0) return refuse(path, "writable by anyone");
  if ((stat->mode & kGroupMayWrite) != 0) {
    content.is_group_writable = true;
    content.warnings.push_back("is writable by its group");
  }
  if ((stat->mode & kOthersMayRead) != 0) {
    content.warnings.push_back("was readable by others, consider rotating");
    // Left to the next write where the group may write too: that may be a wish.
    if (stat->uid == user && !content.is_group_writable) {
      static_cast<void>(file.set_mode(0600));  // a read-only file system: the warning has to do
    }
  }
  if (stat->link_count > 1) content.warnings.push_back("has several hard links");
  content.place.stat = *stat;
  return std::nullopt;
}

Result<std::unique_ptr<File>> open_checked(FileSystem& files, PlaceContent& content) {
  auto file = files.open(content.place.file, FileSystem::Open::kRead);
  if (!file || *file == nullptr) return file;
  if (auto error = check_open_file(files, **file, content)) return *std::move(error);
  return file;
}

// One reading. False: the file is gone.
Result<bool> read_record(FileSystem& files, PlaceContent& content, bool& may_be_torn) {
  may_be_torn = false;
  content.warnings.clear();
  content.is_group_writable = false;
  auto file = open_checked(files, content);
  if (!file) return std::move(file).error();
  if (*file == nullptr) return false;
  if (content.place.stat.identity.size_bytes > kMaxTokenFileBytes) {
    return make_error(Code::kStoreCorrupt,
                      harmless(content.place.file, kMaxPathBytes) + ": larger than 1 MiB");
  }
  auto bytes = (*file)->read_all(kMaxTokenFileBytes);
  if (!bytes) return std::move(bytes).error();
  const Secret text(*std::move(bytes));
  auto record = parse_token_record(text.reveal(), content.place.file);
  if (!record) {
    may_be_torn = true;
    return std::move(record).error();
  }
  content.record = *std::move(record);
  content.file_digest = text.digest();
  return true;
}

}  // namespace

std::vector<PlacePath> token_places(const Places& places, bool has_config_json) {
  if (places.token_file.source != Source::kNone) {
    return {{kExplicitPlace, places.token_file.value}};
  }
  const std::string& data_dir = places.data_dir.value;
  std::vector<PlacePath> all = {{kOurPlace, path_in(data_dir, kOurName)},
                                {kBmPlace, path_in(data_dir, kBmName)}};
  if (has_config_json) std::swap(all[0], all[1]);
  if (places.is_config_dir_set) return all;
  const auto add = [&](int number, std::string path) {
    const bool is_known =
        std::any_of(all.begin(), all.end(), [&](const PlacePath& one) { return one.path == path; });
    if (!is_known) all.push_back({number, std::move(path)});
  };
  if (!places.xdg_data_home.empty()) {
    add(kXdgPlace, path_in(path_in(places.xdg_data_home, "basic-memory"), kBmName));
  }
  if (!places.home.empty()) {
    add(kHomePlace, path_in(path_in(places.home, ".basic-memory"), kOurName));
  }
  return all;
}

Result<bool> find_config_json(FileSystem& files, const Places& places) {
  FileStat ignored;
  return files.stat(path_in(places.data_dir.value, "config.json"), ignored);
}

Result<PlaceFile> locate(FileSystem& files, const std::string& path) {
  PlaceFile place;
  place.path = path;
  place.file = path;
  auto has_directory = stat_directory(files, path, place.directory);
  if (!has_directory) return std::move(has_directory).error();
  place.has_directory = *has_directory;
  if (!place.has_directory) return place;
  auto exists = files.stat(path, place.link);
  if (!exists) return std::move(exists).error();
  place.exists = *exists;
  place.stat = place.link;
  if (!place.exists || place.link.type != FileType::kSymlink) return place;

  const std::uint32_t user = files.effective_uid();
  if (!is_trusted_owner(place.link.uid, user, place.directory.uid) ||
      (place.directory.mode & (kOthersMayWrite | kGroupMayWrite)) != 0) {
    return refuse(path, "a symbolic link that others may have put there");
  }
  auto target = files.resolve_symlink(path);
  if (!target) return std::move(target).error();
  place.file = *std::move(target);
  has_directory = stat_directory(files, place.file, place.directory);
  if (!has_directory) return std::move(has_directory).error();
  place.has_directory = *has_directory;
  place.exists = false;
  if (!place.has_directory) return place;
  exists = files.stat(place.file, place.stat);
  if (!exists) return std::move(exists).error();
  place.exists = *exists;
  if (place.exists && place.stat.type == FileType::kSymlink) {
    return refuse(path, "a symbolic link to a symbolic link");
  }
  return place;
}

Result<void> check_directory(FileSystem& files, const PlaceFile& place) {
  const std::string directory = directory_of(place.file);
  const std::uint32_t user = files.effective_uid();
  if ((place.directory.mode & kOthersMayWrite) != 0) {
    return refuse(directory, "a directory that anyone can write");
  }
  if (user == 0) return {};
  if (place.directory.uid != user && place.directory.uid != 0) {
    return refuse(directory, "a directory of another user");
  }
  if ((place.directory.mode & kGroupMayWrite) != 0 && place.directory.uid != user) {
    return refuse(directory, "a directory that a group can write and that is not yours");
  }
  return {};
}

Result<std::optional<PlaceContent>> read_place(FileSystem& files, Clock& clock,
                                               const PlaceFile& place, std::int64_t torn_wait_ms) {
  if (auto checked = check_directory(files, place); !checked) return std::move(checked).error();
  // Opening a device or a FIFO may have effects; the descriptor is checked all the same.
  if (place.stat.type != FileType::kRegular) return refuse(place.file, "not a regular file");
  PlaceContent content;
  content.place = place;
  const std::int64_t deadline_ms = clock.monotonic_ms() + torn_wait_ms;
  for (;;) {
    bool may_be_torn = false;
    auto is_there = read_record(files, content, may_be_torn);
    if (is_there && !*is_there) return std::optional<PlaceContent>();
    if (is_there) break;
    if (!may_be_torn || clock.monotonic_ms() >= deadline_ms) return std::move(is_there).error();
    clock.sleep_ms(kTornPoll_ms, nullptr);
  }
  if ((place.directory.mode & kGroupMayWrite) != 0) {
    content.warnings.push_back("its directory is writable by a group");
  }
  if (auto read = read_sidecar(files, content); !read) return std::move(read).error();
  content.is_writable = files.is_directory_writable(directory_of(content.place.file));
  return std::optional<PlaceContent>(std::move(content));
}

// A sidecar is ours alone: whatever stands in it that is not one is as if there were none. What
// cannot be read just now is another matter: a marker must not be forgotten for want of a
// descriptor.
Result<void> read_sidecar(FileSystem& files, PlaceContent& content) {
  const std::string path = sidecar_path(content.place.file);
  FileStat stat;
  auto is_there = files.stat(path, stat);
  if (!is_there) return std::move(is_there).error();
  if (!*is_there) return {};
  content.is_sidecar_bad = true;
  if (stat.type != FileType::kRegular || (stat.mode & (kOthersMayWrite | kGroupMayWrite)) != 0 ||
      stat.identity.size_bytes > kMaxTokenFileBytes ||
      !is_trusted_owner(stat.uid, files.effective_uid(), content.place.directory.uid)) {
    return {};
  }
  auto file = files.open(path, FileSystem::Open::kRead);
  if (!file) return std::move(file).error();
  content.is_sidecar_bad = *file != nullptr;
  if (*file == nullptr) return {};
  auto text = (*file)->read_all(kMaxTokenFileBytes);
  if (!text) return std::move(text).error();
  content.sidecar_digest = sha256_hex(*text);
  auto sidecar = parse_sidecar(*text, path);
  if (!sidecar) return {};
  content.sidecar = *std::move(sidecar);
  content.is_sidecar_bad = false;
  return {};
}

Result<std::string> file_digest_now(FileSystem& files, const std::string& file) {
  auto opened = files.open(file, FileSystem::Open::kRead);
  if (!opened) return std::move(opened).error();
  if (*opened == nullptr) return std::string();
  auto bytes = (*opened)->read_all(kMaxTokenFileBytes);
  if (!bytes) return std::move(bytes).error();
  return Secret(*std::move(bytes)).digest();
}

}  // namespace bmauth::core
