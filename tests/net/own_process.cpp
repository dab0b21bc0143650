#include "tests/net/own_process.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace bmauth::test {

std::string in_child(const std::function<std::string()>& claim) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return "no pipe";
  const pid_t child = fork();
  if (child == 0) {
    const std::string wrong = claim();
    const bool is_written = write(ends[1], wrong.data(), wrong.size()) >= 0;
    _exit(wrong.empty() && is_written ? 0 : 1);
  }
  close(ends[1]);
  std::string wrong;
  char bytes[512];
  for (ssize_t size; (size = read(ends[0], bytes, sizeof bytes)) > 0;) wrong.append(bytes, size);
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (wrong.empty() && status != 0) wrong = "the child ended with status " + std::to_string(status);
  return wrong;
}

std::string enter_own_namespaces(int more) {
  const uid_t uid = geteuid();
  const gid_t gid = getegid();
  if (unshare((uid != 0 ? CLONE_NEWUSER : 0) | CLONE_NEWNS | more) != 0) {
    return std::string("unshare: ") + std::strerror(errno) +
           ": this test needs root or user namespaces";
  }
  if (uid != 0) {
    std::ofstream("/proc/self/setgroups") << "deny";
    std::ofstream("/proc/self/uid_map") << "0 " << uid << " 1";
    std::ofstream("/proc/self/gid_map") << "0 " << gid << " 1";
  }
  if (mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return std::string("mount: ") + std::strerror(errno);
  }
  return "";
}

}  // namespace bmauth::test
