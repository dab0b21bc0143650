#include "responder.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

namespace bmauth::test {
namespace {

// The value of a header line, whose name is given in lower case; empty if it is absent.
std::string header(const std::string& head, const std::string& name) {
  std::string lower = head;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::size_t at = lower.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + 2 + name.size() + 2;
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

// Reads on until `text` has that many bytes; false at the end of the connection.
bool fill(int connection, std::string& text, std::size_t size) {
  char bytes[4096];
  while (text.size() < size) {
    const ssize_t got = ::recv(connection, bytes, sizeof bytes, 0);
    if (got <= 0) return false;
    text.append(bytes, static_cast<std::size_t>(got));
  }
  return true;
}

// One request off the front of what was received.
bool read_request(int connection, std::string& received, Request& request) {
  std::size_t head_end = 0;
  while ((head_end = received.find("\r\n\r\n")) == std::string::npos) {
    if (!fill(connection, received, received.size() + 1)) return false;
    if (received[0] < 'A' || received[0] > 'Z') return false;  // a greeting in TLS, most likely
  }
  const std::string head = received.substr(0, head_end + 2);
  const std::string length = header(head, "content-length");
  const std::size_t body_size = length.empty() ? 0 : std::strtoul(length.c_str(), nullptr, 10);
  if (!fill(connection, received, head_end + 4 + body_size)) return false;
  const std::size_t method_end = head.find(' ');
  const std::size_t path_end = head.find(' ', method_end + 1);
  request.method = head.substr(0, method_end);
  request.path = head.substr(method_end + 1, path_end - method_end - 1);
  request.authorization = header(head, "authorization");
  request.body = received.substr(head_end + 4, body_size);
  received.erase(0, head_end + 4 + body_size);
  return true;
}

bool send_all(int connection, const std::string& text) {
  for (std::size_t sent = 0; sent < text.size();) {
    const ssize_t done = ::send(connection, text.data() + sent, text.size() - sent, MSG_NOSIGNAL);
    if (done <= 0) return false;
    sent += static_cast<std::size_t>(done);
  }
  return true;
}

}  // namespace

Responder::Responder() {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 128) != 0 ||
      ::getsockname(listener_, generic, &size) != 0) {
    throw std::runtime_error("no listening socket");
  }
  port_ = ntohs(address.sin_port);
  acceptor_ = std::thread([this] { accept_connections(); });
}

Responder::~Responder() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
    for (const int connection : connections_) ::shutdown(connection, SHUT_RDWR);
  }
  ::shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  for (std::thread& thread : threads_) thread.join();
  for (const int connection : connections_) ::close(connection);
  ::close(listener_);
}

void Responder::on(const std::string& path, Answer answer) {
  on(path, [answer = std::move(answer)](const Request&) { return answer; });
}

void Responder::on(const std::string& path, Handler handler) {
  const std::lock_guard lock(mutex_);
  handlers_[path] = std::move(handler);
}

std::vector<Request> Responder::requests(const std::string& path) {
  const std::lock_guard lock(mutex_);
  std::vector<Request> found;
  std::copy_if(requests_.begin(), requests_.end(), std::back_inserter(found),
               [&](const Request& request) { return request.path == path; });
  return found;
}

void Responder::accept_connections() {
  for (;;) {
    const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0) return;
    const std::lock_guard lock(mutex_);
    connections_.push_back(connection);
    if (is_ending_) return;
    threads_.emplace_back([this, connection] { serve(connection); });
  }
}

void Responder::serve(int connection) {
  std::string received;
  Request request;
  while (read_request(connection, received, request)) {
    const Answer said = answer(request);
    if (said.is_silent) {
      fill(connection, received, std::string::npos);
      break;
    }
    const std::string text = "HTTP/1.1 " + std::to_string(said.status) +
                             " Said\r\nContent-Type: application/json\r\nContent-Length: " +
                             std::to_string(said.body.size()) + "\r\n" + said.headers + "\r\n" +
                             said.body;
    if (!send_all(connection, text)) break;
  }
  const std::lock_guard lock(mutex_);
  if (is_ending_) return;
  connections_.erase(std::find(connections_.begin(), connections_.end(), connection));
  ::close(connection);
}

Answer Responder::answer(const Request& request) {
  Handler handler;
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
    const auto found = handlers_.find(request.path);
    if (found != handlers_.end()) handler = found->second;
  }
  return handler ? handler(request) : Answer{404, R"({"detail":"Not Found"})"};
}

}  // namespace bmauth::test
