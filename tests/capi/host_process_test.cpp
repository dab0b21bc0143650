// Promise L6: the process that uses bmauth is as it was before.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bmauth.hpp>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "world.h"

extern char** environ;

namespace bmauth::test {
namespace {

constexpr int kRestorerFlag = 0x04000000;  // SA_RESTORER, which only the kernel's headers name

std::string bytes_of(const void* object, std::size_t size) {
  return std::string(static_cast<const char*>(object), size);
}

// All that is the process's and not the library's, by name.
std::map<std::string, std::string> process_state() {
  std::map<std::string, std::string> state;
  for (int number = 1; number < NSIG; ++number) {
    struct sigaction action = {};
    if (sigaction(number, nullptr, &action) != 0) continue;
    // The C library adds a flag of its own to whatever was set by anybody, also if it is the same.
    const int flags = action.sa_flags & ~kRestorerFlag;
    state["signal " + std::to_string(number)] =
        bytes_of(&action.sa_handler, sizeof action.sa_handler) + std::to_string(flags);
  }
  sigset_t mask;
  pthread_sigmask(SIG_SETMASK, nullptr, &mask);
  for (int number = 1; number < NSIG; ++number) {
    if (sigismember(&mask, number) == 1) state["signal mask"] += std::to_string(number) + " ";
  }
  const mode_t file_mask = ::umask(0);
  ::umask(file_mask);
  state["umask"] = std::to_string(file_mask);
  char directory[4096] = {};
  if (::getcwd(directory, sizeof directory) != nullptr) state["working directory"] = directory;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    state["environment"] += std::string(*entry) + "\n";
  }
  for (int limit = 0; limit < RLIM_NLIMITS; ++limit) {
    rlimit value = {};
    if (::getrlimit(static_cast<__rlimit_resource_t>(limit), &value) != 0) continue;
    state["limit " + std::to_string(limit)] = bytes_of(&value, sizeof value);
  }
  state["locale"] = std::setlocale(LC_ALL, nullptr);
  state["user"] = std::to_string(::geteuid()) + " " + std::to_string(::getegid());
  state["alarm"] = std::to_string(::alarm(0));
  return state;
}

// Everything that the library does, with success and with failures.
void use_everything(World& world) {
  const Options options = world.options();
  Client client(&options);
  error_of([&] { client.token(Purpose::kAccount, 0); });
  Login login = client.login_begin(false);
  login.poll();
  login.poll();
  login.report();
  client.token(Purpose::kAccount, 7'200'000);
  client.headers_for_url(world.server.url() + "/proxy/x");
  client.route("x", kWorkspace, Override::kCloud, true);
  client.projects();
  client.status(false);
  client.whoami(false);
  client.logout();
  const Options broken =
      std::move(world.options().set_cloud_host(deserted_url()).set_api_key(kApiKey));
  error_of([&] { Client(&broken).whoami(false); });
}

// Standard output and standard error in a file, for the length of a scope.
class Streams {
 public:
  explicit Streams(const std::string& path) {
    std::fflush(nullptr);
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
      saved_[stream] = ::fcntl(stream, F_DUPFD_CLOEXEC, 10);
      ::dup2(file, stream);
    }
    ::close(file);
  }
  ~Streams() {
    std::fflush(nullptr);
    for (const auto& [stream, saved] : saved_) {
      ::dup2(saved, stream);
      ::close(saved);
    }
  }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

 private:
  std::map<int, int> saved_;
};

TEST(HostProcess, is_as_it_was_and_sees_no_output) {
  World world;
  const Scratch elsewhere;
  const std::string output = elsewhere.path() + "/output";
  const auto before = process_state();
  {
    const Streams streams(output);
    use_everything(world);
  }
  for (const auto& [name, value] : process_state()) EXPECT_EQ(value, before.at(name)) << name;
  EXPECT_EQ(read_file(output), "");
}

TEST(HostProcess, may_have_any_umask) {
  for (const mode_t mask : {0000, 0022, 0777}) {
    SCOPED_TRACE(mask);
    const World world;
    const mode_t before = ::umask(mask);
    Client client = world.client();
    Login login = client.login_begin(false);
    login.poll();
    EXPECT_EQ(::umask(before), mask);
    struct stat stat = {};
    ASSERT_EQ(::stat(world.in(kTokenFile).c_str(), &stat), 0);
    EXPECT_EQ(stat.st_mode & 07777, 0600u);
  }
}

// The descriptors that a program started now would inherit, but for the pairs of local sockets with
// which libcurl wakes itself: it opens them without FD_CLOEXEC, lends them to nobody, and sends
// nothing through them but single bytes.
std::map<int, std::string> inheritable() {
  std::map<int, std::string> found;
  for (int descriptor = 0; descriptor < 1'024; ++descriptor) {
    const int flags = ::fcntl(descriptor, F_GETFD);
    if (flags < 0 || (flags & FD_CLOEXEC) != 0) continue;
    int domain = 0;
    socklen_t size = sizeof domain;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain == AF_UNIX) {
      continue;
    }
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    std::error_code ignored;
    found[descriptor] = std::filesystem::read_symlink(link, ignored);
  }
  return found;
}

TEST(HostProcess, gives_no_file_and_no_connection_to_what_it_starts) {
  const World world;
  const auto before = inheritable();
  Client client = world.client();
  const Cancel cancel;
  Login login = client.login_begin(false);
  login.poll();
  client.whoami(false);
  EXPECT_EQ(inheritable(), before);
}

}  // namespace
}  // namespace bmauth::test
