// TLS: whom we trust, and that nothing leaves before we do (promise N4).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/net/server.h"

namespace bmauth::test {
namespace {

using namespace bmauth::core;

class Trust : public testing::Test {
 protected:
  void SetUp() override { server.forget(); }

  NetConfig trusting() {
    NetConfig config = test_config();
    config.ca_file = server.ca_file();
    return config;
  }

  HttpRequest secret_request(const std::string& listener) {
    HttpRequest request = post(server.url("/echo", listener), "refresh_token=CANARY");
    request.authorization = secret("Bearer CANARY");
    return request;
  }

  Server& server = Server::instance();
};

TEST_F(Trust, of_an_authority_by_option_works) {
  NetTransport transport(trusting());
  EXPECT_EQ(answer_of(transport.perform(secret_request("tls_good"), nullptr)).body,
            "refresh_token=CANARY");
}

TEST_F(Trust, of_an_authority_by_environment_works) {
  const Variable variable("SSL_CERT_FILE", server.ca_file());
  NetTransport transport(test_config());
  EXPECT_EQ(answer_of(transport.perform(secret_request("tls_good"), nullptr)).status, 200);
}

TEST_F(Trust, of_a_folder_by_environment_works) {
  const TemporaryFolder folder;
  std::filesystem::copy(server.ca_file(), folder.path() + "/ca.pem");
  ASSERT_EQ(std::system(("openssl rehash " + folder.path()).c_str()), 0);
  const Variable variable("SSL_CERT_DIR", folder.path());
  NetTransport transport(test_config());
  EXPECT_EQ(answer_of(transport.perform(secret_request("tls_good"), nullptr)).status, 200);
}

TEST_F(Trust, by_option_wins_over_the_environment) {
  const Variable variable("SSL_CERT_FILE", "/nowhere/ca.pem");
  NetTransport transport(trusting());
  EXPECT_EQ(answer_of(transport.perform(secret_request("tls_good"), nullptr)).status, 200);
}

TEST_F(Trust, of_the_system_does_not_extend_to_an_unknown_authority) {
  NetTransport transport(test_config());
  const TransportFailure failure =
      failure_of(transport.perform(secret_request("tls_good"), nullptr));
  EXPECT_EQ(failure.error.code, Code::kTls);
  EXPECT_EQ(server.ask("requests tls_good"), 0);
}

TEST_F(Trust, that_fails_sends_no_byte_of_a_request) {
  NetTransport transport(trusting());
  for (const char* listener :
       {"tls_self_signed", "tls_wrong_host", "tls_expired", "tls_not_yet", "tls_old"}) {
    const TransportFailure failure =
        failure_of(transport.perform(secret_request(listener), nullptr));
    EXPECT_EQ(failure.error.code, Code::kTls) << listener << ": " << failure.error.message;
    EXPECT_EQ(failure.delivery, Delivery::kNotSent) << listener;
    EXPECT_NE(failure.error.remedy.find("SSL_CERT_FILE"), std::string::npos) << listener;
    EXPECT_GE(server.ask(std::string("connections ") + listener), 1) << listener;
    EXPECT_EQ(server.ask(std::string("bytes ") + listener), 0) << listener;
  }
  EXPECT_EQ(server.ask("seen CANARY"), 0);
}

TEST_F(Trust, in_a_file_that_is_missing_sends_nothing) {
  NetConfig config = test_config();
  config.ca_file = "/nowhere/ca.pem";
  NetTransport transport(config);
  const TransportFailure failure =
      failure_of(transport.perform(secret_request("tls_good"), nullptr));
  EXPECT_EQ(failure.error.code, Code::kTls);
  EXPECT_EQ(failure.delivery, Delivery::kNotSent);
  EXPECT_EQ(server.ask("bytes tls_good"), 0);
}

TEST_F(Trust, survives_in_a_kept_connection) {
  NetTransport transport(trusting());
  for (int i = 0; i < 4; ++i) answer_of(transport.perform(secret_request("tls_good"), nullptr));
  EXPECT_EQ(server.ask("connections tls_good"), 1);
}

TEST_F(Trust, is_not_undone_by_SSLKEYLOGFILE) {
  NetTransport transport(trusting());
  answer_of(transport.perform(secret_request("tls_good"), nullptr));
  ASSERT_EQ(std::getenv("SSLKEYLOGFILE"), key_log_file);  // for the whole run: see main.cpp
  std::ifstream file(key_log_file);
  const std::string keys{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  EXPECT_EQ(keys, "");
}

}  // namespace
}  // namespace bmauth::test
