#include "world.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <stdexcept>

namespace bmauth::test {
namespace {

constexpr const char* kDeviceAnswer =
    R"({"device_code":"CANARY-device","user_code":"ABCD-1234",)"
    R"("verification_uri":"https://issuer.example/device",)"
    R"("verification_uri_complete":"https://issuer.example/device?user_code=ABCD-1234",)"
    R"("expires_in":600,"interval":1})";

std::string tokens_json(int number, std::int64_t lifetime_s) {
  const std::string n = std::to_string(number);
  return R"({"access_token":"CANARY-access-)" + n + R"(","refresh_token":"CANARY-refresh-)" + n +
         R"(","token_type":"Bearer","expires_in":)" + std::to_string(lifetime_s) + "}";
}

}  // namespace

Scratch::Scratch() : path_(std::filesystem::temp_directory_path() / "bmauth-capi-XXXXXX") {
  if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Variable::Variable(const char* name, const char* value) : name_(name) {
  const char* before = std::getenv(name);
  was_set_ = before != nullptr;
  if (was_set_) before_ = before;
  if (value != nullptr) {
    ::setenv(name, value, 1);
  } else {
    ::unsetenv(name);
  }
}

Variable::~Variable() {
  if (was_set_) {
    ::setenv(name_, before_.c_str(), 1);
  } else {
    ::unsetenv(name_);
  }
}

World::World() {
  server.on(kDevicePath, Answer{200, kDeviceAnswer});
  auto count = std::make_shared<std::atomic<int>>(0);
  server.on(kTokenPath, [count](const Request&) {
    return Answer{200, tokens_json(++*count, 3600)};
  });
  server.on(kHealthPath,
            Answer{200, R"({"status":"ok","version":"1.2.3","timestamp":"2026-02-28T14:30:00Z"})"});
}

void World::write(const std::string& name, const std::string& text, unsigned mode) const {
  const std::string path = in(name);
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool is_written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fchmod(file, mode) == 0;
  if (file >= 0) ::close(file);
  if (!is_written) throw std::runtime_error("cannot write " + path);
}

void World::write_session(std::int64_t seconds) const {
  const std::int64_t expires_at = now_unix_s() + seconds;
  write(kTokenFile, R"({"access_token":"CANARY-access-0","refresh_token":"CANARY-refresh-0",)"
                    R"("expires_at":)" +
                        std::to_string(expires_at) + R"(,"token_type":"Bearer","issuer":")" +
                        server.url() + R"(","client_id":")" + kClientId + R"(","cloud_host":")" +
                        server.url() + R"(","issued_at":)" + std::to_string(expires_at - 3600) +
                        "}\n");
}

std::map<std::string, std::string> World::files() const {
  std::map<std::string, std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch.path())) {
    if (!entry.is_regular_file()) continue;
    struct stat stat = {};
    ::lstat(entry.path().c_str(), &stat);
    found[entry.path()] = std::to_string(stat.st_mode) + "\n" + read_file(entry.path());
  }
  return found;
}

Options World::options() const {
  Options options;
  options.set_data_dir(scratch.path())
      .set_issuer(server.url())
      .set_cloud_host(server.url())
      .set_client_id(kClientId);
  return options;
}

Client World::client() const {
  const Options said = options();
  return Client(&said);
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::int64_t now_unix_s() {
  return static_cast<std::int64_t>(std::time(nullptr));
}

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

int open_descriptors() {
  int count = 0;
  DIR* const directory = ::opendir("/proc/self/fd");
  while (::readdir(directory) != nullptr) ++count;
  ::closedir(directory);
  return count - 3;  // ".", "..", and the one that looks
}

std::string deserted_url() {
  // A port that the system gave a moment ago: bound, never listened on, and let go.
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (::bind(socket, generic, size) != 0 || ::getsockname(socket, generic, &size) != 0) {
    throw std::runtime_error("no port");
  }
  ::close(socket);
  return "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

}  // namespace bmauth::test
