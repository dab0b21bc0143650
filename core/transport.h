// Seam: one HTTP request, one classified answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "core/secret.h"

namespace bmauth::core {

class Cancel;

inline constexpr std::size_t kMaxAuthBodyBytes = 256 * 1024;      // promise N5
inline constexpr std::size_t kMaxApiBodyBytes = 4 * 1024 * 1024;  // promise N5

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  Secret authorization;      // whole value of the Authorization header, empty: none is sent
  std::string content_type;  // of `body`; empty: no body is sent
  Secret body;               // forms carry tokens, so a body is a secret
  std::vector<std::pair<std::string, std::string>> headers;  // others, none of them secret
  std::int64_t timeout_ms = 30'000;
  std::size_t max_body_bytes = kMaxApiBodyBytes;
  // A connection that nobody used before and nobody will use after: for each POST that must not be
  // repeated behind our back (contract, section 5).
  bool is_connection_fresh = false;
};

struct HttpAnswer {
  int status = 0;
  std::string body;  // up to max_body_bytes
  bool is_body_over_cap = false;
  std::string content_type;
  std::string retry_after;  // header as it came, empty if absent
  std::string date;         // header as it came, empty if absent
};

// Whether the server may have acted on the request: what decides about presenting a token again.
enum class Delivery {
  kNotSent,    // DNS, connect, TLS handshake, or refused by ourselves: the server saw nothing
  kMaybeSent,  // some bytes left, no whole answer came
};

struct TransportFailure {
  Error error;  // network, tls, timeout, cancelled, insecure_url, net_unavailable, bad_response ...
  Delivery delivery = Delivery::kNotSent;
};

using HttpOutcome = std::variant<HttpAnswer, TransportFailure>;

class Transport {
 public:
  virtual ~Transport() = default;
  // Sends one request and never repeats it, follows no redirect, and returns the answer whatever
  // its status. Refuses plain http to anything but loopback (contract, section 2). Thread-safe.
  // `cancel` may be null; a triggered one ends the call within 100 ms.
  virtual HttpOutcome perform(const HttpRequest& request, Cancel* cancel) = 0;
};

}  // namespace bmauth::core
