// logout, status, whoami: what people ask for.
#include <ctime>
#include <string>

#include "capi/cli/commands.h"
#include "capi/cli/output.h"

namespace bmauth::cli {
namespace {

bool is_true(const Report& report, const std::string& pointer) {
  return report.text(pointer) == std::string_view("true");
}

std::string person_of(const Report& report) {
  for (const char* member : {"/identity/email", "/identity/name", "/identity/subject"}) {
    if (const auto text = report.text(member)) return std::string(*text);
  }
  return "";
}

void print_row(const std::string& label, const std::string& value) {
  constexpr std::size_t kLabelWidth = 14;
  std::string line = label;
  line.resize(kLabelWidth, ' ');
  print_data(line + printable(value));
}

std::string expiry_words(const std::string& unix_s) {
  if (unix_s.empty()) return "expiry unknown";
  const std::int64_t left_s = std::stoll(unix_s) - static_cast<std::int64_t>(std::time(nullptr));
  return left_s > 0 ? "expires in " + duration_words(left_s)
                    : "expired " + duration_words(-left_s) + " ago";
}

bool needs_login(const Report& report, const std::string& at) {
  return text_of(report, at + "/state") == "reauth_required";
}

void print_api_key(const Report& report, const std::string& at) {
  print_row("API key", text_of(report, at + "/shown") + " from " + text_of(report, at + "/place") +
                           ", for " + text_of(report, at + "/bound_to"));
}

void print_session(const Report& report, const std::string& at) {
  std::string words = expiry_words(text_of(report, at + "/expires_at_unix_s"));
  words += is_true(report, at + "/can_refresh") ? ", can refresh" : ", cannot refresh";
  if (needs_login(report, at)) words = "over: run `bmauth login`";
  print_row("Session", words);
  print_row("", "in " + text_of(report, at + "/place"));
}

// The texts below `pointer`, one a line, each with `print`.
template <class Print>
void for_each_text(const Report& report, const std::string& pointer, Print print) {
  for (std::int64_t i = 0; i < report.count(pointer); ++i) {
    print(text_of(report, pointer + "/" + std::to_string(i)));
  }
}

void print_error_row(const Report& report, const std::string& label, const std::string& at) {
  const std::string name = text_of(report, at + "/name");
  if (name.empty()) return;
  std::string words = name + ": " + text_of(report, at + "/message");
  const std::string remedy = text_of(report, at + "/remedy");
  if (!remedy.empty()) words += "; " + remedy;
  print_row(label, words);
}

// The row of the error table that bears this name; success if there is none.
int exit_status_of(const std::string& name) {
  if (name.empty()) return 0;
  for (bmauth_code code = BMAUTH_OK; code <= BMAUTH_E_INTERNAL; ++code) {
    if (name == bmauth_code_name(code)) return bmauth_code_exit_status(code);
  }
  return 1;
}

int status_of(const Report& report) {
  const std::string store_error = text_of(report, "/store_error/name");
  if (!store_error.empty()) return exit_status_of(store_error);
  const std::int64_t count = report.count("/credentials");
  if (count == 0) return code_exit_status(Code::kNoCredentials);
  // Nobody was asked, but a session that is known to be over, and no other credential, suffices.
  if (is_true(report, "/is_offline") && count == 1 && needs_login(report, "/credentials/0")) {
    return code_exit_status(Code::kReauthRequired);
  }
  return exit_status_of(text_of(report, "/cloud/error/name"));
}

// What the cloud said. Without a credential it was not asked.
void print_cloud_answer(const Report& report) {
  if (is_true(report, "/is_offline")) return;
  if (text_of(report, "/cloud/error/name") == code_name(Code::kNoCredentials)) return;
  print_row("Subscription", text_of(report, "/entitlement/state"));
  print_row("Reachable", is_true(report, "/cloud/is_reachable")
                             ? "yes, HTTP " + text_of(report, "/cloud/http_status")
                             : "no");
  print_error_row(report, "", "/cloud/error");
}

void print_status(const Report& report) {
  print_row("Cloud", text_of(report, "/cloud/host"));
  const std::string person = person_of(report);
  if (!person.empty()) {
    print_row("Signed in", person + " at " + text_of(report, "/settings/issuer/value"));
  }
  for (std::int64_t i = 0; i < report.count("/credentials"); ++i) {
    const std::string at = "/credentials/" + std::to_string(i);
    if (text_of(report, at + "/kind") == "api_key") {
      print_api_key(report, at);
    } else {
      print_session(report, at);
    }
    print_error_row(report, "", at + "/error");
  }
  const bool has_store_error = report.text("/store_error/name").has_value();
  if (has_store_error) {
    print_error_row(report, "Session", "/store_error");
  } else if (report.count("/credentials") == 0) {
    print_row("Credentials", "none: run `bmauth login`");
  }
  print_cloud_answer(report);
  print_row("Data dir", text_of(report, "/settings/data_dir/value") + " (" +
                            text_of(report, "/settings/data_dir/source") + ")");
  for_each_text(report, "/config_files",
                [](const std::string& file) { print_row("Config", file); });
  for_each_text(report, "/warnings", [](const std::string& warning) { print_warning(warning); });
}

}  // namespace

int status(const StatusArguments& arguments, Cancel& cancel) {
  const Options options = client_options();
  Client client(&options);
  const Report report = client.status(arguments.is_offline, &cancel);
  if (arguments.is_json) {
    print_data(report.json());
  } else {
    print_status(report);
  }
  return status_of(report);
}

int whoami(const StatusArguments& arguments, Cancel& cancel) {
  const Options options = client_options();
  Client client(&options);
  const Report report = client.whoami(arguments.is_offline, &cancel);
  if (arguments.is_json) {
    print_data(report.json());
    return 0;
  }
  const std::string person = person_of(report);
  if (person.empty()) {
    print_note(text_of(report, "/credential") == "api_key" ? "an API key names nobody"
                                                           : "the session names nobody");
  } else {
    print_data(printable(person));
  }
  const std::string workspace = text_of(report, "/workspace");
  if (!workspace.empty()) print_words("Workspace: " + workspace + ".");
  return 0;
}

int logout(const LogoutArguments& arguments, Cancel& cancel) {
  const Options options = client_options();
  Client client(&options);
  const Report report = client.logout(&cancel);
  const bool is_complete = report.count("/left") == 0;
  if (arguments.is_json) {
    print_data(report.json());
  } else {
    for_each_text(report, "/removed",
                  [](const std::string& path) { print_words("Removed " + path + "."); });
    if (report.count("/removed") == 0) print_words("Nobody was signed in.");
    for_each_text(report, "/kept",
                  [](const std::string& what) { print_words("Kept: " + what + "."); });
    for (std::int64_t i = 0; i < report.count("/left"); ++i) {
      const std::string at = "/left/" + std::to_string(i);
      print_warning("could not remove " + text_of(report, at + "/path") + ": " +
                    text_of(report, at + "/error/message"));
    }
  }
  return is_complete ? 0 : 1;
}

}  // namespace bmauth::cli
