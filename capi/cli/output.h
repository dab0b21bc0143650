// Where data and words go: data to stdout, words for a person to stderr.
#pragma once

#include <bmauth.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace bmauth::cli {

// A failure of the command itself, with a remedy that fits better than the one in the error table.
class CommandError : public std::runtime_error {
 public:
  CommandError(Code code, const std::string& message, std::string remedy)
      : std::runtime_error(message), code_(code), remedy_(std::move(remedy)) {}
  Code code() const { return code_; }
  const std::string& remedy() const { return remedy_; }

 private:
  Code code_;
  std::string remedy_;
};

// Makes sure that descriptors 0 to 2 are streams, and that a closed pipe is an error like any
// other. Called once, before any file is opened: it might else be opened where data goes.
void claim_standard_streams();

// One line of data, as it is. Throws CommandError (store_io) if stdout does not take it: a full
// disk or a closed pipe is not success.
void print_data(std::string_view line);
// One line for a person, made harmless for a terminal: a sentence, or a warning or note with its
// prefix.
void print_words(std::string_view line);
void print_warning(std::string_view warning);
void print_note(std::string_view note);

// `bmauth: <name>: words; remedy` on stderr; with `is_json` {"error": {...}} on stdout instead.
void print_error(const Error& error, bool is_json);
void print_error(const CommandError& error, bool is_json);

// `text` with a question mark for everything that could drive a terminal or reorder what it shows
// (control and bidi characters, bytes that are no UTF-8).
std::string printable(std::string_view text);
// How many characters a terminal shows for it, near enough to align columns.
std::size_t width_of(std::string_view text);

// What stands in a report; empty where there is nothing.
std::string text_of(const Report& report, const std::string& pointer);

// A JSON string with its quotes.
std::string quote(std::string_view text);

// "4 min 12 s", "5 min", "2 h 5 min", "3 days": two units at most, none of them zero.
std::string duration_words(std::int64_t seconds);

// Whether stderr can show a line that is written over.
bool is_stderr_terminal();

}  // namespace bmauth::cli
