#include "core/cancel.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

// Platform-bound: Linux has eventfd(2), one descriptor; elsewhere a pipe does the same with two.
#if defined(__linux__)
#include <sys/eventfd.h>
#endif

namespace bmauth::core {

Cancel::Cancel() {
#if defined(__linux__)
  read_fd_ = write_fd_ = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
#else
  int ends[2];
  if (pipe(ends) == 0) {
    for (const int end : ends) {
      fcntl(end, F_SETFD, FD_CLOEXEC);
      fcntl(end, F_SETFL, O_NONBLOCK);
    }
    read_fd_ = ends[0];
    write_fd_ = ends[1];
  }
#endif
}

Cancel::~Cancel() {
  if (write_fd_ >= 0 && write_fd_ != read_fd_) close(write_fd_);
  if (read_fd_ >= 0) close(read_fd_);
}

void Cancel::trigger() noexcept {
  if (is_triggered_.exchange(true) || write_fd_ < 0) return;
  const int saved_errno = errno;  // a signal handler must leave it as it was
  const std::uint64_t one = 1;    // what eventfd wants; a pipe takes any bytes
  ssize_t written;
  do {
    written = write(write_fd_, &one, sizeof one);
  } while (written < 0 && errno == EINTR);
  errno = saved_errno;
}

void Cancel::set_check(Check check, void* user_data) {
  check_ = check;
  user_data_ = user_data;
}

bool Cancel::is_triggered() {
  if (!is_triggered_.load() && check_ != nullptr && check_(user_data_)) trigger();
  return is_triggered_.load();
}

}  // namespace bmauth::core
