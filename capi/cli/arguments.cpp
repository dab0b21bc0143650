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

constexpr std::size_t kHelpColumn = 26;

// What an option in seconds may be.
struct SecondsRange {
  std::int64_t min;
  std::int64_t max;
};
constexpr SecondsRange kTimeoutRange = {1, 3600};
constexpr SecondsRange kMinValidityRange = {0, 86400};

std::optional<std::int64_t> parse_seconds(std::string_view text, SecondsRange range) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return seconds >= range.min && seconds <= range.max ? std::optional(seconds) : std::nullopt;
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

// "Did you mean 'status'?", or nothing if no known word is near.
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
  return best == nullptr ? "" : "Did you mean '" + *best + "'?";
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

CommandError usage_error(const std::string& words, const std::string& remedy) {
  return {Code::kInvalidArgument, words, remedy};
}

// What is wrong with the words, and which was meant.
CommandError usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = &app;
  std::string help = "Run `bmauth";
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    help += " " + command->get_name();
  }
  help += " --help`.";
  const std::vector<std::string> commands = command_names(*command);
  const std::vector<std::string> extras = app.remaining(true);
  if (!extras.empty()) {
    const std::string& word = extras.front();
    const bool is_option = word.starts_with("-");
    const std::string meant = suggestion(word, is_option ? option_names(*command) : commands);
    const char* what = is_option          ? "unknown option"
                       : commands.empty() ? "unexpected word"
                                          : "unknown command";
    return usage_error(what + (" '" + word + "'"), meant.empty() ? help : meant);
  }
  if (!commands.empty()) return usage_error("a command is missing", help);
  std::string words = error.what();
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    const bool is_repeated = words.find("received") != std::string::npos;
    words = words.substr(0, words.find(':')) + (is_repeated ? " is given twice" : " needs a value");
  }
  return usage_error(words, help);
}

void refuse_both(bool has_first, bool has_second, const std::string& first,
                 const std::string& second) {
  if (!has_first || !has_second) return;
  throw usage_error(first + " and " + second + " exclude each other", "Give one of them.");
}

// The help of the command that was asked for, without empty lines at its end.
std::string help_text(const CLI::App& app) {
  std::string text = app.help();
  text.erase(text.find_last_not_of('\n') + 1);
  return text;
}

// The text is checked here and read where it is used.
void add_seconds(CLI::App* command, const std::string& name, std::string& text, SecondsRange range,
                 const std::string& words) {
  command->add_option(name, text, words)
      ->type_name("SECONDS")
      ->check([range](const std::string& given) {
        if (parse_seconds(given, range)) return std::string();
        return "'" + given + "' is no whole number from " + std::to_string(range.min) + " to " +
               std::to_string(range.max);
      });
}

}  // namespace

bool wants_json(int argc, char** argv) {
  return argc > 1 && std::any_of(argv + 1, argv + argc, [](const char* word) {
           return std::string_view(word) == "--json";
         });
}

std::optional<TokenArguments> plain_token(int argc, char** argv) {
  TokenArguments arguments;
  bool has_min_validity = false;
  for (int i = 2; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--json") {
      arguments.is_json = true;
    } else if (word == "--min-validity" && !has_min_validity && i + 1 < argc) {
      has_min_validity = true;
      const auto seconds = parse_seconds(argv[++i], kMinValidityRange);
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
    } else if (word == "--project" && !arguments.project && i + 1 < argc && argv[i + 1][0] != '-') {
      arguments.project = argv[++i];
    } else if (word == "--url" && !arguments.url && i + 1 < argc && argv[i + 1][0] != '-') {
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
  app.set_version_flag("--version", "bmauth " + std::string(version()), "Show the version");
  app.set_help_flag("-h,--help", "Show this help");
  app.get_formatter()->label("SUBCOMMAND", "COMMAND");
  app.get_formatter()->label("Positionals", "Arguments");
  app.get_formatter()->column_width(kHelpColumn);
  std::function<int()> chosen;
  bool is_json = false;
  app.add_flag("--json", is_json, "Machine-readable output");
  const auto add = [&](CLI::App& parent, const char* name, const char* words) {
    CLI::App* command = parent.add_subcommand(name, words);
    command->group("Commands");
    command->add_flag("--json", is_json, "Machine-readable output");
    return command;
  };

  LoginArguments login_arguments;
  std::string timeout;
  CLI::App* login_command = add(app, "login", "Sign in, or check that the session still works");
  login_command->add_flag("--force", login_arguments.is_forced,
                          "Start anew though a session works");
  login_command->add_flag_callback(
      "--no-browser", [&] { login_arguments.is_browser_wanted = false; }, "Do not open a browser");
  add_seconds(login_command, "--timeout", timeout, kTimeoutRange,
              "How long to wait for the approval (default 600)");
  login_command->callback([&] {
    chosen = [&] {
      if (!timeout.empty()) login_arguments.timeout_s = parse_seconds(timeout, kTimeoutRange);
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
  add_seconds(token_command, "--min-validity", min_validity, kMinValidityRange,
              "Refresh if it lives for less");
  token_command->callback([&] {
    chosen = [&] {
      return token({parse_seconds(min_validity, kMinValidityRange).value_or(0), is_json}, cancel);
    };
  });

  HeaderArguments header_arguments;
  CLI::App* header_command = add(app, "header", "Print header lines, for curl -H @-");
  header_command->add_option("--project", header_arguments.project, "For the route of this project")
      ->type_name("NAME");
  header_command->add_option("--url", header_arguments.url, "For this URL of the cloud host")
      ->type_name("URL");
  header_command->callback([&] {
    chosen = [&] {
      refuse_both(header_arguments.project.has_value(), header_arguments.url.has_value(),
                  "--project", "--url");
      header_arguments.is_json = is_json;
      return header(header_arguments, cancel);
    };
  });

  RouteArguments route_arguments;
  CLI::App* route_command = add(app, "route", "Local or cloud for a project, and why; no network");
  route_command->add_option("PROJECT", route_arguments.project, "Its name")->type_name("");
  route_command->add_flag("--local", route_arguments.is_local, "Force local");
  route_command->add_flag("--cloud", route_arguments.is_cloud, "Force the cloud");
  route_command->add_option("--workspace", route_arguments.workspace, "Ask for this workspace")
      ->type_name("WORKSPACE");
  route_command->callback([&] {
    chosen = [&] {
      refuse_both(route_arguments.is_local, route_arguments.is_cloud, "--local", "--cloud");
      route_arguments.is_json = is_json;
      return route(route_arguments);
    };
  });

  CLI::App* project_command = app.add_subcommand("project", "Projects and where they are");
  project_command->require_subcommand(1);
  project_command->group("Commands");
  project_command->add_flag("--json", is_json, "Machine-readable output");
  CLI::App* list_command = add(*project_command, "list", "All projects of the config files");
  list_command->callback([&] { chosen = [&] { return project_list({is_json}); }; });

  // Set last, since commands inherit it.
  app.footer(
      "Data goes to stdout, words for a person to stderr; --json stands for both.\n"
      "Exit status: 0 done, 1 error, 2 usage, 3 login needed, 4 forbidden or subscription\n"
      "required, 5 network or server, 130 interrupted.");

  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    print_data(help_text(app));
    return 0;
  } catch (const CLI::CallForVersion& asked) {
    print_data(asked.what());
    return 0;
  } catch (const CLI::ParseError& error) {
    throw usage_error(app, error);
  }
  return chosen();
}

}  // namespace bmauth::cli
