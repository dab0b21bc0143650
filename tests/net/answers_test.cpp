// What comes back: whole, cut off, endless, not HTTP.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "tests/net/server.h"

namespace bmauth::test {
namespace {

using namespace bmauth::core;

class Answers : public testing::Test {
 protected:
  void SetUp() override { server.forget(); }

  Server& server = Server::instance();
  NetTransport transport{test_config()};
};

// Most memory that this process ever had.
long peak_kib() {
  rusage usage = {};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

TEST_F(Answers, bring_status_body_and_the_headers_that_matter) {
  const HttpAnswer answer = answer_of(transport.perform(get(server.url("/ok")), nullptr));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, R"({"ok": true, "padding": "0123456789"})");
  EXPECT_EQ(answer.content_type, "application/json");
  EXPECT_EQ(answer.retry_after, "7");
  EXPECT_FALSE(answer.is_body_over_cap);
}

TEST_F(Answers, keep_every_byte_of_a_body_nul_included) {
  std::string bytes;
  for (int i = 0; i < 1024; ++i) bytes += static_cast<char>(i % 256);
  const HttpAnswer answer = answer_of(transport.perform(post(server.url("/echo"), bytes), nullptr));
  EXPECT_EQ(answer.body, bytes);
}

TEST_F(Answers, say_what_an_error_page_says) {
  const HttpAnswer answer = answer_of(transport.perform(get(server.url("/status/502")), nullptr));
  EXPECT_EQ(answer.status, 502);
  EXPECT_EQ(answer.content_type, "text/html");
  EXPECT_NE(answer.body.find("Bad gateway"), std::string::npos);
}

TEST_F(Answers, are_the_final_ones_and_not_those_before) {
  const HttpAnswer answer = answer_of(transport.perform(get(server.url("/interim/5")), nullptr));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.retry_after, "7");  // the interim ones said 99
}

TEST_F(Answers, cut_off_at_any_place_are_no_answers) {
  const HttpAnswer whole = answer_of(transport.perform(get(server.url("/ok")), nullptr));
  constexpr int kHeadBytes = 87;
  const int all_bytes = kHeadBytes + static_cast<int>(whole.body.size());
  for (int bytes = 0; bytes < all_bytes; bytes += 3) {
    const std::string path = "/cut/" + std::to_string(bytes);
    const TransportFailure failure = failure_of(transport.perform(get(server.url(path)), nullptr));
    EXPECT_TRUE(failure.error.code == Code::kNetwork || failure.error.code == Code::kBadResponse)
        << bytes << ": " << failure.error.message;
    EXPECT_EQ(failure.delivery, Delivery::kMaybeSent) << bytes;
  }
  const std::string path = "/cut/" + std::to_string(all_bytes);
  EXPECT_EQ(answer_of(transport.perform(get(server.url(path)), nullptr)).body, whole.body);
}

TEST_F(Answers, without_end_are_cut_at_the_cap_in_bounded_memory) {
  transport.perform(get(server.url("/ok")), nullptr);
  const long before_kib = peak_kib();
  for (const char* path : {"/endless", "/endless-chunks", "/big/10485760"}) {
    HttpRequest request = get(server.url(path));
    request.max_body_bytes = kMaxAuthBodyBytes;
    const HttpAnswer answer = answer_of(transport.perform(request, nullptr));
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_TRUE(answer.is_body_over_cap) << path;
    EXPECT_EQ(answer.body.size(), kMaxAuthBodyBytes) << path;
  }
  EXPECT_LT(peak_kib() - before_kib, 4 * 1024);
}

TEST_F(Answers, may_be_as_large_as_the_cap) {
  HttpRequest request = get(server.url("/big/262144"));
  request.max_body_bytes = 262144;
  const HttpAnswer answer = answer_of(transport.perform(request, nullptr));
  EXPECT_FALSE(answer.is_body_over_cap);
  EXPECT_EQ(answer.body.size(), 262144u);
}

TEST_F(Answers, with_endless_headers_are_refused_in_bounded_memory) {
  transport.perform(get(server.url("/ok")), nullptr);
  const long before_kib = peak_kib();
  for (const char* path :
       {"/big-header/10485760", "/many-headers/100000", "/many-interims/100000"}) {
    const TransportFailure failure = failure_of(transport.perform(get(server.url(path)), nullptr));
    EXPECT_EQ(failure.error.code, Code::kBadResponse) << path << ": " << failure.error.message;
    EXPECT_EQ(failure.delivery, Delivery::kMaybeSent) << path;
  }
  EXPECT_LT(peak_kib() - before_kib, 4 * 1024);
}

TEST_F(Answers, that_are_not_http_are_bad_responses) {
  for (const char* path : {"/garbage", "/bad-length"}) {
    const TransportFailure failure = failure_of(transport.perform(get(server.url(path)), nullptr));
    EXPECT_EQ(failure.error.code, Code::kBadResponse) << path << ": " << failure.error.message;
    EXPECT_EQ(failure.delivery, Delivery::kMaybeSent) << path;
  }
  EXPECT_EQ(failure_of(transport.perform(get(server.url("/bad-chunks")), nullptr)).delivery,
            Delivery::kMaybeSent);
}

TEST_F(Answers, that_point_elsewhere_are_not_followed) {
  const std::string canary_port = std::to_string(server.port("canary"));
  for (const char* status : {"301", "302", "303", "307", "308"}) {
    HttpRequest request = post(server.url(std::string("/redirect/") + status + "/" + canary_port),
                               "token=CANARY-body");
    request.authorization = secret("Bearer CANARY-bearer");
    const HttpAnswer answer = answer_of(transport.perform(request, nullptr));
    EXPECT_EQ(std::to_string(answer.status), status);
  }
  EXPECT_EQ(server.ask("requests http"), 5);
  EXPECT_EQ(server.ask("seen CANARY-bearer"), 5);  // where they belong
  EXPECT_EQ(server.ask("connections canary"), 0);
}

}  // namespace
}  // namespace bmauth::test
