// The misbehaving server as a test sees it, and what tests ask of a transport.
#pragma once

#include <sys/types.h>

#include <cstdio>
#include <string>
#include <string_view>

#include "core/cancel.h"
#include "core/net_transport.h"

namespace bmauth::test {

// A folder of our own under the system's temporary one, removed with all that is in it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// misbehaving_server.py, one per test program. It ends with the pipe to it.
class Server {
 public:
  static Server& instance();

  int port(std::string_view listener) const;
  std::string ca_file() const;
  std::string url(std::string_view path, std::string_view listener = "http") const;

  // What the server saw since forget(): a question of misbehaving_server.py, answered with a
  // number.
  int ask(const std::string& question);
  void forget() { ask("forget"); }

 private:
  Server();
  ~Server();
  std::string read_line();

  TemporaryFolder folder_;
  std::string ready_;
  pid_t process_ = -1;
  FILE* questions_ = nullptr;
  FILE* answers_ = nullptr;
};

// A variable of the environment for the length of a scope.
class Variable {
 public:
  Variable(const char* name, const std::string& value);
  ~Variable();
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

// From a literal, which could become a string or a view.
inline core::Secret secret(std::string_view bytes) {
  return core::Secret(bytes);
}

core::HttpRequest get(const std::string& url);
core::HttpRequest post(const std::string& url, std::string_view body);

core::NetConfig test_config();

// The two sides of an outcome; the other side is a failed test, and an empty value.
core::HttpAnswer answer_of(core::HttpOutcome outcome);
core::TransportFailure failure_of(core::HttpOutcome outcome);

std::int64_t now_ms();

// What SSLKEYLOGFILE names for the whole run of the test program.
extern std::string key_log_file;

}  // namespace bmauth::test
