#include "core/file_lock.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <utility>

#include "core/durable_write.h"
#include "core/fork_mutex.h"
#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kFirstPause_ms = 5;
constexpr std::int64_t kLongestPause_ms = 50;
constexpr std::size_t kMaxPathBytes = 4096;

// Which locks this process holds, and by which ticket. A file system is part of the name because
// tests simulate processes by several of them.
struct HeldByProcess {
  static inline std::map<std::pair<const FileSystem*, std::string>, std::uint64_t> tickets;
  static inline std::uint64_t last_ticket = 0;
  static void in_child() { tickets.clear(); }  // they are the parent's
};

ForkMutex<HeldByProcess> held_mutex;

// Between one half and all of `pause_ms`, so that waiters do not march in step.
std::int64_t jittered(Random& random, std::int64_t pause_ms) {
  std::array<std::uint8_t, 1> byte = {255};
  static_cast<void>(random.fill(byte));  // without randomness: the whole pause
  return std::max<std::int64_t>(1, pause_ms / 2 + pause_ms * byte[0] / 510);
}

}  // namespace

std::string lock_path(const std::string& file) {
  return file + ".lock";
}

FileLock::~FileLock() {
  // The file first: whoever enters next in this process finds it free.
  file_.reset();
  if (ticket_ == 0) return;
  std::lock_guard guard(held_mutex);
  auto entry = HeldByProcess::tickets.find({&files_, path_});
  if (entry != HeldByProcess::tickets.end() && entry->second == ticket_) {
    HeldByProcess::tickets.erase(entry);
  }
}

bool FileLock::is_held() const {
  std::lock_guard guard(held_mutex);
  auto entry = HeldByProcess::tickets.find({&files_, path_});
  return entry != HeldByProcess::tickets.end() && entry->second == ticket_;
}

bool FileLock::enter_process() {
  if (ticket_ != 0) return true;
  std::lock_guard guard(held_mutex);
  auto [entry, is_free] = HeldByProcess::tickets.try_emplace({&files_, path_}, 0);
  if (!is_free) return false;
  ticket_ = entry->second = ++HeldByProcess::last_ticket;
  return true;
}

Result<FileLock::Try> FileLock::try_once() {
  if (!enter_process()) return Try::kBusy;
  // Twice: once more if the file was replaced under our hands.
  for (int i = 0; i < 2; ++i) {
    auto tried = try_file();
    if (!tried || *tried == Try::kBusy) return tried;
    FileStat opened;
    FileStat named;
    auto stat = file_->stat();
    if (!stat) return std::move(stat).error();
    opened = *stat;
    auto is_there = files_.stat(path_, named);
    if (!is_there) return std::move(is_there).error();
    // A lock on a file that has lost its name keeps nobody out.
    if (*is_there && named.identity.inode == opened.identity.inode &&
        named.identity.device == opened.identity.device) {
      return Try::kLocked;
    }
    file_.reset();
  }
  return Try::kBusy;
}

Result<FileLock::Try> FileLock::try_file() {
  if (file_ == nullptr) {
    auto file = files_.open(path_, FileSystem::Open::kLockFile);
    if (!file) return std::move(file).error();
    auto stat = (*file)->stat();
    if (!stat) return std::move(stat).error();
    const std::uint32_t user = files_.effective_uid();
    const std::string shown_path = harmless(path_, kMaxPathBytes);
    if (stat->type != FileType::kRegular) {
      return make_error(Code::kStorePermissions, shown_path + ": not a regular file");
    }
    if (user != 0 && stat->uid != user && stat->uid != 0) {
      return make_error(Code::kStorePermissions, shown_path + ": owned by another user");
    }
    if (stat->uid == user) {
      if ((stat->mode & 0077) != 0) {
        // Who can open it can hold it for ever.
        if (auto set = (*file)->set_mode(0600); !set) return std::move(set).error();
      }
      auto owner = rightful_owner(files_, path_);
      if (!owner) return std::move(owner).error();
      if (*owner) {
        if (auto given = (*file)->set_owner((*owner)->uid, (*owner)->gid); !given) {
          return std::move(given).error();
        }
      }
    }
    file_ = *std::move(file);
  }
  auto locked = file_->try_lock(is_emulated_);
  if (!locked) return std::move(locked).error();
  return *locked == File::Lock::kLocked ? Try::kLocked : Try::kBusy;
}

Result<std::unique_ptr<FileLock>> FileLock::acquire(FileSystem& files, Clock& clock, Random& random,
                                                    const std::string& path,
                                                    std::int64_t deadline_monotonic_ms,
                                                    Cancel* cancel) {
  std::unique_ptr<FileLock> lock(new FileLock(files, path));
  std::int64_t pause_ms = kFirstPause_ms;
  for (;;) {
    auto tried = lock->try_once();
    if (!tried) return std::move(tried).error();
    if (*tried == Try::kLocked) return lock;
    const std::int64_t left_ms = deadline_monotonic_ms - clock.monotonic_ms();
    if (left_ms <= 0) {
      return make_error(Code::kLockTimeout, harmless(path, kMaxPathBytes) +
                                                ": another holder did not release it in time");
    }
    if (!clock.sleep_ms(std::min(left_ms, jittered(random, pause_ms)), cancel)) {
      return make_error(Code::kCancelled,
                        "cancelled while waiting for " + harmless(path, kMaxPathBytes));
    }
    pause_ms = std::min(kLongestPause_ms, pause_ms * 3 / 2);
  }
}

}  // namespace bmauth::core
