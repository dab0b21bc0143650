// One URL, two parsers: what the core reads is what curl reads, or nothing is sent (promise N1).
#include <dlfcn.h>
#include <gtest/gtest.h>

#include "core/net/net.h"
#include "core/origin.h"
#include "tests/net/server.h"

namespace bmauth::test {
namespace {

using namespace bmauth::core;

// The net object without the core's parser before it.
class Table : public testing::Test {
 protected:
  void SetUp() override {
    void* library = dlopen(BMAUTH_NET_FILE, RTLD_NOW | RTLD_LOCAL);
    ASSERT_NE(library, nullptr) << dlerror();
    const auto entry =
        reinterpret_cast<const bmauth_net_table* (*)()>(dlsym(library, "bmauth_net_v1"));
    ASSERT_NE(entry, nullptr);
    table = entry();
    const bmauth_net_config config = {"bmauth-test/1", nullptr, "", 1'000};
    session = table->open(&config);
    ASSERT_NE(session, nullptr);
  }
  void TearDown() override { table->close(session); }

  // REFUSED_URL, or CANCELLED: the parsers agree, and the cancel comes before any packet.
  int result_of(const std::string& url, const std::string& scheme, const std::string& host,
                int port) {
    bmauth_net_request request = {};
    request.method = "GET";
    request.url = url.c_str();
    request.scheme = scheme.c_str();
    request.host = host.c_str();
    request.port = port;
    request.timeout_ms = 1'000;
    request.cancel_fd = -1;
    request.cancel_check = [](void*) { return 1; };
    request.on_status = [](void*, int) {};
    request.on_header = [](void*, const char*, std::size_t, const char*, std::size_t) {};
    request.on_body = [](void*, const char*, std::size_t) { return 1; };
    bmauth_net_outcome outcome = {};
    table->perform(session, &request, &outcome);
    EXPECT_EQ(outcome.was_sent, 0) << url;
    return outcome.result;
  }

  const bmauth_net_table* table = nullptr;
  bmauth_net_session* session = nullptr;
};

struct Tricky {
  std::string url;
  const char* origin;  // what the core reads, or why it refuses
};

const Tricky kTricky[] = {
    {"https://cloud.example.com", "https://cloud.example.com"},
    {"https://cloud.example.com/", "https://cloud.example.com"},
    {"https://cloud.example.com:443/a?b=c", "https://cloud.example.com"},
    {"https://cloud.example.com:8443/", "https://cloud.example.com:8443"},
    {"HTTPS://CLOUD.Example.COM/", "https://cloud.example.com"},
    {"https://cloud.example.com?x=@evil.example", "https://cloud.example.com"},
    {"https://cloud.example.com/@evil.example", "https://cloud.example.com"},
    {"https://cloud.example.com//evil.example/", "https://cloud.example.com"},
    {"https://cloud.example.com/..//../a/./b", "https://cloud.example.com"},
    {"https://cloud.example.com/%2f%00", "https://cloud.example.com"},
    {"https://cloud.example.com.evil.example/", "https://cloud.example.com.evil.example"},
    {"https://xn--bcher-kva.example/", "https://xn--bcher-kva.example"},
    {"https://a_b.example/", "https://a_b.example"},
    {"https://192.0.2.1:8080/", "https://192.0.2.1:8080"},
    {"https://1.2.3.4.example/", "https://1.2.3.4.example"},
    {"https://[2001:DB8::1]/", "https://[2001:db8::1]"},
    {"https://[2001:db8:0:0:0:0:0:1]:8443/", "https://[2001:db8::1]:8443"},
    {"https://[::ffff:192.0.2.1]/", "https://[::ffff:192.0.2.1]"},
    {"http://localhost:8080/", "http://localhost:8080"},
    {"http://LOCALHOST/", "http://localhost"},
    {"http://127.0.0.1/", "http://127.0.0.1"},
    {"http://127.255.255.254:1/", "http://127.255.255.254:1"},
    {"http://[::1]:65535/", "http://[::1]:65535"},
    {"http://[0:0:0:0:0:0:0:1]/", "http://[::1]"},
    {"http://cloud.example.com/", "insecure_url"},
    {"http://localhost.example.com/", "insecure_url"},
    {"http://127.0.0.1.example.com/", "insecure_url"},
    {"http://foo.localhost/", "insecure_url"},
    {"http://[::ffff:127.0.0.1]/", "insecure_url"},
    {"http://128.0.0.1/", "insecure_url"},
    {"http://0.0.0.0/", "insecure_url"},
    {"http://127.0.0.1@evil.example/", "invalid_argument"},
    {"https://cloud.example.com@evil.example/", "invalid_argument"},
    {"https://user:CANARY@cloud.example.com/", "invalid_argument"},
    {"https://cloud.example.com\\@evil.example/", "invalid_argument"},
    {"https://cloud.example.com\\.evil.example/", "invalid_argument"},
    {"https://cloud.example.com%2eevil.example/", "invalid_argument"},
    {"https://cloud.example.com%00.evil.example/", "invalid_argument"},
    {"https://cloud.example.com./", "invalid_argument"},
    {"https://cloud..example.com/", "invalid_argument"},
    {"https://.example.com/", "invalid_argument"},
    {"https://cloud.example.com:/", "invalid_argument"},
    {"https://cloud.example.com:0/", "invalid_argument"},
    {"https://cloud.example.com:65536/", "invalid_argument"},
    {"https://cloud.example.com:0443/", "invalid_argument"},
    {"https://cloud.example.com:443:443/", "invalid_argument"},
    {"https://cloud.example.com:+443/", "invalid_argument"},
    {"https://2130706433/", "invalid_argument"},
    {"http://2130706433/", "invalid_argument"},
    {"https://0x7f000001/", "invalid_argument"},
    {"https://0x7f.1/", "invalid_argument"},
    {"https://127.1/", "invalid_argument"},
    {"https://0177.0.0.1/", "invalid_argument"},
    {"https://192.0.2.256/", "invalid_argument"},
    {"https://1.2.3.4.5/", "invalid_argument"},
    {"https://example.0x10/", "invalid_argument"},
    {"https://[::1%25eth0]/", "invalid_argument"},
    {"https://[::1/", "invalid_argument"},
    {"https://[::1]evil.example/", "invalid_argument"},
    {"https://[127.0.0.1]/", "invalid_argument"},
    {"https://::1/", "invalid_argument"},
    {"https:///cloud.example.com/", "invalid_argument"},
    {"https:/cloud.example.com/", "invalid_argument"},
    {"https:cloud.example.com/", "invalid_argument"},
    {"//cloud.example.com/", "invalid_argument"},
    {"cloud.example.com", "invalid_argument"},
    {"ftp://cloud.example.com/", "invalid_argument"},
    {"file:///etc/passwd", "invalid_argument"},
    {"https://b\xc3\xbc"
     "cher.example/",
     "invalid_argument"},
    {"https://cloud.example.com/\xc3\xbc", "invalid_argument"},
    {"https://cloud.example.com/a b", "invalid_argument"},
    {"https://cloud.example.com/a\nb", "invalid_argument"},
    {"https://cloud.example.com/a#b", "invalid_argument"},
    {"https://cloud.example.com/%zz", "invalid_argument"},
    {" https://cloud.example.com/", "invalid_argument"},
    {"https://cloud.example.com/ ", "invalid_argument"},
    {std::string("https://cloud.example.com\0.evil.example/", 41), "invalid_argument"},
    {"", "invalid_argument"},
};

TEST_F(Table, reads_each_url_as_the_core_does_or_the_core_refuses_it) {
  for (const Tricky& tricky : kTricky) {
    const Result<Url> url = parse_url(tricky.url);
    const std::string read = url ? url->origin.to_string() : code_info(url.error().code).name;
    EXPECT_EQ(read, tricky.origin) << tricky.url;
    if (!url) {
      EXPECT_EQ(url.error().message.find("CANARY"), std::string::npos) << tricky.url;
      continue;
    }
    EXPECT_EQ(result_of(tricky.url, url->origin.scheme, url->origin.host, url->origin.port),
              BMAUTH_NET_CANCELLED)
        << tricky.url;
    EXPECT_EQ(result_of(url->to_string(), url->origin.scheme, url->origin.host, url->origin.port),
              BMAUTH_NET_CANCELLED)
        << url->to_string();
  }
}

TEST_F(Table, refuses_a_url_that_is_not_what_the_core_says_that_it_read) {
  const std::string url = "https://cloud.example.com:8443/";
  EXPECT_EQ(result_of(url, "https", "cloud.example.com", 8443), BMAUTH_NET_CANCELLED);
  EXPECT_EQ(result_of(url, "http", "cloud.example.com", 8443), BMAUTH_NET_REFUSED_URL);
  EXPECT_EQ(result_of(url, "https", "example.com", 8443), BMAUTH_NET_REFUSED_URL);
  EXPECT_EQ(result_of(url, "https", "cloud.example.com", 443), BMAUTH_NET_REFUSED_URL);
}

TEST_F(Table, refuses_by_itself_what_no_core_should_have_let_pass) {
  EXPECT_EQ(result_of("http://cloud.example.com/", "http", "cloud.example.com", 80),
            BMAUTH_NET_REFUSED_URL);
  EXPECT_EQ(result_of("http://127.evil.example/", "http", "127.evil.example", 80),
            BMAUTH_NET_REFUSED_URL);
  EXPECT_EQ(result_of("https://user@cloud.example.com/", "https", "cloud.example.com", 443),
            BMAUTH_NET_REFUSED_URL);
  EXPECT_EQ(result_of("https://cloud.example.com@evil.example/", "https", "cloud.example.com", 443),
            BMAUTH_NET_REFUSED_URL);
  EXPECT_EQ(result_of("ftp://cloud.example.com/", "ftp", "cloud.example.com", 21),
            BMAUTH_NET_REFUSED_URL);
  EXPECT_EQ(result_of("file:///etc/passwd", "file", "", 0), BMAUTH_NET_REFUSED_URL);
  EXPECT_EQ(result_of("https://cloud.example.com/#x", "https", "cloud.example.com", 443),
            BMAUTH_NET_REFUSED_URL);
  EXPECT_EQ(result_of("https://2130706433/", "https", "2130706433", 443), BMAUTH_NET_REFUSED_URL);
}

TEST(Urls, of_plain_http_elsewhere_are_refused_before_any_packet) {
  Server& server = Server::instance();
  server.forget();
  const Variable variable("http_proxy", "http://127.0.0.1:" + std::to_string(server.port("proxy")));
  NetTransport transport(test_config());
  for (const char* url :
       {"http://cloud.example.com/", "http://192.0.2.1/", "http://foo.localhost/"}) {
    const TransportFailure failure = failure_of(transport.perform(get(url), nullptr));
    EXPECT_EQ(failure.error.code, Code::kInsecureUrl) << url;
    EXPECT_EQ(failure.delivery, Delivery::kNotSent) << url;
  }
  EXPECT_EQ(server.ask("connections proxy"), 0);
}

TEST(Urls, are_sent_with_path_and_query_as_they_were_written) {
  Server& server = Server::instance();
  server.forget();
  NetTransport transport(test_config());
  const std::string path = "/nowhere/../a//b/%2e%2E/?q=%41&r=a+b";
  EXPECT_EQ(answer_of(transport.perform(get(server.url(path)), nullptr)).status, 404);
  EXPECT_EQ(server.ask("requests http " + path), 1);
}

}  // namespace
}  // namespace bmauth::test
