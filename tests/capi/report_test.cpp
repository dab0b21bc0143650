// Reports and routes: look-ups, and every getter with real values.
#include <gtest/gtest.h>

#include <bmauth.hpp>
#include <utility>

#include "world.h"

namespace bmauth::test {
namespace {

constexpr const char* kProjects =
    "default_project: notes\n"
    "projects:\n"
    "  notes:\n    path: /home/ann/notes\n"
    "  team:\n    mode: cloud\n    workspace_id: 11111111-2222-3333-4444-555555555555\n";

Report status_of(const World& world) {
  return world.client().status(true);
}

TEST(Report, is_looked_up_by_json_pointer) {
  const World world;
  const Report report = status_of(world);
  EXPECT_EQ(report.text("/settings/issuer/value"), world.server.url());
  EXPECT_EQ(report.text("/settings/issuer/source"), "option");
  EXPECT_EQ(report.text("/is_offline"), "true");
  EXPECT_EQ(report.text("/is_authenticated"), "false");
  EXPECT_EQ(report.text("/entitlement/state"), "unknown");
  EXPECT_EQ(report.count("/settings"), 6);
  EXPECT_EQ(report.count("/credentials"), 0);
  EXPECT_GT(report.count(""), 5);
}

TEST(Report, has_neither_text_nor_count_for_what_is_not_there) {
  const World world;
  const Report report = status_of(world);
  for (const char* pointer : {"is_offline",
                              "/",
                              "//",
                              "/is_offline/",
                              "/absent",
                              "/settings/absent/value",
                              "/is_offline/0",
                              "/credentials/0",
                              "/credentials/-",
                              "/credentials/-1",
                              "/token_files/00",
                              "/token_files/18446744073709551616",
                              "/~",
                              "/~2",
                              "/settings~",
                              "/~0",
                              "/~1",
                              "/settings~1issuer",
                              "#/is_offline",
                              "\xff"}) {
    SCOPED_TRACE(pointer);
    EXPECT_FALSE(report.text(pointer).has_value());
    EXPECT_EQ(report.count(pointer), -1);
  }
}

TEST(Report, null_objects_and_arrays_have_no_text_and_scalars_no_count) {
  const World world;
  const Report report = status_of(world);
  EXPECT_FALSE(report.text("").has_value());
  EXPECT_FALSE(report.text("/settings").has_value());
  EXPECT_FALSE(report.text("/credentials").has_value());
  EXPECT_FALSE(report.text("/identity").has_value());
  EXPECT_EQ(report.count("/identity"), -1);
  EXPECT_EQ(report.count("/is_offline"), -1);
  EXPECT_EQ(report.count("/settings/issuer/value"), -1);
}

TEST(Report, a_pointer_of_any_length_is_answered) {
  const World world;
  const Report report = status_of(world);
  std::string pointer;
  for (int i = 0; i < 100'000; ++i) pointer += "/settings";
  EXPECT_FALSE(report.text(pointer).has_value());
  EXPECT_EQ(report.count(pointer), -1);
}

TEST(Report, as_a_document_has_what_the_look_ups_have) {
  const World world;
  const Report report = status_of(world);
  const std::string_view json = report.json();
  EXPECT_EQ(json.front(), '{');
  EXPECT_EQ(json.back(), '}');
  EXPECT_NE(json.find(R"("is_offline":true)"), std::string_view::npos);
  EXPECT_EQ(json.find('\n'), std::string_view::npos);
}

TEST(Report, an_array_is_walked_by_index) {
  const World world;
  world.write("/config.yaml", kProjects);
  const Report report = world.client().projects();
  EXPECT_EQ(report.count(""), 2);
  EXPECT_EQ(report.text("/0/name"), "notes");
  EXPECT_EQ(report.text("/0/mode"), "local");
  EXPECT_EQ(report.text("/0/path"), "/home/ann/notes");
  EXPECT_EQ(report.text("/1/name"), "team");
  EXPECT_EQ(report.text("/1/mode"), "cloud");
  EXPECT_FALSE(report.text("/2/name").has_value());
}

TEST(Route, has_a_value_in_every_getter) {
  const World world;
  world.write("/config.yaml", kProjects);
  const Options options = world.options().set_api_key(kApiKey);
  Client client(&options);
  const Route route = client.route("team", std::nullopt, Override::kNone, false);
  EXPECT_EQ(route.mode(), "cloud");
  EXPECT_EQ(route.source(), "project");
  EXPECT_NE(route.reason().find("team"), std::string_view::npos) << route.reason();
  EXPECT_FALSE(route.is_explicit());
  EXPECT_EQ(route.project(), "team");
  EXPECT_TRUE(route.is_known());
  EXPECT_EQ(route.workspace(), kWorkspace);
  EXPECT_EQ(route.base_url(), world.server.url() + "/proxy");
  EXPECT_EQ(route.credential_kind(), "api_key");
  EXPECT_TRUE(route.warnings().empty());
  EXPECT_EQ(route.json().rfind(R"({"mode":"cloud","source":"project",)", 0), 0u) << route.json();
}

TEST(Route, without_a_project_has_nothing_to_name) {
  const World world;
  const Route route = world.client().route(std::nullopt, std::nullopt, Override::kNone, false);
  EXPECT_EQ(route.mode(), "local");
  EXPECT_EQ(route.source(), "default");
  EXPECT_FALSE(route.project().has_value());
  EXPECT_FALSE(route.is_known());
  EXPECT_FALSE(route.workspace().has_value());
  EXPECT_FALSE(route.base_url().has_value());
  EXPECT_EQ(route.credential_kind(), "none");
}

TEST(Route, a_known_local_project_asked_for_with_a_workspace_stays_local_and_warns) {
  const World world;
  world.write("/config.yaml", kProjects);
  const Route route = world.client().route(std::nullopt, kWorkspace, Override::kNone, true);
  EXPECT_EQ(route.mode(), "local");
  EXPECT_EQ(route.project(), "notes");
  EXPECT_EQ(route.warnings().size(), 1u);
  EXPECT_EQ(bmauth_route_warning_count(nullptr), 0);
}

TEST(Route, each_override_is_explicit) {
  const World world;
  Client client = world.client();
  const Route local = client.route("x", std::nullopt, Override::kLocal, false);
  EXPECT_EQ(local.mode(), "local");
  EXPECT_TRUE(local.is_explicit());
  const Route cloud = client.route("x", std::nullopt, Override::kCloud, false);
  EXPECT_EQ(cloud.mode(), "cloud");
  EXPECT_EQ(cloud.source(), "call");
}

TEST(Headers, of_a_cloud_project_carry_key_and_workspace) {
  const World world;
  world.write("/config.yaml", kProjects);
  const Options options = world.options().set_api_key(kApiKey);
  Client client(&options);
  const Route route = client.route("team", std::nullopt, Override::kNone, false);
  const Token token = client.headers(route);
  EXPECT_EQ(token.kind(), "api_key");
  EXPECT_EQ(token.source(), "option");
  EXPECT_EQ(token.origin(), world.server.url());
  EXPECT_EQ(token.access_token(), kApiKey);
  EXPECT_EQ(token.expires_at_unix_s(), 0);
  EXPECT_TRUE(token.is_persisted());
  EXPECT_FALSE(token.reason().empty());
  EXPECT_TRUE(token.warnings().empty());
  const auto headers = token.headers();
  ASSERT_EQ(headers.size(), 2u);
  EXPECT_EQ(headers[0][0], "Authorization");
  EXPECT_EQ(headers[0][1], std::string("Bearer ") + kApiKey);
  EXPECT_EQ(headers[1][0], "X-Workspace-ID");
  EXPECT_EQ(headers[1][1], kWorkspace);
}

TEST(Headers, of_a_local_project_are_none) {
  const World world;
  world.write_session(3600);
  Client client = world.client();
  const Route route = client.route("x", std::nullopt, Override::kLocal, false);
  const Token token = client.headers(route);
  EXPECT_EQ(token.kind(), "none");
  EXPECT_EQ(token.source(), "none");
  EXPECT_FALSE(token.access_token().has_value());
  EXPECT_FALSE(token.origin().has_value());
  EXPECT_TRUE(token.headers().empty());
}

TEST(Headers, for_a_url_are_of_the_purpose_of_its_path) {
  const World world;
  world.write_session(3600);
  const Options options = world.options().set_api_key(kApiKey);
  Client client(&options);
  const Token project = client.headers_for_url(world.server.url() + "/proxy/notes");
  EXPECT_EQ(project.kind(), "api_key");
  const Token account = client.headers_for_url(world.server.url() + "/api/keys");
  EXPECT_EQ(account.kind(), "oauth");
}

TEST(Token, that_was_refused_is_refreshed_once) {
  World world;
  world.write_session(3600);
  Client client = world.client();
  const Token refused = client.token(Purpose::kAccount, 0);
  EXPECT_EQ(refused.access_token(), "CANARY-access-0");
  client.invalidate(refused);
  const auto [is_ready, next_delay_ms] = client.refresh_step(0);
  EXPECT_TRUE(is_ready);
  EXPECT_EQ(next_delay_ms, 0);
  const Token next = client.token(Purpose::kAccount, 0);
  EXPECT_EQ(next.access_token(), "CANARY-access-1");
  client.invalidate(refused);
  EXPECT_EQ(world.server.requests(kTokenPath).size(), 1u);
}

TEST(Token, that_could_not_be_refreshed_is_given_while_it_lives_with_a_warning) {
  World world;
  world.write_session(30);
  world.server.on(kTokenPath, Answer{503, ""});
  const Options options = world.options().set_refresh_budget_ms(1'000);
  Client client(&options);
  const Token token = client.token(Purpose::kAccount, 0);
  EXPECT_EQ(token.access_token(), "CANARY-access-0");
  ASSERT_EQ(token.warnings().size(), 1u);
  EXPECT_NE(token.warnings()[0].find("could not be refreshed"), std::string_view::npos);
}

TEST(Whoami, offline_says_what_was_recorded) {
  const World world;
  world.write_session(3600);
  const Report report = world.client().whoami(true);
  EXPECT_EQ(report.text("/issuer"), world.server.url());
  EXPECT_EQ(report.text("/credential"), "oauth");
  EXPECT_EQ(report.text("/is_offline"), "true");
}

TEST(Whoami, without_a_plan_is_an_answer_and_no_error) {
  World world;
  world.server.on(kHealthPath, Answer{403, R"({"error":"subscription_required","message":"pay"})"});
  const Options options = world.options().set_api_key(kApiKey);
  const Report report = Client(&options).whoami(false);
  EXPECT_EQ(report.text("/entitlement/state"), "required");
  EXPECT_EQ(report.text("/entitlement/message"), "pay");
}

TEST(Login, in_cpp_goes_from_begin_to_logout) {
  const World world;
  Client client = world.client();
  Login login = client.login_begin(false);
  EXPECT_EQ(login.state(), PollState::kPending);
  EXPECT_EQ(login.user_code(), "ABCD-1234");
  EXPECT_EQ(login.verification_uri(), "https://issuer.example/device");
  EXPECT_EQ(login.verification_uri_complete(), "https://issuer.example/device?user_code=ABCD-1234");
  EXPECT_EQ(login.expires_in_s(), 600);
  EXPECT_EQ(login.interval_s(), 1);
  EXPECT_EQ(login.next_delay_ms(), 1'000);
  EXPECT_GT(login.remaining_ms(), 590'000);
  EXPECT_FALSE(login.open_browser());  // there is none here
  EXPECT_EQ(login.poll().state, PollState::kPending);
  login.wait();
  EXPECT_EQ(login.state(), PollState::kDone);
  const Report report = login.report();
  EXPECT_EQ(report.text("/token_file"), world.in(kTokenFile));
  EXPECT_EQ(report.text("/entitlement/state"), "active");
  EXPECT_EQ(client.logout().count("/removed"), 1);
  client.close();
  EXPECT_EQ(error_of([&] { client.projects(); }).code(), Code::kInvalidArgument);
}

TEST(Cpp, objects_adopt_what_c_made_and_moved_from_ones_are_empty) {
  bmauth_options* made = nullptr;
  ASSERT_EQ(bmauth_options_new(&made, nullptr), BMAUTH_OK);
  Options options = Options::adopt(made);
  EXPECT_EQ(options.get(), made);
  const Options moved = std::move(options);
  EXPECT_EQ(moved.get(), made);
  EXPECT_EQ(error_of([&] { options.set_client_id("x"); }).code(), Code::kInvalidArgument);
  const World world;
  Client client = world.client();
  const Client taken = std::move(client);
  EXPECT_EQ(error_of([&] { client.projects(); }).code(), Code::kInvalidArgument);
}

TEST(Cpp, a_text_with_nul_is_refused_before_the_call) {
  Options options;
  EXPECT_EQ(error_of([&] { options.set_client_id(std::string("a\0b", 3)); }).code(),
            Code::kInvalidArgument);
}

}  // namespace
}  // namespace bmauth::test
