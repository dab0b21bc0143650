#include "core/settings.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/config.h"
#include "core/origin.h"
#include "core/text_position.h"

namespace bmauth::core {
namespace {

// All defaults (contract, section 2).
constexpr struct {
  const char* data_dir_in_home = ".basic-memory";
  const char* data_dir_in_xdg = "basic-memory";
  const char* xdg_data_in_home = ".local/share";
  const char* issuer = "https://eloquent-lotus-05.authkit.app";
  const char* client_id = "client_01K6KWQPW6J1M8VV7R3TZP5A6M";
  const char* cloud_host = "https://cloud.basicmemory.com";
  std::int64_t connect_timeout_ms = 5'000;
  std::int64_t auth_timeout_ms = 15'000;
  std::int64_t refresh_try_timeout_ms = 5'000;
  std::int64_t refresh_budget_ms = 20'000;
  std::int64_t api_timeout_ms = 30'000;
  std::int64_t lock_timeout_ms = 25'000;
  std::int64_t login_timeout_ms = 600'000;  // section 4
  const char* language = "c++";
} kDefaults;

constexpr std::int64_t kLongestTimeout_ms = 3'600'000;

constexpr const char* kConfigDir = "BASIC_MEMORY_CONFIG_DIR";
constexpr const char* kXdgConfigHome = "XDG_CONFIG_HOME";
constexpr const char* kXdgDataHome = "XDG_DATA_HOME";
constexpr const char* kHome = "HOME";
constexpr const char* kCloudDomain = "BASIC_MEMORY_CLOUD_DOMAIN";
constexpr const char* kCloudClientId = "BASIC_MEMORY_CLOUD_CLIENT_ID";
constexpr const char* kCloudHost = "BASIC_MEMORY_CLOUD_HOST";
constexpr const char* kCloudApiKey = "BASIC_MEMORY_CLOUD_API_KEY";
constexpr const char* kApiKey = "BASIC_MEMORY_API_KEY";
constexpr const char* kDefaultProject = "BASIC_MEMORY_DEFAULT_PROJECT";
constexpr const char* kDefaultWorkspace = "BASIC_MEMORY_DEFAULT_WORKSPACE";
constexpr const char* kForceLocal = "BASIC_MEMORY_FORCE_LOCAL";
constexpr const char* kForceCloud = "BASIC_MEMORY_FORCE_CLOUD";
constexpr const char* kExplicitRouting = "BASIC_MEMORY_EXPLICIT_ROUTING";
constexpr const char* kMcpProject = "BASIC_MEMORY_MCP_PROJECT";

constexpr std::array kVariables = {kConfigDir, kXdgConfigHome, kXdgDataHome, kHome, kCloudDomain,
                                   kCloudClientId, kCloudHost, kCloudApiKey, kApiKey,
                                   kDefaultProject, kDefaultWorkspace, kForceLocal, kForceCloud,
                                   kExplicitRouting, kMcpProject,
                                   // What opening a browser reads.
                                   "BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "PATH"};

Error invalid(std::string_view name, std::string_view words) {
  return make_error(Code::kInvalidArgument, std::string(name) + " " + std::string(words));
}

// Null pointer: unset. An empty variable is unset.
const std::string* find_variable(const Environment& environment, const char* name) {
  const auto found = environment.find(name);
  return found == environment.end() || found->second.empty() ? nullptr : &found->second;
}

std::string option_place(const char* name) {
  return std::string("option ") + name;
}

// A text that came from code. There, saying nothing is done by leaving it out.
Result<void> check_option(const std::optional<std::string>& option, const char* name) {
  if (!option) return {};
  if (option->empty()) return invalid(name, "is empty");
  if (option->find('\0') != std::string::npos) return invalid(name, "holds a NUL character");
  return {};
}

Result<void> check_text_options(const Options& options) {
  for (const auto& [option, name] :
       {std::pair(&options.data_dir, "data_dir"), std::pair(&options.token_file, "token_file"),
        std::pair(&options.issuer, "issuer"), std::pair(&options.client_id, "client_id"),
        std::pair(&options.cloud_host, "cloud_host"),
        std::pair(&options.default_project, "default_project"),
        std::pair(&options.default_workspace, "default_workspace"),
        std::pair(&options.project_constraint, "project_constraint"),
        std::pair(&options.ca_file, "ca_file"),
        std::pair(&options.local_base_url, "local_base_url")}) {
    Result<void> checked = check_option(*option, name);
    if (!checked) return checked;
  }
  if (options.api_key && options.api_key->empty()) return invalid("api_key", "is empty");
  return {};
}

Error no_home_error() {
  Error error = make_error(Code::kConfigInvalid, "no HOME: the data directory is unknown");
  error.remedy = std::string("Set HOME, or set ") + kConfigDir + " to the data directory.";
  return error;
}

// `~` and `~/...`, without slashes at the end.
Result<std::string> normal_path(std::string path, const std::string& home) {
  if (path == "~" || path.starts_with("~/")) {
    if (home.empty()) return no_home_error();
    path.replace(0, 1, home);
  }
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

Result<Setting<std::string>> resolve_data_dir(const Options& options,
                                              const Environment& environment,
                                              const std::string& home) {
  Setting<std::string> setting;
  if (options.data_dir) {
    setting = {*options.data_dir, Source::kOption, option_place("data_dir")};
  } else if (const std::string* config_dir = find_variable(environment, kConfigDir)) {
    setting = {*config_dir, Source::kEnvironment, kConfigDir};
  } else if (const std::string* xdg = find_variable(environment, kXdgConfigHome)) {
    setting = {*xdg + "/" + kDefaults.data_dir_in_xdg, Source::kEnvironment, kXdgConfigHome};
  } else if (home.empty()) {
    return no_home_error();
  } else {
    setting = {home + "/" + kDefaults.data_dir_in_home, Source::kDefault, ""};
  }
  Result<std::string> path = normal_path(std::move(setting.value), home);
  if (!path) return std::move(path).error();
  setting.value = std::move(*path);
  return setting;
}

template <class Value>
std::string config_place(const Configured<Value>& configured, const char* key) {
  return place_words(configured.file, configured.position) + ": " + key;
}

// The usual order: option, environment, config file, default.
Setting<std::string> resolve_text(const std::optional<std::string>& option, const char* option_name,
                                  const Environment& environment, const char* variable,
                                  const std::optional<Configured<std::string>>& configured,
                                  const char* default_value) {
  if (option) return {*option, Source::kOption, option_place(option_name)};
  if (const std::string* value = find_variable(environment, variable)) {
    return {*value, Source::kEnvironment, variable};
  }
  if (configured) return {configured->value, Source::kConfig, configured->file};
  if (default_value != nullptr) return {default_value, Source::kDefault, ""};
  return {};
}

// As the origin parser writes it. An error names the setting by its place.
Result<std::string> normal_url(std::string_view text, const std::string& place, Source source) {
  Result<Url> url = parse_base_url(text);
  if (url) return url->to_string();
  Error error = std::move(url).error();
  error.message = place + ": " + error.message;
  if (source == Source::kConfig && error.code == Code::kInvalidArgument) {
    error.code = Code::kConfigInvalid;
  }
  return error;
}

// Resolves a URL, and what config file or default alone say of it.
Result<Setting<std::string>> resolve_url(Setting<std::string> setting, std::string& recorded,
                                         const std::optional<Configured<std::string>>& configured,
                                         const char* key, const char* default_value) {
  const std::string in_config = configured ? config_place(*configured, key) : key;
  const std::string& place = setting.source == Source::kConfig ? in_config : setting.place;
  Result<std::string> value = normal_url(setting.value, place, setting.source);
  if (!value) return std::move(value).error();
  setting.value = std::move(*value);
  Result<std::string> written =
      normal_url(configured ? configured->value : default_value, in_config, Source::kConfig);
  if (!written) return std::move(written).error();
  recorded = std::move(*written);
  return setting;
}

Setting<Secret> resolve_api_key(const Options& options, const Environment& environment,
                                const Config& config) {
  if (options.api_key) {
    return {*options.api_key, Source::kOption, option_place("api_key")};
  }
  if (const std::string* key = find_variable(environment, kCloudApiKey)) {
    return {Secret(std::string_view(*key)), Source::kEnvironment, kCloudApiKey};
  }
  if (config.cloud_api_key) {
    return {config.cloud_api_key->value, Source::kConfig, config.cloud_api_key->file};
  }
  if (const std::string* key = find_variable(environment, kApiKey)) {
    return {Secret(std::string_view(*key)), Source::kEnvironment, kApiKey};
  }
  return {};
}

Result<Setting<bool>> resolve_boolean(std::optional<bool> option, const char* option_name,
                                      const Environment& environment, const char* variable) {
  if (option) return Setting<bool>{*option, Source::kOption, option_place(option_name)};
  const std::string* text = find_variable(environment, variable);
  if (text == nullptr) return Setting<bool>{false, Source::kDefault, ""};
  Result<bool> value = parse_boolean(*text, variable);
  if (!value) return std::move(value).error();
  return Setting<bool>{*value, Source::kEnvironment, variable};
}

Result<void> resolve_booleans(const Options& options, const Environment& environment,
                              Settings& settings) {
  const struct {
    std::optional<bool> option;
    const char* option_name;
    const char* variable;
    Setting<bool>& setting;
  } rows[] = {
      {options.is_force_local, "is_force_local", kForceLocal, settings.is_force_local},
      {options.is_force_cloud, "is_force_cloud", kForceCloud, settings.is_force_cloud},
      {options.is_explicit_routing, "is_explicit_routing", kExplicitRouting,
       settings.is_explicit_routing},
  };
  for (const auto& row : rows) {
    Result<Setting<bool>> value =
        resolve_boolean(row.option, row.option_name, environment, row.variable);
    if (!value) return std::move(value).error();
    row.setting = std::move(*value);
  }
  return {};
}

Result<void> resolve_timeouts(const Options& options, Settings& settings) {
  const struct {
    std::optional<std::int64_t> option;
    std::int64_t default_ms;
    const char* name;
    std::int64_t& setting_ms;
  } rows[] = {
      {options.connect_timeout_ms, kDefaults.connect_timeout_ms, "connect_timeout_ms",
       settings.connect_timeout_ms},
      {options.auth_timeout_ms, kDefaults.auth_timeout_ms, "auth_timeout_ms",
       settings.auth_timeout_ms},
      {options.refresh_try_timeout_ms, kDefaults.refresh_try_timeout_ms, "refresh_try_timeout_ms",
       settings.refresh_try_timeout_ms},
      {options.refresh_budget_ms, kDefaults.refresh_budget_ms, "refresh_budget_ms",
       settings.refresh_budget_ms},
      {options.api_timeout_ms, kDefaults.api_timeout_ms, "api_timeout_ms", settings.api_timeout_ms},
      {options.lock_timeout_ms, kDefaults.lock_timeout_ms, "lock_timeout_ms",
       settings.lock_timeout_ms},
      {options.login_timeout_ms, kDefaults.login_timeout_ms, "login_timeout_ms",
       settings.login_timeout_ms},
  };
  for (const auto& row : rows) {
    row.setting_ms = row.option.value_or(row.default_ms);
    if (row.setting_ms < 1 || row.setting_ms > kLongestTimeout_ms) {
      return invalid(row.name, "must be from 1 to " + std::to_string(kLongestTimeout_ms));
    }
  }
  return {};
}

// What may stand in a header line, and in its comment part without ending it.
bool is_visible(char c) {
  return c >= ' ' && c <= '~';
}
bool is_comment_part(char c) {
  return is_visible(c) && c != '(' && c != ')' && c != '\\';
}

// `bmauth/<version> (<os>; <language>/<version>) <suffix>`
Result<std::string> make_user_agent(const Options& options) {
  const std::string language = options.language.value_or(kDefaults.language);
  if (!std::ranges::all_of(language, is_comment_part)) {
    return invalid("language", "may hold printable ASCII without brackets and backslash only");
  }
  const std::string suffix = options.user_agent_suffix.value_or("");
  if (!std::ranges::all_of(suffix, is_visible)) {
    return invalid("user_agent_suffix", "may hold printable ASCII only");
  }
#ifdef __APPLE__
  const std::string os = "darwin";
#else
  const std::string os = "linux";
#endif
  std::string agent = std::string("bmauth/") + library_version() + " (" + os;
  if (!language.empty()) agent += "; " + language;
  agent += ')';
  if (!suffix.empty()) agent += ' ' + suffix;
  return agent;
}

Result<void> resolve_urls(const Options& options, const Environment& environment,
                          const Config& config, Settings& settings) {
  Result<Setting<std::string>> issuer =
      resolve_url(resolve_text(options.issuer, "issuer", environment, kCloudDomain,
                               config.cloud_domain, kDefaults.issuer),
                  settings.recorded_issuer, config.cloud_domain, "cloud_domain", kDefaults.issuer);
  if (!issuer) return std::move(issuer).error();
  settings.issuer = std::move(*issuer);

  Result<Setting<std::string>> cloud_host = resolve_url(
      resolve_text(options.cloud_host, "cloud_host", environment, kCloudHost, config.cloud_host,
                   kDefaults.cloud_host),
      settings.recorded_cloud_host, config.cloud_host, "cloud_host", kDefaults.cloud_host);
  if (!cloud_host) return std::move(cloud_host).error();
  settings.cloud_host = std::move(*cloud_host);

  if (options.local_base_url) {
    Result<std::string> url =
        normal_url(*options.local_base_url, option_place("local_base_url"), Source::kOption);
    if (!url) return std::move(url).error();
    settings.local_base_url = std::move(*url);
  }
  return {};
}

}  // namespace

const char* source_name(Source source) {
  switch (source) {
    case Source::kOption:
      return "option";
    case Source::kEnvironment:
      return "environment";
    case Source::kConfig:
      return "config";
    case Source::kDefault:
      return "default";
    case Source::kNone:
      break;
  }
  return "none";
}

Environment system_environment() {
  Environment environment;
  for (const char* name : kVariables) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') environment.emplace(name, value);
  }
  return environment;
}

void forget_secrets(Environment& environment) {
  for (const char* name : {kCloudApiKey, kApiKey}) {
    const auto found = environment.find(name);
    if (found != environment.end()) wipe(found->second.data(), found->second.size());
  }
}

const char* library_version() {
  return BMAUTH_VERSION_TEXT;
}

Result<Places> resolve_places(const Options& options, const Environment& environment) {
  Result<void> checked = check_text_options(options);
  if (!checked) return std::move(checked).error();
  Places places;
  if (const std::string* home = find_variable(environment, kHome)) places.home = *home;
  Result<Setting<std::string>> data_dir = resolve_data_dir(options, environment, places.home);
  if (!data_dir) return std::move(data_dir).error();
  places.data_dir = std::move(*data_dir);
  // A data dir named in code stands for the variable: whoever names one means that one alone.
  places.is_config_dir_set =
      options.data_dir.has_value() || find_variable(environment, kConfigDir) != nullptr;
  if (options.token_file) {
    Result<std::string> path = normal_path(*options.token_file, places.home);
    if (!path) return std::move(path).error();
    places.token_file = {std::move(*path), Source::kOption, option_place("token_file")};
  }
  if (const std::string* xdg = find_variable(environment, kXdgDataHome)) {
    places.xdg_data_home = *xdg;
  } else if (!places.home.empty()) {
    places.xdg_data_home = places.home + "/" + kDefaults.xdg_data_in_home;
  }
  return places;
}

Result<Settings> resolve_settings(const Options& options, const Environment& environment,
                                  const Places& places, const Config& config) {
  Result<void> checked = check_text_options(options);
  if (!checked) return std::move(checked).error();
  Settings settings{};
  settings.places = places;
  Result<void> resolved = resolve_urls(options, environment, config, settings);
  if (resolved) resolved = resolve_booleans(options, environment, settings);
  if (resolved) resolved = resolve_timeouts(options, settings);
  if (!resolved) return std::move(resolved).error();

  settings.client_id = resolve_text(options.client_id, "client_id", environment, kCloudClientId,
                                    config.cloud_client_id, kDefaults.client_id);
  settings.recorded_client_id =
      config.cloud_client_id ? config.cloud_client_id->value : kDefaults.client_id;
  settings.api_key = resolve_api_key(options, environment, config);
  settings.default_project = resolve_text(options.default_project, "default_project", environment,
                                          kDefaultProject, config.default_project, nullptr);
  settings.default_workspace =
      resolve_text(options.default_workspace, "default_workspace", environment, kDefaultWorkspace,
                   config.default_workspace, nullptr);
  settings.project_constraint = resolve_text(options.project_constraint, "project_constraint",
                                             environment, kMcpProject, std::nullopt, nullptr);
  settings.ca_file = options.ca_file.value_or("");
  settings.proxy = options.proxy;
  Result<std::string> user_agent = make_user_agent(options);
  if (!user_agent) return std::move(user_agent).error();
  settings.user_agent = std::move(*user_agent);
  return settings;
}

Result<bool> parse_boolean(std::string_view text, std::string_view name) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  if (lower == "true" || lower == "1" || lower == "yes") return true;
  if (lower == "false" || lower == "0" || lower == "no") return false;
  return invalid(name, "must be true, 1 or yes, or false, 0 or no");
}

Binding built_in_binding() {
  return {kDefaults.issuer, kDefaults.client_id, kDefaults.cloud_host, "", ""};
}

}  // namespace bmauth::core
