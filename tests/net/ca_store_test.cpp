// Whom to trust on machines that keep their CA store elsewhere than libcurl's build machine did, or
// nowhere (promise N4).
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>

#include "tests/net/own_process.h"
#include "tests/net/server.h"

namespace bmauth::test {
namespace {

using namespace bmauth::core;
namespace fs = std::filesystem;

// Where libcurl, OpenSSL and the systems that we know look.
constexpr const char* kPlaces[] = {"/etc/ssl",
                                   "/etc/pki",
                                   "/usr/lib/ssl",
                                   "/usr/local/ssl",
                                   "/usr/local/share/certs",
                                   "/var/lib/ca-certificates"};

// Empties all of them, for this process alone.
std::string forget_ca_stores() {
  if (std::string wrong = enter_own_namespaces(0); !wrong.empty()) return wrong;
  for (const char* place : kPlaces) {
    if (fs::is_directory(place) && mount("none", place, "tmpfs", 0, nullptr) != 0) {
      return std::string(place) + ": " + std::strerror(errno);
    }
  }
  return "";
}

class CaStore : public testing::Test {
 protected:
  void SetUp() override {
    server.forget();
    std::ifstream file(server.ca_file());
    authority.assign(std::istreambuf_iterator<char>(file), {});
  }

  void install(const std::string& path) const {
    fs::create_directories(fs::path(path).parent_path());
    std::ofstream(path) << authority;
  }

  // What `claim` finds wrong on a machine without any CA store.
  static std::string on_a_bare_machine(const std::function<std::string()>& claim) {
    return in_child([&]() -> std::string {
      if (std::string wrong = forget_ca_stores(); !wrong.empty()) return wrong;
      return claim();
    });
  }

  HttpOutcome ask(NetTransport& transport, const char* listener) {
    HttpRequest request = post(server.url("/echo", listener), "refresh_token=CANARY");
    request.authorization = secret("Bearer CANARY");
    return transport.perform(request, nullptr);
  }
  HttpOutcome ask(const char* listener) {
    NetTransport transport(test_config());
    return ask(transport, listener);
  }

  static std::string expect_answer(const HttpOutcome& outcome) {
    const auto* failure = std::get_if<TransportFailure>(&outcome);
    return failure == nullptr ? "" : failure->error.message;
  }
  static std::string expect_no_store(const HttpOutcome& outcome) {
    const auto* failure = std::get_if<TransportFailure>(&outcome);
    if (failure == nullptr) return "an answer";
    const Error& error = failure->error;
    if (error.code != Code::kTls) return std::string("not tls: ") + error.message;
    if (failure->delivery != Delivery::kNotSent) return "not said to be unsent";
    for (const char* words : {"no CA store", "SSL_CERT_FILE", "SSL_CERT_DIR", "ca_file"}) {
      if (error.message.find(words) == std::string::npos) return error.message;
    }
    return error.remedy.find("ca-certificates") != std::string::npos ? "" : error.remedy;
  }

  Server& server = Server::instance();
  std::string authority;
};

TEST_F(CaStore, that_is_missing_is_said_and_nothing_is_sent) {
  EXPECT_EQ(on_a_bare_machine([&] { return expect_no_store(ask("tls_good")); }), "");
  EXPECT_EQ(server.ask("connections tls_good"), 0);
  EXPECT_EQ(server.ask("seen CANARY"), 0);
}

TEST_F(CaStore, that_is_an_empty_file_or_directory_is_missing) {
  EXPECT_EQ(on_a_bare_machine([&] {
              fs::create_directories("/etc/ssl/certs");
              std::ofstream("/etc/ssl/certs/ca-certificates.crt") << "";
              std::ofstream("/etc/ssl/certs/README") << "nothing here yet";
              return expect_no_store(ask("tls_good"));
            }),
            "");
}

TEST_F(CaStore, that_is_missing_does_not_disturb_plain_http_to_this_machine) {
  EXPECT_EQ(on_a_bare_machine([&] { return expect_answer(ask("http")); }), "");
}

TEST_F(CaStore, of_other_systems_is_found) {
  for (const char* path :
       {"/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"}) {
    EXPECT_EQ(on_a_bare_machine([&] {
                install(path);
                return expect_answer(ask("tls_good"));
              }),
              "")
        << path;
  }
  EXPECT_EQ(server.ask("requests tls_good"), 3);
}

TEST_F(CaStore, that_is_a_directory_of_hashed_names_is_found) {
  EXPECT_EQ(on_a_bare_machine([&]() -> std::string {
              install("/etc/ssl/certs/authority.pem");
              if (std::system("openssl rehash /etc/ssl/certs") != 0) return "no openssl command";
              return expect_answer(ask("tls_good"));
            }),
            "");
}

TEST_F(CaStore, that_comes_later_serves_a_client_that_lives) {
  EXPECT_EQ(on_a_bare_machine([&]() -> std::string {
              NetTransport transport(test_config());
              if (std::string wrong = expect_no_store(ask(transport, "tls_good")); !wrong.empty()) {
                return wrong;
              }
              install("/etc/ssl/cert.pem");
              return expect_answer(ask(transport, "tls_good"));
            }),
            "");
}

TEST_F(CaStore, that_is_missing_matters_to_nobody_who_names_one) {
  EXPECT_EQ(on_a_bare_machine([&] {
              NetConfig config = test_config();
              config.ca_file = server.ca_file();
              NetTransport transport(config);
              return expect_answer(ask(transport, "tls_good"));
            }),
            "");
  EXPECT_EQ(on_a_bare_machine([&] {
              const Variable variable("SSL_CERT_FILE", server.ca_file());
              return expect_answer(ask("tls_good"));
            }),
            "");
  EXPECT_EQ(on_a_bare_machine([&]() -> std::string {
              const TemporaryFolder folder;
              install(folder.path() + "/authority.pem");
              if (std::system(("openssl rehash " + folder.path()).c_str()) != 0)
                return "no openssl";
              const Variable variable("SSL_CERT_DIR", folder.path());
              return expect_answer(ask("tls_good"));
            }),
            "");
}

}  // namespace
}  // namespace bmauth::test
