// Running a piece of a test as a user without privileges, in a child process: modes lie to root.
#pragma once

#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <functional>
#include <string>

namespace bmauth::core {

inline constexpr unsigned kTestUid = 12345;

// A directory of the test's own, 0700, removed at the end; given to kTestUid when the suite runs as
// root.
class ScratchDirectory {
 public:
  ScratchDirectory() {
    char name[] = "/tmp/bmauth-test-XXXXXX";
    if (::mkdtemp(name) != nullptr) path_ = name;
    if (::geteuid() == 0) give_away(path_);
  }
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  ~ScratchDirectory() {
    const std::string command = "chmod -R u+rwx '" + path_ + "'; rm -rf '" + path_ + "'";
    if (!path_.empty() && ::system(command.c_str()) != 0) std::perror("rm");
  }
  const std::string& path() const { return path_; }
  std::string in(const std::string& name) const { return path_ + "/" + name; }
  static void give_away(const std::string& path) {
    if (::lchown(path.c_str(), kTestUid, kTestUid) != 0) std::perror("lchown");
  }

 private:
  std::string path_;
};

inline bool drop_privileges() {
  if (::geteuid() != 0) return true;
  return ::setgroups(0, nullptr) == 0 && ::setgid(kTestUid) == 0 && ::setuid(kTestUid) == 0;
}

// False if this process is above modes: then a test of modes would prove nothing.
inline bool is_bound_by_modes(const std::string& directory) {
  const std::string path = directory + "/nobody-may-read";
  const int made = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0000);
  if (made < 0) return false;
  ::close(made);
  const int opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened >= 0) ::close(opened);
  ::unlink(path.c_str());
  return opened < 0;
}

inline constexpr int kChildPassed = 0;
inline constexpr int kChildFailed = 1;
inline constexpr int kChildHasPrivileges = 2;

// `body` in a forked child; its failed expectations are printed there and counted here. A child
// that hangs is ended after ten seconds by its alarm.
inline int in_child(const std::function<void()>& body) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::alarm(10);
    body();
    std::fflush(nullptr);
    ::_exit(testing::Test::HasFailure() ? kChildFailed : kChildPassed);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) return kChildFailed;
  return WIFEXITED(status) ? WEXITSTATUS(status) : kChildFailed;
}

inline int as_user(const ScratchDirectory& scratch, const std::function<void()>& body) {
  return in_child([&] {
    if (!drop_privileges() || !is_bound_by_modes(scratch.path())) ::_exit(kChildHasPrivileges);
    body();
  });
}

}  // namespace bmauth::core
