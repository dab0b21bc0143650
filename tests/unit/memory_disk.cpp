#include "tests/unit/memory_disk.h"

#include <cerrno>

namespace bmauth::core {
namespace {

constexpr int kMaxSymlinks = 8;

}  // namespace

std::vector<std::string> split(const std::string& path) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (start <= path.size()) {
    std::size_t end = path.find('/', start);
    if (end == std::string::npos) end = path.size();
    if (end > start) parts.push_back(path.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

MemoryFileSystem::Disk::Place MemoryFileSystem::Disk::find(const std::string& path,
                                                           std::uint32_t uid, bool is_following,
                                                           int depth) {
  Place place;
  if (path.empty() || path[0] != '/') return {ENOENT, 0, {}, 0};
  std::vector<std::string> parts = split(path);
  std::vector<std::uint64_t> parents;
  place.directory = kRoot;
  place.inode = kRoot;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    MemoryInode& directory = at(place.inode);
    if (directory.type != FileType::kDirectory) return {ENOTDIR, 0, {}, 0};
    if (!is_permitted(directory, uid, kMayEnter)) return {EACCES, 0, {}, 0};
    if (parts[i] == ".") continue;
    if (parts[i] == "..") {
      place.inode = parents.empty() ? kRoot : parents.back();
      if (!parents.empty()) parents.pop_back();
      continue;
    }
    place.directory = place.inode;
    place.name = parts[i];
    auto entry = directory.entries.find(parts[i]);
    bool is_last = i + 1 == parts.size();
    if (entry == directory.entries.end()) {
      place.inode = 0;
      if (!is_last) place.error = ENOENT;
      return place;
    }
    std::uint64_t child = entry->second;
    if (at(child).type == FileType::kSymlink && (!is_last || is_following)) {
      if (depth >= kMaxSymlinks) return {ELOOP, 0, {}, 0};
      std::string target = at(child).bytes;
      if (target.empty() || target[0] != '/') {
        std::string base;
        for (std::size_t j = 0; j < i; ++j) base += "/" + parts[j];
        target = base + "/" + target;
      }
      for (std::size_t j = i + 1; j < parts.size(); ++j) target += "/" + parts[j];
      return find(target, uid, is_following, depth + 1);
    }
    parents.push_back(place.inode);
    place.inode = child;
  }
  return place;
}

}  // namespace bmauth::core
