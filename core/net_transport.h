// Transport over the net object, which is loaded at the first request: whoever makes none pays
// nothing for libcurl and OpenSSL (architecture, "Linking and loading").
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "core/transport.h"

namespace bmauth::core {

struct NetConfig {
  std::string user_agent;
  std::string ca_file;               // empty: SSL_CERT_FILE and SSL_CERT_DIR, else the system's
  std::optional<std::string> proxy;  // absent: the environment's; empty: none. Never for loopback
  std::int64_t connect_timeout_ms = 5'000;  // name, connection and TLS together
};

// Sequential requests share one set of kept connections; each concurrent one opens its own. After a
// fork the child opens new connections and leaves the parent's alone.
class NetTransport final : public Transport {
 public:
  explicit NetTransport(NetConfig config);
  ~NetTransport() override;
  NetTransport(const NetTransport&) = delete;
  NetTransport& operator=(const NetTransport&) = delete;

  HttpOutcome perform(const HttpRequest& request, Cancel* cancel) override;

 private:
  class Pool;  // sessions that wait for their next request, of one process
  Pool& pool();

  const NetConfig config_;
  std::atomic<Pool*> pool_{nullptr};
};

// What answers at run time: "libcurl/7.88.1 OpenSSL/3.0.19". Loads the net object; net_unavailable
// if that cannot be.
Result<std::string> net_version();

}  // namespace bmauth::core
