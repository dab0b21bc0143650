#include "core/config.h"

#include <gtest/gtest.h>

#include "core/config_file.h"
#include "tests/unit/memory_file_system.h"

namespace bmauth::core {
namespace {

constexpr const char* kDir = "/home/ann/.basic-memory";
constexpr const char* kYaml = "/home/ann/.basic-memory/config.yaml";
constexpr const char* kJson = "/home/ann/.basic-memory/config.json";

// A data dir with what a test puts there.
class ConfigTest : public testing::Test {
 protected:
  ConfigTest() { files.put_directory(kDir, 0700); }

  Config read() {
    Result<Config> config = read_config(files, kDir);
    EXPECT_TRUE(config.ok()) << (config ? "" : config.error().message);
    return config ? *config : Config{};
  }

  Error refusal() {
    const std::map<std::string, std::string> before = files.all_files();
    Result<Config> config = read_config(files, kDir);
    EXPECT_FALSE(config.ok());
    EXPECT_EQ(files.all_files(), before);
    return config ? Error{} : config.error();
  }

  void expect_invalid(const std::string& message) {
    const Error error = refusal();
    EXPECT_EQ(error.code, Code::kConfigInvalid);
    EXPECT_EQ(error.message, message);
  }

  // "name mode path workspace file; ..." with "-" for nothing and "?" behind a mode that is not
  // stated.
  std::string projects() {
    std::string words;
    const auto or_dash = [](const std::string& text) { return text.empty() ? "-" : text; };
    for (const Project& project : read().projects) {
      words += project.name + " " + route_mode_name(project.mode) +
               (project.is_mode_stated ? " " : "? ") + or_dash(project.path) + " " +
               or_dash(project.workspace_id) + " " +
               project.file.substr(project.file.rfind('.') + 1) + "; ";
    }
    return words;
  }

  MemoryFileSystem files;
};

TEST_F(ConfigTest, no_data_dir_and_no_files_are_an_empty_config) {
  EXPECT_TRUE(read().files.empty());
  Result<Config> nowhere = read_config(files, "/nowhere");
  ASSERT_TRUE(nowhere.ok());
  EXPECT_TRUE(nowhere->files.empty());
  EXPECT_TRUE(nowhere->projects.empty());
  EXPECT_TRUE(nowhere->warnings.empty());
}

TEST_F(ConfigTest, every_setting_is_read_from_yaml_with_its_place) {
  files.put_file(kYaml,
                 "cloud_domain: https://i\ncloud_client_id: c\ncloud_host: https://h\n"
                 "default_project: p\ndefault_workspace: w\ncloud_api_key: bmc_CANARY\n");
  const Config config = read();
  EXPECT_EQ(config.cloud_domain->value, "https://i");
  EXPECT_EQ(config.cloud_client_id->value, "c");
  EXPECT_EQ(config.cloud_host->value, "https://h");
  EXPECT_EQ(config.default_project->value, "p");
  EXPECT_EQ(config.default_workspace->value, "w");
  EXPECT_EQ(config.cloud_api_key->value.reveal(), "bmc_CANARY");
  EXPECT_EQ(config.cloud_api_key->file, kYaml);
  EXPECT_EQ(config.cloud_host->position.line, 3U);
  EXPECT_EQ(config.cloud_host->position.column, 13U);
  EXPECT_EQ(config.files, std::vector<std::string>{kYaml});
}

TEST_F(ConfigTest, every_setting_is_read_from_json_among_members_of_others) {
  files.put_file(kJson,
                 "\xEF\xBB\xBF{\r\n\"env\": \"dev\", \"cloud_domain\": \"https://i\","
                 "\"cloud_client_id\": \"c\", \"cloud_host\": \"https://h\", \"cloud_mode\": true,"
                 "\"default_project\": \"p\", \"default_workspace\": \"w\","
                 "\"cloud_api_key\": \"bmc_CANARY\", \"sync_delay\": 1000, \"x\": 1e400}");
  const Config config = read();
  EXPECT_EQ(config.cloud_domain->value, "https://i");
  EXPECT_EQ(config.cloud_client_id->value, "c");
  EXPECT_EQ(config.cloud_host->value, "https://h");
  EXPECT_EQ(config.default_project->value, "p");
  EXPECT_EQ(config.default_workspace->value, "w");
  EXPECT_EQ(config.cloud_api_key->value.reveal(), "bmc_CANARY");
  EXPECT_EQ(config.cloud_api_key->file, kJson);
}

TEST_F(ConfigTest, yaml_lies_over_json_key_by_key) {
  files.put_file(kYaml, "cloud_host: https://yaml\ndefault_project: ~\ncloud_client_id: ''\n");
  files.put_file(kJson,
                 R"({"cloud_host": "https://json", "default_project": "p", "cloud_client_id": "c",
                     "default_workspace": null})");
  const Config config = read();
  EXPECT_EQ(config.cloud_host->value, "https://yaml");
  EXPECT_EQ(config.default_project->value, "p");
  EXPECT_EQ(config.default_project->file, kJson);
  EXPECT_EQ(config.cloud_client_id->value, "c");
  EXPECT_FALSE(config.default_workspace);
  EXPECT_EQ(config.files, (std::vector<std::string>{kYaml, kJson}));
}

TEST_F(ConfigTest, projects_are_read_in_their_order_with_local_as_the_default) {
  files.put_file(kYaml,
                 "projects:\n  zeta:\n    mode: cloud\n    workspace_id: w-1\n"
                 "  alpha: {path: /a, mode: local}\n  beta:\n  gamma: {path: /g}\n");
  EXPECT_EQ(projects(),
            "zeta cloud - w-1 yaml; alpha local /a - yaml; beta local? - - yaml; "
            "gamma local? /g - yaml; ");
  EXPECT_EQ(read().projects[0].position.line, 3U);  // its mode
  EXPECT_EQ(read().projects[2].position.line, 6U);  // itself
  EXPECT_EQ(read().projects[3].position.line, 7U);
}

TEST_F(ConfigTest, projects_of_both_files_lie_over_each_other_member_by_member) {
  files.put_file(kYaml,
                 "projects:\n  both: {mode: cloud}\n  upper: {mode: cloud}\n  path: {path: /y}\n"
                 "  same: {mode: cloud, workspace_id: w}\n  nothing:\n");
  files.put_file(kJson, R"({"projects": {
      "lower": {"path": "/l", "mode": "local"},
      "both": {"path": "/b", "workspace_id": "w-2"},
      "path": {"path": "/j", "mode": "cloud"},
      "same": {"path": "/s", "mode": "cloud", "workspace_id": "w"},
      "nothing": {"path": "/n", "mode": "cloud"}}})");
  EXPECT_EQ(projects(),
            "both cloud /b w-2 yaml; upper cloud - - yaml; path cloud /y - json; "
            "same cloud /s w yaml; nothing cloud /n - json; lower local /l - json; ");
}

TEST_F(ConfigTest, a_mode_that_differs_between_the_files_is_a_conflict_with_both_places) {
  files.put_file(kYaml, "# head\nprojects:\n  notes:\n    mode: cloud\n");
  files.put_file(kJson,
                 "{\n  \"projects\": {\n    \"notes\": {\"path\": \"/n\", \"mode\": \"local\"}}}");
  const Error error = refusal();
  EXPECT_EQ(error.code, Code::kConfigConflict);
  EXPECT_EQ(error.message, std::string("project 'notes' is cloud at ") + kYaml +
                               ":4:11 and local at " + kJson + ":3:37");
}

TEST_F(ConfigTest, a_workspace_that_differs_between_the_files_is_a_conflict_with_both_places) {
  files.put_file(kYaml, "projects:\n  notes: {workspace_id: w-1}\n");
  files.put_file(kJson, "\xEF\xBB\xBF{\"projects\":\r\n{\"notes\": {\"workspace_id\": \"w-2\"}}}");
  const Error error = refusal();
  EXPECT_EQ(error.code, Code::kConfigConflict);
  EXPECT_EQ(error.message, std::string("project 'notes' has different workspace_id at ") + kYaml +
                               ":2:25 and " + kJson + ":2:28");
}

TEST_F(ConfigTest, a_conflict_with_an_old_shape_names_the_place_in_project_modes) {
  files.put_file(kYaml, "projects:\n  notes: {mode: local}\n");
  files.put_file(
      kJson, "{\"projects\": {\"notes\": \"/n\"},\n \"project_modes\": {\"notes\": \"cloud\"}}");
  EXPECT_EQ(refusal().message, std::string("project 'notes' is local at ") + kYaml +
                                   ":2:17 and cloud at " + kJson + ":2:29");
}

TEST_F(ConfigTest, the_old_shape_is_read_as_bm_reads_it) {
  files.put_file(kJson, R"({
      "projects": {"main": "/m", "work": "/w", "slug": "slug", "synced": "/keep"},
      "project_modes": {"work": "cloud", "only-mode": "cloud", "far": "local"},
      "cloud_projects": {"slug": {"local_path": "/s"}, "synced": {"local_path": "/other"},
                         "remote": {"local_path": "/r", "last_sync": null}, "bare": {},
                         "far": {"local_path": "/f"}, "gone": null},
      "default_project_mode": true, "cloud_mode": true})");
  EXPECT_EQ(projects(),
            "main local? /m - json; work cloud /w - json; slug local? /s - json; "
            "synced local? /keep - json; remote cloud /r - json; bare cloud - - json; "
            "far local /f - json; ");
}

TEST_F(ConfigTest, old_members_count_only_when_the_first_project_is_a_path) {
  files.put_file(kJson, R"({
      "projects": {"main": {"path": "/m"}},
      "project_modes": {"main": "cloud"}, "cloud_projects": {"remote": {"local_path": "/r"}}})");
  EXPECT_EQ(projects(), "main local? /m - json; ");
  files.put_file(kJson, R"({"projects": {}, "cloud_projects": {"remote": {"local_path": "/r"}}})");
  EXPECT_EQ(projects(), "");
}

TEST_F(ConfigTest, a_path_that_is_a_mere_name_gives_way_to_the_synced_folder) {
  files.put_file(kJson, R"({"projects": {
      "a": {"path": "slug", "mode": "cloud", "local_sync_path": "/a"},
      "b": {"path": "", "mode": "cloud", "cloud_sync_path": "/b"},
      "c": {"path": "/c", "mode": "cloud", "cloud_sync_path": "/x"},
      "d": {"path": "slug", "mode": "cloud"}}})");
  EXPECT_EQ(projects(),
            "a cloud /a - json; b cloud /b - json; c cloud /c - json; d cloud slug - json; ");
}

TEST_F(ConfigTest, the_old_shape_is_read_from_yaml_too) {
  files.put_file(kYaml, "projects:\n  main: /m\n  work: /w\nproject_modes: {work: cloud}\n");
  EXPECT_EQ(projects(), "main local? /m - yaml; work cloud /w - yaml; ");
}

TEST_F(ConfigTest, shapes_are_not_mixed_in_one_file) {
  files.put_file(kJson, R"({"projects": {"a": {"path": "/a"}, "b": "/b"}})");
  expect_invalid(std::string(kJson) +
                 ":1:41: projects.b must be a mapping (path, mode, workspace_id), not text");
  files.put_file(kJson, R"({"projects": {"a": "/a", "b": {"path": "/b"}}})");
  expect_invalid(std::string(kJson) + ":1:31: projects.b must be text, not a mapping");
}

TEST_F(ConfigTest, a_wrong_type_is_named_with_place_and_member_in_json) {
  const struct {
    const char* text;
    const char* words;
  } cases[] = {
      {"[]", ":1:1: an object is expected at the top"},
      {"\n 7", ":1:1: an object is expected at the top"},
      {"{\"cloud_host\": 1}", ":1:16: cloud_host must be text, not a number"},
      {"{\"cloud_host\": 1.5}", ":1:16: cloud_host must be text, not a number"},
      {"{\n\"cloud_domain\": [\"x\"]}", ":2:17: cloud_domain must be text, not a list"},
      {"{\"cloud_api_key\": {\"k\": \"CANARY\"}}",
       ":1:19: cloud_api_key must be text, not a mapping"},
      {"{\"default_project\": true}", ":1:21: default_project must be text, not true or false"},
      {"{\"projects\": []}", ":1:14: projects must be a mapping, not a list"},
      {"{\"projects\": \"x\"}", ":1:14: projects must be a mapping, not text"},
      {"{\"projects\": {\"a\": 1}}",
       ":1:20: projects.a must be a mapping (path, mode, workspace_id), not a number"},
      {"{\"projects\": {\"a\": {\"path\": 1}}}",
       ":1:29: projects.a.path must be text, not a number"},
      {"{\"projects\": {\"a\": {\"workspace_id\": {}}}}",
       ":1:37: projects.a.workspace_id must be text, not a mapping"},
      {"{\"projects\": {\"a\": {\"mode\": true}}}",
       ":1:29: projects.a.mode must be 'local' or 'cloud', not true or false"},
      {"{\"projects\": {\"a\": {\"mode\": \"Cloud\"}}}",
       ":1:29: projects.a.mode must be 'local' or 'cloud', not 'Cloud'"},
      {"{\"projects\": {\"a\": {\"mode\": \"\"}}}",
       ":1:29: projects.a.mode must be 'local' or 'cloud', not ''"},
      {"{\"projects\": {\"a\": \"/a\"}, \"project_modes\": []}",
       ":1:44: project_modes must be a mapping, not a list"},
      {"{\"projects\": {\"a\": \"/a\"}, \"project_modes\": {\"a\": \"x\"}}",
       ":1:50: project_modes.a must be 'local' or 'cloud', not 'x'"},
      {"{\"projects\": {\"a\": \"/a\"}, \"cloud_projects\": {\"a\": \"x\"}}",
       ":1:51: cloud_projects.a must be a mapping, not text"},
      {"{\"projects\": {\"a\": \"/a\"}, \"cloud_projects\": {\"b\": {\"local_path\": 1}}}",
       ":1:66: cloud_projects.b.local_path must be text, not a number"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.text);
    files.put_file(kJson, one.text);
    expect_invalid(kJson + std::string(one.words));
  }
}

TEST_F(ConfigTest, a_wrong_type_is_named_with_place_and_member_in_yaml) {
  const struct {
    const char* text;
    const char* words;
  } cases[] = {
      {"- a\n", ":1:1: a mapping (name: value) is expected at the top"},
      {"x: 1\ncloud_host: [a]\n", ":2:1: cloud_host must be text, not a list"},
      {"projects: main\n", ":1:11: projects must be a mapping, not text"},
      {"projects:\n- main\n", ":1:1: projects must be a mapping, not a list"},
      {"projects:\n  a:\n    mode: remote\n",
       ":3:11: projects.a.mode must be 'local' or 'cloud', not 'remote'"},
      {"projects:\n  a:\n    mode: [cloud]\n",
       ":3:5: projects.a.mode must be 'local' or 'cloud', not a list"},
      {"projects:\n  a:\n    path: {x: y}\n", ":3:5: projects.a.path must be text, not a mapping"},
  };
  for (const auto& one : cases) {
    SCOPED_TRACE(one.text);
    files.put_file(kYaml, one.text);
    expect_invalid(kYaml + std::string(one.words));
  }
}

TEST_F(ConfigTest, a_file_that_does_not_parse_is_named_with_line_and_column) {
  files.put_file(kJson, "{\n  \"cloud_host\": \"x\",\n}");
  expect_invalid(kJson + std::string(":3:1: a member name in double quotes is expected"));
  files.put_file(kJson, "");
  expect_invalid(kJson + std::string(":1:1: the text is empty"));
  files.put_file(kJson, "{\"projects\": {\"a\": {}, \"a\": {}}}");
  expect_invalid(kJson + std::string(":1:24: duplicate member 'a'"));
  files.remove_file(kJson);
  files.put_file(kYaml, "cloud_host: a\r\ncloud_host: b\r\n");
  expect_invalid(kYaml + std::string(":2:1: duplicate member 'cloud_host'"));
  files.put_file(kYaml, std::string("\xFF\xFE"
                                    "a\0:\0",
                                    6));
  expect_invalid(kYaml + std::string(":1:1: this is UTF-16 or UTF-32 text; save it as UTF-8"));
}

TEST_F(ConfigTest, a_broken_lower_file_is_an_error_too) {
  files.put_file(kYaml, "cloud_host: https://h\n");
  files.put_file(kJson, "{");
  expect_invalid(kJson + std::string(":1:2: the text ends early"));
}

TEST_F(ConfigTest, anchors_are_borne_where_nobody_reads_and_refused_where_we_do) {
  files.put_file(kYaml, "shared: &s {mode: cloud}\nother: *s\ncloud_host: https://h\n");
  EXPECT_EQ(read().cloud_host->value, "https://h");
  files.put_file(kYaml, "shared: &s {mode: cloud}\nprojects:\n  a: *s\n");
  expect_invalid(kYaml + std::string(":3:6: aliases (*) are not read here"));
}

TEST_F(ConfigTest, a_file_torn_at_any_byte_is_read_or_config_invalid_and_stays_as_it_is) {
  const std::string yaml =
      "cloud_api_key: bmc_CANARY\nprojects:\n  research:\n    mode: cloud\n    path: \"/\u00e4\"\n";
  const std::string json =
      "{\"cloud_api_key\": \"bmc_CANARY\", \"projects\": {\"research\": {\"path\": \"/\u00e4\", "
      "\"mode\": \"cloud\"}}, \"x\": 1e400}";
  for (const auto& [path, text] : {std::pair(kYaml, yaml), std::pair(kJson, json)}) {
    for (std::size_t size = 0; size <= text.size(); ++size) {
      files.put_file(path, text.substr(0, size));
      const Result<Config> config = read_config(files, kDir);
      EXPECT_EQ(files.get_file(path), text.substr(0, size));
      if (config) continue;
      EXPECT_EQ(config.error().code, Code::kConfigInvalid);
      EXPECT_EQ(config.error().message.find(path), 0U);
      EXPECT_EQ(config.error().message.find("CANARY"), std::string::npos);
    }
    EXPECT_EQ(projects().find("research cloud /\u00e4 -"), 0U);
    files.remove_file(path);
  }
}

TEST_F(ConfigTest, what_bm_cannot_see_is_listed) {
  files.put_file(kYaml,
                 "cloud_host: https://h\ncloud_client_id: c\nunknown: x\ndefault_project: p\n"
                 "projects:\n  only: {mode: cloud}\n  both: {mode: cloud, path: /b}\n"
                 "  same: {mode: cloud, path: /s, workspace_id: w}\n  moved: {path: /new}\n");
  const std::vector<std::string> alone = {"cloud_client_id", "cloud_host",    "default_project",
                                          "projects.only",   "projects.both", "projects.same",
                                          "projects.moved"};
  EXPECT_EQ(read().invisible_to_bm, alone);
  files.put_file(kJson, R"({"cloud_host": "https://h", "cloud_client_id": "other", "projects": {
      "both": {"path": "/b"}, "same": {"path": "/s", "mode": "cloud", "workspace_id": "w"},
      "moved": {"path": "/old"}}})");
  const std::vector<std::string> beside = {"cloud_client_id", "default_project", "projects.only",
                                           "projects.both.mode", "projects.moved.path"};
  EXPECT_EQ(read().invisible_to_bm, beside);
  files.remove_file(kYaml);
  EXPECT_TRUE(read().invisible_to_bm.empty());
}

TEST_F(ConfigTest, a_hundred_thousand_projects_load_from_both_files) {
  std::string yaml = "projects:\n";
  std::string json = "{\"projects\": {";
  for (int i = 0; i < 100'000; ++i) {
    const std::string name = "project-" + std::to_string(i);
    yaml += "  " + name + ": {mode: cloud}\n";
    json += (i == 0 ? "\"" : ",\"") + name + "\": {\"path\": \"/p\", \"mode\": \"cloud\"}";
  }
  json += "}}";
  files.put_file(kYaml, yaml);
  files.put_file(kJson, json);
  const Config config = read();
  ASSERT_EQ(config.projects.size(), 100'000U);
  EXPECT_EQ(config.projects[99'999].name, "project-99999");
  EXPECT_EQ(config.projects[99'999].path, "/p");
  EXPECT_EQ(config.projects[99'999].position.line, 100'001U);
}

TEST_F(ConfigTest, a_file_beyond_32_mib_is_refused_unread) {
  files.put_file(kJson, std::string(kMaxConfig_bytes + 1, ' '));
  expect_invalid(kJson + std::string(" is larger than 32 MiB"));
  files.put_file(kJson, "{}" + std::string(kMaxConfig_bytes - 2, ' '));
  EXPECT_EQ(read().files.size(), 1U);
}

// Reading modes (contract, section 3).

TEST_F(ConfigTest, a_data_dir_that_is_a_file_is_store_io) {
  Result<Config> config = read_config(files, "/home/ann/file");
  EXPECT_TRUE(config.ok());
  files.put_file("/home/ann/file", "");
  config = read_config(files, "/home/ann/file");
  ASSERT_FALSE(config.ok());
  EXPECT_EQ(config.error().code, Code::kStoreIo);
  EXPECT_EQ(config.error().message, "/home/ann/file is not a directory");
}

TEST_F(ConfigTest, a_data_dir_behind_symlinks_is_read) {
  files.put_file(kYaml, "cloud_host: https://h\n");
  files.put_symlink("/home/ann/link", kDir);
  files.put_symlink("/home/ann/link2", "/home/ann/link");
  const Result<Config> config = read_config(files, "/home/ann/link2");
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(config->files, std::vector<std::string>{"/home/ann/link2/config.yaml"});
  files.put_symlink("/home/ann/loop", "/home/ann/loop");
  EXPECT_EQ(read_config(files, "/home/ann/loop").error().code, Code::kStoreIo);
}

TEST_F(ConfigTest, what_anybody_may_write_is_refused_with_a_remedy) {
  files.put_file(kYaml, "cloud_host: https://h\n", 0646);
  Error error = refusal();
  EXPECT_EQ(error.code, Code::kStorePermissions);
  EXPECT_EQ(error.message, std::string(kYaml) + " may be written by anybody (mode 0646)");
  EXPECT_NE(error.remedy.find("chmod 600"), std::string::npos);
  files.put_file(kYaml, "cloud_host: https://h\n", 0600);
  files.put_directory(kDir, 0707);
  error = refusal();
  EXPECT_EQ(error.code, Code::kStorePermissions);
  EXPECT_EQ(error.message, std::string(kDir) + " may be written by anybody (mode 0707)");
}

TEST_F(ConfigTest, what_the_group_may_write_is_used_with_a_warning_in_a_directory_of_ours_alone) {
  files.put_file(kYaml, "cloud_host: https://h\n", 0660);
  ASSERT_EQ(read().warnings.size(), 1U);
  EXPECT_NE(read().warnings[0].find("may be written by its group (mode 0660)"), std::string::npos);
  files.put_directory(kDir, 0755, 0);
  EXPECT_EQ(refusal().code, Code::kStorePermissions);
}

TEST_F(ConfigTest, a_foreign_owner_is_refused_and_root_is_trusted) {
  files.put_file(kYaml, "cloud_host: https://h\n", 0644, 4711);
  const Error error = refusal();
  EXPECT_EQ(error.code, Code::kStorePermissions);
  EXPECT_EQ(error.message, std::string(kYaml) + " belongs to another user (uid 4711)");
  files.put_file(kYaml, "cloud_host: https://h\n", 0644, 0);
  EXPECT_TRUE(read().cloud_host);
}

TEST_F(ConfigTest, root_reads_the_files_of_the_directorys_owner_alone) {
  files.put_file(kYaml, "cloud_host: https://h\n", 0600, 1000);
  files.set_effective_uid(0);
  EXPECT_TRUE(read().cloud_host);
  files.put_file(kYaml, "cloud_host: https://h\n", 0600, 4711);
  EXPECT_EQ(refusal().code, Code::kStorePermissions);
}

TEST_F(ConfigTest, a_key_that_others_could_read_is_used_closed_to_them_and_reported) {
  files.put_file(kYaml, "cloud_api_key: bmc_CANARY\n", 0644);
  const Config config = read();
  EXPECT_TRUE(config.cloud_api_key);
  ASSERT_EQ(config.warnings.size(), 1U);
  EXPECT_EQ(config.warnings[0], std::string(kYaml) +
                                    " holds the API key and was readable by others (mode 0644; now "
                                    "0600); consider a new key");
  EXPECT_EQ(files.get_inode(kYaml)->mode, 0600U);
  EXPECT_TRUE(read().warnings.empty());
}

TEST_F(ConfigTest, a_readable_file_without_a_key_is_left_alone) {
  files.put_file(kYaml, "cloud_host: https://h\ncloud_api_key: ~\n", 0644);
  EXPECT_TRUE(read().warnings.empty());
  EXPECT_EQ(files.get_inode(kYaml)->mode, 0644U);
}

TEST_F(ConfigTest, a_readable_key_file_of_root_is_reported_and_not_touched) {
  files.put_file(kYaml, "cloud_api_key: bmc_CANARY\n", 0644, 0);
  ASSERT_EQ(read().warnings.size(), 1U);
  EXPECT_NE(read().warnings[0].find("chmod 600 it"), std::string::npos);
  EXPECT_EQ(files.get_inode(kYaml)->mode, 0644U);
}

TEST_F(ConfigTest, a_key_file_with_a_second_name_is_reported) {
  files.put_file(kYaml, "cloud_api_key: bmc_CANARY\n", 0600);
  files.put_link("/home/ann/second", kYaml);
  ASSERT_EQ(read().warnings.size(), 1U);
  EXPECT_NE(read().warnings[0].find("more than one name"), std::string::npos);
}

TEST_F(ConfigTest, a_symlink_of_the_owner_is_followed_once) {
  files.put_file("/home/ann/dotfiles/config.yaml", "cloud_host: https://h\n", 0600);
  files.put_symlink(kYaml, "/home/ann/dotfiles/config.yaml");
  EXPECT_EQ(read().cloud_host->file, kYaml);
  files.put_symlink("/home/ann/dotfiles/link", "/home/ann/dotfiles/config.yaml");
  files.put_symlink(kYaml, "/home/ann/dotfiles/link");
  EXPECT_EQ(refusal().code, Code::kStoreIo);
}

TEST_F(ConfigTest, a_symlink_that_somebody_else_may_have_made_is_refused) {
  files.put_file("/home/ann/secret", "cloud_host: https://h\n", 0600);
  files.put_symlink(kYaml, "/home/ann/secret", 4711);
  EXPECT_EQ(refusal().code, Code::kStorePermissions);
  files.put_symlink(kYaml, "/home/ann/secret");
  files.put_directory(kDir, 0770);
  EXPECT_EQ(refusal().code, Code::kStorePermissions);
}

TEST_F(ConfigTest, a_symlink_to_nothing_is_no_file) {
  files.put_symlink(kYaml, "/home/ann/gone");
  EXPECT_TRUE(read().files.empty());
}

TEST_F(ConfigTest, fifo_and_directory_are_refused_without_blocking) {
  files.put_other(kYaml);
  EXPECT_EQ(refusal().code, Code::kStoreIo);
  files.remove_file(kYaml);
  files.put_directory(kJson);
  EXPECT_EQ(refusal().code, Code::kStoreIo);
}

TEST_F(ConfigTest, a_read_that_fails_is_an_error_and_never_an_empty_config) {
  files.put_file(kYaml, "cloud_host: https://h\n");
  for (const char* operation : {"stat", "open", "fstat", "read"}) {
    files.fail(operation, 1, make_error(Code::kStoreIo, "Input/output error"));
    EXPECT_EQ(refusal().code, Code::kStoreIo) << operation;
    files.clear_faults();
  }
}

TEST_F(ConfigTest, reading_changes_nothing) {
  files.put_file(kYaml, "cloud_host: https://h\ncloud_api_key: bmc_CANARY\n");
  files.put_file(kJson, "{}");
  files.begin_log();
  read();
  ASSERT_TRUE(config_version(files, kDir).ok());
  for (const FileOperation& operation : files.log()) {
    EXPECT_TRUE(operation.name == "stat" || operation.name == "open" || operation.name == "fstat" ||
                operation.name == "read" || operation.name == "close")
        << operation.name;
  }
}

// config_version.

class ConfigVersionTest : public ConfigTest {
 protected:
  std::string version() {
    Result<std::string> version = config_version(files, kDir);
    EXPECT_TRUE(version.ok());
    return version ? *version : "";
  }
};

TEST_F(ConfigVersionTest, every_change_of_either_file_is_seen) {
  std::string before = version();
  const auto expect_change = [&](const char* what) {
    const std::string now = version();
    EXPECT_NE(now, before) << what;
    EXPECT_EQ(version(), now) << what;
    before = now;
  };
  files.put_file(kYaml, "a: 1\n");
  expect_change("a new file");
  files.overwrite_file(kYaml, "a: 2\n");
  expect_change("the same size in place");
  files.put_file(kJson, "{}");
  expect_change("the other file");
  files.put_file(kYaml, "a: 2\n", 0644);
  expect_change("a mode");
  files.remove_file(kJson);
  expect_change("gone again");
  files.put_file("/home/ann/real", "{}");
  files.put_symlink(kJson, "/home/ann/real");
  expect_change("a symlink");
  files.overwrite_file("/home/ann/real", "{ }");
  expect_change("what the symlink leads to");
  files.put_directory(kDir, 0755);
  expect_change("the mode of the directory");
}

TEST_F(ConfigVersionTest, a_write_of_another_file_is_no_change) {
  files.put_file(kYaml, "a: 1\n");
  const std::string before = version();
  files.put_file(std::string(kDir) + "/.cloud_tokens.json", "{}");
  EXPECT_EQ(version(), before);
}

TEST_F(ConfigVersionTest, a_directory_that_does_not_exist_has_a_version_too) {
  const Result<std::string> absent = config_version(files, "/nowhere");
  ASSERT_TRUE(absent.ok());
  EXPECT_NE(*absent, version());
}

TEST_F(ConfigVersionTest, an_unreadable_place_is_an_error) {
  files.fail("stat", 1, make_error(Code::kStoreIo, "Input/output error"));
  EXPECT_FALSE(config_version(files, kDir).ok());
}

}  // namespace
}  // namespace bmauth::core
