// Seam: files. Only what the store and the configuration need, in the kernel's own terms, so that a
// double can cut the power between any two calls.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace bmauth::core {

enum class FileType { kRegular, kDirectory, kSymlink, kOther };

// What tells one state of a file from another without reading it.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size_bytes = 0;
  std::int64_t modified_ns = 0;
  std::int64_t changed_ns = 0;
  friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};

struct FileStat {
  FileType type = FileType::kRegular;
  std::uint32_t mode = 0;  // permission bits alone
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  std::uint64_t link_count = 1;
  FileIdentity identity;
};

// An open file. Closing never fails loudly: what must be known is known by sync.
class File {
 public:
  virtual ~File() = default;
  virtual Result<FileStat> stat() = 0;
  // Everything from the start, up to `max_bytes`; more is Code::kStoreIo with "larger than".
  virtual Result<std::string> read_all(std::size_t max_bytes) = 0;
  virtual Result<void> write_all(std::string_view bytes) = 0;
  virtual Result<void> sync() = 0;
  virtual Result<void> set_mode(std::uint32_t mode) = 0;                     // fchmod
  virtual Result<void> set_owner(std::uint32_t uid, std::uint32_t gid) = 0;  // fchown
  // flock(LOCK_EX | LOCK_NB). kLocked also where the file system knows no locks (ENOLCK): then
  // `is_emulated` is set, and only this process is kept out.
  enum class Lock { kLocked, kBusy };
  virtual Result<Lock> try_lock(bool& is_emulated) = 0;
};

// errno of a failed call travels in Error::message in words: EACCES, EPERM and EROFS are
// store_permissions, all others store_io.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  enum class Open {
    kRead,             // O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
    kCreateExclusive,  // O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode 0600, fchmod at
                       // once
    kLockFile,         // O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, mode 0600
  };
  // A missing file is a null pointer, not an error. For kCreateExclusive an existing one is an
  // error.
  virtual Result<std::unique_ptr<File>> open(const std::string& path, Open how) = 0;

  // lstat(2). False if nothing is there.
  virtual Result<bool> stat(const std::string& path, FileStat& out) = 0;
  virtual Result<std::string> resolve_symlink(
      const std::string& path) = 0;  // one readlink, made absolute
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  virtual Result<bool> remove(const std::string& path) = 0;  // false: it was not there
  virtual Result<void> sync_directory(const std::string& path) = 0;
  // Each new one 0700, and durable in its parent before this returns.
  virtual Result<void> make_directories(const std::string& path) = 0;
  virtual Result<void> set_directory_mode(const std::string& path, std::uint32_t mode) = 0;
  virtual Result<std::vector<std::string>> list(const std::string& path) = 0;  // names, sorted
  // faccessat(2) with AT_EACCESS: what a mode cannot tell (a read-only mount, groups). A hint for
  // what to say, never a check before use.
  virtual bool is_directory_writable(const std::string& path) = 0;
  virtual std::uint32_t effective_uid() = 0;
};

// The machine's own. Thread-safe; lives for the whole process.
FileSystem& posix_file_system();

}  // namespace bmauth::core
