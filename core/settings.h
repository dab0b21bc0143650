// Settings: option in code > environment > config file > default, each with its source
// (contract, section 2). All defaults stand in settings.cpp, and nowhere else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/secret.h"
#include "core/token_record.h"

namespace bmauth::core {

// Of this library, as in the user agent.
const char* library_version();

enum class Source { kOption, kEnvironment, kConfig, kDefault, kNone };
const char* source_name(Source source);  // "option", "environment", "config", "default", "none"

template <class T>
struct Setting {
  T value{};
  Source source = Source::kNone;
  std::string place;  // for people: variable name, or file
};

// What a caller said in code. Absent members fall through to the environment.
struct Options {
  std::optional<std::string> data_dir, token_file, issuer, client_id, cloud_host;
  std::optional<Secret> api_key;
  std::optional<std::string> default_project, default_workspace, project_constraint;
  std::optional<bool> is_force_local, is_force_cloud, is_explicit_routing;
  std::optional<std::string> ca_file, proxy, user_agent_suffix, local_base_url;
  std::optional<std::string> language;  // "python/3.11.2", for the user agent
  std::optional<std::int64_t> connect_timeout_ms, auth_timeout_ms, refresh_try_timeout_ms,
      refresh_budget_ms, api_timeout_ms, lock_timeout_ms, login_timeout_ms;
};

// A copy of the variables that bmauth reads, taken once: a pure value that tests make up.
using Environment = std::map<std::string, std::string>;
Environment system_environment();
// Wipes the API keys in it.
void forget_secrets(Environment& environment);

// What does not depend on the config file: enough to find it.
struct Places {
  Setting<std::string> data_dir;
  Setting<std::string> token_file;  // source kNone: the contract's places are searched
  std::string home;                 // empty: unknown
  std::string xdg_data_home;        // ${XDG_DATA_HOME:-~/.local/share}; empty: unknown
  bool is_config_dir_set = false;   // BASIC_MEMORY_CONFIG_DIR: then the foreign places are not read
};
Result<Places> resolve_places(const Options& options, const Environment& environment);

struct Config;  // config.h

struct Settings {
  Places places;
  Setting<std::string> issuer, client_id, cloud_host;  // issuer and host without a trailing slash
  // What config file or default say, whatever option and environment do: the binding of a session
  // that records none (contract, section 5).
  std::string recorded_issuer, recorded_client_id, recorded_cloud_host;
  Setting<Secret> api_key;
  Setting<std::string> default_project, default_workspace, project_constraint;
  Setting<bool> is_force_local, is_force_cloud, is_explicit_routing;
  std::string ca_file, local_base_url, user_agent;
  std::optional<std::string> proxy;
  std::int64_t connect_timeout_ms, auth_timeout_ms, refresh_try_timeout_ms, refresh_budget_ms,
      api_timeout_ms, lock_timeout_ms, login_timeout_ms;
};
Result<Settings> resolve_settings(const Options& options, const Environment& environment,
                                  const Places& places, const Config& config);

// The defaults as a binding: to whom a session in a foreign place belongs that records nothing
// itself.
Binding built_in_binding();

// `true 1 yes` and `false 0 no`, any case; anything else is invalid_argument naming `name`.
Result<bool> parse_boolean(std::string_view text, std::string_view name);

}  // namespace bmauth::core
