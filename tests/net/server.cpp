#include "tests/net/server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "core/clock.h"

namespace bmauth::test {

using namespace bmauth::core;

std::string key_log_file;

TemporaryFolder::TemporaryFolder()
    : path_(std::filesystem::temp_directory_path() / "bmauth-net-XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) throw std::runtime_error("no temporary folder");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Server& Server::instance() {
  static Server server;
  return server;
}

Server::Server() {
  int to_server[2];
  int from_server[2];
  if (pipe2(to_server, O_CLOEXEC) != 0 || pipe2(from_server, O_CLOEXEC) != 0) {
    throw std::runtime_error("no pipes");
  }
  process_ = fork();
  if (process_ == 0) {
    dup2(to_server[0], STDIN_FILENO);
    dup2(from_server[1], STDOUT_FILENO);
    execlp("python3", "python3", BMAUTH_TEST_SERVER, folder_.path().c_str(), nullptr);
    _exit(127);
  }
  close(to_server[0]);
  close(from_server[1]);
  questions_ = fdopen(to_server[1], "w");
  answers_ = fdopen(from_server[0], "r");
  ready_ = read_line();
}

Server::~Server() {
  fclose(questions_);
  waitpid(process_, nullptr, 0);
  fclose(answers_);
}

std::string Server::read_line() {
  char line[4096];
  if (fgets(line, sizeof line, answers_) == nullptr) {
    throw std::runtime_error("misbehaving_server.py ended: does it run by hand?");
  }
  return line;
}

int Server::port(std::string_view listener) const {
  const std::string key = std::string(1, '"').append(listener).append("\": ");
  const std::size_t at = ready_.find(key);
  if (at == std::string::npos) throw std::runtime_error("no such listener: " + key);
  return std::atoi(ready_.c_str() + at + key.size());
}

std::string Server::ca_file() const {
  return folder_.path() + "/ca.pem";
}

std::string Server::url(std::string_view path, std::string_view listener) const {
  const std::string scheme = listener.starts_with("tls_") ? "https" : "http";
  return scheme + "://127.0.0.1:" + std::to_string(port(listener)) + std::string(path);
}

int Server::ask(const std::string& question) {
  fprintf(questions_, "%s\n", question.c_str());
  fflush(questions_);
  return std::atoi(read_line().c_str());
}

Variable::Variable(const char* name, const std::string& value) : name_(name) {
  setenv(name, value.c_str(), 1);
}

Variable::~Variable() {
  unsetenv(name_);
}

HttpRequest get(const std::string& url) {
  HttpRequest request;
  request.url = url;
  request.timeout_ms = 5'000;
  return request;
}

HttpRequest post(const std::string& url, std::string_view body) {
  HttpRequest request = get(url);
  request.method = "POST";
  request.content_type = "application/x-www-form-urlencoded";
  request.body = Secret(body);
  return request;
}

NetConfig test_config() {
  NetConfig config;
  config.user_agent = "bmauth-test/1";
  return config;
}

HttpAnswer answer_of(HttpOutcome outcome) {
  if (const auto* failure = std::get_if<TransportFailure>(&outcome)) {
    ADD_FAILURE() << "no answer: " << code_info(failure->error.code).name << ": "
                  << failure->error.message;
    return {};
  }
  return std::get<HttpAnswer>(std::move(outcome));
}

TransportFailure failure_of(HttpOutcome outcome) {
  if (const auto* answer = std::get_if<HttpAnswer>(&outcome)) {
    ADD_FAILURE() << "an answer: " << answer->status << " " << answer->body.substr(0, 200);
    return {};
  }
  return std::get<TransportFailure>(std::move(outcome));
}

std::int64_t now_ms() {
  return system_clock().monotonic_ms();
}

}  // namespace bmauth::test
