// What a test does to a disk past all programs: it puts and looks.
#include <algorithm>
#include <utility>

#include "core/path.h"
#include "tests/unit/memory_disk.h"
#include "tests/unit/memory_file_system.h"

namespace bmauth::core {
namespace {

// Modes of parents that exist already are kept.
bool has(MemoryFileSystem& files, const std::string& path) {
  return path == "/" || files.get_inode(path).has_value();
}

}  // namespace

void MemoryFileSystem::put_directory(const std::string& path, std::uint32_t mode,
                                     std::optional<std::uint32_t> uid) {
  std::lock_guard guard(disk_->mutex);
  std::string prefix;
  for (const std::string& part : split(path)) {
    prefix += "/" + part;
    Disk::Place place = disk_->find(prefix, 0, true);
    if (place.inode != 0) continue;
    std::uint64_t made =
        disk_->make_inode(FileType::kDirectory, 0755, uid.value_or(effective_uid_));
    disk_->at(place.directory).entries[place.name] = made;
    disk_->touch(disk_->at(place.directory), true);
  }
  MemoryInode& inode = disk_->at(disk_->find(path, 0, true).inode);
  inode.mode = mode;
  if (uid) inode.uid = inode.gid = *uid;
  disk_->touch(inode, false);
  disk_->durable_base = disk_->tree;
}

void MemoryFileSystem::put_file(const std::string& path, std::string_view bytes, std::uint32_t mode,
                                std::optional<std::uint32_t> uid) {
  if (!has(*this, directory_of(path))) put_directory(directory_of(path), 0755);
  std::lock_guard guard(disk_->mutex);
  Disk::Place place = disk_->find(path, 0);
  if (place.inode != 0) disk_->unlink_inode(place.inode);
  std::uint64_t made = disk_->make_inode(FileType::kRegular, mode, uid.value_or(effective_uid_));
  disk_->at(made).bytes = bytes;
  disk_->at(place.directory).entries[place.name] = made;
  disk_->touch(disk_->at(place.directory), true);
  disk_->durable_base = disk_->tree;
}

void MemoryFileSystem::put_symlink(const std::string& path, std::string_view target,
                                   std::optional<std::uint32_t> uid) {
  put_file(path, target, 0777, uid);
  std::lock_guard guard(disk_->mutex);
  disk_->at(disk_->find(path, 0).inode).type = FileType::kSymlink;
  disk_->durable_base = disk_->tree;
}

void MemoryFileSystem::put_link(const std::string& path, const std::string& existing) {
  std::lock_guard guard(disk_->mutex);
  Disk::Place place = disk_->find(path, 0);
  std::uint64_t inode = disk_->find(existing, 0).inode;
  ++disk_->at(inode).link_count;
  disk_->at(place.directory).entries[place.name] = inode;
  disk_->durable_base = disk_->tree;
}

void MemoryFileSystem::put_other(const std::string& path) {
  put_file(path, "");
  std::lock_guard guard(disk_->mutex);
  disk_->at(disk_->find(path, 0).inode).type = FileType::kOther;
  disk_->durable_base = disk_->tree;
}

void MemoryFileSystem::remove_file(const std::string& path) {
  std::lock_guard guard(disk_->mutex);
  Disk::Place place = disk_->find(path, 0);
  if (place.inode == 0) return;
  disk_->at(place.directory).entries.erase(place.name);
  disk_->touch(disk_->at(place.directory), true);
  disk_->unlink_inode(place.inode);
  disk_->durable_base = disk_->tree;
}

void MemoryFileSystem::overwrite_file(const std::string& path, std::string_view bytes) {
  std::lock_guard guard(disk_->mutex);
  MemoryInode& inode = disk_->at(disk_->find(path, 0, true).inode);
  inode.bytes = bytes;
  disk_->touch(inode, true);
  disk_->durable_base = disk_->tree;
}

std::optional<std::string> MemoryFileSystem::get_file(const std::string& path) {
  std::lock_guard guard(disk_->mutex);
  Disk::Place place = disk_->find(path, 0, true);
  if (place.error != 0 || place.inode == 0) return std::nullopt;
  return disk_->at(place.inode).bytes;
}

std::optional<MemoryInode> MemoryFileSystem::get_inode(const std::string& path) {
  std::lock_guard guard(disk_->mutex);
  Disk::Place place = disk_->find(path, 0);
  if (place.error != 0 || place.inode == 0) return std::nullopt;
  return disk_->at(place.inode);
}

std::vector<std::string> MemoryFileSystem::names_in(const std::string& directory) {
  std::vector<std::string> names;
  if (auto inode = get_inode(directory)) {
    for (const auto& [name, child] : inode->entries) names.push_back(name);
  }
  return names;
}

std::map<std::string, std::string> MemoryFileSystem::all_files() {
  std::lock_guard guard(disk_->mutex);
  std::map<std::string, std::string> files;
  std::vector<std::pair<std::string, std::uint64_t>> pending = {{"", kRoot}};
  while (!pending.empty()) {
    auto [path, number] = pending.back();
    pending.pop_back();
    for (const auto& [name, child] : disk_->at(number).entries) {
      const MemoryInode& inode = disk_->at(child);
      std::string child_path = path + "/" + name;
      if (inode.type == FileType::kDirectory) {
        pending.emplace_back(child_path, child);
      } else if (inode.type == FileType::kRegular) {
        files[child_path] = inode.bytes;
      }
    }
  }
  return files;
}

bool MemoryFileSystem::is_locked(const std::string& path) {
  std::lock_guard guard(disk_->mutex);
  return disk_->lock_holders.count(disk_->find(path, 0, true).inode) > 0;
}

}  // namespace bmauth::core
