// One client used by many: threads, forked children, and a process that opens clients all day.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <bmauth.hpp>
#include <thread>
#include <vector>

#include "world.h"

namespace bmauth::test {
namespace {

constexpr int kThreads = 100;
constexpr int kForks = 50;
constexpr int kOpens = 1'000;

TEST(Sharing, a_hundred_threads_on_one_ended_session_are_one_refresh) {
  World world;
  world.write_session(-10);
  Client client = world.client();
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      const Token token = client.token(Purpose::kAccount, 0);
      const Route route = client.route("x", std::nullopt, Override::kNone, false);
      const Report report = client.status(true);
      if (token.access_token() == "CANARY-access-1" && route.mode() == "local" &&
          report.text("/credentials/0/kind") == "oauth") {
        ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, kThreads);
  EXPECT_EQ(world.server.requests(kTokenPath).size(), 1u);
}

TEST(Sharing, a_client_may_be_closed_while_others_call) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  std::atomic<bool> is_ending{false};
  std::atomic<int> odd{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      while (!is_ending) {
        try {
          client.token(Purpose::kAccount, 0);
        } catch (const Error& error) {
          if (error.code() != Code::kInvalidArgument) ++odd;
        }
      }
    });
  }
  client.status(true);
  client.close();
  EXPECT_EQ(error_of([&] { client.token(Purpose::kAccount, 0); }).code(), Code::kInvalidArgument);
  is_ending = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(odd, 0);
}

// 0 if a client that was inherited over a fork works.
int use_in_child(Client& client) {
  try {
    const Token token = client.token(Purpose::kAccount, 0);
    const Report status = client.status(true);
    const Report whoami = client.whoami(false);
    const bool is_right = token.kind() == "oauth" &&
                          status.text("/credentials/0/kind") == "oauth" &&
                          whoami.text("/is_authenticated") == "true";
    return is_right ? 0 : 1;
  } catch (const Error&) {
    return 2;
  }
}

TEST(Sharing, a_forked_child_uses_the_client_while_the_parent_goes_on) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  client.whoami(false);  // a connection that the child inherits
  std::atomic<bool> is_ending{false};
  std::atomic<int> calls{0};
  std::atomic<int> failures{0};
  std::thread other([&] {
    while (!is_ending) {
      try {
        client.token(Purpose::kAccount, 0);
        client.status(true);
        client.whoami(false);
        ++calls;
      } catch (const Error&) {
        ++failures;
      }
    }
  });
  for (int i = 0; i < kForks; ++i) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::alarm(20);  // one that hangs is ended
      ::_exit(use_in_child(client));
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status)) << "fork " << i << " ended by signal " << WTERMSIG(status);
    ASSERT_EQ(WEXITSTATUS(status), 0) << "fork " << i;
    EXPECT_EQ(use_in_child(client), 0) << "the parent after fork " << i;
  }
  is_ending = true;
  other.join();
  EXPECT_GT(calls, 0);
  EXPECT_EQ(failures, 0);
}

TEST(Sharing, a_thousand_clients_leave_no_descriptor_open) {
  World world;
  world.write_session(3600);
  const auto use = [&](bool is_online) {
    const Options options = world.options();
    Client client(&options);
    Cancel cancel;
    client.token(Purpose::kAccount, 0, &cancel);
    client.status(true);
    if (is_online) client.whoami(false, &cancel);
  };
  use(true);  // what the process opens once and keeps
  // The server's ends of connections are closed by its threads: they may take a moment.
  const auto settled = [](int expected) {
    for (int i = 0; i < 200 && open_descriptors() != expected; ++i) ::usleep(5'000);
    return open_descriptors();
  };
  ::usleep(50'000);
  const int before = open_descriptors();
  for (int i = 0; i < kOpens; ++i) use(i % 50 == 0);
  EXPECT_EQ(settled(before), before);
}

}  // namespace
}  // namespace bmauth::test
