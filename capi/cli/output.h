// Where data and words go: data to stdout, words for a person to stderr.
#pragma once

#include <bmauth.hpp>

#include <string>
#include <string_view>

namespace bmauth::cli {

// One line of data. Throws bmauth::Error (store_io) if stdout does not take it: a full disk or a
// closed pipe is not success.
void print_data(std::string_view line);
// One line for a person.
void print_words(std::string_view line);
void print_warning(std::string_view warning);

// `bmauth: <name>: words; remedy` on stderr; with `is_json` {"error": {...}} on stdout instead.
void print_error(const Error& error, bool is_json);
void print_usage_error(std::string_view words, bool is_json);

// A JSON string with its quotes.
std::string quote(std::string_view text);

// "4 min 12 s", "2 h 5 min", "3 days": two units at most.
std::string duration_words(std::int64_t seconds);

bool is_stderr_terminal();

}  // namespace bmauth::cli
