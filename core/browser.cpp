#include "core/browser.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <ctime>
#include <memory>

#include "core/origin.h"

extern "C" char** environ;

namespace bmauth::core {
namespace {

constexpr std::size_t kMaxUrlBytes = 4096;
constexpr int kWatchStepMs = 10;

// They would fight with us for the terminal.
constexpr std::array<std::string_view, 11> kTextBrowsers = {
    "lynx",   "w3m",    "links",    "links2", "elinks",     "elinks-lite",
    "netrik", "browsh", "edbrowse", "retawq", "www-browser"};

// No business of a browser (promise L1).
constexpr std::array<std::string_view, 2> kSecretVariables = {"BASIC_MEMORY_CLOUD_API_KEY=",
                                                              "BASIC_MEMORY_API_KEY="};
constexpr std::string_view kBrowserVariable = "BROWSER=";

std::string value_of(const Environment& environment, const std::string& name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);  // npos + 1 is 0
}

bool is_text_browser_name(std::string_view name) {
  return std::find(kTextBrowsers.begin(), kTextBrowsers.end(), name) != kTextBrowsers.end();
}

bool is_text_browser(const std::string& path) {
  if (is_text_browser_name(base_name(path))) return true;
  // x-www-browser and its like are links to what the machine prefers.
  const std::unique_ptr<char, decltype(&std::free)> target(::realpath(path.c_str(), nullptr),
                                                           &std::free);
  return target && is_text_browser_name(base_name(target.get()));
}

bool is_program(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::access(path.c_str(), X_OK) == 0;
}

// The program as execvp(3) would find it, but never in a relative folder. Empty: there is none.
std::string find_program(const std::string& name, const Environment& environment) {
  if (name.empty() || name.front() == '-') return {};
  if (name.front() == '/') return is_program(name) ? name : std::string();
  if (name.find('/') != std::string::npos) return {};
  std::string path = value_of(environment, "PATH");
  if (path.empty()) path = "/usr/local/bin:/usr/bin:/bin";
  std::string_view rest = path;
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const std::string_view folder = rest.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
    if (folder.empty() || folder.front() != '/') continue;
    std::string candidate = std::string(folder) + "/" + name;
    if (is_program(candidate)) return candidate;
  }
  return {};
}

// Whether a value of $BROWSER, as xdg-open reads it (a list of command lines, parted by colons),
// holds a text browser: xdg-open would start it where nobody sees it, and call that success.
bool has_text_browser(std::string_view list) {
  while (!list.empty()) {
    const std::string_view command = list.substr(0, list.find(':'));
    list.remove_prefix(std::min(list.size(), command.size() + 1));
    if (is_text_browser_name(base_name(command.substr(0, command.find(' '))))) return true;
  }
  return false;
}

bool is_withheld(std::string_view variable) {
  for (const std::string_view name : kSecretVariables) {
    if (variable.substr(0, name.size()) == name) return true;
  }
  return variable.substr(0, kBrowserVariable.size()) == kBrowserVariable &&
         has_text_browser(variable.substr(kBrowserVariable.size()));
}

std::vector<char*> child_environment() {
  std::vector<char*> variables;
  for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
    if (!is_withheld(*variable)) variables.push_back(*variable);
  }
  variables.push_back(nullptr);
  return variables;
}

// What posix_spawn(3) needs to start a program that inherits nothing from us.
class SpawnPlan {
 public:
  SpawnPlan() {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawnattr_init(&attributes_);
    bool is_good = true;
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
      is_good &=
          ::posix_spawn_file_actions_addopen(&actions_, descriptor, "/dev/null", O_RDWR, 0) == 0;
    }
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    is_good &= ::posix_spawnattr_setsigmask(&attributes_, &none) == 0;
    is_good &= ::posix_spawnattr_setsigdefault(&attributes_, &all) == 0;
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID;
#if defined(__APPLE__)
    flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#elif defined(__GLIBC__)
    // Descriptors of the host that lack FD_CLOEXEC are no business of a browser either.
    is_good &= ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1) == 0;
#endif
    is_good &= ::posix_spawnattr_setflags(&attributes_, flags) == 0;
    is_good_ = is_good;
  }
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  bool is_good() const {
    return is_good_;
  }

  bool start(pid_t& pid, char* const* arguments, char* const* variables) const {
    return ::posix_spawn(&pid, arguments[0], &actions_, &attributes_, arguments, variables) == 0;
  }

 private:
  posix_spawn_file_actions_t actions_;
  posix_spawnattr_t attributes_;
  bool is_good_ = false;
};

// In the child between us and the browser: starts it, and watches it for a moment, since an opener
// that finds no browser fails at once. Nothing here allocates: the parent may have had other
// threads.
bool start_and_watch(const SpawnPlan& plan, char* const* arguments, char* const* variables,
                     int watch_ms) {
  // A host that ignores SIGCHLD would keep the exit status from us.
  ::signal(SIGCHLD, SIG_DFL);
  pid_t pid = -1;
  if (!plan.start(pid, arguments, variables)) return false;
  for (int waited_ms = 0; waited_ms < watch_ms; waited_ms += kWatchStepMs) {
    int status = 0;
    if (::waitpid(pid, &status, WNOHANG) == pid) {
      return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }
    const timespec pause = {0, kWatchStepMs * 1'000'000L};
    ::nanosleep(&pause, nullptr);
  }
  return true;
}

// Forks with all signals blocked in the child: the host's handlers are not to run there, where they
// would write into pipes that the host still reads.
pid_t fork_quietly() {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const pid_t child = ::fork();
  if (child != 0) ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return child;
}

// Two forks, so that the browser belongs to init: nobody has to wait for it, and no zombie stays.
bool start_detached(const std::string& program, const std::string& url, int watch_ms) {
  const SpawnPlan plan;
  if (!plan.is_good()) return false;
  std::string program_copy = program;
  std::string url_copy = url;
  const std::array<char*, 3> arguments = {program_copy.data(), url_copy.data(), nullptr};
  const std::vector<char*> variables = child_environment();

  const pid_t child = fork_quietly();
  if (child < 0) return false;
  if (child == 0) {
    ::_exit(start_and_watch(plan, arguments.data(), variables.data(), watch_ms) ? 0 : 1);
  }

  int status = 0;
  pid_t waited = -1;
  do {
    waited = ::waitpid(child, &status, 0);
  } while (waited < 0 && errno == EINTR);
  // A host that ignores SIGCHLD, or reaps for itself, keeps the answer from us: it was started.
  if (waited != child) return true;
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool is_uri_character(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("-._~:/?#[]@!$&'()*+,;=%").find(c) != std::string_view::npos;
}

}  // namespace

Result<void> check_openable_url(std::string_view url) {
  if (url.size() > kMaxUrlBytes) {
    return make_error(Code::kInvalidArgument, "the URL is longer than 4096 bytes");
  }
  if (!std::all_of(url.begin(), url.end(), is_uri_character)) {
    return make_error(Code::kInvalidArgument, "the URL holds a character that URLs do not have");
  }
  auto parsed = parse_url(url.substr(0, url.find('#')));
  if (!parsed) return std::move(parsed).error();
  return {};
}

std::vector<std::string> browser_candidates(const Environment& environment) {
  std::vector<std::string> candidates;
  const auto add = [&](const std::string& name) {
    std::string program = find_program(name, environment);
    if (!program.empty() && !is_text_browser(program)) candidates.push_back(std::move(program));
  };
  add(value_of(environment, "BROWSER"));
#if defined(__APPLE__)
  add("open");
#else
  const bool has_display = !value_of(environment, "DISPLAY").empty() ||
                           !value_of(environment, "WAYLAND_DISPLAY").empty();
  if (has_display) add("xdg-open");
#endif
  return candidates;
}

Result<bool> open_browser(const std::string& url, const Environment& environment, int watch_ms) {
  if (auto is_openable = check_openable_url(url); !is_openable) {
    return std::move(is_openable).error();
  }
  for (const std::string& program : browser_candidates(environment)) {
    if (start_detached(program, url, watch_ms)) return true;
  }
  return false;
}

}  // namespace bmauth::core
