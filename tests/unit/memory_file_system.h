// A FileSystem in memory: inodes, modes, owners, links, locks; a log of every operation; faults on
// demand; and every state that a power cut may leave.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/file_system.h"

namespace bmauth::core {

// One call through the seam, with what is needed to do it again.
struct FileOperation {
  // open create open_lock fstat read write fsync fchmod fchown flock close
  // stat readlink rename unlink fsync_dir mkdir chmod_dir list access
  std::string name;
  std::string path;   // rename: the old name
  std::string to;     // rename: the new name
  std::string bytes;  // write: what reached the file, also when the write then failed
  bool is_ok = true;
  std::uint64_t inode = 0;      // the file concerned
  std::uint64_t directory = 0;  // where the entry `path` stands; fsync_dir: the directory itself
  std::uint64_t to_directory = 0;
  std::uint32_t mode = 0;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
};

struct MemoryInode {
  FileType type = FileType::kRegular;
  std::uint32_t mode = 0600;
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint64_t link_count = 1;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  std::string bytes;                             // of a symlink: its target
  std::map<std::string, std::uint64_t> entries;  // of a directory
};

// Inode numbers to inodes; 1 is the root. Unlinked inodes stay: an open file may still hold them.
using MemoryTree = std::map<std::uint64_t, MemoryInode>;

// Several simulated processes may look at one disk (another_process); each has its own user, hook
// and faults. Thread-safe; hook and faults are set before use.
class MemoryFileSystem : public FileSystem {
 public:
  MemoryFileSystem();  // an empty root directory, 0755, of root; effective uid 1000
  explicit MemoryFileSystem(MemoryTree tree);
  ~MemoryFileSystem() override;

  // The same disk seen by another process: locks of the two exclude each other.
  std::unique_ptr<MemoryFileSystem> another_process();

  // FileSystem.
  Result<std::unique_ptr<File>> open(const std::string& path, Open how) override;
  Result<bool> stat(const std::string& path, FileStat& out) override;
  Result<std::string> resolve_symlink(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<bool> remove(const std::string& path) override;
  Result<void> sync_directory(const std::string& path) override;
  Result<void> make_directories(const std::string& path) override;
  Result<void> set_directory_mode(const std::string& path, std::uint32_t mode) override;
  Result<std::vector<std::string>> list(const std::string& path) override;
  bool is_directory_writable(const std::string& path) override;
  std::uint32_t effective_uid() override { return effective_uid_; }

  // Preparing and looking, past the seam: never logged, hooked or failed; durable at once. Missing
  // parent directories are made 0755, of the effective uid.
  void put_file(const std::string& path, std::string_view bytes, std::uint32_t mode = 0600,
                std::optional<std::uint32_t> uid = std::nullopt);
  void put_directory(const std::string& path, std::uint32_t mode = 0700,
                     std::optional<std::uint32_t> uid = std::nullopt);
  void put_symlink(const std::string& path, std::string_view target,
                   std::optional<std::uint32_t> uid = std::nullopt);
  void put_link(const std::string& path, const std::string& existing);  // a hard link
  void put_other(const std::string& path);                              // a FIFO, a device
  void remove_file(const std::string& path);
  // As a writer that truncates in place, like `bm`: the inode stays.
  void overwrite_file(const std::string& path, std::string_view bytes);
  std::optional<std::string> get_file(const std::string& path);   // symlinks followed
  std::optional<MemoryInode> get_inode(const std::string& path);  // symlinks not followed
  std::vector<std::string> names_in(const std::string& directory);
  // Path to content of every regular file, for "nothing changed" in one comparison.
  std::map<std::string, std::string> all_files();
  bool is_locked(const std::string& path);

  void set_effective_uid(std::uint32_t uid) { effective_uid_ = uid; }
  void set_read_only(bool is_read_only);        // EROFS for every change, by any process
  void set_locks_supported(bool is_supported);  // false: flock answers ENOLCK, try_lock emulates

  // Called before every operation but close, on the calling thread, without the lock of this
  // object: a scheduler may yield in it, a killed process may be simulated by throwing.
  std::function<void(const char* operation, const std::string& path)> before_operation;

  // The `k`-th operation of that name from now on fails (k counts from 1; "*" is any operation),
  // once or for ever from then on. A failing write leaves half of its bytes.
  void fail(const std::string& operation, int k, Error error, bool is_for_ever = false);
  // The same for operations on paths that end with `suffix`.
  void fail_at(const std::string& operation, const std::string& suffix, int k, Error error,
               bool is_for_ever = false);
  void clear_faults();

  // The log since construction or the last `begin_log`, of all processes of this disk.
  std::vector<FileOperation> log();
  // Forgets the log; what stands now is durable.
  void begin_log();
  // Every disk that may be found after a power cut that came when the first `operations` of the log
  // were done: of data that was not synced none, half, a hole or all; of directory entries that
  // were not synced any selection. `what` says which, for a failing test.
  void for_each_power_cut(
      std::size_t operations,
      const std::function<void(MemoryFileSystem& disk, const std::string& what)>& visit);

 private:
  friend class MemoryFile;
  struct Disk;
  struct Fault {
    std::string operation;
    std::string suffix;
    int countdown;
    Error error;
    bool is_for_ever;
  };
  explicit MemoryFileSystem(std::shared_ptr<Disk> disk);

  // Hook, then faults. An Error if this operation is to fail.
  std::optional<Error> enter(const char* operation, const std::string& path);

  std::shared_ptr<Disk> disk_;
  std::uint32_t effective_uid_ = 1000;
  std::mutex faults_mutex_;
  std::vector<Fault> faults_;
};

// An Error in the words of an errno, as the real file system gives it.
Error file_error(int error_number, const std::string& path);

}  // namespace bmauth::core
