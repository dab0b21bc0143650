// What must not touch a request, and what a request must not touch: proxies, resolvers, forks,
// exec, the other symbols of the process.
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <fstream>
#include <thread>

#include "core/clock.h"
#include "tests/net/own_process.h"
#include "tests/net/server.h"

namespace bmauth::test {
namespace {

using namespace bmauth::core;

class Isolation : public testing::Test {
 protected:
  void SetUp() override { server.forget(); }

  Server& server = Server::instance();
  NetTransport transport{test_config()};
};

std::string run(const std::string& command) {
  std::string output;
  FILE* pipe = popen(command.c_str(), "r");
  char bytes[512];
  while (pipe != nullptr && fgets(bytes, sizeof bytes, pipe) != nullptr) output += bytes;
  if (pipe == nullptr || pclose(pipe) != 0) output += "(failed)";
  return output;
}

// ---- Proxies and names
// ---------------------------------------------------------------------------

TEST_F(Isolation, no_proxy_sees_a_loopback_request) {
  NetConfig config = test_config();
  config.ca_file = server.ca_file();
  const std::string proxy = "http://127.0.0.1:" + std::to_string(server.port("proxy"));
  const Variable first("http_proxy", proxy), second("https_proxy", proxy),
      third("all_proxy", proxy), fourth("HTTPS_PROXY", proxy), fifth("ALL_PROXY", proxy);
  const std::string port = std::to_string(server.port("http"));
  const std::string tls_port = std::to_string(server.port("tls_good"));
  for (const bool is_option : {false, true}) {
    if (is_option) config.proxy = proxy;
    NetTransport behind_proxy(config);
    for (const std::string& url :
         {"http://127.0.0.1:" + port, "http://localhost:" + port, "https://127.0.0.1:" + tls_port,
          "https://localhost:" + tls_port}) {
      HttpRequest request = get(url + "/ok");
      request.authorization = secret("Bearer CANARY");
      EXPECT_EQ(answer_of(behind_proxy.perform(request, nullptr)).status, 200) << url;
    }
  }
  EXPECT_EQ(server.ask("connections proxy"), 0);
}

TEST_F(Isolation, a_proxy_of_the_environment_carries_other_requests_and_no_credential) {
  const Variable variable("https_proxy",
                          "http://127.0.0.1:" + std::to_string(server.port("proxy")));
  NetTransport behind_proxy(test_config());
  HttpRequest request = post("https://cloud.example.invalid/api", "refresh_token=CANARY");
  request.authorization = secret("Bearer CANARY");
  request.timeout_ms = 1'000;  // this proxy's tunnel leads nowhere
  const TransportFailure failure = failure_of(behind_proxy.perform(request, nullptr));
  EXPECT_EQ(failure.delivery, Delivery::kNotSent) << failure.error.message;
  EXPECT_EQ(server.ask("connections proxy"), 1);
  EXPECT_EQ(server.ask("seen CANARY"), 0);
}

TEST_F(Isolation, an_empty_proxy_setting_overrides_the_environment) {
  const Variable variable("https_proxy",
                          "http://127.0.0.1:" + std::to_string(server.port("proxy")));
  NetConfig config = test_config();
  config.proxy = "";
  NetTransport direct(config);
  HttpRequest request = get("https://cloud.example.invalid/");
  request.timeout_ms = 1'000;
  EXPECT_EQ(failure_of(direct.perform(request, nullptr)).delivery, Delivery::kNotSent);
  EXPECT_EQ(server.ask("connections proxy"), 0);
}

TEST_F(Isolation, localhost_is_the_first_loopback_address_and_then_the_second) {
  const std::string v4 = "http://localhost:" + std::to_string(server.port("http")) + "/ok";
  EXPECT_EQ(answer_of(transport.perform(get(v4), nullptr)).status, 200);
  if (server.port("http_v6") != 0) {  // a machine without IPv6 has the first alone
    const std::string v6 = "http://localhost:" + std::to_string(server.port("http_v6")) + "/ok";
    EXPECT_EQ(answer_of(transport.perform(get(v6), nullptr)).status, 200);
    const std::string literal = "http://[::1]:" + std::to_string(server.port("http_v6")) + "/ok";
    EXPECT_EQ(answer_of(transport.perform(get(literal), nullptr)).status, 200);
    EXPECT_EQ(server.ask("requests http_v6"), 2);
  }
  EXPECT_EQ(server.ask("requests http"), 1);
  const std::string twin = "http://localhost:" + std::to_string(server.port("twin")) + "/ok";
  EXPECT_EQ(answer_of(transport.perform(get(twin), nullptr)).status, 200);
  EXPECT_EQ(server.ask("connections twin"), 1);
  EXPECT_EQ(server.ask("connections twin_v6"), 0);
}

// A world of its own: nothing but loopback, and /etc as we say.
std::string enter_own_world(const std::string& resolv_conf, const std::string& hosts) {
  if (std::string wrong = enter_own_namespaces(CLONE_NEWNET); !wrong.empty()) return wrong;
  if (mount(resolv_conf.c_str(), "/etc/resolv.conf", nullptr, MS_BIND, nullptr) != 0 ||
      mount(hosts.c_str(), "/etc/hosts", nullptr, MS_BIND, nullptr) != 0) {
    return std::string("mount: ") + std::strerror(errno);
  }
  const int any_socket = socket(AF_INET, SOCK_DGRAM, 0);
  ifreq loopback = {};
  std::strcpy(loopback.ifr_name, "lo");
  loopback.ifr_flags = IFF_UP;
  const bool is_up = ioctl(any_socket, SIOCSIFFLAGS, &loopback) == 0;
  close(any_socket);
  return is_up ? "" : std::string("lo: ") + std::strerror(errno);
}

// A socket bound to loopback, and its port in `port`.
int bound_socket(int type, const char* address, std::uint16_t* port) {
  const int bound = socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  sockaddr_in name = {};
  name.sin_family = AF_INET;
  name.sin_port = htons(*port);
  inet_pton(AF_INET, address, &name.sin_addr);
  socklen_t size = sizeof name;
  if (bind(bound, reinterpret_cast<sockaddr*>(&name), size) != 0) return -1;
  getsockname(bound, reinterpret_cast<sockaddr*>(&name), &size);
  *port = ntohs(name.sin_port);
  return bound;
}

class OwnWorld : public Isolation {
 protected:
  void SetUp() override {
    Isolation::SetUp();
    std::ofstream(folder.path() + "/resolv.conf") << "nameserver 127.0.0.77\noptions timeout:30\n";
    std::ofstream(folder.path() + "/hosts") << "192.0.2.1 localhost\n";
  }

  std::string enter() {
    return enter_own_world(folder.path() + "/resolv.conf", folder.path() + "/hosts");
  }

  const TemporaryFolder folder;
};

TEST_F(OwnWorld, a_silent_name_server_does_not_delay_a_cancel) {
  EXPECT_EQ(in_child([&]() -> std::string {
              if (std::string wrong = enter(); !wrong.empty()) return wrong;
              std::uint16_t dns_port = 53;
              const int name_server = bound_socket(SOCK_DGRAM, "127.0.0.77", &dns_port);
              if (name_server < 0) return "no name server";

              Cancel cancel;
              std::int64_t triggered_at = 0;
              bool was_asked = false;
              std::thread other([&] {
                char question[512];
                for (int i = 0; i < 400 && !was_asked; ++i) {
                  was_asked = recv(name_server, question, sizeof question, 0) > 0;
                  system_clock().sleep_ms(5, nullptr);
                }
                triggered_at = now_ms();
                cancel.trigger();
              });
              NetConfig config = test_config();
              config.connect_timeout_ms = 30'000;
              NetTransport resolving(config);
              HttpRequest request = get("https://silent.example.com/");
              request.timeout_ms = 30'000;
              const HttpOutcome outcome = resolving.perform(request, &cancel);
              const std::int64_t ended_at = now_ms();
              other.join();
              const auto* failure = std::get_if<TransportFailure>(&outcome);
              if (!was_asked) return "the name server was not asked";
              if (failure == nullptr) return "an answer";
              if (failure->error.code != Code::kCancelled) return failure->error.message;
              if (failure->delivery != Delivery::kNotSent) return "not said to be unsent";
              if (ended_at - triggered_at >= 1'000) return "late";
              return "";
            }),
            "");
}

TEST_F(OwnWorld, a_silent_name_server_ends_at_the_connect_timeout_and_nothing_is_sent) {
  EXPECT_EQ(in_child([&]() -> std::string {
              if (std::string wrong = enter(); !wrong.empty()) return wrong;
              std::uint16_t dns_port = 53;
              if (bound_socket(SOCK_DGRAM, "127.0.0.77", &dns_port) < 0) return "no name server";
              NetConfig config = test_config();
              config.connect_timeout_ms = 200;
              NetTransport resolving(config);
              HttpRequest request = get("https://silent.example.com/");
              request.timeout_ms = 30'000;
              const std::int64_t start = now_ms();
              const HttpOutcome outcome = resolving.perform(request, nullptr);
              const auto* failure = std::get_if<TransportFailure>(&outcome);
              if (failure == nullptr) return "an answer";
              if (failure->error.code != Code::kTimeout) return failure->error.message;
              if (failure->delivery != Delivery::kNotSent) return "not said to be unsent";
              if (now_ms() - start >= 1'200) return "late";
              return "";
            }),
            "");
}

TEST_F(OwnWorld, localhost_is_not_resolved_whatever_the_hosts_file_says) {
  EXPECT_EQ(in_child([&]() -> std::string {
              if (std::string wrong = enter(); !wrong.empty()) return wrong;
              std::uint16_t port = 0;
              const int listener = bound_socket(SOCK_STREAM, "127.0.0.1", &port);
              if (listener < 0 || listen(listener, 1) != 0) return "no listener";
              NetTransport local(test_config());
              HttpRequest request = get("http://localhost:" + std::to_string(port) + "/");
              request.timeout_ms = 200;
              local.perform(request, nullptr);
              return accept(listener, nullptr, nullptr) >= 0 ? "" : "went elsewhere";
            }),
            "");
}

// ---- The process
// ---------------------------------------------------------------------------------

TEST_F(Isolation, after_a_fork_the_child_connects_anew_and_the_parent_goes_on) {
  answer_of(transport.perform(get(server.url("/ok")), nullptr));
  EXPECT_EQ(in_child([&]() -> std::string {
              for (int i = 0; i < 2; ++i) {
                const HttpOutcome outcome =
                    transport.perform(post(server.url("/echo"), "child"), nullptr);
                const auto* answer = std::get_if<HttpAnswer>(&outcome);
                if (answer == nullptr) return std::get<TransportFailure>(outcome).error.message;
                if (answer->body != "child") return "another's answer";
              }
              return "";
            }),
            "");
  EXPECT_EQ(server.ask("connections http"), 2);
  answer_of(transport.perform(get(server.url("/ok")), nullptr));
  EXPECT_EQ(server.ask("connections http"), 2);  // the parent's is alive
}

TEST_F(Isolation, a_child_that_drops_the_transport_leaves_the_connection_alone) {
  NetConfig config = test_config();
  config.ca_file = server.ca_file();
  auto kept = std::make_unique<NetTransport>(config);
  answer_of(kept->perform(get(server.url("/ok", "tls_good")), nullptr));
  EXPECT_EQ(in_child([&]() -> std::string {
              kept.reset();  // a goodbye of TLS would end the parent's connection
              return "";
            }),
            "");
  answer_of(kept->perform(get(server.url("/ok", "tls_good")), nullptr));
  EXPECT_EQ(server.ask("connections tls_good"), 1);
}

TEST_F(Isolation, no_connection_crosses_exec) {
  answer_of(transport.perform(get(server.url("/ok")), nullptr));
  int connection_count = 0;
  DIR* folder = opendir("/proc/self/fd");
  ASSERT_NE(folder, nullptr);
  while (const dirent* entry = readdir(folder)) {
    const int descriptor = std::atoi(entry->d_name);
    sockaddr_storage peer = {};
    socklen_t size = sizeof peer;
    if (getpeername(descriptor, reinterpret_cast<sockaddr*>(&peer), &size) != 0) continue;
    if (peer.ss_family != AF_INET && peer.ss_family != AF_INET6) continue;
    ++connection_count;
    EXPECT_NE(fcntl(descriptor, F_GETFD) & FD_CLOEXEC, 0);
  }
  closedir(folder);
  EXPECT_GE(connection_count, 1);
}

TEST_F(Isolation, signals_stay_as_they_were) {
  struct sigaction before[NSIG] = {};
  for (int i = 1; i < NSIG; ++i) sigaction(i, nullptr, &before[i]);
  sigset_t mask_before;
  pthread_sigmask(SIG_BLOCK, nullptr, &mask_before);
  answer_of(transport.perform(get(server.url("/ok")), nullptr));
  for (int i = 1; i < NSIG; ++i) {
    struct sigaction after = {};
    sigaction(i, nullptr, &after);
    EXPECT_EQ(after.sa_handler, before[i].sa_handler) << "signal " << i;
  }
  sigset_t mask_after;
  pthread_sigmask(SIG_BLOCK, nullptr, &mask_after);
  for (int i = 1; i < NSIG; ++i)
    EXPECT_EQ(sigismember(&mask_after, i), sigismember(&mask_before, i));
}

// ---- The objects
// ---------------------------------------------------------------------------------

TEST(NetObject, exports_one_symbol) {
  const std::string symbols = run("nm -D --defined-only --format=posix " BMAUTH_NET_FILE);
  EXPECT_EQ(symbols.substr(0, symbols.find(' ', symbols.find(' ') + 1)), "bmauth_net_v1 T")
      << symbols;
  EXPECT_EQ(std::count(symbols.begin(), symbols.end(), '\n'), 1) << symbols;
}

TEST(NetObject, needs_curl_and_openssl_and_no_cpp_runtime) {
  const std::string needed = run("readelf -d " BMAUTH_NET_FILE);
  EXPECT_NE(needed.find("Shared library: [libcurl.so"), std::string::npos) << needed;
  EXPECT_EQ(needed.find("[libstdc++"), std::string::npos) << needed;
  EXPECT_EQ(needed.find("[libgcc_s"), std::string::npos) << needed;
}

TEST(NetObject, alone_brings_curl_and_openssl_into_a_program) {
  const std::string needed = run("readelf -d /proc/" + std::to_string(getpid()) + "/exe");
  EXPECT_NE(needed.find("Shared library: [libc.so"), std::string::npos) << needed;
  for (const char* library : {"[libcurl", "[libssl", "[libcrypto"}) {
    EXPECT_EQ(needed.find(library), std::string::npos) << needed;
  }
}

TEST(NetObject, says_which_libraries_answer) {
  const Result<std::string> version = net_version();
  ASSERT_TRUE(version.ok()) << version.error().message;
  EXPECT_TRUE(version->starts_with("libcurl/")) << *version;
  EXPECT_NE(version->find(" OpenSSL/"), std::string::npos) << *version;
}

}  // namespace
}  // namespace bmauth::test
