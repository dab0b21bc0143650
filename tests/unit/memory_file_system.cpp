#include "tests/unit/memory_file_system.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "core/path.h"
#include "tests/unit/memory_disk.h"

namespace bmauth::core {

namespace {

bool ends_with(const std::string& text, const std::string& suffix) {
  return text.size() >= suffix.size() &&
         text.compare(text.size() - suffix.size(), suffix.size(), suffix) == 0;
}

}  // namespace

Error file_error(int error_number, const std::string& path) {
  bool is_refused = error_number == EACCES || error_number == EPERM || error_number == EROFS;
  return make_error(is_refused ? Code::kStorePermissions : Code::kStoreIo,
                    path + ": " + std::strerror(error_number));
}

class MemoryFile : public File {
 public:
  MemoryFile(MemoryFileSystem& files, std::string path, std::uint64_t inode, bool is_readable,
             bool is_writable)
      : files_(files),
        disk_(files.disk_),
        path_(std::move(path)),
        inode_(inode),
        is_readable_(is_readable),
        is_writable_(is_writable) {}

  ~MemoryFile() override {
    std::lock_guard guard(disk_->mutex);
    auto holder = disk_->lock_holders.find(inode_);
    bool was_locked = holder != disk_->lock_holders.end() && holder->second == this;
    if (was_locked) disk_->lock_holders.erase(holder);
    FileOperation operation;
    operation.name = "close";
    operation.path = path_;
    operation.inode = inode_;
    disk_->log.push_back(std::move(operation));
  }

  Result<FileStat> stat() override {
    if (auto error = files_.enter("fstat", path_)) return failed("fstat", *error);
    std::lock_guard guard(disk_->mutex);
    note("fstat");
    return disk_->stat_of(inode_);
  }

  Result<std::string> read_all(std::size_t max_bytes) override {
    if (auto error = files_.enter("read", path_)) return failed("read", *error);
    std::lock_guard guard(disk_->mutex);
    MemoryInode& inode = disk_->at(inode_);
    if (inode.type == FileType::kDirectory) return failed_locked("read", EISDIR);
    if (!is_readable_) return failed_locked("read", EBADF);
    if (inode.bytes.size() > max_bytes) {
      Error error = make_error(Code::kStoreIo,
                               path_ + ": larger than " + std::to_string(max_bytes) + " bytes");
      note("read", false);
      return error;
    }
    note("read");
    return inode.bytes;
  }

  Result<void> write_all(std::string_view bytes) override {
    std::optional<Error> error = files_.enter("write", path_);
    std::lock_guard guard(disk_->mutex);
    if (!error && disk_->is_read_only) return failed_locked("write", EROFS);
    if (!error && !is_writable_) return failed_locked("write", EBADF);
    std::string_view kept = error ? bytes.substr(0, bytes.size() / 2) : bytes;
    MemoryInode& inode = disk_->at(inode_);
    inode.bytes += kept;
    disk_->touch(inode, true);
    note("write", !error).bytes = kept;
    if (error) return *std::move(error);
    return {};
  }

  Result<void> sync() override {
    if (auto error = files_.enter("fsync", path_)) return failed("fsync", *error);
    std::lock_guard guard(disk_->mutex);
    note("fsync");
    return {};
  }

  Result<void> set_mode(std::uint32_t mode) override {
    if (auto error = files_.enter("fchmod", path_)) return failed("fchmod", *error);
    std::lock_guard guard(disk_->mutex);
    MemoryInode& inode = disk_->at(inode_);
    if (disk_->is_read_only) return failed_locked("fchmod", EROFS);
    if (files_.effective_uid() != 0 && files_.effective_uid() != inode.uid) {
      return failed_locked("fchmod", EPERM);
    }
    inode.mode = mode;
    disk_->touch(inode, false);
    note("fchmod").mode = mode;
    return {};
  }

  Result<void> set_owner(std::uint32_t uid, std::uint32_t gid) override {
    if (auto error = files_.enter("fchown", path_)) return failed("fchown", *error);
    std::lock_guard guard(disk_->mutex);
    if (disk_->is_read_only) return failed_locked("fchown", EROFS);
    if (files_.effective_uid() != 0) return failed_locked("fchown", EPERM);
    MemoryInode& inode = disk_->at(inode_);
    inode.uid = uid;
    inode.gid = gid;
    disk_->touch(inode, false);
    FileOperation& operation = note("fchown");
    operation.uid = uid;
    operation.gid = gid;
    return {};
  }

  Result<Lock> try_lock(bool& is_emulated) override {
    if (auto error = files_.enter("flock", path_)) return failed("flock", *error);
    std::lock_guard guard(disk_->mutex);
    // Without locks the holders stand for the in-process emulation of the real one.
    is_emulated = !disk_->has_locks;
    auto [holder, is_new] = disk_->lock_holders.try_emplace(inode_, this);
    bool is_mine = is_new || holder->second == this;
    note("flock", is_mine);
    return is_mine ? Lock::kLocked : Lock::kBusy;
  }

 private:
  FileOperation& note(const char* name, bool is_ok = true) {
    FileOperation operation;
    operation.name = name;
    operation.path = path_;
    operation.is_ok = is_ok;
    operation.inode = inode_;
    return disk_->log.emplace_back(std::move(operation));
  }
  Error failed_locked(const char* name, int error_number) {
    note(name, false);
    return file_error(error_number, path_);
  }
  Error failed(const char* name, Error error) {
    std::lock_guard guard(disk_->mutex);
    note(name, false);
    return error;
  }

  MemoryFileSystem& files_;
  std::shared_ptr<MemoryFileSystem::Disk> disk_;
  std::string path_;
  std::uint64_t inode_;
  bool is_readable_;
  bool is_writable_;
};

MemoryFileSystem::MemoryFileSystem() : disk_(std::make_shared<Disk>()) {
  MemoryInode& root = disk_->tree[kRoot];
  root.type = FileType::kDirectory;
  root.mode = 0755;
  disk_->durable_base = disk_->tree;
}

MemoryFileSystem::MemoryFileSystem(MemoryTree tree) : disk_(std::make_shared<Disk>()) {
  disk_->tree = std::move(tree);
  disk_->durable_base = disk_->tree;
  disk_->next_inode = disk_->tree.rbegin()->first + 1;
  for (const auto& [number, inode] : disk_->tree) {
    disk_->now_ns = std::max(disk_->now_ns, inode.changed_ns);
  }
}

MemoryFileSystem::MemoryFileSystem(std::shared_ptr<Disk> disk) : disk_(std::move(disk)) {}

MemoryFileSystem::~MemoryFileSystem() = default;

std::unique_ptr<MemoryFileSystem> MemoryFileSystem::another_process() {
  std::unique_ptr<MemoryFileSystem> other(new MemoryFileSystem(disk_));
  other->effective_uid_ = effective_uid_;
  return other;
}

std::optional<Error> MemoryFileSystem::enter(const char* operation, const std::string& path) {
  if (before_operation) before_operation(operation, path);
  std::lock_guard guard(faults_mutex_);
  for (Fault& fault : faults_) {
    if (fault.operation != "*" && fault.operation != operation) continue;
    if (!ends_with(path, fault.suffix)) continue;
    if (fault.countdown > 1) {
      --fault.countdown;
      continue;
    }
    if (fault.countdown == 1) {
      if (!fault.is_for_ever) fault.countdown = 0;
      return fault.error;
    }
  }
  return std::nullopt;
}

void MemoryFileSystem::fail(const std::string& operation, int k, Error error, bool is_for_ever) {
  fail_at(operation, "", k, std::move(error), is_for_ever);
}

void MemoryFileSystem::fail_at(const std::string& operation, const std::string& suffix, int k,
                               Error error, bool is_for_ever) {
  std::lock_guard guard(faults_mutex_);
  faults_.push_back({operation, suffix, k, std::move(error), is_for_ever});
}

void MemoryFileSystem::clear_faults() {
  std::lock_guard guard(faults_mutex_);
  faults_.clear();
}

Result<std::unique_ptr<File>> MemoryFileSystem::open(const std::string& path, Open how) {
  const char* name = how == Open::kRead              ? "open"
                     : how == Open::kCreateExclusive ? "create"
                                                     : "open_lock";
  std::optional<Error> fault = enter(name, path);
  std::lock_guard guard(disk_->mutex);
  FileOperation operation;
  operation.name = name;
  operation.path = path;
  auto refuse = [&](Error error) {
    operation.is_ok = false;
    disk_->log.push_back(operation);
    return error;
  };
  if (fault) return refuse(*fault);
  Disk::Place place = disk_->find(path, effective_uid_);
  if (place.error == ENOENT && how == Open::kRead) {
    disk_->log.push_back(operation);
    return std::unique_ptr<File>();
  }
  if (place.error != 0) return refuse(file_error(place.error, path));
  bool is_writing = how != Open::kRead;
  if (place.inode == 0) {
    if (how == Open::kRead) {
      disk_->log.push_back(operation);
      return std::unique_ptr<File>();
    }
    MemoryInode& directory = disk_->at(place.directory);
    if (disk_->is_read_only) return refuse(file_error(EROFS, path));
    if (!is_permitted(directory, effective_uid_, kMayWrite | kMayEnter)) {
      return refuse(file_error(EACCES, path));
    }
    place.inode = disk_->make_inode(FileType::kRegular, 0600, effective_uid_);
    MemoryInode& parent = disk_->at(place.directory);
    parent.entries[place.name] = place.inode;
    disk_->touch(parent, true);
    operation.mode = 0600;
    operation.uid = effective_uid_;
    operation.gid = effective_uid_;
    operation.bytes = "new";
  } else {
    MemoryInode& inode = disk_->at(place.inode);
    if (how == Open::kCreateExclusive) return refuse(file_error(EEXIST, path));
    if (inode.type == FileType::kSymlink) return refuse(file_error(ELOOP, path));
    if (is_writing && inode.type == FileType::kDirectory) return refuse(file_error(EISDIR, path));
    if (is_writing && disk_->is_read_only) return refuse(file_error(EROFS, path));
    std::uint32_t wanted = is_writing ? kMayRead | kMayWrite : kMayRead;
    if (!is_permitted(inode, effective_uid_, wanted)) return refuse(file_error(EACCES, path));
  }
  operation.inode = place.inode;
  operation.directory = place.directory;
  disk_->log.push_back(operation);
  return std::unique_ptr<File>(std::make_unique<MemoryFile>(
      *this, path, place.inode, how != Open::kCreateExclusive, is_writing));
}

Result<bool> MemoryFileSystem::stat(const std::string& path, FileStat& out) {
  std::optional<Error> fault = enter("stat", path);
  std::lock_guard guard(disk_->mutex);
  FileOperation operation;
  operation.name = "stat";
  operation.path = path;
  Disk::Place place = disk_->find(path, effective_uid_);
  bool is_missing = place.error == ENOENT || (place.error == 0 && place.inode == 0);
  operation.is_ok = !fault && (is_missing || place.error == 0);
  operation.inode = place.inode;
  disk_->log.push_back(operation);
  if (fault) return *fault;
  if (is_missing) return false;
  if (place.error != 0) return file_error(place.error, path);
  out = disk_->stat_of(place.inode);
  return true;
}

Result<std::string> MemoryFileSystem::resolve_symlink(const std::string& path) {
  std::optional<Error> fault = enter("readlink", path);
  std::lock_guard guard(disk_->mutex);
  FileOperation operation;
  operation.name = "readlink";
  operation.path = path;
  operation.is_ok = !fault;
  disk_->log.push_back(operation);
  if (fault) return *fault;
  Disk::Place place = disk_->find(path, effective_uid_);
  if (place.error != 0) return file_error(place.error, path);
  if (place.inode == 0) return file_error(ENOENT, path);
  const MemoryInode& inode = disk_->at(place.inode);
  if (inode.type != FileType::kSymlink) return file_error(EINVAL, path);
  if (!inode.bytes.empty() && inode.bytes[0] == '/') return inode.bytes;
  return directory_of(path) + "/" + inode.bytes;
}

Result<void> MemoryFileSystem::rename(const std::string& from, const std::string& to) {
  std::optional<Error> fault = enter("rename", from);
  std::lock_guard guard(disk_->mutex);
  FileOperation operation;
  operation.name = "rename";
  operation.path = from;
  operation.to = to;
  Disk::Place source = disk_->find(from, effective_uid_);
  Disk::Place target = disk_->find(to, effective_uid_);
  int error = source.error != 0   ? source.error
              : target.error != 0 ? target.error
              : source.inode == 0 ? ENOENT
                                  : 0;
  if (error == 0 && disk_->is_read_only) error = EROFS;
  if (error == 0 && (!is_permitted(disk_->at(source.directory), effective_uid_, kMayWrite) ||
                     !is_permitted(disk_->at(target.directory), effective_uid_, kMayWrite))) {
    error = EACCES;
  }
  if (error == 0 && target.inode != 0 && disk_->at(target.inode).type == FileType::kDirectory) {
    error = EISDIR;
  }
  operation.is_ok = !fault && error == 0;
  operation.inode = source.inode;
  operation.directory = source.directory;
  operation.to_directory = target.directory;
  disk_->log.push_back(operation);
  if (fault) return *fault;
  if (error != 0) return file_error(error, from);
  if (target.inode == source.inode) return {};
  if (target.inode != 0) disk_->unlink_inode(target.inode);
  disk_->at(source.directory).entries.erase(source.name);
  disk_->at(target.directory).entries[target.name] = source.inode;
  disk_->touch(disk_->at(source.directory), true);
  disk_->touch(disk_->at(target.directory), true);
  disk_->touch(disk_->at(source.inode), false);
  return {};
}

Result<bool> MemoryFileSystem::remove(const std::string& path) {
  std::optional<Error> fault = enter("unlink", path);
  std::lock_guard guard(disk_->mutex);
  FileOperation operation;
  operation.name = "unlink";
  operation.path = path;
  Disk::Place place = disk_->find(path, effective_uid_);
  bool is_missing = place.error == ENOENT || (place.error == 0 && place.inode == 0);
  int error = is_missing ? 0 : place.error;
  if (!is_missing && error == 0) {
    if (disk_->is_read_only) {
      error = EROFS;
    } else if (!is_permitted(disk_->at(place.directory), effective_uid_, kMayWrite)) {
      error = EACCES;
    } else if (disk_->at(place.inode).type == FileType::kDirectory) {
      error = EISDIR;
    }
  }
  operation.is_ok = !fault && error == 0 && !is_missing;
  operation.inode = place.inode;
  operation.directory = place.directory;
  disk_->log.push_back(operation);
  if (fault) return *fault;
  if (error != 0) return file_error(error, path);
  if (is_missing) return false;
  disk_->at(place.directory).entries.erase(place.name);
  disk_->touch(disk_->at(place.directory), true);
  disk_->unlink_inode(place.inode);
  return true;
}

Result<void> MemoryFileSystem::sync_directory(const std::string& path) {
  std::optional<Error> fault = enter("fsync_dir", path);
  std::lock_guard guard(disk_->mutex);
  FileOperation operation;
  operation.name = "fsync_dir";
  operation.path = path;
  Disk::Place place = disk_->find(path, effective_uid_, true);
  int error = place.error != 0                                                  ? place.error
              : place.inode == 0                                                ? ENOENT
              : disk_->at(place.inode).type != FileType::kDirectory             ? ENOTDIR
              : !is_permitted(disk_->at(place.inode), effective_uid_, kMayRead) ? EACCES
                                                                                : 0;
  operation.is_ok = !fault && error == 0;
  operation.directory = place.inode;
  disk_->log.push_back(operation);
  if (fault) return *fault;
  if (error != 0) return file_error(error, path);
  return {};
}

Result<void> MemoryFileSystem::make_directories(const std::string& path) {
  std::string prefix;
  for (const std::string& part : split(path)) {
    std::string parent = prefix.empty() ? "/" : prefix;
    prefix += "/" + part;
    {
      std::lock_guard guard(disk_->mutex);
      Disk::Place place = disk_->find(prefix, effective_uid_, true);
      if (place.error != 0) return file_error(place.error, prefix);
      if (place.inode != 0) {
        if (disk_->at(place.inode).type != FileType::kDirectory) {
          return file_error(ENOTDIR, prefix);
        }
        continue;
      }
    }
    std::optional<Error> fault = enter("mkdir", prefix);
    {
      std::lock_guard guard(disk_->mutex);
      FileOperation operation;
      operation.name = "mkdir";
      operation.path = prefix;
      Disk::Place place = disk_->find(prefix, effective_uid_);
      int error = place.error;
      if (error == 0 && disk_->is_read_only) error = EROFS;
      if (error == 0 && !is_permitted(disk_->at(place.directory), effective_uid_, kMayWrite)) {
        error = EACCES;
      }
      operation.is_ok = !fault && error == 0;
      if (operation.is_ok && place.inode == 0) {
        place.inode = disk_->make_inode(FileType::kDirectory, 0700, effective_uid_);
        disk_->at(place.directory).entries[place.name] = place.inode;
        disk_->touch(disk_->at(place.directory), true);
        operation.bytes = "new";
      }
      operation.inode = place.inode;
      operation.directory = place.directory;
      operation.mode = 0700;
      operation.uid = effective_uid_;
      operation.gid = effective_uid_;
      disk_->log.push_back(operation);
      if (fault) return *fault;
      if (error != 0) return file_error(error, prefix);
    }
    if (auto synced = sync_directory(parent); !synced) return synced.error();
  }
  return {};
}

Result<void> MemoryFileSystem::set_directory_mode(const std::string& path, std::uint32_t mode) {
  std::optional<Error> fault = enter("chmod_dir", path);
  std::lock_guard guard(disk_->mutex);
  FileOperation operation;
  operation.name = "chmod_dir";
  operation.path = path;
  Disk::Place place = disk_->find(path, effective_uid_, true);
  int error = place.error != 0 ? place.error : place.inode == 0 ? ENOENT : 0;
  if (error == 0) {
    const MemoryInode& inode = disk_->at(place.inode);
    if (inode.type != FileType::kDirectory) error = ENOTDIR;
    if (disk_->is_read_only) error = EROFS;
    if (effective_uid_ != 0 && effective_uid_ != inode.uid) error = EPERM;
  }
  operation.is_ok = !fault && error == 0;
  operation.inode = place.inode;
  operation.mode = mode;
  disk_->log.push_back(operation);
  if (fault) return *fault;
  if (error != 0) return file_error(error, path);
  disk_->at(place.inode).mode = mode;
  disk_->touch(disk_->at(place.inode), false);
  return {};
}

Result<std::vector<std::string>> MemoryFileSystem::list(const std::string& path) {
  std::optional<Error> fault = enter("list", path);
  std::lock_guard guard(disk_->mutex);
  FileOperation operation;
  operation.name = "list";
  operation.path = path;
  operation.is_ok = !fault;
  disk_->log.push_back(operation);
  if (fault) return *fault;
  Disk::Place place = disk_->find(path, effective_uid_, true);
  if (place.error != 0) return file_error(place.error, path);
  if (place.inode == 0) return file_error(ENOENT, path);
  const MemoryInode& inode = disk_->at(place.inode);
  if (inode.type != FileType::kDirectory) return file_error(ENOTDIR, path);
  if (!is_permitted(inode, effective_uid_, kMayRead)) return file_error(EACCES, path);
  std::vector<std::string> names;
  for (const auto& [name, child] : inode.entries) names.push_back(name);
  return names;
}

bool MemoryFileSystem::is_directory_writable(const std::string& path) {
  if (enter("access", path)) return false;
  std::lock_guard guard(disk_->mutex);
  FileOperation operation;
  operation.name = "access";
  operation.path = path;
  disk_->log.push_back(operation);
  Disk::Place place = disk_->find(path, effective_uid_, true);
  if (place.error != 0 || place.inode == 0 || disk_->is_read_only) return false;
  return is_permitted(disk_->at(place.inode), effective_uid_, kMayWrite | kMayEnter);
}

void MemoryFileSystem::set_read_only(bool is_read_only) {
  std::lock_guard guard(disk_->mutex);
  disk_->is_read_only = is_read_only;
}

void MemoryFileSystem::set_locks_supported(bool is_supported) {
  std::lock_guard guard(disk_->mutex);
  disk_->has_locks = is_supported;
}

}  // namespace bmauth::core
