// A small HTTP server on loopback, in threads of the test: authorization server and cloud in one,
// with an answer for each path.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace bmauth::test {

struct Request {
  std::string method;
  std::string path;
  std::string authorization;
  std::string body;
};

struct Answer {
  int status = 200;
  std::string body = "{}";
  std::string headers = {};  // whole lines, each with its CRLF
  bool is_silent = false;    // no answer until the client has gone
};

class Responder {
 public:
  using Handler = std::function<Answer(const Request&)>;

  // On 127.0.0.1 and a port of the system's choice.
  Responder();
  ~Responder();
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  int port() const { return port_; }

  // What a path is answered with from now on; one without an answer gets 404.
  void on(const std::string& path, Answer answer);
  void on(const std::string& path, Handler handler);

  std::vector<Request> requests(const std::string& path);

 private:
  void accept_connections();
  void serve(int connection);
  Answer answer(const Request& request);

  int listener_ = -1;
  int port_ = 0;
  std::mutex mutex_;
  std::map<std::string, Handler> handlers_;
  std::vector<Request> requests_;
  bool is_ending_ = false;
  std::vector<int> connections_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace bmauth::test
