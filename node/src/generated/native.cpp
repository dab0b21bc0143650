// Generated from bindings/spec by bmauth_gen; do not edit.
#include "generated/native.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "arguments.h"
#include "failure.h"
#include "jobs.h"
#include "values.h"

namespace bmauth::node {
namespace {

using node::to_js;  // beside those for the enumerations below

constexpr Choice kPollStateChoices[] = {
    {"pending", 0},
    {"done", 1},
};

// A number that this addon does not know has no name.
[[maybe_unused]] Napi::Value to_js(Napi::Env env, PollState value) {
  for (const Choice& choice : kPollStateChoices) {
    if (choice.number == static_cast<std::int32_t>(value)) {
      return to_js(env, std::string_view(choice.name));
    }
  }
  return env.Null();
}

constexpr Choice kOverrideChoices[] = {
    {"none", 0},
    {"local", 1},
    {"cloud", 2},
};

// A number that this addon does not know has no name.
[[maybe_unused]] Napi::Value to_js(Napi::Env env, Override value) {
  for (const Choice& choice : kOverrideChoices) {
    if (choice.number == static_cast<std::int32_t>(value)) {
      return to_js(env, std::string_view(choice.name));
    }
  }
  return env.Null();
}

constexpr Choice kModeChoices[] = {
    {"local", 0},
    {"cloud", 1},
};

// A number that this addon does not know has no name.
[[maybe_unused]] Napi::Value to_js(Napi::Env env, Mode value) {
  for (const Choice& choice : kModeChoices) {
    if (choice.number == static_cast<std::int32_t>(value)) {
      return to_js(env, std::string_view(choice.name));
    }
  }
  return env.Null();
}

constexpr Choice kPurposeChoices[] = {
    {"project", 0},
    {"account", 1},
};

// A number that this addon does not know has no name.
[[maybe_unused]] Napi::Value to_js(Napi::Env env, Purpose value) {
  for (const Choice& choice : kPurposeChoices) {
    if (choice.number == static_cast<std::int32_t>(value)) {
      return to_js(env, std::string_view(choice.name));
    }
  }
  return env.Null();
}

constexpr Setting<Options> kOptionsSettings[] = {
    {"dataDir",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_data_dir(text_of(value, name));
     }},
    {"tokenFile",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_token_file(text_of(value, name));
     }},
    {"issuer",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_issuer(text_of(value, name));
     }},
    {"clientId",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_client_id(text_of(value, name));
     }},
    {"cloudHost",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_cloud_host(text_of(value, name));
     }},
    {"apiKey",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_api_key(text_of(value, name));
     }},
    {"defaultProject",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_default_project(text_of(value, name));
     }},
    {"defaultWorkspace",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_default_workspace(text_of(value, name));
     }},
    {"projectConstraint",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_project_constraint(text_of(value, name));
     }},
    {"caFile",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_ca_file(text_of(value, name));
     }},
    {"proxy",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_proxy(text_of(value, name));
     }},
    {"userAgentSuffix",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_user_agent_suffix(text_of(value, name));
     }},
    {"localBaseUrl",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_local_base_url(text_of(value, name));
     }},
    {"language",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_language(text_of(value, name));
     }},
    {"forceLocal",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_force_local(truth_of(value, name));
     }},
    {"forceCloud",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_force_cloud(truth_of(value, name));
     }},
    {"explicitRouting",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_explicit_routing(truth_of(value, name));
     }},
    {"connectTimeoutMs",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_connect_timeout_ms(number_of(value, name));
     }},
    {"authTimeoutMs",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_auth_timeout_ms(number_of(value, name));
     }},
    {"refreshTryTimeoutMs",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_refresh_try_timeout_ms(number_of(value, name));
     }},
    {"refreshBudgetMs",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_refresh_budget_ms(number_of(value, name));
     }},
    {"apiTimeoutMs",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_api_timeout_ms(number_of(value, name));
     }},
    {"lockTimeoutMs",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_lock_timeout_ms(number_of(value, name));
     }},
    {"loginTimeoutMs",
     [](Options& options, const Napi::Value& value, const char* name) {
       options.set_login_timeout_ms(number_of(value, name));
     }},
};

// ---- Client

std::shared_ptr<HeldBase> make_client(const Napi::CallbackInfo& info) {
  const auto options = options_of<Options>(info[0], kOptionsSettings);
  return made(info, Client(&options));
}

napi_value client_close(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    self->value.close();
    return info.Env().Undefined();
  });
}

napi_value client_token(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto purpose = static_cast<Purpose>(choice_of(info[0], "purpose", kPurposeChoices));
    const auto min_validity_ms = number_of(info[1], "minValidityMs");
    auto given = maybe_object_of<Cancel>(info[2], "cancel");
    return start(info, ClassOf<Client>::kInfo, self, std::move(given),
                 [self, purpose, min_validity_ms](Cancel& cancel) -> Answer {
                   auto made = self->value.token(purpose, min_validity_ms, &cancel);
                   return made_by(self, std::move(made));
                 });
  });
}

napi_value client_fresh_token(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto purpose = static_cast<Purpose>(choice_of(info[0], "purpose", kPurposeChoices));
    const auto call = [&]() -> Answer {
      auto made = self->value.fresh_token(purpose);
      return made_by(self, std::move(made));
    };
    return call()(info.Env());
  });
}

napi_value client_headers(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto route = object_of<Route>(info[0], "route");
    auto given = maybe_object_of<Cancel>(info[1], "cancel");
    return start(info, ClassOf<Client>::kInfo, self, std::move(given),
                 [self, route](Cancel& cancel) -> Answer {
                   auto made = self->value.headers(route->value, &cancel);
                   return made_by(self, std::move(made));
                 });
  });
}

napi_value client_headers_for_url(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto url = text_of(info[0], "url");
    auto given = maybe_object_of<Cancel>(info[1], "cancel");
    return start(info, ClassOf<Client>::kInfo, self, std::move(given),
                 [self, url](Cancel& cancel) -> Answer {
                   auto made = self->value.headers_for_url(url, &cancel);
                   return made_by(self, std::move(made));
                 });
  });
}

napi_value client_refresh_step(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto min_validity_ms = number_of(info[0], "minValidityMs");
    auto given = maybe_object_of<Cancel>(info[1], "cancel");
    return start(info, ClassOf<Client>::kInfo, self, std::move(given),
                 [self, min_validity_ms](Cancel& cancel) -> Answer {
                   const auto result = self->value.refresh_step(min_validity_ms, &cancel);
                   return [result](Napi::Env env) -> Napi::Value {
                     Napi::Object object = Napi::Object::New(env);
                     object.Set("isReady", to_js(env, result.is_ready));
                     object.Set("nextDelayMs", to_js(env, result.next_delay_ms));
                     return object;
                   };
                 });
  });
}

napi_value client_invalidate(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto token = object_of<Token>(info[0], "token");
    const auto call = [&]() -> Answer {
      self->value.invalidate(token->value);
      return [](Napi::Env env) { return env.Undefined(); };
    };
    return call()(info.Env());
  });
}

napi_value client_route(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto project = maybe_text_of(info[0], "project");
    const auto workspace = maybe_text_of(info[1], "workspace");
    const auto override = static_cast<Override>(choice_of(info[2], "override", kOverrideChoices));
    const auto use_default_project = truth_of(info[3], "useDefaultProject");
    const auto call = [&]() -> Answer {
      auto made = self->value.route(project, workspace, override, use_default_project);
      return made_by(self, std::move(made));
    };
    return call()(info.Env());
  });
}

napi_value client_mode(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto project = maybe_text_of(info[0], "project");
    const auto call = [&]() -> Answer {
      const auto result = self->value.mode(project);
      return [result](Napi::Env env) -> Napi::Value {
        Napi::Object object = Napi::Object::New(env);
        object.Set("mode", to_js(env, result.mode));
        object.Set("isKnown", to_js(env, result.is_known));
        return object;
      };
    };
    return call()(info.Env());
  });
}

napi_value client_projects(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto call = [&]() -> Answer {
      auto made = self->value.projects();
      return made_by(self, std::move(made));
    };
    return call()(info.Env());
  });
}

napi_value client_status(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto is_offline = truth_of(info[0], "isOffline");
    auto given = maybe_object_of<Cancel>(info[1], "cancel");
    return start(info, ClassOf<Client>::kInfo, self, std::move(given),
                 [self, is_offline](Cancel& cancel) -> Answer {
                   auto made = self->value.status(is_offline, &cancel);
                   return made_by(self, std::move(made));
                 });
  });
}

napi_value client_whoami(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto is_offline = truth_of(info[0], "isOffline");
    auto given = maybe_object_of<Cancel>(info[1], "cancel");
    return start(info, ClassOf<Client>::kInfo, self, std::move(given),
                 [self, is_offline](Cancel& cancel) -> Answer {
                   auto made = self->value.whoami(is_offline, &cancel);
                   return made_by(self, std::move(made));
                 });
  });
}

napi_value client_logout(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    auto given = maybe_object_of<Cancel>(info[0], "cancel");
    return start(info, ClassOf<Client>::kInfo, self, std::move(given),
                 [self](Cancel& cancel) -> Answer {
                   auto made = self->value.logout(&cancel);
                   return made_by(self, std::move(made));
                 });
  });
}

napi_value client_login_begin(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Client>(info);
    const auto is_forced = truth_of(info[0], "isForced");
    auto given = maybe_object_of<Cancel>(info[1], "cancel");
    return start(info, ClassOf<Client>::kInfo, self, std::move(given),
                 [self, is_forced](Cancel& cancel) -> Answer {
                   auto made = self->value.login_begin(is_forced, &cancel);
                   return made_by(self, std::move(made));
                 });
  });
}

constexpr Method kClientMethods[] = {
    {"close", client_close},
    {"token", client_token},
    {"freshToken", client_fresh_token},
    {"headers", client_headers},
    {"headersForUrl", client_headers_for_url},
    {"refreshStep", client_refresh_step},
    {"invalidate", client_invalidate},
    {"route", client_route},
    {"mode", client_mode},
    {"projects", client_projects},
    {"status", client_status},
    {"whoami", client_whoami},
    {"logout", client_logout},
    {"loginBegin", client_login_begin},
};

// ---- Login

napi_value login_open_browser(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Login>(info);
    const auto call = [&]() -> Answer {
      const auto result = self->value.open_browser();
      return [result](Napi::Env env) -> Napi::Value {
        return to_js(env, result);
      };
    };
    return call()(info.Env());
  });
}

napi_value login_poll(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Login>(info);
    auto given = maybe_object_of<Cancel>(info[0], "cancel");
    return start(info, ClassOf<Login>::kInfo, self, std::move(given),
                 [self](Cancel& cancel) -> Answer {
                   const auto result = self->value.poll(&cancel);
                   return [result](Napi::Env env) -> Napi::Value {
                     Napi::Object object = Napi::Object::New(env);
                     object.Set("state", to_js(env, result.state));
                     object.Set("nextDelayMs", to_js(env, result.next_delay_ms));
                     return object;
                   };
                 });
  });
}

napi_value login_report(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Login>(info);
    const auto call = [&]() -> Answer {
      auto made = self->value.report();
      return made_by(self, std::move(made));
    };
    return call()(info.Env());
  });
}

constexpr Property kLoginProperties[] = {
    {&ClassOf<Login>::kInfo, "state",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Login& self = value_of<Login>(held);
       return to_js(env, self.state());
     },
     true},
    {&ClassOf<Login>::kInfo, "userCode",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Login& self = value_of<Login>(held);
       return to_js(env, self.user_code());
     },
     true},
    {&ClassOf<Login>::kInfo, "verificationUri",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Login& self = value_of<Login>(held);
       return to_js(env, self.verification_uri());
     },
     true},
    {&ClassOf<Login>::kInfo, "verificationUriComplete",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Login& self = value_of<Login>(held);
       return to_js(env, self.verification_uri_complete());
     },
     true},
    {&ClassOf<Login>::kInfo, "expiresInS",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Login& self = value_of<Login>(held);
       return to_js(env, self.expires_in_s());
     },
     true},
    {&ClassOf<Login>::kInfo, "intervalS",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Login& self = value_of<Login>(held);
       return to_js(env, self.interval_s());
     },
     true},
    {&ClassOf<Login>::kInfo, "nextDelayMs",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Login& self = value_of<Login>(held);
       return to_js(env, self.next_delay_ms());
     },
     true},
    {&ClassOf<Login>::kInfo, "remainingMs",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Login& self = value_of<Login>(held);
       return to_js(env, self.remaining_ms());
     },
     true},
};

constexpr Method kLoginMethods[] = {
    {"openBrowser", login_open_browser},
    {"poll", login_poll},
    {"report", login_report},
};

// ---- Token

constexpr Property kTokenProperties[] = {
    {&ClassOf<Token>::kInfo, "accessToken",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Token& self = value_of<Token>(held);
       return to_js(env, self.access_token());
     },
     false},
    {&ClassOf<Token>::kInfo, "kind",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Token& self = value_of<Token>(held);
       return to_js(env, self.kind());
     },
     true},
    {&ClassOf<Token>::kInfo, "source",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Token& self = value_of<Token>(held);
       return to_js(env, self.source());
     },
     true},
    {&ClassOf<Token>::kInfo, "reason",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Token& self = value_of<Token>(held);
       return to_js(env, self.reason());
     },
     true},
    {&ClassOf<Token>::kInfo, "origin",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Token& self = value_of<Token>(held);
       return to_js(env, self.origin());
     },
     true},
    {&ClassOf<Token>::kInfo, "expiresAtUnixS",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Token& self = value_of<Token>(held);
       return to_js(env, known(self.expires_at_unix_s(), 0));
     },
     true},
    {&ClassOf<Token>::kInfo, "isPersisted",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Token& self = value_of<Token>(held);
       return to_js(env, self.is_persisted());
     },
     true},
    {&ClassOf<Token>::kInfo, "warnings",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Token& self = value_of<Token>(held);
       return to_js(env, self.warnings());
     },
     true},
    {&ClassOf<Token>::kInfo, "headers",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Token& self = value_of<Token>(held);
       return to_js(env, self.headers());
     },
     false},
};

// ---- Route

constexpr Property kRouteProperties[] = {
    {&ClassOf<Route>::kInfo, "mode",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.mode());
     },
     true},
    {&ClassOf<Route>::kInfo, "source",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.source());
     },
     true},
    {&ClassOf<Route>::kInfo, "reason",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.reason());
     },
     true},
    {&ClassOf<Route>::kInfo, "isExplicit",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.is_explicit());
     },
     true},
    {&ClassOf<Route>::kInfo, "project",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.project());
     },
     true},
    {&ClassOf<Route>::kInfo, "isKnown",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.is_known());
     },
     true},
    {&ClassOf<Route>::kInfo, "workspace",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.workspace());
     },
     true},
    {&ClassOf<Route>::kInfo, "baseUrl",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.base_url());
     },
     true},
    {&ClassOf<Route>::kInfo, "credentialKind",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.credential_kind());
     },
     true},
    {&ClassOf<Route>::kInfo, "json",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.json());
     },
     false},
    {&ClassOf<Route>::kInfo, "warnings",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Route& self = value_of<Route>(held);
       return to_js(env, self.warnings());
     },
     true},
};

// ---- Report

napi_value report_text(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Report>(info);
    const auto pointer = text_of(info[0], "pointer");
    const Napi::Env env = info.Env();
    return to_js(env, self->value.text(pointer));
  });
}

napi_value report_count(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Report>(info);
    const auto pointer = text_of(info[0], "pointer");
    const Napi::Env env = info.Env();
    return to_js(env, self->value.count(pointer));
  });
}

constexpr Property kReportProperties[] = {
    {&ClassOf<Report>::kInfo, "json",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Report& self = value_of<Report>(held);
       return to_js(env, self.json());
     },
     false},
};

constexpr Method kReportMethods[] = {
    {"text", report_text},
    {"count", report_count},
};

// ---- Cancel

std::shared_ptr<HeldBase> make_cancel(const Napi::CallbackInfo& info) {
  return made(info, Cancel());
}

napi_value cancel_trigger(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Cancel>(info);
    self->value.trigger();
    return info.Env().Undefined();
  });
}

constexpr Property kCancelProperties[] = {
    {&ClassOf<Cancel>::kInfo, "isTriggered",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Cancel& self = value_of<Cancel>(held);
       return to_js(env, self.is_triggered());
     },
     true},
};

constexpr Method kCancelMethods[] = {
    {"trigger", cancel_trigger},
};

// ---- Functions

napi_value function_version(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const Napi::Env env = info.Env();
    return to_js(env, bmauth::version());
  });
}

napi_value function_version_number(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const Napi::Env env = info.Env();
    return to_js(env, bmauth::version_number());
  });
}

napi_value function_code_name(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto code = static_cast<Code>(number_of(info[0], "code"));
    const Napi::Env env = info.Env();
    return to_js(env, bmauth::code_name(code));
  });
}

napi_value function_code_meaning(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto code = static_cast<Code>(number_of(info[0], "code"));
    const Napi::Env env = info.Env();
    return to_js(env, bmauth::code_meaning(code));
  });
}

napi_value function_code_remedy(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto code = static_cast<Code>(number_of(info[0], "code"));
    const Napi::Env env = info.Env();
    return to_js(env, bmauth::code_remedy(code));
  });
}

napi_value function_code_is_retryable(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto code = static_cast<Code>(number_of(info[0], "code"));
    const Napi::Env env = info.Env();
    return to_js(env, bmauth::code_is_retryable(code));
  });
}

napi_value function_code_exit_status(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto code = static_cast<Code>(number_of(info[0], "code"));
    const Napi::Env env = info.Env();
    return to_js(env, bmauth::code_exit_status(code));
  });
}

constexpr Method kFunctions[] = {
    {"version", function_version},
    {"versionNumber", function_version_number},
    {"codeName", function_code_name},
    {"codeMeaning", function_code_meaning},
    {"codeRemedy", function_code_remedy},
    {"codeIsRetryable", function_code_is_retryable},
    {"codeExitStatus", function_code_exit_status},
};

constexpr const ClassInfo* kClasses[] = {
    &ClassOf<Client>::kInfo,
    &ClassOf<Login>::kInfo,
    &ClassOf<Token>::kInfo,
    &ClassOf<Route>::kInfo,
    &ClassOf<Report>::kInfo,
    &ClassOf<Cancel>::kInfo,
};

}  // namespace

const ClassInfo ClassOf<Client>::kInfo = {
    "Client",
    {0xd930eca254bf377e, 0xabf36b4e51382253},
    false,
    nullptr,
    0,
    kClientMethods,
    14,
    make_client,
};

const ClassInfo ClassOf<Login>::kInfo = {
    "Login",
    {0x787127aabafe496f, 0xe66ec29c1da199e0},
    true,
    kLoginProperties,
    8,
    kLoginMethods,
    3,
    nullptr,
};

const ClassInfo ClassOf<Token>::kInfo = {
    "Token",
    {0xd706f46351773016, 0x47dc2f2f6a006001},
    false,
    kTokenProperties,
    9,
    nullptr,
    0,
    nullptr,
};

const ClassInfo ClassOf<Route>::kInfo = {
    "Route",
    {0x90dedc163c2f9af9, 0x0c0179f3835f6607},
    false,
    kRouteProperties,
    11,
    nullptr,
    0,
    nullptr,
};

const ClassInfo ClassOf<Report>::kInfo = {
    "Report",
    {0x20359ee5df858e28, 0xd3aef10f8df1c90e},
    false,
    kReportProperties,
    1,
    kReportMethods,
    2,
    nullptr,
};

const ClassInfo ClassOf<Cancel>::kInfo = {
    "Cancel",
    {0x5f820244ce7aa9cf, 0x2f4ac5872475d76e},
    false,
    kCancelProperties,
    1,
    kCancelMethods,
    1,
    make_cancel,
};

std::span<const ClassInfo* const> classes() {
  return kClasses;
}

std::span<const Method> functions() {
  return kFunctions;
}

Napi::Object error_facts(Napi::Env env, const Error& error) {
  Napi::Object facts = Napi::Object::New(env);
  facts.Set("number", to_js(env, static_cast<std::int32_t>(error.code())));
  facts.Set("code", to_js(env, error.name()));
  facts.Set("message", to_js(env, error.message()));
  facts.Set("remedy", to_js(env, error.remedy()));
  facts.Set("httpStatus", to_js(env, error.http_status()));
  facts.Set("oauthError", to_js(env, error.oauth_error()));
  facts.Set("oauthErrorDescription", to_js(env, error.oauth_error_description()));
  facts.Set("isRetryable", to_js(env, error.is_retryable()));
  facts.Set("retryAfterMs", to_js(env, known(error.retry_after_ms(), -1)));
  facts.Set("exitStatus", to_js(env, error.exit_status()));
  return facts;
}

}  // namespace bmauth::node
