// Runs scenarios through bmauth.hpp. The lines are those of driver.c.
#include <bmauth.hpp>

#include <chrono>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>

namespace {

using namespace bmauth;
using Fields = std::map<std::string, std::string>;

std::string quote(std::optional<std::string_view> text) {
  if (!text) return "null";
  std::string quoted = "\"";
  for (const char c : *text) {
    if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      quoted += escape;
      continue;
    }
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

const char* truth(bool value) {
  return value ? "true" : "false";
}

std::string error_json(const Error& error) {
  std::ostringstream json;
  json << R"({"error": {"code": )" << static_cast<int>(error.code()) << R"(, "name": )"
       << quote(error.name()) << R"(, "message": )" << quote(error.message()) << R"(, "remedy": )"
       << quote(error.remedy()) << R"(, "oauth_error": )" << quote(error.oauth_error())
       << R"(, "oauth_error_description": )" << quote(error.oauth_error_description())
       << R"(, "http_status": )" << error.http_status() << R"(, "is_retryable": )"
       << truth(error.is_retryable()) << R"(, "retry_after_ms": )" << error.retry_after_ms()
       << R"(, "exit_status": )" << error.exit_status() << "}}";
  return json.str();
}

class Driver {
 public:
  std::string call(const std::string& verb, const Fields& fields) {
    fields_ = &fields;
    const auto found = verbs_.find(verb);
    return found == verbs_.end() ? R"({"unknown_verb": true})" : found->second();
  }

  // Triggers the cancel of the call that is about to be made.
  std::thread cancel_after(std::chrono::milliseconds delay) {
    cancel_.emplace();
    return std::thread([this, delay] {
      std::this_thread::sleep_for(delay);
      cancel_->trigger();
    });
  }
  void forget_cancel() { cancel_.reset(); }

 private:
  std::optional<std::string> field(const std::string& name) const {
    const auto found = fields_->find(name);
    return found == fields_->end() ? std::nullopt : std::optional(found->second);
  }
  std::int64_t number(const std::string& name) const {
    return std::stoll(field(name).value_or("0"));
  }
  Cancel* cancel() { return cancel_ ? &*cancel_ : nullptr; }
  static std::string report(const Report& report) {
    return R"({"report": )" + std::string(report.json()) + "}";
  }

  std::string open() {
    const std::map<std::string, Options& (Options::*)(const std::string&)&> texts = {
        {"data_dir", &Options::set_data_dir},
        {"token_file", &Options::set_token_file},
        {"issuer", &Options::set_issuer},
        {"client_id", &Options::set_client_id},
        {"cloud_host", &Options::set_cloud_host},
        {"api_key", &Options::set_api_key},
        {"default_project", &Options::set_default_project},
        {"default_workspace", &Options::set_default_workspace},
        {"project_constraint", &Options::set_project_constraint},
        {"ca_file", &Options::set_ca_file},
        {"proxy", &Options::set_proxy},
        {"user_agent_suffix", &Options::set_user_agent_suffix},
        {"local_base_url", &Options::set_local_base_url},
        {"language", &Options::set_language}};
    const std::map<std::string, Options& (Options::*)(bool)&> flags = {
        {"force_local", &Options::set_force_local},
        {"force_cloud", &Options::set_force_cloud},
        {"explicit_routing", &Options::set_explicit_routing}};
    const std::map<std::string, Options& (Options::*)(std::int64_t)&> times = {
        {"connect_timeout_ms", &Options::set_connect_timeout_ms},
        {"auth_timeout_ms", &Options::set_auth_timeout_ms},
        {"refresh_try_timeout_ms", &Options::set_refresh_try_timeout_ms},
        {"refresh_budget_ms", &Options::set_refresh_budget_ms},
        {"api_timeout_ms", &Options::set_api_timeout_ms},
        {"lock_timeout_ms", &Options::set_lock_timeout_ms},
        {"login_timeout_ms", &Options::set_login_timeout_ms}};
    Options options;
    for (const auto& [name, value] : *fields_) {
      if (const auto text = texts.find(name); text != texts.end()) (options.*text->second)(value);
      if (const auto flag = flags.find(name); flag != flags.end())
        (options.*flag->second)(value == "1");
      if (const auto time = times.find(name); time != times.end())
        (options.*time->second)(number(name));
    }
    client_ = std::make_unique<Client>(&options);
    return "{}";
  }

  Route decide() {
    const std::string mode = field("override").value_or("");
    const Override wanted = mode == "local"   ? Override::kLocal
                            : mode == "cloud" ? Override::kCloud
                                              : Override::kNone;
    return client_->route(field("project"), field("workspace"), wanted,
                          number("use_default_project") != 0);
  }

  std::string keep(Token token) {
    token_ = std::make_unique<Token>(std::move(token));
    std::ostringstream json;
    json << R"({"expires_at_unix_s": )" << token_->expires_at_unix_s() << R"(, "is_persisted": )"
         << truth(token_->is_persisted()) << R"(, "access_token": )"
         << quote(token_->access_token()) << R"(, "kind": )" << quote(token_->kind())
         << R"(, "source": )" << quote(token_->source()) << R"(, "reason": )"
         << quote(token_->reason()) << R"(, "origin": )" << quote(token_->origin())
         << R"(, "warnings": [)";
    const char* comma = "";
    for (const auto warning : token_->warnings()) {
      json << comma << quote(warning);
      comma = ", ";
    }
    json << R"(], "headers": {)";
    comma = "";
    for (const auto& [name, value] : token_->headers()) {
      json << comma << quote(name) << ": " << quote(value);
      comma = ", ";
    }
    json << "}}";
    return json.str();
  }

  std::string login() {
    std::ostringstream json;
    json << R"({"state": )" << (login_->state() == PollState::kDone ? R"("done")" : R"("pending")")
         << R"(, "next_delay_ms": )" << login_->next_delay_ms() << R"(, "expires_in_s": )"
         << login_->expires_in_s() << R"(, "interval_s": )" << login_->interval_s()
         << R"(, "user_code": )" << quote(login_->user_code()) << R"(, "verification_uri": )"
         << quote(login_->verification_uri()) << R"(, "verification_uri_complete": )"
         << quote(login_->verification_uri_complete()) << "}";
    return json.str();
  }

  std::string step() {
    const auto step = client_->refresh_step(number("min_validity_ms"), cancel());
    return std::string(R"({"is_ready": )") + truth(step.is_ready) + R"(, "next_delay_ms": )" +
           std::to_string(step.next_delay_ms) + "}";
  }

  std::string header() {
    std::string value;
    client_->header(purpose(), value);
    return R"({"value": )" + quote(value) + "}";
  }

  std::string mode() {
    const auto [mode, is_known] = client_->mode(field("project"));
    return std::string(R"({"mode": ")") + (mode == Mode::kCloud ? "cloud" : "local") +
           R"(", "is_known": )" + truth(is_known) + "}";
  }

  Purpose purpose() const {
    return field("purpose") == "project" ? Purpose::kProject : Purpose::kAccount;
  }

  const std::map<std::string, std::function<std::string()>> verbs_ = {
      {"open", [this] { return open(); }},
      {"close",
       [this] {
         client_->close();
         return std::string("{}");
       }},
      {"login_begin",
       [this] {
         login_ = std::make_unique<Login>(client_->login_begin(number("forced") != 0, cancel()));
         return login();
       }},
      {"login_poll",
       [this] {
         login_->poll(cancel());
         return login();
       }},
      {"login_wait",
       [this] {
         login_->wait(cancel());
         return login();
       }},
      {"login_report", [this] { return report(login_->report()); }},
      {"token",
       [this] { return keep(client_->token(purpose(), number("min_validity_ms"), cancel())); }},
      {"fresh_token", [this] { return keep(client_->fresh_token(purpose())); }},
      {"route",
       [this] {
         const Route route = decide();
         return std::string(route.json());
       }},
      {"header", [this] { return header(); }},
      {"mode", [this] { return mode(); }},
      {"headers", [this] { return keep(client_->headers(decide(), cancel())); }},
      {"headers_for_url",
       [this] { return keep(client_->headers_for_url(field("url").value_or(""), cancel())); }},
      {"invalidate",
       [this] {
         client_->invalidate(*token_);
         return std::string("{}");
       }},
      {"refresh_step", [this] { return step(); }},
      {"projects", [this] { return report(client_->projects()); }},
      {"status", [this] { return report(client_->status(number("offline") != 0, cancel())); }},
      {"whoami", [this] { return report(client_->whoami(number("offline") != 0, cancel())); }},
      {"logout", [this] { return report(client_->logout(cancel())); }},
  };

  const Fields* fields_ = nullptr;
  std::unique_ptr<Client> client_;
  std::unique_ptr<Login> login_;
  std::unique_ptr<Token> token_;
  std::optional<Cancel> cancel_;
};

}  // namespace

int main() {
  Driver driver;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream parts(line);
    std::string verb;
    std::getline(parts, verb, '\t');
    Fields fields;
    for (std::string part; std::getline(parts, part, '\t');) {
      const auto equals = part.find('=');
      fields[part.substr(0, equals)] = part.substr(equals + 1);
    }
    std::thread canceller;
    if (const auto delay = fields.find("cancel_after_ms"); delay != fields.end()) {
      canceller = driver.cancel_after(std::chrono::milliseconds(std::stoll(delay->second)));
    }
    std::string reply;
    try {
      reply = driver.call(verb, fields);
    } catch (const bmauth::Error& error) {
      reply = error_json(error);
    }
    if (canceller.joinable()) canceller.join();
    driver.forget_cancel();
    std::cout << reply << std::endl;
  }
}
