#include "capi/cli/arguments.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "capi/cli/output.h"

namespace bmauth::cli {
namespace {

constexpr std::int64_t kMaxSeconds = 3600;

std::optional<std::int64_t> parse_seconds(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return seconds >= 0 && seconds <= kMaxSeconds * 24 ? std::optional(seconds) : std::nullopt;
}

std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t above = row[j];
      row[j] =
          std::min({above + 1, row[j - 1] + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

// "; did you mean 'status'?", or nothing if no known word is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  const std::string* best = nullptr;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best = &candidate;
      best_distance = distance;
    }
  }
  return best == nullptr ? "" : "; did you mean '" + *best + "'?";
}

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(std::function<bool(const CLI::App*)>())) {
    names.push_back(command->get_name());
  }
  return names;
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

// What is wrong with the words, and which was meant.
std::string usage_words(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  const std::vector<std::string> extras = app.remaining(true);
  if (!extras.empty()) {
    const std::string& word = extras.front();
    const bool is_option = word.starts_with("-");
    return "unknown " + std::string(is_option ? "option" : "word") + " '" + word + "'" +
           suggestion(word, is_option ? option_names(*command) : command_names(*command));
  }
  if (command == &app || !command_names(*command).empty()) {
    return "a command is missing; bmauth --help shows them";
  }
  return error.what();
}

CLI::Option* add_seconds(CLI::App* command, const std::string& name, std::string& text,
                         const std::string& words) {
  return command->add_option(name, text, words)
      ->type_name("SECONDS")
      ->check([](const std::string& s) {
        return parse_seconds(s) ? std::string() : "'" + s + "' is no number of seconds";
      });
}

}  // namespace

bool wants_json(int argc, char** argv) {
  return std::any_of(argv + 1, argv + argc,
                     [](const char* word) { return std::string_view(word) == "--json"; });
}

std::optional<TokenArguments> plain_token(int argc, char** argv) {
  TokenArguments arguments;
  for (int i = 2; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json") {
      arguments.is_json = true;
    } else if (word == "--min-validity" && i + 1 < argc) {
      const auto seconds = parse_seconds(argv[++i]);
      if (!seconds) return std::nullopt;
      arguments.min_validity_s = *seconds;
    } else {
      return std::nullopt;
    }
  }
  return arguments;
}

std::optional<HeaderArguments> plain_header(int argc, char** argv) {
  HeaderArguments arguments;
  for (int i = 2; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json") {
      arguments.is_json = true;
    } else if (word == "--project" && i + 1 < argc && argv[i + 1][0] != '-') {
      arguments.project = argv[++i];
    } else if (word == "--url" && i + 1 < argc && argv[i + 1][0] != '-') {
      arguments.url = argv[++i];
    } else {
      return std::nullopt;
    }
  }
  if (arguments.project && arguments.url) return std::nullopt;
  return arguments;
}

int run(int argc, char** argv, Cancel& cancel) {
  CLI::App app("Authentication for Basic Memory Cloud", "bmauth");
  app.require_subcommand(1);
  app.set_version_flag("--version", "bmauth " + std::string(version()));
  app.footer(
      "Data goes to stdout, words for a person to stderr; --json stands for both.\n"
      "Exit status: 0 done, 1 error, 2 usage, 3 login needed, 4 forbidden or subscription\n"
      "required, 5 network or server, 130 interrupted.");
  std::function<int()> chosen;
  bool is_json = false;
  const auto add = [&](CLI::App& parent, const char* name, const char* words) {
    CLI::App* command = parent.add_subcommand(name, words);
    command->add_flag("--json", is_json, "Machine-readable output");
    return command;
  };

  LoginArguments login_arguments;
  std::string timeout;
  CLI::App* login_command = add(app, "login", "Sign in, or check that the session still works");
  login_command->add_flag("--force", login_arguments.is_forced,
                          "Start anew though a session works");
  login_command->add_flag("!--no-browser", login_arguments.is_browser_wanted,
                          "Do not open a browser");
  add_seconds(login_command, "--timeout", timeout,
              "How long to wait for the approval (default 600)");
  login_command->callback([&] {
    chosen = [&] {
      if (!timeout.empty()) login_arguments.timeout_s = parse_seconds(timeout);
      login_arguments.is_json = is_json;
      return login(login_arguments, cancel);
    };
  });

  CLI::App* logout_command = add(app, "logout", "Remove the stored session; API keys stay");
  logout_command->callback([&] { chosen = [&] { return logout({is_json}, cancel); }; });

  StatusArguments status_arguments;
  CLI::App* status_command =
      add(app, "status", "Credentials, subscription and cloud, with reasons");
  CLI::App* whoami_command = add(app, "whoami", "Who is signed in");
  for (CLI::App* command : {status_command, whoami_command}) {
    command->add_flag("--offline", status_arguments.is_offline, "Ask nobody, tell what is stored");
  }
  const auto status_words = [&] {
    status_arguments.is_json = is_json;
    return status_arguments;
  };
  status_command->callback([&] { chosen = [&] { return status(status_words(), cancel); }; });
  whoami_command->callback([&] { chosen = [&] { return whoami(status_words(), cancel); }; });

  std::string min_validity;
  CLI::App* token_command = add(app, "token", "Print the bearer alone, refreshed if it is due");
  add_seconds(token_command, "--min-validity", min_validity, "Refresh if it lives for less");
  token_command->callback([&] {
    chosen = [&] { return token({parse_seconds(min_validity).value_or(0), is_json}, cancel); };
  });

  HeaderArguments header_arguments;
  CLI::App* header_command = add(app, "header", "Print header lines, for curl -H @-");
  CLI::Option* project_option =
      header_command->add_option("--project", header_arguments.project, "For this project's route");
  header_command->add_option("--url", header_arguments.url, "For this URL of the cloud host")
      ->excludes(project_option);
  header_command->callback([&] {
    chosen = [&] {
      header_arguments.is_json = is_json;
      return header(header_arguments, cancel);
    };
  });

  RouteArguments route_arguments;
  CLI::App* route_command = add(app, "route", "Local or cloud for a project, and why; no network");
  route_command->add_option("PROJECT", route_arguments.project, "Its name");
  CLI::Option* local_flag =
      route_command->add_flag("--local", route_arguments.is_local, "Force local");
  route_command->add_flag("--cloud", route_arguments.is_cloud, "Force the cloud")
      ->excludes(local_flag);
  route_command->add_option("--workspace", route_arguments.workspace, "Ask for this workspace");
  route_command->callback([&] {
    chosen = [&] {
      route_arguments.is_json = is_json;
      return route(route_arguments);
    };
  });

  CLI::App* project_command = app.add_subcommand("project", "Projects and where they are");
  project_command->require_subcommand(1);
  CLI::App* list_command = add(*project_command, "list", "All projects of the config files");
  list_command->callback([&] { chosen = [&] { return project_list({is_json}); }; });

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion& asked) {
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    print_usage_error(usage_words(app, error), wants_json(argc, argv));
    return bmauth_code_exit_status(BMAUTH_E_INVALID_ARGUMENT);
  }
  return chosen();
}

}  // namespace bmauth::cli
