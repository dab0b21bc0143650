#include "core/route.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace bmauth::core {
namespace {

constexpr const char* kTenant = "0b6f7a52-1c3d-4e5f-8a9b-0c1d2e3f4a5b";
constexpr const char* kOtherTenant = "ABCDEF01-2345-6789-ABCD-EF0123456789";

Settings settings() {
  Settings settings{};
  settings.cloud_host = {"https://cloud.example", Source::kDefault, ""};
  return settings;
}

Setting<bool> variable(const char* name, bool value = true) {
  return {value, Source::kEnvironment, name};
}

Project project(const std::string& name, RouteMode mode, const std::string& workspace_id = {}) {
  Project project;
  project.name = name;
  project.mode = mode;
  project.is_mode_stated = true;
  project.workspace_id = workspace_id;
  return project;
}

std::vector<Project> projects() {
  return {project("notes", RouteMode::kLocal), project("research", RouteMode::kCloud, kTenant),
          project("team", RouteMode::kCloud)};
}

RouteRequest ask(const char* project, const char* workspace = nullptr) {
  RouteRequest request;
  if (project != nullptr) request.project = project;
  if (workspace != nullptr) request.workspace = workspace;
  return request;
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// "cloud by project", or the error's name.
std::string outcome_of(const Result<Route>& route) {
  if (!route) return code_info(route.error().code).name;
  return std::string(route_mode_name(route->mode)) + " by " + route_source_name(route->source);
}

enum class Override { kNone, kLocal, kCloud, kBoth };

struct TableRow {
  Override override_in_call;
  const char* force_local;  // as the variable spells it, null: unset
  const char* force_cloud;
  const char* explicit_routing;
  const char* project;
  const char* workspace;
  const char* outcome;
  bool is_explicit;
};

// Contract, section 8: the table. Booleans go through the settings' own parser.
TEST(RouteTable, the_first_row_that_matches_decides) {
  const TableRow rows[] = {
      // 1
      {Override::kBoth, nullptr, nullptr, nullptr, "notes", nullptr, "invalid_argument", false},
      {Override::kLocal, nullptr, nullptr, nullptr, "research", nullptr, "local by call", true},
      {Override::kCloud, nullptr, nullptr, nullptr, "notes", nullptr, "cloud by call", true},
      {Override::kCloud, "true", "true", nullptr, "notes", nullptr, "cloud by call", true},
      {Override::kLocal, nullptr, "true", "true", "team", kTenant, "local by call", true},
      {Override::kCloud, nullptr, nullptr, nullptr, "nowhere", nullptr, "cloud by call", true},
      // 2
      {Override::kNone, "true", "true", nullptr, nullptr, nullptr, "conflicting_routing", false},
      {Override::kNone, "1", "yes", "true", "research", nullptr, "conflicting_routing", false},
      // 3
      {Override::kNone, "true", nullptr, nullptr, "research", nullptr, "local by environment",
       false},
      {Override::kNone, "1", "false", nullptr, "research", kTenant, "local by environment", false},
      {Override::kNone, "yes", "0", "true", nullptr, nullptr, "local by environment", true},
      // 4
      {Override::kNone, nullptr, "true", nullptr, "notes", nullptr, "cloud by environment", false},
      {Override::kNone, "no", "YES", "1", nullptr, nullptr, "cloud by environment", true},
      // 5
      {Override::kNone, nullptr, nullptr, "true", "research", nullptr, "local by default", true},
      {Override::kNone, nullptr, nullptr, "yes", "notes", kTenant, "cloud by workspace", true},
      {Override::kNone, "false", "0", "1", nullptr, nullptr, "local by default", true},
      // 6
      {Override::kNone, nullptr, nullptr, nullptr, "notes", nullptr, "local by project", false},
      {Override::kNone, "0", "no", "FALSE", "research", nullptr, "cloud by project", false},
      {Override::kNone, nullptr, nullptr, nullptr, "notes", kTenant, "local by project", false},
      {Override::kNone, nullptr, nullptr, "No", "team", kTenant, "cloud by project", false},
      // 7
      {Override::kNone, nullptr, nullptr, nullptr, nullptr, kTenant, "cloud by workspace", false},
      {Override::kNone, nullptr, nullptr, nullptr, "nowhere", kTenant, "cloud by workspace", false},
      // 8
      {Override::kNone, nullptr, nullptr, nullptr, nullptr, nullptr, "local by default", false},
      {Override::kNone, nullptr, nullptr, nullptr, "nowhere", nullptr, "local by default", false},
  };
  for (const auto& row : rows) {
    Settings in_force = settings();
    const auto set = [](Setting<bool>& setting, const char* text, const char* name) {
      if (text == nullptr) return;
      auto value = parse_boolean(text, name);
      ASSERT_TRUE(value.ok()) << text;
      setting = variable(name, *value);
    };
    set(in_force.is_force_local, row.force_local, "BASIC_MEMORY_FORCE_LOCAL");
    set(in_force.is_force_cloud, row.force_cloud, "BASIC_MEMORY_FORCE_CLOUD");
    set(in_force.is_explicit_routing, row.explicit_routing, "BASIC_MEMORY_EXPLICIT_ROUTING");
    RouteRequest request = ask(row.project, row.workspace);
    const Override forced = row.override_in_call;
    request.is_local_forced = forced == Override::kLocal || forced == Override::kBoth;
    request.is_cloud_forced = forced == Override::kCloud || forced == Override::kBoth;

    const auto route = decide_route(in_force, projects(), request);
    const std::string which = std::string(row.outcome) + " for " +
                              (row.project != nullptr ? row.project : "-") + " line " +
                              std::to_string(&row - rows);
    EXPECT_EQ(outcome_of(route), row.outcome) << which;
    if (!route) continue;
    EXPECT_EQ(route->is_explicit, row.is_explicit) << which;
    EXPECT_FALSE(route->reason.empty()) << which;
  }
}

TEST(RouteTable, every_spelling_of_a_boolean_means_the_same) {
  for (const char* text : {"true", "1", "yes", "TRUE", "Yes", "True"}) {
    const auto value = parse_boolean(text, "X");
    ASSERT_TRUE(value.ok()) << text;
    Settings in_force = settings();
    in_force.is_force_cloud = variable("BASIC_MEMORY_FORCE_CLOUD", *value);
    EXPECT_EQ(outcome_of(decide_route(in_force, projects(), ask("notes"))), "cloud by environment");
  }
  for (const char* text : {"false", "0", "no", "FALSE", "No"}) {
    const auto value = parse_boolean(text, "X");
    ASSERT_TRUE(value.ok()) << text;
    Settings in_force = settings();
    in_force.is_force_cloud = variable("BASIC_MEMORY_FORCE_CLOUD", *value);
    EXPECT_EQ(outcome_of(decide_route(in_force, projects(), ask("notes"))), "local by project");
  }
}

TEST(RouteReason, names_what_decided) {
  Settings in_force = settings();
  EXPECT_EQ(decide_route(in_force, projects(), ask("research"))->reason,
            "project 'research' is set to cloud");
  EXPECT_EQ(decide_route(in_force, projects(), ask(nullptr, kTenant))->reason,
            "workspace '" + std::string(kTenant) + "' was asked for");
  EXPECT_EQ(decide_route(in_force, projects(), ask(nullptr))->reason,
            "no project and no workspace was asked for");
  auto silent = projects();
  silent[0].is_mode_stated = false;
  EXPECT_EQ(decide_route(in_force, silent, ask("notes"))->reason,
            "project 'notes' has no mode, which means local");
  in_force.is_force_cloud = {true, Source::kOption, "the option force_cloud"};
  EXPECT_EQ(decide_route(in_force, projects(), ask("notes"))->reason,
            "the option force_cloud is set");
}

TEST(RouteReason, says_where_bm_would_do_otherwise) {
  Settings in_force = settings();
  EXPECT_TRUE(contains(decide_route(in_force, projects(), ask("nowhere"))->reason, "bm sends it"));
  in_force.is_force_local = variable("BASIC_MEMORY_FORCE_LOCAL");
  EXPECT_TRUE(contains(decide_route(in_force, projects(), ask("notes"))->reason,
                       "BASIC_MEMORY_EXPLICIT_ROUTING"));
  in_force.is_explicit_routing = variable("BASIC_MEMORY_EXPLICIT_ROUTING");
  EXPECT_EQ(decide_route(in_force, projects(), ask("notes"))->reason,
            "BASIC_MEMORY_FORCE_LOCAL is set");
}

TEST(RouteReason, cannot_drive_a_terminal) {
  const auto route =
      decide_route(settings(), projects(), ask("a\x1b[2J\n\xe2\x80\xae\xff", "w\x07"));
  ASSERT_TRUE(route.ok());
  std::string words = route->reason;
  for (const auto& warning : route->warnings) words += warning;
  EXPECT_FALSE(contains(words, "\x1b"));
  EXPECT_FALSE(contains(words, "\n"));
  EXPECT_FALSE(contains(words, "\x07"));
  EXPECT_FALSE(contains(words, "\xe2\x80\xae"));
  EXPECT_EQ(route->project, "a\x1b[2J\n\xe2\x80\xae\xff");  // the value itself is as it came
}

TEST(RouteWarning, a_local_project_asked_for_with_a_workspace_stays_local_and_says_so) {
  const auto route = decide_route(settings(), projects(), ask("notes", "acme"));
  ASSERT_TRUE(route.ok());
  EXPECT_EQ(route->mode, RouteMode::kLocal);
  EXPECT_FALSE(route->workspace.has_value());
  EXPECT_TRUE(route->is_workspace_resolved);
  ASSERT_EQ(route->warnings.size(), 1u);
  EXPECT_TRUE(contains(route->warnings[0], "acme"));
  EXPECT_TRUE(decide_route(settings(), projects(), ask("notes"))->warnings.empty());
}

TEST(RouteProject, the_default_is_used_only_if_asked) {
  Settings in_force = settings();
  in_force.default_project = {"research", Source::kConfig, "config.json"};
  EXPECT_FALSE(decide_route(in_force, projects(), ask(nullptr))->project.has_value());
  RouteRequest request;
  request.is_default_project_used = true;
  const auto route = decide_route(in_force, projects(), request);
  EXPECT_EQ(outcome_of(route), "cloud by project");
  EXPECT_EQ(route->project, "research");
  EXPECT_EQ(route->reason, "the default project 'research' is set to cloud");
  request.project = "notes";
  EXPECT_EQ(decide_route(in_force, projects(), request)->project, "notes");
  in_force.default_project = {};
  request.project.reset();
  EXPECT_EQ(outcome_of(decide_route(in_force, projects(), request)), "local by default");
}

TEST(RouteProject, a_constraint_stands_in_for_a_missing_argument) {
  Settings in_force = settings();
  in_force.project_constraint = {"research", Source::kEnvironment, "BASIC_MEMORY_MCP_PROJECT"};
  in_force.default_project = {"notes", Source::kConfig, "config.json"};
  RouteRequest request;
  request.is_default_project_used = true;
  EXPECT_EQ(decide_route(in_force, projects(), request)->project, "research");
  EXPECT_EQ(decide_route(in_force, projects(), ask(nullptr))->project, "research");
}

TEST(RouteProject, a_constraint_refuses_another_project_whatever_the_override) {
  Settings in_force = settings();
  in_force.project_constraint = {"research", Source::kEnvironment, "BASIC_MEMORY_MCP_PROJECT"};
  RouteRequest request = ask("notes");
  request.is_local_forced = true;
  const auto route = decide_route(in_force, projects(), request);
  ASSERT_FALSE(route.ok());
  EXPECT_EQ(route.error().code, Code::kProjectConstrained);
  for (const char* words : {"BASIC_MEMORY_MCP_PROJECT", "research", "notes"}) {
    EXPECT_TRUE(contains(route.error().message, words)) << words;
  }
  EXPECT_EQ(outcome_of(decide_route(in_force, projects(), ask("nowhere"))), "project_constrained");
}

TEST(RouteProject, a_constraint_allows_its_project_under_another_spelling) {
  Settings in_force = settings();
  in_force.project_constraint = {"research", Source::kEnvironment, ""};
  EXPECT_EQ(decide_route(in_force, projects(), ask("Research"))->project, "research");
  in_force.project_constraint = {"New Thing", Source::kEnvironment, ""};
  EXPECT_EQ(outcome_of(decide_route(in_force, projects(), ask("new-thing"))), "local by default");
  EXPECT_EQ(outcome_of(decide_route(in_force, projects(), ask("newthing"))), "project_constrained");
}

TEST(RouteProject, a_known_name_becomes_canonical_and_an_unknown_one_stays) {
  const auto known = decide_route(settings(), projects(), ask("RESEARCH"));
  EXPECT_EQ(known->project, "research");
  EXPECT_TRUE(known->is_known);
  EXPECT_TRUE(known->near_names.empty());
  const auto unknown = decide_route(settings(), projects(), ask("Reserach"));
  EXPECT_EQ(unknown->project, "Reserach");
  EXPECT_FALSE(unknown->is_known);
  EXPECT_EQ(unknown->near_names, (std::vector<std::string>{"research"}));
}

TEST(RouteProject, two_projects_of_one_permalink_are_ambiguous_but_exact_names_are_not) {
  std::vector<Project> two = {project("My Notes", RouteMode::kLocal),
                              project("myNotes", RouteMode::kCloud)};
  EXPECT_EQ(outcome_of(decide_route(settings(), two, ask("myNotes"))), "cloud by project");
  EXPECT_EQ(outcome_of(decide_route(settings(), two, ask("My Notes"))), "local by project");
  RouteRequest request = ask("my-notes");
  request.is_cloud_forced = true;
  const auto route = decide_route(settings(), two, request);
  ASSERT_FALSE(route.ok());
  EXPECT_EQ(route.error().code, Code::kAmbiguous);
  EXPECT_TRUE(contains(route.error().message, "'My Notes' or 'myNotes'"));
}

TEST(RouteProject, an_empty_name_is_a_mistake) {
  EXPECT_EQ(outcome_of(decide_route(settings(), projects(), ask(""))), "invalid_argument");
  EXPECT_EQ(outcome_of(decide_route(settings(), projects(), ask("notes", ""))), "invalid_argument");
}

TEST(RouteWorkspace, argument_before_the_projects_own_before_the_default) {
  Settings in_force = settings();
  in_force.default_workspace = {"acme", Source::kConfig, "config.json"};
  EXPECT_EQ(decide_route(in_force, projects(), ask("research", kOtherTenant))->workspace,
            kOtherTenant);
  EXPECT_EQ(decide_route(in_force, projects(), ask("research"))->workspace, kTenant);
  EXPECT_EQ(decide_route(in_force, projects(), ask("team"))->workspace, "acme");
  in_force.default_workspace = {};
  EXPECT_FALSE(decide_route(in_force, projects(), ask("team"))->workspace.has_value());
}

TEST(RouteWorkspace, a_default_alone_sends_nothing_to_the_cloud) {
  Settings in_force = settings();
  in_force.default_workspace = {kTenant, Source::kConfig, "config.json"};
  EXPECT_EQ(outcome_of(decide_route(in_force, projects(), ask(nullptr))), "local by default");
  EXPECT_EQ(outcome_of(decide_route(in_force, projects(), ask("nowhere"))), "local by default");
  EXPECT_FALSE(decide_route(in_force, projects(), ask(nullptr))->workspace.has_value());
}

TEST(RouteWorkspace, only_a_uuid_is_resolved) {
  for (const char* uuid : {kTenant, kOtherTenant}) {
    EXPECT_TRUE(decide_route(settings(), projects(), ask("team", uuid))->is_workspace_resolved);
  }
  for (const char* name :
       {"acme", "0b6f7a52-1c3d-4e5f-8a9b-0c1d2e3f4a5", "x", "0b6f7a521c3d4e5f8a9b0c1d2e3f4a5b",
        "0b6f7a52-1c3d-4e5f-8a9b-0c1d2e3f4a5g", "0b6f7a52-1c3d-4e5f-8a9b-0c1d2e3f4a\r\n"}) {
    EXPECT_FALSE(decide_route(settings(), projects(), ask("team", name))->is_workspace_resolved)
        << name;
  }
  EXPECT_TRUE(decide_route(settings(), projects(), ask("team"))->is_workspace_resolved);
}

TEST(RouteBaseUrl, is_the_proxy_of_the_cloud_or_the_local_one) {
  Settings in_force = settings();
  EXPECT_EQ(decide_route(in_force, projects(), ask("research"))->base_url,
            "https://cloud.example/proxy");
  EXPECT_EQ(decide_route(in_force, projects(), ask("notes"))->base_url, "");
  in_force.local_base_url = "http://127.0.0.1:8000";
  EXPECT_EQ(decide_route(in_force, projects(), ask("notes"))->base_url, "http://127.0.0.1:8000");
}

TEST(RouteSendable, an_unknown_project_needs_an_override_in_the_call) {
  Settings in_force = settings();
  const auto check = [&](RouteRequest request) {
    const auto sendable = check_sendable(*decide_route(in_force, projects(), request));
    return std::string(sendable ? "ok" : code_info(sendable.error().code).name);
  };
  EXPECT_EQ(check(ask("reserch")), "unknown_project");
  EXPECT_EQ(check(ask("reserch", kTenant)), "unknown_project");
  EXPECT_EQ(check(ask("research")), "ok");
  EXPECT_EQ(check(ask(nullptr, kTenant)), "ok");
  RouteRequest forced = ask("reserch");
  forced.is_cloud_forced = true;
  EXPECT_EQ(check(forced), "ok");
  in_force.is_force_cloud = variable("BASIC_MEMORY_FORCE_CLOUD");
  EXPECT_EQ(check(ask("reserch")), "unknown_project");

  const auto sendable = check_sendable(*decide_route(settings(), projects(), ask("reserch")));
  EXPECT_EQ(sendable.error().message,
            "project 'reserch' is not configured; did you mean 'research'?");
}

TEST(RouteSendable, a_workspace_by_name_is_unresolved) {
  const auto sendable = check_sendable(*decide_route(settings(), projects(), ask("team", "acme")));
  ASSERT_FALSE(sendable.ok());
  EXPECT_EQ(sendable.error().code, Code::kWorkspaceUnresolved);
}

TEST(Permalink, follows_bm_for_ascii_names) {
  const std::pair<const char*, const char*> rows[] = {
      {"main", "main"},
      {"My Project", "my-project"},
      {"myProject", "my-project"},
      {"MyHTTPServer", "my-httpserver"},
      {"v2Beta", "v2-beta"},
      {"snake_case_name", "snake-case-name"},
      {"it's mine", "its-mine"},
      {"a'B", "ab"},
      {"specs/API (v2)", "specs/api-v2"},
      {"Version 2.0.0", "version-2.0.0"},
      {"a -- b", "a-b"},
      {"-x-/-y-", "x/y"},
      {"  spaced  ", "spaced"},
      {"a&b", "a-b"},
      {"!!!", ""},
      {"", ""},
      {"caf\xc3\xa9", ""},
  };
  for (const auto& [name, link] : rows) EXPECT_EQ(permalink(name), link) << name;
}

TEST(Permalink, is_its_own_permalink) {
  std::mt19937_64 dice(7);
  const std::string letters = "aZ09 _-/.'!B";
  for (int i = 0; i < 20'000; ++i) {
    std::string name;
    for (std::size_t size = dice() % 12; size > 0; --size) name += letters[dice() % letters.size()];
    const std::string link = permalink(name);
    ASSERT_EQ(permalink(link), link) << name;
  }
}

TEST(FindProject, names_of_other_scripts_match_exactly_alone) {
  const std::vector<Project> known = {project("caf\xc3\xa9", RouteMode::kCloud),
                                      project("\xe4\xb8\xad", RouteMode::kCloud)};
  EXPECT_EQ(*find_project(known, "caf\xc3\xa9"), &known[0]);
  EXPECT_EQ(*find_project(known, "Caf\xc3\xa9"), nullptr);
  EXPECT_EQ(*find_project(known, "\xe6\x96\x87"), nullptr);
  EXPECT_EQ(*find_project(known, "!!!"), nullptr);
}

TEST(NearNames, are_best_first_and_at_most_three) {
  std::vector<Project> known;
  for (const char* name : {"alpha", "alphb", "alpga", "laphq", "alphx", "zebra"}) {
    known.push_back(project(name, RouteMode::kLocal));
  }
  EXPECT_EQ(near_project_names(known, "ALPHA"),
            (std::vector<std::string>{"alpha", "alphb", "alpga"}));
  EXPECT_EQ(near_project_names(known, "zebar"), (std::vector<std::string>{"zebra"}));
  EXPECT_TRUE(near_project_names(known, "qqqqq").empty());
  EXPECT_TRUE(near_project_names({}, "x").empty());
  EXPECT_TRUE(near_project_names(known, std::string(100'000, 'a')).empty());
}

TEST(RouteFuzz, a_name_of_any_bytes_gives_a_route_in_harmless_words) {
  std::mt19937_64 dice(11);
  for (int i = 0; i < 2'000; ++i) {
    std::string name;
    for (std::size_t size = 1 + dice() % 40; size > 0; --size) name += static_cast<char>(dice());
    RouteRequest request;
    request.project = name;
    const auto route = decide_route(settings(), projects(), request);
    ASSERT_TRUE(route.ok());
    EXPECT_EQ(route->project, name);
    for (const char c : route->reason) {
      ASSERT_FALSE(static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
    }
  }
}

TEST(RouteNames, are_the_contracts) {
  EXPECT_STREQ(route_source_name(RouteSource::kCall), "call");
  EXPECT_STREQ(route_source_name(RouteSource::kEnvironment), "environment");
  EXPECT_STREQ(route_source_name(RouteSource::kProject), "project");
  EXPECT_STREQ(route_source_name(RouteSource::kWorkspace), "workspace");
  EXPECT_STREQ(route_source_name(RouteSource::kDefault), "default");
}

}  // namespace
}  // namespace bmauth::core
