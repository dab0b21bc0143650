// The table of modes against the route that it stands for.
#include "core/mode_table.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "core/route.h"

namespace bmauth::core {
namespace {

constexpr int kRounds = 2'000;

Project project(std::string name, RouteMode mode) {
  Project project;
  project.name = std::move(name);
  project.mode = mode;
  return project;
}

class Draw {
 public:
  explicit Draw(unsigned seed) : engine_(seed) {}
  bool one_in(int n) { return std::uniform_int_distribution<>(1, n)(engine_) == 1; }
  std::size_t below(std::size_t n) {
    return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_);
  }
  // Often the permalink of another, or another's with one letter more.
  std::string name() {
    static const std::vector<std::string> kStems = {"a",           "notes",     "Notes",
                                                    "team notes",  "TeamNotes", "team-notes",
                                                    "caf\xc3\xa9", "x/y",       "o'clock"};
    std::string name = kStems[below(kStems.size())];
    while (one_in(3)) name += static_cast<char>('a' + below(3));
    return name;
  }

 private:
  std::mt19937 engine_;
};

Settings random_settings(Draw& draw) {
  Settings settings{};
  settings.cloud_host = {"https://cloud.example", Source::kDefault, ""};
  settings.is_force_local = {draw.one_in(4), Source::kEnvironment, ""};
  settings.is_force_cloud = {draw.one_in(4), Source::kEnvironment, ""};
  settings.is_explicit_routing = {draw.one_in(3), Source::kEnvironment, ""};
  if (draw.one_in(3)) settings.project_constraint = {draw.name(), Source::kEnvironment, ""};
  if (draw.one_in(3)) settings.default_project = {draw.name(), Source::kConfig, ""};
  if (draw.one_in(3)) settings.default_workspace = {"workspace", Source::kConfig, ""};
  return settings;
}

std::vector<Project> random_projects(Draw& draw) {
  std::vector<Project> projects;
  for (std::size_t count = draw.below(12); count > 0; --count) {
    projects.push_back(
        project(draw.name(), draw.one_in(2) ? RouteMode::kCloud : RouteMode::kLocal));
    projects.back().is_mode_stated = draw.one_in(2);
    if (draw.one_in(3)) projects.back().workspace_id = "tenant";
  }
  return projects;
}

TEST(ModeTable, never_says_anything_but_what_the_route_decides) {
  const unsigned seed = std::random_device()();
  SCOPED_TRACE("seed " + std::to_string(seed));
  Draw draw(seed);
  int said = 0;
  for (int round = 0; round < kRounds; ++round) {
    const Settings settings = random_settings(draw);
    const std::vector<Project> projects = random_projects(draw);
    const ModeTable table(settings, projects, "version");
    for (int question = 0; question < 10; ++question) {
      RouteRequest request;
      request.project = draw.name();
      const auto answer = table.find(*request.project);
      if (answer == FoundMode::kNothing) continue;
      const auto route = decide_route(settings, projects, request);
      ASSERT_TRUE(route) << *request.project;
      EXPECT_EQ(answer, found(route->mode)) << *request.project;
      EXPECT_TRUE(route->is_known) << *request.project;
      ++said;
    }
  }
  EXPECT_GT(said, kRounds) << "else nothing was compared";
}

TEST(ModeTable, says_nothing_where_names_or_a_conflict_decide) {
  const std::vector<Project> projects = {project("notes", RouteMode::kCloud)};
  Settings settings{};
  EXPECT_EQ(ModeTable(settings, projects, "").find("notes"), FoundMode::kCloud);
  EXPECT_EQ(ModeTable(settings, projects, "").find("Notes"), FoundMode::kNothing);
  settings.project_constraint = {"other", Source::kEnvironment, ""};
  EXPECT_EQ(ModeTable(settings, projects, "").find("notes"), FoundMode::kNothing);
  settings.project_constraint = {};
  settings.is_force_local.value = settings.is_force_cloud.value = true;
  EXPECT_EQ(ModeTable(settings, projects, "").find("notes"), FoundMode::kNothing);
}

TEST(ModeIndex, finds_each_of_many_names_of_every_length_and_no_other) {
  std::vector<Project> projects;
  std::string name;
  for (int number = 0; number < 20'000; ++number) {
    name = std::to_string(number) + std::string(static_cast<std::size_t>(number % 40), 'x');
    projects.push_back(project(name, number % 3 == 0 ? RouteMode::kCloud : RouteMode::kLocal));
  }
  const ModeIndex index(projects);
  for (const Project& one : projects) {
    ASSERT_EQ(index.find(one.name), found(one.mode)) << one.name;
    ASSERT_EQ(index.find(one.name + "y"), FoundMode::kNothing) << one.name;
    std::string other = one.name;  // of the same length
    other[other.size() / 2] = 'y';
    ASSERT_EQ(index.find(other), FoundMode::kNothing) << other;
  }
  EXPECT_EQ(index.find(""), FoundMode::kNothing);
  EXPECT_EQ(ModeIndex().find("notes"), FoundMode::kNothing);
}

TEST(ModeIndex, takes_the_first_of_several_with_one_name) {
  const ModeIndex index({project("a", RouteMode::kCloud), project("a", RouteMode::kLocal)});
  EXPECT_EQ(index.find("a"), FoundMode::kCloud);
}

}  // namespace
}  // namespace bmauth::core
