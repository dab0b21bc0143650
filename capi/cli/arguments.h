// The words of the command line.
#pragma once

#include <bmauth.hpp>

#include <optional>

#include "capi/cli/commands.h"

namespace bmauth::cli {

// Whether `--json` stands among the words: errors before parsing must know.
bool wants_json(int argc, char** argv);

// `token` and `header` in their plain forms, without the full parser; nothing if there is anything
// unusual, for which the full parser has the words.
std::optional<TokenArguments> plain_token(int argc, char** argv);
std::optional<HeaderArguments> plain_header(int argc, char** argv);

// Parses all words and runs the command. Throws CommandError for what cannot be understood.
int run(int argc, char** argv, Cancel& cancel);

}  // namespace bmauth::cli
