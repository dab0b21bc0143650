#include <cstdint>
#include <string>

#include "capi/src/guard.h"
#include "core/sanitize.h"

using namespace bmauth::capi;
using bmauth::core::Code;
using bmauth::core::make_error;
using bmauth::core::Options;
using bmauth::core::Result;
using bmauth::core::Secret;

namespace {

constexpr std::int64_t kMaxTimeoutMs = 3'600'000;
constexpr std::size_t kMaxTextBytes = 1024 * 1024;

Result<void> check_text(const char* name, const char* value) {
  if (value == nullptr) return null_argument(name);
  const std::string_view text(value);
  if (text.size() > kMaxTextBytes) {
    return make_error(Code::kInvalidArgument, std::string(name) + " is larger than 1 MiB");
  }
  if (bmauth::core::has_control_characters(text)) {
    return make_error(Code::kInvalidArgument, std::string(name) + " holds a control character");
  }
  return {};
}

bmauth_code set_text(bmauth_options* options, std::optional<std::string> Options::*member,
                     const char* name, const char* value, bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (options == nullptr) return null_argument("options");
    if (auto check = check_text(name, value); !check) return check;
    options->options.*member = value;
    return {};
  });
}

bmauth_code set_flag(bmauth_options* options, std::optional<bool> Options::*member, int value,
                     bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (options == nullptr) return null_argument("options");
    options->options.*member = value != 0;
    return {};
  });
}

bmauth_code set_timeout(bmauth_options* options, std::optional<std::int64_t> Options::*member,
                        const char* name, std::int64_t value_ms, bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (options == nullptr) return null_argument("options");
    if (value_ms < 1 || value_ms > kMaxTimeoutMs) {
      return make_error(
          Code::kInvalidArgument,
          std::string(name) + " is " + std::to_string(value_ms) + ", not between 1 and 3600000");
    }
    options->options.*member = value_ms;
    return {};
  });
}

}  // namespace

bmauth_code bmauth_options_new(bmauth_options** options, bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (options == nullptr) return null_argument("options");
    *options = nullptr;
    *options = new bmauth_options;
    return {};
  });
}

void bmauth_options_free(bmauth_options* options) {
  delete options;
}

bmauth_code bmauth_options_set_data_dir(bmauth_options* options, const char* data_dir,
                                        bmauth_error** err) {
  return set_text(options, &Options::data_dir, "data_dir", data_dir, err);
}

bmauth_code bmauth_options_set_token_file(bmauth_options* options, const char* token_file,
                                          bmauth_error** err) {
  return set_text(options, &Options::token_file, "token_file", token_file, err);
}

bmauth_code bmauth_options_set_issuer(bmauth_options* options, const char* issuer,
                                      bmauth_error** err) {
  return set_text(options, &Options::issuer, "issuer", issuer, err);
}

bmauth_code bmauth_options_set_client_id(bmauth_options* options, const char* client_id,
                                         bmauth_error** err) {
  return set_text(options, &Options::client_id, "client_id", client_id, err);
}

bmauth_code bmauth_options_set_cloud_host(bmauth_options* options, const char* cloud_host,
                                          bmauth_error** err) {
  return set_text(options, &Options::cloud_host, "cloud_host", cloud_host, err);
}

bmauth_code bmauth_options_set_api_key(bmauth_options* options, const char* api_key,
                                       bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (options == nullptr) return null_argument("options");
    if (auto check = check_text("api_key", api_key); !check) return check;
    options->options.api_key = Secret(std::string_view(api_key));
    return {};
  });
}

bmauth_code bmauth_options_set_default_project(bmauth_options* options, const char* default_project,
                                               bmauth_error** err) {
  return set_text(options, &Options::default_project, "default_project", default_project, err);
}

bmauth_code bmauth_options_set_default_workspace(bmauth_options* options,
                                                 const char* default_workspace,
                                                 bmauth_error** err) {
  return set_text(options, &Options::default_workspace, "default_workspace", default_workspace,
                  err);
}

bmauth_code bmauth_options_set_project_constraint(bmauth_options* options,
                                                  const char* project_constraint,
                                                  bmauth_error** err) {
  return set_text(options, &Options::project_constraint, "project_constraint", project_constraint,
                  err);
}

bmauth_code bmauth_options_set_ca_file(bmauth_options* options, const char* ca_file,
                                       bmauth_error** err) {
  return set_text(options, &Options::ca_file, "ca_file", ca_file, err);
}

bmauth_code bmauth_options_set_proxy(bmauth_options* options, const char* proxy,
                                     bmauth_error** err) {
  return set_text(options, &Options::proxy, "proxy", proxy, err);
}

bmauth_code bmauth_options_set_user_agent_suffix(bmauth_options* options,
                                                 const char* user_agent_suffix,
                                                 bmauth_error** err) {
  return set_text(options, &Options::user_agent_suffix, "user_agent_suffix", user_agent_suffix,
                  err);
}

bmauth_code bmauth_options_set_local_base_url(bmauth_options* options, const char* local_base_url,
                                              bmauth_error** err) {
  return set_text(options, &Options::local_base_url, "local_base_url", local_base_url, err);
}

bmauth_code bmauth_options_set_language(bmauth_options* options, const char* language,
                                        bmauth_error** err) {
  return set_text(options, &Options::language, "language", language, err);
}

bmauth_code bmauth_options_set_force_local(bmauth_options* options, int force_local,
                                           bmauth_error** err) {
  return set_flag(options, &Options::is_force_local, force_local, err);
}

bmauth_code bmauth_options_set_force_cloud(bmauth_options* options, int force_cloud,
                                           bmauth_error** err) {
  return set_flag(options, &Options::is_force_cloud, force_cloud, err);
}

bmauth_code bmauth_options_set_explicit_routing(bmauth_options* options, int explicit_routing,
                                                bmauth_error** err) {
  return set_flag(options, &Options::is_explicit_routing, explicit_routing, err);
}

bmauth_code bmauth_options_set_connect_timeout_ms(bmauth_options* options,
                                                  int64_t connect_timeout_ms, bmauth_error** err) {
  return set_timeout(options, &Options::connect_timeout_ms, "connect_timeout_ms",
                     connect_timeout_ms, err);
}

bmauth_code bmauth_options_set_auth_timeout_ms(bmauth_options* options, int64_t auth_timeout_ms,
                                               bmauth_error** err) {
  return set_timeout(options, &Options::auth_timeout_ms, "auth_timeout_ms", auth_timeout_ms, err);
}

bmauth_code bmauth_options_set_refresh_try_timeout_ms(bmauth_options* options,
                                                      int64_t refresh_try_timeout_ms,
                                                      bmauth_error** err) {
  return set_timeout(options, &Options::refresh_try_timeout_ms, "refresh_try_timeout_ms",
                     refresh_try_timeout_ms, err);
}

bmauth_code bmauth_options_set_refresh_budget_ms(bmauth_options* options, int64_t refresh_budget_ms,
                                                 bmauth_error** err) {
  return set_timeout(options, &Options::refresh_budget_ms, "refresh_budget_ms", refresh_budget_ms,
                     err);
}

bmauth_code bmauth_options_set_api_timeout_ms(bmauth_options* options, int64_t api_timeout_ms,
                                              bmauth_error** err) {
  return set_timeout(options, &Options::api_timeout_ms, "api_timeout_ms", api_timeout_ms, err);
}

bmauth_code bmauth_options_set_lock_timeout_ms(bmauth_options* options, int64_t lock_timeout_ms,
                                               bmauth_error** err) {
  return set_timeout(options, &Options::lock_timeout_ms, "lock_timeout_ms", lock_timeout_ms, err);
}

bmauth_code bmauth_options_set_login_timeout_ms(bmauth_options* options, int64_t login_timeout_ms,
                                                bmauth_error** err) {
  return set_timeout(options, &Options::login_timeout_ms, "login_timeout_ms", login_timeout_ms,
                     err);
}
