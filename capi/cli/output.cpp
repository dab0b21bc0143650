#include "capi/cli/output.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

namespace bmauth::cli {
namespace {

void put_line(std::FILE* stream, std::string_view line) {
  std::string whole(line);
  whole += '\n';
  std::fwrite(whole.data(), 1, whole.size(), stream);
}

bool is_stdout_good() {
  return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

std::string member(std::string_view name, std::string_view text) {
  return quote(name) + ": " + (text.empty() ? std::string("null") : quote(printable(text)));
}

// Length of the UTF-8 character that `text` starts with; 0 if it is none.
std::size_t character_length(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t length = first < 0x80                     ? 1
                             : first >= 0xC2 && first <= 0xDF ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  if (length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  }
  return length;
}

// Control characters of ASCII and Latin-1, and the marks that change the direction of text.
bool is_harmful(std::string_view character) {
  if (character.size() == 1) return character[0] < ' ' || character[0] == 0x7F;
  return (character >= "\xC2\x80" && character <= "\xC2\x9F") || character == "\xD8\x9C" ||
         (character >= "\xE2\x80\x8E" && character <= "\xE2\x80\x8F") ||
         (character >= "\xE2\x80\xA8" && character <= "\xE2\x80\xAE") ||
         (character >= "\xE2\x81\xA6" && character <= "\xE2\x81\xA9");
}

std::string error_line(const std::string& name, const std::string& message,
                       const std::string& remedy) {
  std::string line = "bmauth: " + name + ": " + message;
  if (!remedy.empty()) line += "; " + remedy;
  return line;
}

std::string error_json(const Error& error) {
  std::string json = "{\"error\": {";
  json += member("name", error.name());
  json += ", " + member("message", error.message());
  json += ", " + member("remedy", error.remedy());
  json += ", \"is_retryable\": " + std::string(error.is_retryable() ? "true" : "false");
  json += ", \"http_status\": ";
  json += error.http_status() == 0 ? "null" : std::to_string(error.http_status());
  json += ", " + member("oauth_error", error.oauth_error().value_or(""));
  json += ", " + member("oauth_error_description", error.oauth_error_description().value_or(""));
  json += ", \"retry_after_ms\": ";
  json += error.retry_after_ms() < 0 ? "null" : std::to_string(error.retry_after_ms());
  return json + "}}";
}

std::string error_json(const CommandError& error) {
  return "{\"error\": {" + member("name", code_name(error.code())) + ", " +
         member("message", error.what()) + ", " + member("remedy", error.remedy()) +
         ", \"is_retryable\": false, \"http_status\": null, \"oauth_error\": null, "
         "\"oauth_error_description\": null, \"retry_after_ms\": null}}";
}

// A machine that cannot be reached leaves the person.
void put_error(const std::string& json, const std::string& line, bool is_json) {
  if (is_json) {
    put_line(stdout, json);
    if (is_stdout_good()) return;
  }
  print_words(line);
}

}  // namespace

void claim_standard_streams() {
  signal(SIGPIPE, SIG_IGN);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    // Read-only: what is printed to a closed stdout is to fail, not to vanish.
    const int mode = descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY;
    if (open("/dev/null", mode | O_CLOEXEC) != descriptor) std::_Exit(1);
  }
}

void print_data(std::string_view line) {
  put_line(stdout, line);
  if (!is_stdout_good()) {
    throw CommandError(Code::kStoreIo, "standard output does not take the data",
                       "Check where it goes: it may be closed, or its disk full.");
  }
}

void print_words(std::string_view line) {
  put_line(stderr, printable(line));
}

void print_warning(std::string_view warning) {
  print_words("bmauth: warning: " + std::string(warning));
}

void print_note(std::string_view note) {
  print_words("bmauth: note: " + std::string(note));
}

void print_error(const Error& error, bool is_json) {
  put_error(error_json(error), error_line(error.name(), error.message(), error.remedy()), is_json);
}

void print_error(const CommandError& error, bool is_json) {
  put_error(error_json(error),
            error_line(std::string(code_name(error.code())), error.what(), error.remedy()),
            is_json);
}

std::string printable(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
    if (length == 0 || is_harmful(character)) {
      safe += '?';
    } else {
      safe += character;
    }
    text.remove_prefix(character.size());
  }
  return safe;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string text_of(const Report& report, const std::string& pointer) {
  return std::string(report.text(pointer).value_or(""));
}

std::string quote(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      quoted += escape;
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string duration_words(std::int64_t seconds) {
  const auto two = [](std::int64_t large, const char* large_unit, std::int64_t small,
                      const char* small_unit) {
    const std::string words = std::to_string(large) + large_unit;
    return small == 0 ? words : words + " " + std::to_string(small) + small_unit;
  };
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600) return two(seconds / 60, " min", seconds % 60, " s");
  if (seconds < 86400) return two(seconds / 3600, " h", seconds % 3600 / 60, " min");
  return std::to_string(seconds / 86400) + (seconds < 2 * 86400 ? " day" : " days");
}

bool is_stderr_terminal() {
  const char* terminal = std::getenv("TERM");
  return isatty(STDERR_FILENO) == 1 && terminal != nullptr && std::string_view(terminal) != "dumb";
}

}  // namespace bmauth::cli
