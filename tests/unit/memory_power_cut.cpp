// What a disk may hold after the power was cut: what fsync made durable, and any part of the rest.
#include <algorithm>
#include <set>
#include <utility>

#include "tests/unit/memory_disk.h"
#include "tests/unit/memory_file_system.h"

namespace bmauth::core {

std::vector<FileOperation> MemoryFileSystem::log() {
  std::lock_guard guard(disk_->mutex);
  return disk_->log;
}

void MemoryFileSystem::begin_log() {
  std::lock_guard guard(disk_->mutex);
  disk_->log.clear();
  disk_->durable_base = disk_->tree;
}

namespace {

// A change of directory entries that no fsync has made durable yet.
struct PendingEntry {
  enum Kind { kAdd, kRename, kRemove } kind;
  std::uint64_t directory;
  std::string name;
  std::uint64_t to_directory = 0;
  std::string to_name;
  std::uint64_t inode = 0;
};

std::string base_name(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

void settle(MemoryTree& tree, const PendingEntry& entry) {
  switch (entry.kind) {
    case PendingEntry::kAdd:
      tree[entry.directory].entries[entry.name] = entry.inode;
      break;
    case PendingEntry::kRename:
      tree[entry.directory].entries.erase(entry.name);
      tree[entry.to_directory].entries[entry.to_name] = entry.inode;
      break;
    case PendingEntry::kRemove:
      tree[entry.directory].entries.erase(entry.name);
      break;
  }
}

struct CutState {
  MemoryTree durable;  // what surely is on the disk
  MemoryTree current;  // what the processes saw
  std::vector<PendingEntry> pending;
  std::set<std::uint64_t> unsynced;  // inodes whose content or mode is not durable
};

void replay(CutState& state, const FileOperation& operation) {
  bool is_new =
      operation.bytes == "new" &&
      (operation.name == "create" || operation.name == "open_lock" || operation.name == "mkdir");
  if (operation.name == "write") {
    state.current[operation.inode].bytes += operation.bytes;
    state.unsynced.insert(operation.inode);
  }
  if (!operation.is_ok) return;
  if (is_new) {
    MemoryInode inode;
    inode.type = operation.name == "mkdir" ? FileType::kDirectory : FileType::kRegular;
    inode.mode = operation.mode;
    inode.uid = operation.uid;
    inode.gid = operation.gid;
    state.current[operation.inode] = inode;
    state.durable[operation.inode] = inode;
    state.pending.push_back({PendingEntry::kAdd,
                             operation.directory,
                             base_name(operation.path),
                             0,
                             {},
                             operation.inode});
  } else if (operation.name == "fchmod" || operation.name == "chmod_dir") {
    state.current[operation.inode].mode = operation.mode;
    state.unsynced.insert(operation.inode);
  } else if (operation.name == "fchown") {
    state.current[operation.inode].uid = operation.uid;
    state.current[operation.inode].gid = operation.gid;
    state.unsynced.insert(operation.inode);
  } else if (operation.name == "fsync") {
    auto entries = std::move(state.durable[operation.inode].entries);
    state.durable[operation.inode] = state.current[operation.inode];
    state.durable[operation.inode].entries = std::move(entries);
    state.unsynced.erase(operation.inode);
  } else if (operation.name == "rename") {
    state.pending.push_back({PendingEntry::kRename, operation.directory, base_name(operation.path),
                             operation.to_directory, base_name(operation.to), operation.inode});
  } else if (operation.name == "unlink") {
    state.pending.push_back({PendingEntry::kRemove,
                             operation.directory,
                             base_name(operation.path),
                             0,
                             {},
                             operation.inode});
  } else if (operation.name == "fsync_dir") {
    std::vector<PendingEntry> left;
    for (const PendingEntry& entry : state.pending) {
      bool is_settled = entry.kind == PendingEntry::kRename
                            ? entry.to_directory == operation.directory
                            : entry.directory == operation.directory;
      if (is_settled) {
        settle(state.durable, entry);
      } else {
        left.push_back(entry);
      }
    }
    state.pending = std::move(left);
  }
}

}  // namespace

void MemoryFileSystem::for_each_power_cut(
    std::size_t operations,
    const std::function<void(MemoryFileSystem& disk, const std::string& what)>& visit) {
  CutState state;
  std::vector<FileOperation> done;
  {
    std::lock_guard guard(disk_->mutex);
    state.durable = disk_->durable_base;
    done.assign(disk_->log.begin(), disk_->log.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                             operations, disk_->log.size())));
  }
  state.current = state.durable;
  for (const FileOperation& operation : done) replay(state, operation);

  std::vector<std::uint64_t> files(state.unsynced.begin(), state.unsynced.end());
  constexpr const char* kKept[] = {"lost", "whole", "half", "hole"};
  std::size_t selections = std::size_t{1} << std::min<std::size_t>(state.pending.size(), 12);
  std::size_t fates = 1;
  for (std::size_t i = 0; i < files.size(); ++i) fates *= std::size(kKept);
  for (std::size_t selection = 0; selection < selections; ++selection) {
    for (std::size_t fate = 0; fate < fates; ++fate) {
      MemoryTree tree = state.durable;
      std::string what = "after " + std::to_string(done.size()) + " operations";
      std::size_t rest = fate;
      for (std::uint64_t number : files) {
        std::size_t kept = rest % std::size(kKept);
        rest /= std::size(kKept);
        auto entries = tree[number].entries;
        const MemoryInode& current = state.current[number];
        if (kept != 0) tree[number] = current;
        if (kept == 2) tree[number].bytes.resize(current.bytes.size() / 2);
        if (kept == 3) tree[number].bytes.assign(current.bytes.size(), '\0');
        tree[number].entries = std::move(entries);
        what += "; inode " + std::to_string(number) + " " + kKept[kept];
      }
      for (std::size_t i = 0; i < state.pending.size(); ++i) {
        bool is_kept = (selection >> i & 1) != 0;
        if (is_kept) settle(tree, state.pending[i]);
        what += "; entry " + state.pending[i].name + (is_kept ? " kept" : " lost");
      }
      MemoryFileSystem disk(std::move(tree));
      disk.set_effective_uid(effective_uid_);
      visit(disk, what);
    }
  }
}

}  // namespace bmauth::core
