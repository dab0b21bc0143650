#include <bmauth.hpp>

#include <algorithm>
#include <string_view>

#include "capi/cli/arguments.h"
#include "capi/cli/interrupt.h"
#include "capi/cli/output.h"

namespace bmauth::cli {
namespace {

// An API key among the words was readable by every process of the machine.
void refuse_secrets(int argc, char** argv) {
  const bool has_key =
      argc > 1 && std::any_of(argv + 1, argv + argc, [](std::string_view word) {
        return word.starts_with("bmc_") || word.find("=bmc_") != std::string_view::npos;
      });
  if (has_key) {
    throw CommandError(
        Code::kInvalidApiKey, "an API key among the arguments was visible to every process",
        "Rotate it in the web app, and give the new one in BASIC_MEMORY_CLOUD_API_KEY.");
  }
}

int dispatch(int argc, char** argv, Cancel& cancel) {
  refuse_secrets(argc, argv);
  const std::string_view command = argc > 1 ? argv[1] : "";
  if (command == "header") {
    if (const auto arguments = plain_header(argc, argv)) return header(*arguments, cancel);
  } else if (command == "token") {
    if (const auto arguments = plain_token(argc, argv)) return token(*arguments, cancel);
  }
  return run(argc, argv, cancel);
}

}  // namespace
}  // namespace bmauth::cli

int main(int argc, char** argv) {
  using namespace bmauth;
  cli::claim_standard_streams();
  try {
    Cancel cancel;
    cli::cancel_on_interrupt(cancel);
    return cli::dispatch(argc, argv, cancel);
  } catch (const Error& error) {
    cli::print_error(error, cli::wants_json(argc, argv));
    return error.exit_status();
  } catch (const cli::CommandError& error) {
    cli::print_error(error, cli::wants_json(argc, argv));
    return code_exit_status(error.code());
  } catch (const std::exception& error) {
    cli::print_error(Error(Code::kInternal, error.what()), cli::wants_json(argc, argv));
    return code_exit_status(Code::kInternal);
  }
}
