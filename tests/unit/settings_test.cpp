#include "core/settings.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "core/config.h"

namespace bmauth::core {
namespace {

constexpr const char* kYaml = "/home/ann/.basic-memory/config.yaml";

Places some_places() {
  Places places;
  places.data_dir = {"/home/ann/.basic-memory", Source::kDefault, ""};
  places.home = "/home/ann";
  return places;
}

Result<Settings> resolve(const Options& options, const Environment& environment,
                         const Config& config) {
  return resolve_settings(options, environment, some_places(), config);
}

Settings resolved(const Options& options, const Environment& environment, const Config& config) {
  Result<Settings> settings = resolve(options, environment, config);
  EXPECT_TRUE(settings.ok()) << (settings ? "" : settings.error().message);
  return settings ? *settings : Settings{};
}

Configured<std::string> configured(std::string value) {
  return {std::move(value), kYaml, {3, 13}};
}

// A text setting of section 2 and how to state it at each place.
struct TextRow {
  const char* name;
  std::optional<std::string> Options::*option;
  const char* variable;
  std::optional<Configured<std::string>> Config::*in_config;
  Setting<std::string> Settings::*setting;
  const char* default_value;  // null pointer: none
  const char* prefix;         // what makes a valid value
};

const TextRow kTextRows[] = {
    {"issuer", &Options::issuer, "BASIC_MEMORY_CLOUD_DOMAIN", &Config::cloud_domain,
     &Settings::issuer, "https://eloquent-lotus-05.authkit.app", "https://"},
    {"client_id", &Options::client_id, "BASIC_MEMORY_CLOUD_CLIENT_ID", &Config::cloud_client_id,
     &Settings::client_id, "client_01K6KWQPW6J1M8VV7R3TZP5A6M", ""},
    {"cloud_host", &Options::cloud_host, "BASIC_MEMORY_CLOUD_HOST", &Config::cloud_host,
     &Settings::cloud_host, "https://cloud.basicmemory.com", "https://"},
    {"default_project", &Options::default_project, "BASIC_MEMORY_DEFAULT_PROJECT",
     &Config::default_project, &Settings::default_project, nullptr, ""},
    {"default_workspace", &Options::default_workspace, "BASIC_MEMORY_DEFAULT_WORKSPACE",
     &Config::default_workspace, &Settings::default_workspace, nullptr, ""},
    {"project_constraint", &Options::project_constraint, "BASIC_MEMORY_MCP_PROJECT", nullptr,
     &Settings::project_constraint, nullptr, ""},
};

TEST(Settings, each_text_comes_from_option_then_environment_then_config_then_default) {
  for (const TextRow& row : kTextRows) {
    SCOPED_TRACE(row.name);
    const std::string prefix = row.prefix;
    Options options;
    Environment environment;
    Config config;
    const auto seen = [&]() -> Setting<std::string> {
      return resolved(options, environment, config).*row.setting;
    };

    EXPECT_EQ(seen().value, row.default_value != nullptr ? row.default_value : "");
    EXPECT_EQ(seen().source, row.default_value != nullptr ? Source::kDefault : Source::kNone);

    if (row.in_config != nullptr) {
      config.*row.in_config = configured(prefix + "from-config");
      EXPECT_EQ(seen().value, prefix + "from-config");
      EXPECT_EQ(seen().source, Source::kConfig);
      EXPECT_EQ(seen().place, kYaml);
    }

    const Setting<std::string> below = seen();
    environment[row.variable] = "";
    EXPECT_EQ(seen().value, below.value) << "an empty variable is unset";
    EXPECT_EQ(seen().source, below.source);

    environment[row.variable] = prefix + "from-environment";
    EXPECT_EQ(seen().value, prefix + "from-environment");
    EXPECT_EQ(seen().source, Source::kEnvironment);
    EXPECT_EQ(seen().place, row.variable);

    options.*row.option = prefix + "from-option";
    EXPECT_EQ(seen().value, prefix + "from-option");
    EXPECT_EQ(seen().source, Source::kOption);
    EXPECT_EQ(seen().place, std::string("option ") + row.name);

    options.*row.option = "";
    const Result<Settings> empty = resolve(options, environment, config);
    ASSERT_FALSE(empty.ok());
    EXPECT_EQ(empty.error().code, Code::kInvalidArgument);
    EXPECT_EQ(empty.error().message, std::string(row.name) + " is empty");
  }
}

TEST(Settings, the_api_key_has_one_variable_above_and_one_below_the_config_file) {
  Options options;
  Environment environment;
  Config config;
  const auto seen = [&] {
    const Setting<Secret> key = resolved(options, environment, config).api_key;
    return std::string(key.value.reveal()) + " " + source_name(key.source) + " " + key.place;
  };
  EXPECT_EQ(seen(), " none ");
  environment["BASIC_MEMORY_API_KEY"] = "bmc_CANARYlow";
  EXPECT_EQ(seen(), "bmc_CANARYlow environment BASIC_MEMORY_API_KEY");
  config.cloud_api_key.emplace();
  config.cloud_api_key->value = Secret(std::string_view("bmc_CANARYconfig"));
  config.cloud_api_key->file = kYaml;
  EXPECT_EQ(seen(), std::string("bmc_CANARYconfig config ") + kYaml);
  environment["BASIC_MEMORY_CLOUD_API_KEY"] = "";
  EXPECT_EQ(seen(), std::string("bmc_CANARYconfig config ") + kYaml);
  environment["BASIC_MEMORY_CLOUD_API_KEY"] = "bmc_CANARYhigh";
  EXPECT_EQ(seen(), "bmc_CANARYhigh environment BASIC_MEMORY_CLOUD_API_KEY");
  options.api_key = Secret(std::string_view("bmc_CANARYoption"));
  EXPECT_EQ(seen(), "bmc_CANARYoption option option api_key");
  options.api_key = Secret();
  EXPECT_EQ(resolve(options, environment, config).error().message, "api_key is empty");
}

TEST(Settings, each_boolean_comes_from_option_then_environment_and_is_else_false) {
  const struct {
    std::optional<bool> Options::*option;
    const char* variable;
    Setting<bool> Settings::*setting;
  } rows[] = {
      {&Options::is_force_local, "BASIC_MEMORY_FORCE_LOCAL", &Settings::is_force_local},
      {&Options::is_force_cloud, "BASIC_MEMORY_FORCE_CLOUD", &Settings::is_force_cloud},
      {&Options::is_explicit_routing, "BASIC_MEMORY_EXPLICIT_ROUTING",
       &Settings::is_explicit_routing},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.variable);
    Options options;
    Environment environment;
    const auto seen = [&]() -> Setting<bool> {
      return resolved(options, environment, Config{}).*row.setting;
    };
    EXPECT_FALSE(seen().value);
    EXPECT_EQ(seen().source, Source::kDefault);
    environment[row.variable] = "";
    EXPECT_EQ(seen().source, Source::kDefault);
    environment[row.variable] = "Yes";
    EXPECT_TRUE(seen().value);
    EXPECT_EQ(seen().source, Source::kEnvironment);
    EXPECT_EQ(seen().place, row.variable);
    options.*row.option = false;
    EXPECT_FALSE(seen().value);
    EXPECT_EQ(seen().source, Source::kOption);

    options = {};
    environment[row.variable] = "ture";
    const Result<Settings> misspelt = resolve(options, environment, Config{});
    ASSERT_FALSE(misspelt.ok());
    EXPECT_EQ(misspelt.error().code, Code::kInvalidArgument);
    EXPECT_NE(misspelt.error().message.find(row.variable), std::string::npos);
  }
}

TEST(Settings, booleans_have_six_spellings_in_any_case) {
  for (const char* yes : {"true", "TRUE", "True", "1", "yes", "YeS"}) {
    EXPECT_TRUE(*parse_boolean(yes, "X")) << yes;
  }
  for (const char* no : {"false", "FALSE", "0", "no", "No"}) EXPECT_FALSE(*parse_boolean(no, "X"));
  for (const char* bad : {"", " ", "on", "off", "2", "y", "n", "true ", "01", "t\xC4\xB1rue"}) {
    const Result<bool> result = parse_boolean(bad, "THE_NAME");
    ASSERT_FALSE(result.ok()) << bad;
    EXPECT_EQ(result.error().code, Code::kInvalidArgument);
    EXPECT_EQ(result.error().message.substr(0, 8), "THE_NAME");
  }
}

TEST(Settings, each_timeout_has_the_contracts_default_and_bounds) {
  const struct {
    const char* name;
    std::optional<std::int64_t> Options::*option;
    std::int64_t Settings::*setting;
    std::int64_t default_ms;
  } rows[] = {
      {"connect_timeout_ms", &Options::connect_timeout_ms, &Settings::connect_timeout_ms, 5'000},
      {"auth_timeout_ms", &Options::auth_timeout_ms, &Settings::auth_timeout_ms, 15'000},
      {"refresh_try_timeout_ms", &Options::refresh_try_timeout_ms,
       &Settings::refresh_try_timeout_ms, 5'000},
      {"refresh_budget_ms", &Options::refresh_budget_ms, &Settings::refresh_budget_ms, 20'000},
      {"api_timeout_ms", &Options::api_timeout_ms, &Settings::api_timeout_ms, 30'000},
      {"lock_timeout_ms", &Options::lock_timeout_ms, &Settings::lock_timeout_ms, 25'000},
      {"login_timeout_ms", &Options::login_timeout_ms, &Settings::login_timeout_ms, 600'000},
  };
  for (const auto& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(resolved({}, {}, Config{}).*row.setting, row.default_ms);
    for (const std::int64_t good : {std::int64_t{1}, std::int64_t{3'600'000}}) {
      Options options;
      options.*row.option = good;
      EXPECT_EQ(resolved(options, {}, Config{}).*row.setting, good);
    }
    for (const std::int64_t bad :
         {std::int64_t{0}, std::int64_t{-1}, std::int64_t{3'600'001}, INT64_MAX, INT64_MIN}) {
      Options options;
      options.*row.option = bad;
      const Result<Settings> result = resolve(options, {}, Config{});
      ASSERT_FALSE(result.ok());
      EXPECT_EQ(result.error().code, Code::kInvalidArgument);
      EXPECT_EQ(result.error().message.find(row.name), 0U);
    }
  }
}

TEST(Settings, issuer_and_host_are_kept_as_the_origin_parser_writes_them) {
  Options options;
  options.issuer = "HTTPS://Auth.Example.com:443/tenant/";
  options.cloud_host = "https://Cloud.Example.com/";
  const Settings settings = resolved(options, {}, Config{});
  EXPECT_EQ(settings.issuer.value, "https://auth.example.com/tenant");
  EXPECT_EQ(settings.cloud_host.value, "https://cloud.example.com");
}

TEST(Settings, plain_http_is_for_loopback_and_elsewhere_an_error_that_names_the_place) {
  for (const char* loopback : {"http://localhost:8080", "http://127.0.0.1:9", "http://[::1]:9"}) {
    Options options;
    options.cloud_host = options.issuer = options.local_base_url = loopback;
    EXPECT_EQ(resolved(options, {}, Config{}).cloud_host.value, loopback);
    EXPECT_EQ(resolved(options, {}, Config{}).local_base_url, loopback);
  }
  const auto refused = [](const Options& options, const Environment& environment,
                          const Config& config, std::string_view place) {
    const Result<Settings> result = resolve(options, environment, config);
    ASSERT_FALSE(result.ok()) << place;
    EXPECT_EQ(result.error().code, Code::kInsecureUrl);
    EXPECT_EQ(result.error().message.find(place), 0U) << result.error().message;
  };
  Options options;
  options.issuer = "http://auth.example.com";
  refused(options, {}, Config{}, "option issuer: ");
  options = {};
  options.local_base_url = "http://192.168.0.1";
  refused(options, {}, Config{}, "option local_base_url: ");
  refused({}, {{"BASIC_MEMORY_CLOUD_HOST", "http://example.com"}}, Config{},
          "BASIC_MEMORY_CLOUD_HOST: ");
  Config config;
  config.cloud_domain = configured("http://example.com");
  refused({}, {}, config, std::string(kYaml) + ":3:13: cloud_domain: ");
}

TEST(Settings, an_url_that_is_none_is_the_fault_of_who_stated_it) {
  Options options;
  options.cloud_host = "cloud.example.com";
  EXPECT_EQ(resolve(options, {}, Config{}).error().code, Code::kInvalidArgument);
  Config config;
  config.cloud_host = configured("https://user:CANARY@example.com");
  const Result<Settings> result = resolve({}, {}, config);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, Code::kConfigInvalid);
  EXPECT_EQ(result.error().message.find("CANARY"), std::string::npos);
}

TEST(Settings, what_is_recorded_is_config_or_default_whatever_option_and_environment_say) {
  Options options;
  options.issuer = "https://option.example.com";
  options.client_id = "option";
  const Environment environment = {{"BASIC_MEMORY_CLOUD_HOST", "https://environment.example.com"}};
  Settings settings = resolved(options, environment, Config{});
  EXPECT_EQ(settings.recorded_issuer, "https://eloquent-lotus-05.authkit.app");
  EXPECT_EQ(settings.recorded_client_id, "client_01K6KWQPW6J1M8VV7R3TZP5A6M");
  EXPECT_EQ(settings.recorded_cloud_host, "https://cloud.basicmemory.com");
  Config config;
  config.cloud_domain = configured("https://Config-Issuer.example.com/");
  config.cloud_client_id = configured("config-client");
  config.cloud_host = configured("https://config-host.example.com");
  settings = resolved(options, environment, config);
  EXPECT_EQ(settings.recorded_issuer, "https://config-issuer.example.com");
  EXPECT_EQ(settings.recorded_client_id, "config-client");
  EXPECT_EQ(settings.recorded_cloud_host, "https://config-host.example.com");
  EXPECT_EQ(settings.issuer.value, "https://option.example.com");
}

TEST(Settings, a_bad_url_in_the_config_is_an_error_even_if_it_is_overridden) {
  Options options;
  options.issuer = "https://option.example.com";
  Config config;
  config.cloud_domain = configured("http://example.com");
  const Result<Settings> result = resolve(options, {}, config);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().message.find(kYaml), 0U);
}

TEST(Settings, the_user_agent_names_version_system_language_and_suffix) {
  Options options;
  EXPECT_EQ(resolved(options, {}, Config{}).user_agent, "bmauth/0.1.0 (linux; c++)");
  options.language = "python/3.11.2";
  options.user_agent_suffix = "notes/1.0 (nightly)";
  EXPECT_EQ(resolved(options, {}, Config{}).user_agent,
            "bmauth/0.1.0 (linux; python/3.11.2) notes/1.0 (nightly)");
  for (const char* bad : {"x\r\nAuthorization: CANARY", "x\x7f", "\u00e4", "\t"}) {
    options.user_agent_suffix = bad;
    EXPECT_EQ(resolve(options, {}, Config{}).error().code, Code::kInvalidArgument);
    options.user_agent_suffix.reset();
    options.language = bad;
    EXPECT_EQ(resolve(options, {}, Config{}).error().code, Code::kInvalidArgument);
    options.language.reset();
  }
  options.language = "c) (d";
  EXPECT_EQ(resolve(options, {}, Config{}).error().code, Code::kInvalidArgument);
}

TEST(Settings, ca_file_and_proxy_are_the_callers_alone) {
  EXPECT_EQ(resolved({}, {}, Config{}).ca_file, "");
  EXPECT_FALSE(resolved({}, {}, Config{}).proxy);
  Options options;
  options.ca_file = "/etc/ca.pem";
  options.proxy = "";
  EXPECT_EQ(resolved(options, {}, Config{}).ca_file, "/etc/ca.pem");
  EXPECT_EQ(resolved(options, {}, Config{}).proxy, "");
}

struct PlacesCase {
  const char* claim;
  Options options;
  Environment environment;
  const char* data_dir;
  Source source;
  const char* place;
  bool is_config_dir_set;
  const char* xdg_data_home;
};

TEST(Places, the_data_dir_is_option_then_variable_then_xdg_then_home) {
  Options option;
  option.data_dir = "/opt/data";
  Options tilde;
  tilde.data_dir = "~/data//";
  const PlacesCase cases[] = {
      {"home",
       {},
       {{"HOME", "/h"}},
       "/h/.basic-memory",
       Source::kDefault,
       "",
       false,
       "/h/.local/share"},
      {"xdg",
       {},
       {{"HOME", "/h"}, {"XDG_CONFIG_HOME", "/x"}, {"XDG_DATA_HOME", "/d"}},
       "/x/basic-memory",
       Source::kEnvironment,
       "XDG_CONFIG_HOME",
       false,
       "/d"},
      {"variable",
       {},
       {{"HOME", "/h"}, {"XDG_CONFIG_HOME", "/x"}, {"BASIC_MEMORY_CONFIG_DIR", "/c/"}},
       "/c",
       Source::kEnvironment,
       "BASIC_MEMORY_CONFIG_DIR",
       true,
       "/h/.local/share"},
      {"option",
       option,
       {{"HOME", "/h"}, {"BASIC_MEMORY_CONFIG_DIR", "/c"}},
       "/opt/data",
       Source::kOption,
       "option data_dir",
       true,
       "/h/.local/share"},
      {"tilde in option",
       tilde,
       {{"HOME", "/h"}},
       "/h/data",
       Source::kOption,
       "option data_dir",
       true,
       "/h/.local/share"},
      {"tilde in variable",
       {},
       {{"HOME", "/h"}, {"BASIC_MEMORY_CONFIG_DIR", "~"}},
       "/h",
       Source::kEnvironment,
       "BASIC_MEMORY_CONFIG_DIR",
       true,
       "/h/.local/share"},
      {"tilde elsewhere is a name",
       {},
       {{"HOME", "/h"}, {"BASIC_MEMORY_CONFIG_DIR", "~ann/x"}},
       "~ann/x",
       Source::kEnvironment,
       "BASIC_MEMORY_CONFIG_DIR",
       true,
       "/h/.local/share"},
      {"empty variables are unset",
       {},
       {{"HOME", "/h"},
        {"XDG_CONFIG_HOME", ""},
        {"BASIC_MEMORY_CONFIG_DIR", ""},
        {"XDG_DATA_HOME", ""}},
       "/h/.basic-memory",
       Source::kDefault,
       "",
       false,
       "/h/.local/share"},
      {"no HOME is needed with a variable",
       {},
       {{"BASIC_MEMORY_CONFIG_DIR", "/c"}},
       "/c",
       Source::kEnvironment,
       "BASIC_MEMORY_CONFIG_DIR",
       true,
       ""},
  };
  for (const PlacesCase& one : cases) {
    SCOPED_TRACE(one.claim);
    const Result<Places> places = resolve_places(one.options, one.environment);
    ASSERT_TRUE(places.ok()) << places.error().message;
    EXPECT_EQ(places->data_dir.value, one.data_dir);
    EXPECT_EQ(places->data_dir.source, one.source);
    EXPECT_EQ(places->data_dir.place, one.place);
    EXPECT_EQ(places->is_config_dir_set, one.is_config_dir_set);
    EXPECT_EQ(places->xdg_data_home, one.xdg_data_home);
    EXPECT_EQ(places->token_file.source, Source::kNone);
  }
}

TEST(Places, without_home_and_any_other_way_there_is_a_remedy) {
  for (const Environment& environment : {Environment{}, Environment{{"HOME", ""}},
                                         Environment{{"BASIC_MEMORY_CONFIG_DIR", "~/x"}}}) {
    const Result<Places> places = resolve_places({}, environment);
    ASSERT_FALSE(places.ok());
    EXPECT_EQ(places.error().code, Code::kConfigInvalid);
    EXPECT_NE(places.error().message.find("no HOME"), std::string::npos);
    EXPECT_NE(places.error().remedy.find("BASIC_MEMORY_CONFIG_DIR"), std::string::npos);
  }
}

TEST(Places, a_token_file_is_named_in_code_alone) {
  Options options;
  options.token_file = "~/tokens.json";
  const Result<Places> places = resolve_places(options, {{"HOME", "/h"}});
  ASSERT_TRUE(places.ok());
  EXPECT_EQ(places->token_file.value, "/h/tokens.json");
  EXPECT_EQ(places->token_file.source, Source::kOption);
}

TEST(Places, empty_paths_and_nul_characters_are_refused) {
  for (const auto option : {&Options::data_dir, &Options::token_file}) {
    for (const std::string& bad : {std::string(), std::string("/a\0b", 4)}) {
      Options options;
      options.*option = bad;
      const Result<Places> places = resolve_places(options, {{"HOME", "/h"}});
      ASSERT_FALSE(places.ok());
      EXPECT_EQ(places.error().code, Code::kInvalidArgument);
    }
  }
}

TEST(Environment, only_the_contracts_variables_are_copied_and_empty_ones_are_not) {
  ASSERT_EQ(setenv("BASIC_MEMORY_CLOUD_HOST", "https://x", 1), 0);
  ASSERT_EQ(setenv("BASIC_MEMORY_CLOUD_DOMAIN", "", 1), 0);
  ASSERT_EQ(setenv("BASIC_MEMORY_SOMETHING_ELSE", "x", 1), 0);
  const Environment environment = system_environment();
  EXPECT_EQ(environment.at("BASIC_MEMORY_CLOUD_HOST"), "https://x");
  EXPECT_FALSE(environment.contains("BASIC_MEMORY_CLOUD_DOMAIN"));
  EXPECT_FALSE(environment.contains("BASIC_MEMORY_SOMETHING_ELSE"));
  unsetenv("BASIC_MEMORY_CLOUD_HOST");
  unsetenv("BASIC_MEMORY_CLOUD_DOMAIN");
  unsetenv("BASIC_MEMORY_SOMETHING_ELSE");
}

TEST(Sources, have_the_names_of_the_contract) {
  EXPECT_STREQ(source_name(Source::kOption), "option");
  EXPECT_STREQ(source_name(Source::kEnvironment), "environment");
  EXPECT_STREQ(source_name(Source::kConfig), "config");
  EXPECT_STREQ(source_name(Source::kDefault), "default");
  EXPECT_STREQ(source_name(Source::kNone), "none");
}

}  // namespace
}  // namespace bmauth::core
