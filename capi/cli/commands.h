// The commands as functions: arguments in, exit status out. They throw bmauth::Error.
#pragma once

#include <bmauth.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace bmauth::cli {

struct LoginArguments {
  bool is_forced = false;
  bool is_browser_wanted = true;
  std::optional<std::int64_t> timeout_s;
  bool is_json = false;
};
int login(const LoginArguments& arguments, Cancel& cancel);

struct LogoutArguments {
  bool is_json = false;
};
int logout(const LogoutArguments& arguments, Cancel& cancel);

struct StatusArguments {
  bool is_offline = false;
  bool is_json = false;
};
int status(const StatusArguments& arguments, Cancel& cancel);
int whoami(const StatusArguments& arguments, Cancel& cancel);

struct TokenArguments {
  std::int64_t min_validity_s = 0;
  bool is_json = false;
};
int token(const TokenArguments& arguments, Cancel& cancel);

struct HeaderArguments {
  std::optional<std::string> project;
  std::optional<std::string> url;
  bool is_json = false;
};
int header(const HeaderArguments& arguments, Cancel& cancel);

struct RouteArguments {
  std::optional<std::string> project;
  std::optional<std::string> workspace;
  bool is_local = false;
  bool is_cloud = false;
  bool is_json = false;
};
int route(const RouteArguments& arguments);

struct ProjectListArguments {
  bool is_json = false;
};
int project_list(const ProjectListArguments& arguments);

// Options that every command opens its client with.
Options client_options();

}  // namespace bmauth::cli
