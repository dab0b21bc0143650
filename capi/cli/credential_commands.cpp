// token, header, route, project list: what scripts ask for.
#include <algorithm>
#include <string>

#include "capi/cli/commands.h"
#include "capi/cli/interrupt.h"
#include "capi/cli/output.h"

namespace bmauth::cli {
namespace {

std::string null_or_quoted(const std::optional<std::string_view>& text) {
  return text ? quote(*text) : "null";
}

std::string warnings_json(const Token& token) {
  std::string json = "[";
  for (const std::string_view warning : token.warnings()) {
    if (json.size() > 1) json += ", ";
    json += quote(warning);
  }
  return json + "]";
}

// Everything about a credential but the credential.
std::string token_facts(const Token& token) {
  std::string json = "\"kind\": " + quote(token.kind());
  json += ", \"source\": " + quote(token.source());
  json += ", \"reason\": " + quote(token.reason());
  json += ", \"origin\": " + null_or_quoted(token.origin());
  const std::int64_t expires_at_unix_s = token.expires_at_unix_s();
  json += ", \"expires_at_unix_s\": ";
  json += expires_at_unix_s == 0 ? "null" : std::to_string(expires_at_unix_s);
  json += ", \"is_persisted\": " + std::string(token.is_persisted() ? "true" : "false");
  return json + ", \"warnings\": " + warnings_json(token);
}

// The data was printed; what a person should know about it besides decides the status.
int conclude(const Token& token, bool is_json) {
  if (!is_json) {
    for (const std::string_view warning : token.warnings()) print_warning(warning);
  }
  if (token.is_persisted()) return 0;
  if (!is_json) print_warning("not persisted: the session is newer than what the store holds");
  return bmauth_code_exit_status(BMAUTH_E_NOT_PERSISTED);
}

Token credential_for(Client& client, const HeaderArguments& arguments, Cancel& cancel) {
  if (arguments.url) return client.headers_for_url(*arguments.url, &cancel);
  if (!arguments.project) return client.token(Purpose::kAccount, 0, &cancel);
  const Route route = client.route(arguments.project, std::nullopt, Override::kNone, false);
  return client.headers(route, &cancel);
}

}  // namespace

Options client_options() {
  Options options;
  options.set_language("command/" + std::string(version()));
  return options;
}

int token(const TokenArguments& arguments, Cancel& cancel) {
  const Options options = client_options();
  Client client(&options);
  const Token token = client.token(Purpose::kAccount, arguments.min_validity_s * 1000, &cancel);
  throw_if_interrupted(cancel);
  const std::string value(token.access_token().value_or(""));
  print_data(arguments.is_json ? "{\"access_token\": " + quote(value) +
                                     ", \"token_type\": \"Bearer\", " + token_facts(token) + "}"
                               : value);
  return conclude(token, arguments.is_json);
}

int header(const HeaderArguments& arguments, Cancel& cancel) {
  const Options options = client_options();
  Client client(&options);
  const Token token = credential_for(client, arguments, cancel);
  throw_if_interrupted(cancel);
  const auto headers = token.headers();
  std::string text;
  for (const auto& [name, value] : headers) {
    if (!text.empty()) text += arguments.is_json ? ", " : "\n";
    text += arguments.is_json ? quote(name) + ": " + quote(value)
                              : std::string(name) + ": " + std::string(value);
  }
  if (arguments.is_json) {
    print_data("{\"headers\": {" + text + "}, " + token_facts(token) + "}");
  } else if (headers.empty()) {
    print_note(token.reason());
  } else {
    print_data(text);
  }
  return conclude(token, arguments.is_json);
}

int route(const RouteArguments& arguments) {
  const Options options = client_options();
  Client client(&options);
  const Override wanted = arguments.is_local   ? Override::kLocal
                          : arguments.is_cloud ? Override::kCloud
                                               : Override::kNone;
  const Route route = client.route(arguments.project, arguments.workspace, wanted, false);
  if (arguments.is_json) {
    print_data(route.json());
    return 0;
  }
  std::string line(route.mode());
  if (route.base_url()) line += "  " + printable(*route.base_url());
  print_data(line);
  print_words("Because " + std::string(route.reason()) + ".");
  if (route.workspace()) print_words("Workspace: " + std::string(*route.workspace()) + ".");
  for (const std::string_view warning : route.warnings()) print_warning(warning);
  return 0;
}

int project_list(const ProjectListArguments& arguments) {
  const Options options = client_options();
  Client client(&options);
  const Report report = client.projects();
  if (arguments.is_json) {
    print_data(report.json());
    return 0;
  }
  const std::int64_t count = report.count("");
  std::size_t width = 0;
  const auto text = [&](std::int64_t index, const char* member) {
    return printable(report.text("/" + std::to_string(index) + "/" + member).value_or("-"));
  };
  for (std::int64_t i = 0; i < count; ++i) width = std::max(width, width_of(text(i, "name")));
  for (std::int64_t i = 0; i < count; ++i) {
    const std::string name = text(i, "name");
    const std::string padding(width - width_of(name), ' ');
    const std::string workspace = text(i, "workspace");
    print_data(name + padding + "  " + text(i, "mode") + "  " +
               (workspace == "-" ? text(i, "path") : "workspace " + workspace));
  }
  if (count == 0) print_note("there are no projects in the config files");
  return 0;
}

}  // namespace bmauth::cli
