// The right to write one file, over all threads and processes: a permanent lock file beside it that
// is never unlinked, flock polled to a deadline, and a lock of this process before it (promises.md,
// "The lock").
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/clock.h"
#include "core/error.h"
#include "core/file_system.h"
#include "core/random.h"

namespace bmauth::core {

class FileLock {
 public:
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();  // releases; in a forked child of the holder it does nothing

  // Waits for the lock file at `path` (its directory must exist) until `deadline_monotonic_ms`;
  // there is always one try. lock_timeout, cancelled, store_permissions (planted, or of a foreign
  // owner), store_io.
  static Result<std::unique_ptr<FileLock>> acquire(FileSystem& files, Clock& clock, Random& random,
                                                   const std::string& path,
                                                   std::int64_t deadline_monotonic_ms,
                                                   Cancel* cancel);

  // False in a child that was forked while the lock was held: it belongs to the parent.
  bool is_held() const;
  // The file system knows no locks: other processes are not kept out.
  bool is_emulated() const { return is_emulated_; }

 private:
  enum class Try { kLocked, kBusy };
  FileLock(FileSystem& files, std::string path) : files_(files), path_(std::move(path)) {}
  Result<Try> try_once();
  Result<Try> try_file();
  bool enter_process();

  FileSystem& files_;
  std::string path_;
  std::unique_ptr<File> file_;
  std::uint64_t ticket_ = 0;  // 0: not entered
  bool is_emulated_ = false;
};

std::string lock_path(const std::string& file);

}  // namespace bmauth::core
