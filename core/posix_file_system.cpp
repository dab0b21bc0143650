#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <set>
#include <string>
#include <system_error>
#include <utility>

#include "core/file_system.h"
#include "core/fork_mutex.h"
#include "core/path.h"
#include "core/sanitize.h"
#include "core/secret.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxPathBytes = 4096;
constexpr std::uint32_t kPermissionBits = 07777;

Error errno_error(int number, const char* verb, const std::string& path) {
  const bool is_refused = number == EACCES || number == EPERM || number == EROFS;
  // O_NOFOLLOW reports a symbolic link as a loop, which nobody would understand.
  const std::string words =
      number == ELOOP ? "it is a symbolic link" : std::generic_category().message(number);
  return make_error(
      is_refused ? Code::kStorePermissions : Code::kStoreIo,
      std::string("cannot ") + verb + " " + harmless(path, kMaxPathBytes) + ": " + words);
}

// The call again for as long as a signal interrupts it.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

int open_descriptor(const std::string& path, int flags, unsigned mode = 0) {
  return uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode); });
}

FileStat to_file_stat(const struct stat& from) {
  FileStat out;
  out.type = S_ISREG(from.st_mode)   ? FileType::kRegular
             : S_ISDIR(from.st_mode) ? FileType::kDirectory
             : S_ISLNK(from.st_mode) ? FileType::kSymlink
                                     : FileType::kOther;
  out.mode = from.st_mode & kPermissionBits;
  out.uid = from.st_uid;
  out.gid = from.st_gid;
  out.link_count = from.st_nlink;
#ifdef __APPLE__
  const timespec modified = from.st_mtimespec;
  const timespec changed = from.st_ctimespec;
#else
  const timespec modified = from.st_mtim;
  const timespec changed = from.st_ctim;
#endif
  constexpr std::int64_t kNsPerS = 1'000'000'000;
  out.identity = {static_cast<std::uint64_t>(from.st_dev), static_cast<std::uint64_t>(from.st_ino),
                  static_cast<std::uint64_t>(from.st_size),
                  static_cast<std::int64_t>(modified.tv_sec) * kNsPerS + modified.tv_nsec,
                  static_cast<std::int64_t>(changed.tv_sec) * kNsPerS + changed.tv_nsec};
  return out;
}

int sync_descriptor(int descriptor) {
#ifdef __APPLE__
  // fsync stops at the drive's cache there.
  if (::fcntl(descriptor, F_FULLFSYNC) == 0) return 0;
#endif
  return uninterrupted([&] { return ::fsync(descriptor); });
}

// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

using InodeKey = std::pair<std::uint64_t, std::uint64_t>;

// Descriptors that may carry a lock. A flock belongs to the open file, which a forked child shares:
// it would outlive its holder in that child. So the child closes them; unlocking would take the
// lock from the parent. Opening and listing are one step to fork, because the mutex is held over
// it.
struct LockDescriptors {
  static inline std::set<int*> open;
  // Where flock is not to be had: the files that this process holds.
  static inline std::set<InodeKey> emulated;

  static void in_child() {
    for (int* descriptor : open) {
      ::close(*descriptor);
      *descriptor = -1;
    }
    open.clear();
    emulated.clear();
  }
};

ForkMutex<LockDescriptors> lock_descriptors_mutex;

class PosixFile : public File {
 public:
  PosixFile(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  PosixFile(const PosixFile&) = delete;
  PosixFile& operator=(const PosixFile&) = delete;

  ~PosixFile() override {
    if (!is_lock_file_) {
      ::close(descriptor_);
      return;
    }
    std::lock_guard guard(lock_descriptors_mutex);
    if (descriptor_ < 0) return;  // this is a forked child, and the lock the parent's
    if (is_emulating_) LockDescriptors::emulated.erase(lock_key_);
    LockDescriptors::open.erase(&descriptor_);
    ::close(descriptor_);
  }

  // Opens, and lists the descriptor for the forked child, in one step.
  static Result<std::unique_ptr<File>> open_lock_file(const std::string& path);

  Result<FileStat> stat() override {
    struct stat found;
    if (::fstat(descriptor_, &found) != 0) return errno_error(errno, "look at", path_);
    return to_file_stat(found);
  }

  Result<std::string> read_all(std::size_t max_bytes) override {
    auto found = stat();
    if (!found) return std::move(found).error();
    std::string bytes;
    if (found->identity.size_bytes > max_bytes) return larger_than(max_bytes);
    // Never reallocated for a file that keeps its size: no copy of a secret stays behind.
    bytes.resize(static_cast<std::size_t>(found->identity.size_bytes) + 1);
    std::size_t have = 0;
    for (;;) {
      const ssize_t count = uninterrupted([&] {
        return ::pread(descriptor_, bytes.data() + have, bytes.size() - have,
                       static_cast<off_t>(have));
      });
      if (count < 0) {
        wipe(bytes.data(), have);
        return errno_error(errno, "read", path_);
      }
      if (count == 0) break;
      have += static_cast<std::size_t>(count);
      if (have > max_bytes) {
        wipe(bytes.data(), have);
        return larger_than(max_bytes);
      }
      if (have == bytes.size()) {
        std::string wider(have + 64 * 1024, '\0');
        bytes.copy(wider.data(), have);
        wipe(bytes.data(), have);
        bytes.swap(wider);
      }
    }
    bytes.resize(have);
    return bytes;
  }

  Result<void> write_all(std::string_view bytes) override {
    while (!bytes.empty()) {
      const ssize_t count =
          uninterrupted([&] { return ::write(descriptor_, bytes.data(), bytes.size()); });
      if (count < 0) return errno_error(errno, "write", path_);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
  }

  Result<void> sync() override {
    if (sync_descriptor(descriptor_) != 0) return errno_error(errno, "sync", path_);
    return {};
  }

  Result<void> set_mode(std::uint32_t mode) override {
    if (::fchmod(descriptor_, mode) != 0) return errno_error(errno, "change the mode of", path_);
    return {};
  }

  Result<void> set_owner(std::uint32_t uid, std::uint32_t gid) override {
    if (::fchown(descriptor_, uid, gid) != 0) return errno_error(errno, "give away", path_);
    return {};
  }

  Result<Lock> try_lock(bool& is_emulated) override {
    is_emulated = false;
    if (uninterrupted([&] { return ::flock(descriptor_, LOCK_EX | LOCK_NB); }) == 0) {
      return Lock::kLocked;
    }
    if (errno == EWOULDBLOCK) return Lock::kBusy;
    if (errno != ENOLCK && errno != EOPNOTSUPP && errno != ENOTSUP) {
      return errno_error(errno, "lock", path_);
    }
    auto found = stat();
    if (!found) return std::move(found).error();
    is_emulated = true;
    std::lock_guard guard(lock_descriptors_mutex);
    if (is_emulating_) return Lock::kLocked;
    lock_key_ = {found->identity.device, found->identity.inode};
    is_emulating_ = LockDescriptors::emulated.insert(lock_key_).second;
    return is_emulating_ ? Lock::kLocked : Lock::kBusy;
  }

 private:
  Error larger_than(std::size_t max_bytes) const {
    return make_error(Code::kStoreIo, harmless(path_, kMaxPathBytes) + ": larger than " +
                                          std::to_string(max_bytes) + " bytes");
  }

  std::string path_;
  int descriptor_;
  bool is_lock_file_ = false;
  bool is_emulating_ = false;
  InodeKey lock_key_;
};

// A lock file of ours that umask, or a crash right after its creation, left unusable to its owner.
// Nobody else can have put another file there: directories that others can write are refused
// before.
bool mend_lock_file_mode(const std::string& path) {
  struct stat found;
  if (::lstat(path.c_str(), &found) != 0 || !S_ISREG(found.st_mode)) return false;
  if (found.st_uid != ::geteuid() || (found.st_mode & 0600) == 0600) return false;
  return ::chmod(path.c_str(), 0600) == 0;
}

Result<std::unique_ptr<File>> PosixFile::open_lock_file(const std::string& path) {
  auto file = std::make_unique<PosixFile>(path, -1);
  file->is_lock_file_ = true;
  std::lock_guard guard(lock_descriptors_mutex);
  LockDescriptors::open.insert(&file->descriptor_);
  constexpr int kFlags = O_RDWR | O_NOFOLLOW | O_NONBLOCK;
  int number = 0;
  bool is_new = false;
  for (int tries = 0; tries < 8; ++tries) {
    file->descriptor_ = open_descriptor(path, kFlags);
    number = errno;
    if (file->descriptor_ >= 0) break;
    if (number == EACCES && mend_lock_file_mode(path)) continue;
    if (number != ENOENT) break;
    file->descriptor_ = open_descriptor(path, kFlags | O_CREAT | O_EXCL, 0600);
    number = errno;
    is_new = file->descriptor_ >= 0;
    if (is_new || number != EEXIST) break;
  }
  if (is_new && ::fchmod(file->descriptor_, 0600) != 0) {
    number = errno;
    ::close(file->descriptor_);
    file->descriptor_ = -1;
  }
  if (file->descriptor_ < 0) {
    // The destructor sees a closed file and must not take the mutex that is held here.
    LockDescriptors::open.erase(&file->descriptor_);
    file->is_lock_file_ = false;
    return errno_error(number, "open", path);
  }
  return std::unique_ptr<File>(std::move(file));
}

class PosixFileSystem : public FileSystem {
 public:
  Result<std::unique_ptr<File>> open(const std::string& path, Open how) override {
    if (how == Open::kLockFile) return PosixFile::open_lock_file(path);
    const bool is_new = how == Open::kCreateExclusive;
    const int flags =
        is_new ? O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW : O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
    Descriptor descriptor(open_descriptor(path, flags, 0600));
    if (descriptor.number() < 0) {
      if (!is_new && errno == ENOENT) return std::unique_ptr<File>();
      return errno_error(errno, is_new ? "create" : "open", path);
    }
    // A umask may have taken the owner's own bits.
    if (is_new && ::fchmod(descriptor.number(), 0600) != 0) {
      Error error = errno_error(errno, "change the mode of", path);
      ::unlink(path.c_str());
      return error;
    }
    auto file = std::make_unique<PosixFile>(path, descriptor.number());
    descriptor.release();
    return std::unique_ptr<File>(std::move(file));
  }

  Result<bool> stat(const std::string& path, FileStat& out) override {
    struct stat found;
    if (::lstat(path.c_str(), &found) != 0) {
      if (errno == ENOENT) return false;
      return errno_error(errno, "look at", path);
    }
    out = to_file_stat(found);
    return true;
  }

  Result<std::string> resolve_symlink(const std::string& path) override {
    std::array<char, kMaxPathBytes> target;
    const ssize_t size = ::readlink(path.c_str(), target.data(), target.size());
    if (size < 0) return errno_error(errno, "read the link", path);
    if (static_cast<std::size_t>(size) == target.size()) {
      return errno_error(ENAMETOOLONG, "read the link", path);
    }
    std::string text(target.data(), static_cast<std::size_t>(size));
    if (!text.empty() && text[0] == '/') return text;
    return path_in(directory_of(path), text);
  }

  Result<void> rename(const std::string& from, const std::string& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return errno_error(errno, "replace", to);
    return {};
  }

  Result<bool> remove(const std::string& path) override {
    if (::unlink(path.c_str()) == 0) return true;
    if (errno == ENOENT) return false;
    return errno_error(errno, "remove", path);
  }

  Result<void> sync_directory(const std::string& path) override {
    const Descriptor descriptor(open_descriptor(path, O_RDONLY | O_DIRECTORY));
    if (descriptor.number() < 0) return errno_error(errno, "open", path);
    // EINVAL: a file system that has nothing to sync here.
    if (sync_descriptor(descriptor.number()) != 0 && errno != EINVAL) {
      return errno_error(errno, "sync", path);
    }
    return {};
  }

  Result<void> make_directories(const std::string& path) override {
    for (std::size_t end = 0; end < path.size();) {
      end = path.find('/', end + 1);
      if (end == std::string::npos) end = path.size();
      if (auto made = make_directory(path.substr(0, end)); !made) return made;
    }
    return {};
  }

  Result<void> set_directory_mode(const std::string& path, std::uint32_t mode) override {
    const Descriptor descriptor(open_descriptor(path, O_RDONLY | O_DIRECTORY));
    if (descriptor.number() < 0) return errno_error(errno, "open", path);
    if (::fchmod(descriptor.number(), mode) != 0) {
      return errno_error(errno, "change the mode of", path);
    }
    return {};
  }

  Result<std::vector<std::string>> list(const std::string& path) override {
    Descriptor descriptor(open_descriptor(path, O_RDONLY | O_DIRECTORY));
    if (descriptor.number() < 0) return errno_error(errno, "open", path);
    const std::unique_ptr<DIR, int (*)(DIR*)> directory(::fdopendir(descriptor.number()),
                                                        &::closedir);
    if (!directory) return errno_error(errno, "list", path);
    descriptor.release();  // closedir closes it
    std::vector<std::string> names;
    for (errno = 0; const dirent* entry = ::readdir(directory.get()); errno = 0) {
      const std::string_view name = entry->d_name;
      if (name != "." && name != "..") names.emplace_back(name);
    }
    if (errno != 0) return errno_error(errno, "list", path);
    std::sort(names.begin(), names.end());
    return names;
  }

  bool is_directory_writable(const std::string& path) override {
    return ::faccessat(AT_FDCWD, path.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
  }

  std::uint32_t effective_uid() override { return ::geteuid(); }

 private:
  Result<void> make_directory(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) != 0) {
      const int number = errno;
      struct stat found;
      // Any error may hide that the directory is there already (EROFS, EACCES of a parent).
      if (::stat(path.c_str(), &found) != 0) return errno_error(number, "create", path);
      if (!S_ISDIR(found.st_mode)) return errno_error(ENOTDIR, "use", path);
      return {};
    }
    struct stat made;
    struct stat parent;
    const std::string parent_path = directory_of(path);
    if (::lstat(path.c_str(), &made) != 0 || ::stat(parent_path.c_str(), &parent) != 0) {
      return errno_error(errno, "look at", path);
    }
    if ((made.st_mode & 0700) != 0700 &&
        ::fchmodat(AT_FDCWD, path.c_str(), 0700, AT_SYMLINK_NOFOLLOW) != 0) {
      return errno_error(errno, "change the mode of", path);
    }
    // Made by root in a user's directory it is the user's (promise S7).
    if (made.st_uid == 0 && parent.st_uid != 0 &&
        ::lchown(path.c_str(), parent.st_uid, parent.st_gid) != 0) {
      return errno_error(errno, "give away", path);
    }
    return sync_directory(parent_path);
  }
};

}  // namespace

FileSystem& posix_file_system() {
  static PosixFileSystem files;
  return files;
}

}  // namespace bmauth::core
