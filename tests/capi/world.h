// A data dir of the test's own, a server that knows how to log in, and options that name both.
#pragma once

#include <gtest/gtest.h>

#include <bmauth.hpp>
#include <cstdint>
#include <map>
#include <string>

#include "responder.h"

namespace bmauth::test {

// A directory, 0700, removed at the end with all that is in it.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A variable of the environment for the length of a scope; without a value: unset.
class Variable {
 public:
  Variable(const char* name, const char* value);
  ~Variable();
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::string before_;
  bool was_set_;
};

inline constexpr const char* kDevicePath = "/oauth2/device_authorization";
inline constexpr const char* kTokenPath = "/oauth2/token";
inline constexpr const char* kHealthPath = "/proxy/health";

inline constexpr const char* kTokenFile = "/.cloud_tokens.json";
inline constexpr const char* kClientId = "client_test";
inline constexpr const char* kApiKey = "bmc_CANARY0key0CANARY0key0CANARY0key";
inline constexpr const char* kWorkspace = "11111111-2222-3333-4444-555555555555";

struct World {
  // The server approves a login at once, rotates tokens and says that all is well.
  World();

  std::string in(const std::string& name) const { return scratch.path() + name; }
  void write(const std::string& name, const std::string& text, unsigned mode = 0600) const;
  // A session of this server that ends `seconds` from now, below zero: ended.
  void write_session(std::int64_t seconds) const;
  // Path to mode and content, of all that lies in the data dir.
  std::map<std::string, std::string> files() const;

  Options options() const;
  Client client() const;

  Scratch scratch;
  Responder server;
};

std::string read_file(const std::string& path);
std::int64_t now_unix_s();
std::int64_t now_ms();  // monotonic
int open_descriptors();

// An origin on loopback where nobody listens.
std::string deserted_url();

// What `call` throws; a failed test, and an error of code internal, if it throws nothing.
template <class Call>
Error error_of(Call&& call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(Code::kInternal, "nothing was thrown");
}

}  // namespace bmauth::test
