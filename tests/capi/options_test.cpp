// What options take, and what they refuse.
#include <gtest/gtest.h>

#include <bmauth.hpp>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <utility>

#include "world.h"

namespace bmauth::test {
namespace {

using SetText = Options& (Options::*)(const std::string&)&;
using SetTime = Options& (Options::*)(std::int64_t) &;

constexpr SetText kTextSetters[] = {
    &Options::set_data_dir,
    &Options::set_token_file,
    &Options::set_issuer,
    &Options::set_client_id,
    &Options::set_cloud_host,
    &Options::set_api_key,
    &Options::set_default_project,
    &Options::set_default_workspace,
    &Options::set_project_constraint,
    &Options::set_ca_file,
    &Options::set_proxy,
    &Options::set_user_agent_suffix,
    &Options::set_local_base_url,
    &Options::set_language,
};
constexpr SetTime kTimeSetters[] = {
    &Options::set_connect_timeout_ms,     &Options::set_auth_timeout_ms,
    &Options::set_refresh_try_timeout_ms, &Options::set_refresh_budget_ms,
    &Options::set_api_timeout_ms,         &Options::set_lock_timeout_ms,
    &Options::set_login_timeout_ms,
};

Error refusal(SetText set, const std::string& value) {
  Options options;
  return error_of([&] { (options.*set)(value); });
}

TEST(Options, a_text_may_have_a_mebibyte_and_no_byte_more) {
  const std::string most(1024 * 1024, 'x');
  for (const SetText set : kTextSetters) {
    Options options;
    EXPECT_NO_THROW((options.*set)(most));
    EXPECT_EQ(refusal(set, most + "x").code(), Code::kInvalidArgument);
  }
}

TEST(Options, a_text_holds_no_control_characters) {
  for (const SetText set : kTextSetters) {
    for (const char* value : {"a\nb", "a\rb", "a\tb", "\x1b[2J", "\x01", "a\x7f"}) {
      EXPECT_EQ(refusal(set, value).code(), Code::kInvalidArgument);
    }
  }
}

TEST(Options, a_refused_secret_is_not_repeated) {
  const Error error = refusal(&Options::set_api_key, "CANARY\n");
  EXPECT_EQ(error.message().find("CANARY"), std::string::npos);
}

TEST(Options, a_time_is_from_a_millisecond_to_an_hour) {
  for (const SetTime set : kTimeSetters) {
    Options options;
    EXPECT_NO_THROW((options.*set)(1));
    EXPECT_NO_THROW((options.*set)(3'600'000));
    for (const std::int64_t value :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{3'600'001},
          std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
      EXPECT_EQ(error_of([&] { (options.*set)(value); }).code(), Code::kInvalidArgument) << value;
    }
  }
}

TEST(Options, a_refused_value_leaves_the_one_before) {
  const World world;
  Options options = world.options();
  options.set_project_constraint("notes");
  EXPECT_EQ(error_of([&] { options.set_project_constraint("a\nb"); }).code(),
            Code::kInvalidArgument);
  Client client(&options);
  const Route route = client.route(std::nullopt, std::nullopt, Override::kNone, false);
  EXPECT_EQ(route.project(), "notes");
}

TEST(Options, an_empty_text_says_nothing_and_is_refused_but_for_the_proxy) {
  const World world;
  for (const SetText set : std::initializer_list<SetText>{
           &Options::set_data_dir, &Options::set_issuer, &Options::set_cloud_host,
           &Options::set_client_id, &Options::set_api_key, &Options::set_default_project,
           &Options::set_ca_file}) {
    Options options = world.options();
    (options.*set)("");
    EXPECT_EQ(error_of([&] { Client client(&options); }).code(), Code::kInvalidArgument);
  }
  const Options no_proxy = world.options().set_proxy("");
  EXPECT_NO_THROW(Client{&no_proxy});
}

TEST(Options, serve_any_number_of_clients_and_need_not_outlive_them) {
  const World world;
  auto options = std::make_unique<Options>(world.options());
  options->set_default_workspace(kWorkspace);
  Client first(options.get());
  Client second(options.get());
  options.reset();
  for (Client* client : {&first, &second}) {
    const Report report = client->status(true);
    EXPECT_EQ(report.text("/settings/default_workspace/value"), kWorkspace);
  }
}

TEST(Options, each_is_seen_in_what_it_decides) {
  const World world;
  world.write_session(3600);
  const std::string moved = world.in("/elsewhere.json");
  const Options options = world.options()
                              .set_token_file(moved)
                              .set_default_project("mine")
                              .set_local_base_url("http://127.0.0.1:8000")
                              .set_user_agent_suffix("suffix")
                              .set_language("test/1")
                              .set_explicit_routing(true);
  Client client(&options);
  const Route route = client.route(std::nullopt, std::nullopt, Override::kNone, true);
  EXPECT_EQ(route.project(), "mine");
  EXPECT_TRUE(route.is_explicit());
  EXPECT_EQ(route.base_url(), "http://127.0.0.1:8000");
  EXPECT_EQ(error_of([&] { client.token(Purpose::kAccount, 0); }).code(), Code::kNoCredentials);
}

TEST(Options, a_flag_forces_a_mode_and_its_absence_lets_the_environment_speak) {
  const World world;
  const auto mode = [](const Options& options) {
    Client client(&options);
    const Route route = client.route("x", std::nullopt, Override::kNone, false);
    return std::string(route.mode());
  };
  EXPECT_EQ(mode(world.options().set_force_cloud(true)), "cloud");
  EXPECT_EQ(mode(world.options().set_force_local(true)), "local");
  const Variable force("BASIC_MEMORY_FORCE_CLOUD", "yes");
  EXPECT_EQ(mode(world.options()), "cloud");
  EXPECT_EQ(mode(world.options().set_force_cloud(false)), "local");
}

TEST(Options, without_a_home_there_is_a_remedy) {
  const Variable home("HOME", nullptr);
  const Error error = error_of([] { Client client; });
  EXPECT_EQ(error.code(), Code::kConfigInvalid);
  EXPECT_NE(error.remedy().find("HOME"), std::string::npos);
}

}  // namespace
}  // namespace bmauth::test
