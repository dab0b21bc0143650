// What the programs of a MemoryFileSystem share: inodes, locks and a log.
#pragma once

#include <string>
#include <vector>

#include "tests/unit/memory_file_system.h"

namespace bmauth::core {

inline constexpr std::uint64_t kRoot = 1;

enum Permission : std::uint32_t { kMayRead = 4, kMayWrite = 2, kMayEnter = 1 };

inline bool is_permitted(const MemoryInode& inode, std::uint32_t uid, std::uint32_t wanted) {
  if (uid == 0) return true;
  std::uint32_t granted = inode.uid == uid ? (inode.mode >> 6) & 7 : inode.mode & 7;
  return (granted & wanted) == wanted;
}

// The components of a path.
std::vector<std::string> split(const std::string& path);

struct MemoryFileSystem::Disk {
  std::mutex mutex;
  MemoryTree tree;
  MemoryTree durable_base;
  std::uint64_t next_inode = 2;
  std::int64_t now_ns = 1'000'000'000;
  bool is_read_only = false;
  bool has_locks = true;
  std::map<std::uint64_t, const File*> lock_holders;
  std::vector<FileOperation> log;

  MemoryInode& at(std::uint64_t number) { return tree.at(number); }

  void touch(MemoryInode& inode, bool is_content) {
    now_ns += 1000;
    inode.changed_ns = now_ns;
    if (is_content) inode.modified_ns = now_ns;
  }

  std::uint64_t make_inode(FileType type, std::uint32_t mode, std::uint32_t uid) {
    std::uint64_t number = next_inode++;
    MemoryInode& inode = tree[number];
    inode.type = type;
    inode.mode = mode;
    inode.uid = uid;
    inode.gid = uid;
    touch(inode, true);
    return number;
  }

  struct Place {
    int error = 0;
    std::uint64_t directory = 0;
    std::string name;
    std::uint64_t inode = 0;  // 0: nothing there
  };

  // Follows symlinks in all components but the last; in that too if `is_following`.
  Place find(const std::string& path, std::uint32_t uid, bool is_following = false, int depth = 0);

  FileStat stat_of(std::uint64_t number) {
    const MemoryInode& inode = at(number);
    FileStat out;
    out.type = inode.type;
    out.mode = inode.mode;
    out.uid = inode.uid;
    out.gid = inode.gid;
    out.link_count = inode.link_count;
    out.identity = {1, number, inode.bytes.size(), inode.modified_ns, inode.changed_ns};
    return out;
  }

  void unlink_inode(std::uint64_t number) {
    MemoryInode& inode = at(number);
    if (inode.link_count > 0) --inode.link_count;
    touch(inode, false);
  }
};

}  // namespace bmauth::core
