// Whether the server may have acted on a request, how often it saw it, and how a call is ended.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

#include "core/clock.h"
#include "tests/net/server.h"

namespace bmauth::test {
namespace {

using namespace bmauth::core;

constexpr std::int64_t kLongTimeout_ms = 30'000;
constexpr std::int64_t kPrompt_ms = 1'000;  // promised: 100; generous, for a busy machine

class Delivering : public testing::Test {
 protected:
  void SetUp() override { server.forget(); }

  Server& server = Server::instance();
  NetTransport transport{test_config()};
};

// Waits until the server has read a request, so that a cancel comes in the middle.
void wait_for_request(Server& server, const std::string& question) {
  for (int i = 0; i < 500 && server.ask(question) == 0; ++i) system_clock().sleep_ms(5, nullptr);
}

TEST_F(Delivering, nothing_is_sent_where_nobody_listens) {
  // Bound, but not listening: no other process can get this port meanwhile.
  const int held = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(held, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(getsockname(held, reinterpret_cast<sockaddr*>(&address), &size), 0);

  const std::string origin = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  const TransportFailure failure =
      failure_of(transport.perform(post(origin + "/", "x=1"), nullptr));
  EXPECT_EQ(failure.error.code, Code::kNetwork);
  EXPECT_EQ(failure.delivery, Delivery::kNotSent);
  EXPECT_NE(failure.error.message.find(origin), std::string::npos) << failure.error.message;
  close(held);
}

TEST_F(Delivering, a_reset_after_the_request_was_read_is_maybe_sent) {
  for (const char* path : {"/reset", "/close"}) {
    const TransportFailure failure =
        failure_of(transport.perform(post(server.url(path), "x=1"), nullptr));
    EXPECT_EQ(failure.error.code, Code::kNetwork) << path;
    EXPECT_EQ(failure.delivery, Delivery::kMaybeSent) << path;
  }
}

TEST_F(Delivering, a_reset_before_the_request_was_read_is_a_network_fault) {
  const TransportFailure failure =
      failure_of(transport.perform(post(server.url("/", "reset"), "x=1"), nullptr));
  EXPECT_EQ(failure.error.code, Code::kNetwork);
  EXPECT_EQ(server.ask("bytes reset"), 0);
}

TEST_F(Delivering, a_reset_within_the_tls_handshake_is_not_sent) {
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port("reset")) + "/";
  const TransportFailure failure = failure_of(transport.perform(post(url, "x=1"), nullptr));
  EXPECT_EQ(failure.delivery, Delivery::kNotSent) << failure.error.message;
}

TEST_F(Delivering, a_reset_while_a_large_body_leaves_does_not_kill_the_process) {
  NetConfig config = test_config();
  config.ca_file = server.ca_file();
  NetTransport trusting(config);
  const std::string large(4 * 1024 * 1024, 'x');
  for (const char* listener : {"http", "tls_good"}) {
    for (int i = 0; i < 5; ++i) {  // SIGPIPE would end this program here
      const TransportFailure failure =
          failure_of(trusting.perform(post(server.url("/reset-early", listener), large), nullptr));
      EXPECT_EQ(failure.delivery, Delivery::kMaybeSent) << listener;
    }
  }
}

TEST_F(Delivering, silence_ends_at_the_timeout) {
  for (const char* path : {"/silence", "/half"}) {
    HttpRequest request = post(server.url(path), "x=1");
    request.timeout_ms = 150;
    const std::int64_t start = now_ms();
    const TransportFailure failure = failure_of(transport.perform(request, nullptr));
    EXPECT_EQ(failure.error.code, Code::kTimeout) << path;
    EXPECT_EQ(failure.delivery, Delivery::kMaybeSent) << path;
    EXPECT_GE(now_ms() - start, 149) << path;
    EXPECT_LT(now_ms() - start, 150 + kPrompt_ms) << path;
  }
}

TEST_F(Delivering, silence_in_the_tls_handshake_ends_at_the_connect_timeout_and_is_not_sent) {
  NetConfig config = test_config();
  config.connect_timeout_ms = 150;
  NetTransport hasty(config);
  const std::string url = "https://127.0.0.1:" + std::to_string(server.port("mute")) + "/";
  HttpRequest request = post(url, "x=1");
  request.timeout_ms = kLongTimeout_ms;
  const std::int64_t start = now_ms();
  const TransportFailure failure = failure_of(hasty.perform(request, nullptr));
  EXPECT_EQ(failure.error.code, Code::kTimeout);
  EXPECT_EQ(failure.delivery, Delivery::kNotSent);
  EXPECT_LT(now_ms() - start, 150 + kPrompt_ms);
}

TEST_F(Delivering, no_time_left_sends_nothing) {
  HttpRequest request = get(server.url("/ok"));
  request.timeout_ms = 0;
  const TransportFailure failure = failure_of(transport.perform(request, nullptr));
  EXPECT_EQ(failure.error.code, Code::kTimeout);
  EXPECT_EQ(failure.delivery, Delivery::kNotSent);
  EXPECT_EQ(server.ask("connections http"), 0);
}

TEST_F(Delivering, silence_is_cancelled_promptly_from_another_thread) {
  HttpRequest request = post(server.url("/silence"), "x=1");
  request.timeout_ms = kLongTimeout_ms;
  Cancel cancel;
  std::int64_t triggered_at = 0;
  std::thread other([&] {
    wait_for_request(server, "requests http /silence");
    triggered_at = now_ms();
    cancel.trigger();
  });
  const TransportFailure failure = failure_of(transport.perform(request, &cancel));
  const std::int64_t ended_at = now_ms();
  other.join();
  EXPECT_EQ(failure.error.code, Code::kCancelled);
  EXPECT_EQ(failure.delivery, Delivery::kMaybeSent);
  EXPECT_LT(ended_at - triggered_at, kPrompt_ms);
}

TEST_F(Delivering, silence_is_cancelled_promptly_by_the_check_callback_on_the_calling_thread) {
  struct Asked {
    std::thread::id thread = std::this_thread::get_id();
    int times = 0;
    bool is_other_thread = false;
  } asked;
  Cancel cancel;
  cancel.set_check(
      [](void* user_data) {
        auto* state = static_cast<Asked*>(user_data);
        state->is_other_thread =
            state->is_other_thread || std::this_thread::get_id() != state->thread;
        return ++state->times >= 5;
      },
      &asked);
  HttpRequest request = post(server.url("/silence"), "x=1");
  request.timeout_ms = kLongTimeout_ms;
  const std::int64_t start = now_ms();
  const TransportFailure failure = failure_of(transport.perform(request, &cancel));
  EXPECT_EQ(failure.error.code, Code::kCancelled);
  EXPECT_LT(now_ms() - start, kPrompt_ms);
  EXPECT_EQ(asked.times, 5);
  EXPECT_FALSE(asked.is_other_thread);
}

TEST_F(Delivering, a_call_that_begins_cancelled_opens_no_connection) {
  Cancel cancel;
  cancel.trigger();
  const TransportFailure failure = failure_of(transport.perform(get(server.url("/ok")), &cancel));
  EXPECT_EQ(failure.error.code, Code::kCancelled);
  EXPECT_EQ(failure.delivery, Delivery::kNotSent);
  EXPECT_EQ(server.ask("connections http"), 0);
}

TEST_F(Delivering, a_transport_works_on_after_a_cancelled_call) {
  Cancel cancel;
  cancel.trigger();
  failure_of(transport.perform(get(server.url("/ok")), &cancel));
  EXPECT_EQ(answer_of(transport.perform(get(server.url("/ok")), nullptr)).status, 200);
}

TEST_F(Delivering, polls_share_one_connection) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(answer_of(transport.perform(post(server.url("/echo"), "poll"), nullptr)).body,
              "poll");
  }
  EXPECT_EQ(server.ask("requests http"), 5);
  EXPECT_EQ(server.ask("connections http"), 1);
}

TEST_F(Delivering, a_fresh_request_takes_no_kept_connection_and_leaves_none) {
  HttpRequest fresh = post(server.url("/echo"), "fresh");
  fresh.is_connection_fresh = true;
  const HttpRequest poll = post(server.url("/echo"), "poll");
  answer_of(transport.perform(fresh, nullptr));
  EXPECT_EQ(server.ask("connections http"), 1);
  answer_of(transport.perform(poll, nullptr));
  EXPECT_EQ(server.ask("connections http"), 2);
  answer_of(transport.perform(fresh, nullptr));
  EXPECT_EQ(server.ask("connections http"), 3);
  answer_of(transport.perform(poll, nullptr));  // the second connection again
  EXPECT_EQ(server.ask("connections http"), 3);
}

TEST_F(Delivering, a_request_is_presented_once_though_its_kept_connection_dies) {
  for (const char* path : {"/close", "/reset", "/reset-early"}) {
    for (const bool is_post : {true, false}) {
      server.forget();
      answer_of(transport.perform(get(server.url("/ok")), nullptr));
      const std::string url = server.url(path);
      const TransportFailure failure = failure_of(
          transport.perform(is_post ? post(url, "refresh_token=CANARY") : get(url), nullptr));
      EXPECT_EQ(failure.error.code, Code::kNetwork) << path;
      EXPECT_EQ(failure.delivery, Delivery::kMaybeSent) << path;
      EXPECT_EQ(server.ask(std::string("requests http ") + path), 1) << path;
      EXPECT_EQ(server.ask("connections http"), 1) << path;  // the kept one, and none for a repeat
    }
  }
}

TEST_F(Delivering, the_request_carries_what_was_asked_and_no_more) {
  HttpRequest request = post(server.url("/echo"), "grant_type=x");
  request.authorization = secret("Bearer CANARY-1");
  request.headers = {{"Accept", "application/json"}, {"X-Workspace-ID", "w1"}, {"X-Empty", ""}};
  answer_of(transport.perform(request, nullptr));
  for (const char* part :
       {R"("authorization": "Bearer CANARY-1")", R"("accept": "application/json")",
        R"("x-workspace-id": "w1")", R"("x-empty": "")", R"("user-agent": "bmauth-test/1")",
        R"("content-length": "12")", R"("content-type": "application/x-www-form-urlencoded")"}) {
    EXPECT_EQ(server.ask(std::string("seen ") + part), 1) << part;
  }
  for (const char* part : {"expect", "accept-encoding", "cookie", "upgrade", "referer"}) {
    EXPECT_EQ(server.ask(std::string("seen ") + part), 0) << part;
  }
}

TEST_F(Delivering, a_large_body_waits_for_no_permission) {
  const std::string large(2 * 1024 * 1024, 'x');
  EXPECT_EQ(answer_of(transport.perform(post(server.url("/echo"), large), nullptr)).body.size(),
            large.size());
  EXPECT_EQ(server.ask("seen expect"), 0);
}

TEST_F(Delivering, methods_with_and_without_a_body_are_sent_as_named) {
  for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
    HttpRequest request = get(server.url("/echo"));
    request.method = method;
    EXPECT_EQ(answer_of(transport.perform(request, nullptr)).body, "") << method;
    EXPECT_EQ(server.ask(std::string("seen \"method\": \"") + method + "\""), 1) << method;
  }
  HttpRequest put = post(server.url("/echo"), "{}");
  put.method = "PUT";
  EXPECT_EQ(answer_of(transport.perform(put, nullptr)).body, "{}");
  HttpRequest head = get(server.url("/ok"));
  head.method = "HEAD";
  head.timeout_ms = 500;
  EXPECT_EQ(answer_of(transport.perform(head, nullptr)).status, 200);
}

TEST_F(Delivering, a_line_end_in_a_header_sends_nothing) {
  HttpRequest by_credential = get(server.url("/ok"));
  by_credential.authorization = secret("Bearer x\r\nX-Injected: CANARY");
  HttpRequest by_header = get(server.url("/ok"));
  by_header.headers = {{"X-Workspace-ID", "w\nX-Injected: CANARY"}};
  HttpRequest by_name = get(server.url("/ok"));
  by_name.headers = {{"X-A: b\r\nX-Injected", "CANARY"}};
  HttpRequest by_method = get(server.url("/ok"));
  by_method.method = "GET / HTTP/1.1\r\nX-Injected: CANARY\r\n\r\nGET";
  for (const HttpRequest* request : {&by_credential, &by_header, &by_name, &by_method}) {
    const TransportFailure failure = failure_of(transport.perform(*request, nullptr));
    EXPECT_EQ(failure.error.code, Code::kInvalidArgument);
    EXPECT_EQ(failure.delivery, Delivery::kNotSent);
    EXPECT_EQ(failure.error.message.find("CANARY"), std::string::npos);
  }
  EXPECT_EQ(server.ask("connections http"), 0);
}

TEST_F(Delivering, two_threads_share_a_transport) {
  const auto ask_often = [&](const std::string& name) {
    for (int i = 0; i < 20; ++i) {
      const std::string text = name + std::to_string(i);
      EXPECT_EQ(answer_of(transport.perform(post(server.url("/echo"), text), nullptr)).body, text);
    }
  };
  std::thread first(ask_often, "first");
  std::thread second(ask_often, "second");
  first.join();
  second.join();
  EXPECT_EQ(server.ask("requests http"), 40);
  EXPECT_LE(server.ask("connections http"), 2);
}

TEST_F(Delivering, one_silent_request_does_not_hold_up_another_thread) {
  Cancel cancel;
  HttpRequest silent = get(server.url("/silence"));
  silent.timeout_ms = kLongTimeout_ms;
  std::thread waiting([&] { failure_of(transport.perform(silent, &cancel)); });
  wait_for_request(server, "requests http /silence");
  const std::int64_t start = now_ms();
  EXPECT_EQ(answer_of(transport.perform(get(server.url("/ok")), nullptr)).status, 200);
  EXPECT_LT(now_ms() - start, kPrompt_ms);
  cancel.trigger();
  waiting.join();
}

}  // namespace
}  // namespace bmauth::test
