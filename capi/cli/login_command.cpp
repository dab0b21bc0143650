// login: shows the code, opens a browser, waits with a countdown, and tells the three facts.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>

#include "capi/cli/commands.h"
#include "capi/cli/interrupt.h"
#include "capi/cli/output.h"

namespace bmauth::cli {
namespace {

constexpr std::int64_t kTickMs = 100;

std::int64_t monotonic_ms() {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}

void show_code(const Login& login) {
  print_words("Only continue if you started this.");
  print_words("");
  print_words("  Code  " + std::string(*login.user_code()));
  print_words("  Page  " + std::string(*login.verification_uri()));
  if (login.verification_uri_complete()) {
    print_words("  or    " + std::string(*login.verification_uri_complete()) +
                "  (code filled in)");
  }
  print_words("");
}

void open_page(Login& login, bool is_wanted) {
  bool is_opened = false;
  if (is_wanted) {
    try {
      is_opened = login.open_browser();
    } catch (const Error& error) {
      print_warning("no browser was opened: " + error.message());
    }
  }
  print_words(is_opened ? "Opened your browser. Compare the code there, then approve."
                        : "Open the page in a browser, on any device, and enter the code.");
}

// One line that is written over while it counts down; on anything but a terminal it is said once.
class Countdown {
 public:
  Countdown() : is_live_(is_stderr_terminal()) {}
  ~Countdown() {
    if (is_live_ && shown_s_ >= 0) std::fputs("\r\033[K", stderr);
  }
  void show(std::int64_t remaining_ms) {
    const std::int64_t left_s = std::max<std::int64_t>(0, (remaining_ms + 999) / 1000);
    if (left_s == shown_s_ || (!is_live_ && shown_s_ >= 0)) return;
    shown_s_ = left_s;
    const std::string words = "Waiting for the approval (" + duration_words(left_s) + " left) ...";
    if (is_live_) {
      std::fputs(("\r\033[K" + words).c_str(), stderr);
      std::fflush(stderr);
    } else {
      print_words(words);
    }
  }

 private:
  const bool is_live_;
  std::int64_t shown_s_ = -1;
};

// Waits as the server asks, in ticks so that countdown and Ctrl-C are prompt.
void wait_for_approval(Login& login, Cancel& cancel) {
  Countdown countdown;
  while (login.state() != PollState::kDone) {
    const std::int64_t until_ms = monotonic_ms() + login.next_delay_ms();
    while (monotonic_ms() < until_ms) {
      throw_if_interrupted(cancel);
      countdown.show(login.remaining_ms());
      usleep(static_cast<useconds_t>(
          std::clamp<std::int64_t>(until_ms - monotonic_ms(), 0, kTickMs) * 1000));
    }
    login.poll(&cancel);
  }
}

void show_outcome(const Report& report) {
  std::string person = text_of(report, "/identity/email");
  if (person.empty()) person = text_of(report, "/identity/subject");
  const bool is_kept = text_of(report, "/is_session_kept") == "true";
  if (person.empty()) person = "somebody that the issuer does not name";
  print_words(is_kept ? "Already signed in as " + person + " (--force signs in anew)."
                      : "Signed in as " + person + ".");
  const std::string entitlement = text_of(report, "/entitlement/state");
  if (entitlement == "active") {
    print_words("Subscription: active.");
  } else if (entitlement == "required") {
    print_words("Subscription: required (" + text_of(report, "/entitlement/message") + ").");
    print_words("  See " + text_of(report, "/entitlement/subscribe_url") +
                " and https://basicmemory.com/account.");
    print_words(
        "  Just subscribed? Wait a few minutes and run `bmauth login` again; else ask support.");
  } else {
    print_warning("the subscription could not be checked: " +
                  text_of(report, "/entitlement/message"));
  }
  for (std::int64_t i = 0; i < report.count("/warnings"); ++i) {
    print_warning(text_of(report, "/warnings/" + std::to_string(i)));
  }
  const std::string file = text_of(report, "/token_file");
  if (!file.empty()) print_words("Session stored in " + file + ".");
}

int status_of(const Report& report) {
  if (text_of(report, "/is_persisted") != "true") {
    return bmauth_code_exit_status(BMAUTH_E_NOT_PERSISTED);
  }
  if (text_of(report, "/entitlement/state") == "required") {
    return bmauth_code_exit_status(BMAUTH_E_SUBSCRIPTION_REQUIRED);
  }
  return 0;
}

}  // namespace

int login(const LoginArguments& arguments, Cancel& cancel) {
  Options options = client_options();
  if (arguments.timeout_s) options.set_login_timeout_ms(*arguments.timeout_s * 1000);
  Client client(&options);
  Login login = client.login_begin(arguments.is_forced, &cancel);
  if (login.user_code()) {
    show_code(login);
    open_page(login, arguments.is_browser_wanted);
  }
  wait_for_approval(login, cancel);
  const Report report = login.report();
  if (arguments.is_json) {
    print_data(report.json());
  } else {
    show_outcome(report);
  }
  return status_of(report);
}

}  // namespace bmauth::cli
