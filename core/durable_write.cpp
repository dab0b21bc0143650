#include "core/durable_write.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/path.h"

namespace bmauth::core {
namespace {

constexpr std::string_view kMark = ".bmauth-";
constexpr std::string_view kEnd = ".tmp";
constexpr std::size_t kRandomBytes = 8;
constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string temporary_prefix(const std::string& path) {
  return "." + std::string(name_of(path)) + std::string(kMark);
}

Result<std::string> temporary_path(Random& random, const std::string& path) {
  std::array<std::uint8_t, kRandomBytes> bytes;
  if (auto filled = random.fill(bytes); !filled) return std::move(filled).error();
  std::string name = temporary_prefix(path);
  for (const std::uint8_t byte : bytes) {
    name += kHexDigits[byte >> 4];
    name += kHexDigits[byte & 15];
  }
  name += kEnd;
  return path_in(directory_of(path), name);
}

bool is_temporary_name(std::string_view name, std::string_view prefix) {
  if (name.size() != prefix.size() + 2 * kRandomBytes + kEnd.size()) return false;
  if (!name.starts_with(prefix) || !name.ends_with(kEnd)) return false;
  const std::string_view digits = name.substr(prefix.size(), 2 * kRandomBytes);
  return digits.find_first_not_of(kHexDigits) == std::string_view::npos;
}

// Everything up to the rename: the new content, durable under its temporary name. The file system
// made it 0600 with fchmod before it returned, so no content ever stood under another mode.
Result<void> fill(File& file, const std::optional<Owner>& owner, std::string_view bytes) {
  if (owner) {
    if (auto given = file.set_owner(owner->uid, owner->gid); !given) return given;
  }
  if (auto written = file.write_all(bytes); !written) return written;
  return file.sync();
}

}  // namespace

Result<std::optional<Owner>> rightful_owner(FileSystem& files, const std::string& path) {
  if (files.effective_uid() != 0) return std::optional<Owner>();
  FileStat found;
  auto has_directory = files.stat(behind_links(directory_of(path)), found);
  if (!has_directory) return std::move(has_directory).error();
  if (*has_directory && found.uid != 0) return std::optional<Owner>({found.uid, found.gid});
  auto has_file = files.stat(path, found);
  if (!has_file) return std::move(has_file).error();
  if (*has_file && found.uid != 0) return std::optional<Owner>({found.uid, found.gid});
  return std::optional<Owner>();
}

Result<bool> write_durably(FileSystem& files, Random& random, const std::string& path,
                           std::string_view bytes, const MayReplace& may_replace) {
  auto owner = rightful_owner(files, path);
  if (!owner) return std::move(owner).error();
  auto temporary = temporary_path(random, path);
  if (!temporary) return std::move(temporary).error();
  auto file = files.open(*temporary, FileSystem::Open::kCreateExclusive);
  if (!file) return std::move(file).error();

  // Nothing here is undone by a destructor: a process that is killed undoes nothing either.
  Result<void> done = fill(**file, *owner, bytes);
  file->reset();
  bool is_allowed = true;
  if (done && may_replace) {
    auto answer = may_replace();
    if (answer) {
      is_allowed = *answer;
    } else {
      done = std::move(answer).error();
    }
  }
  if (done && is_allowed) done = files.rename(*temporary, path);
  if (!done || !is_allowed) {
    // If this fails too, remove_leftovers finds it at the next write.
    static_cast<void>(files.remove(*temporary));
    if (!done) return std::move(done).error();
    return false;
  }
  if (auto synced = files.sync_directory(directory_of(path)); !synced) {
    return std::move(synced).error();
  }
  return true;
}

std::vector<std::string> remove_leftovers(FileSystem& files, const std::string& path) {
  std::vector<std::string> removed;
  const std::string directory = directory_of(path);
  auto names = files.list(directory);
  if (!names) return removed;
  const std::string prefix = temporary_prefix(path);
  for (const std::string& name : *names) {
    if (!is_temporary_name(name, prefix)) continue;
    const std::string leftover = path_in(directory, name);
    auto is_gone = files.remove(leftover);
    if (is_gone && *is_gone) removed.push_back(leftover);
  }
  return removed;
}

}  // namespace bmauth::core
