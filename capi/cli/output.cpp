#include "capi/cli/output.h"

#include <unistd.h>

#include <cstdio>

namespace bmauth::cli {
namespace {

void put_line(std::FILE* stream, std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), stream);
  std::fputc('\n', stream);
}

std::string member(std::string_view name, std::string_view text) {
  return quote(name) + ": " + (text.empty() ? std::string("null") : quote(text));
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

}  // namespace

void print_data(std::string_view line) {
  put_line(stdout, line);
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    throw Error(Code::kStoreIo, "standard output does not take the data");
  }
}

void print_words(std::string_view line) {
  put_line(stderr, line);
}

void print_warning(std::string_view warning) {
  print_words("bmauth: warning: " + std::string(warning));
}

void print_error(const Error& error, bool is_json) {
  if (is_json) {
    put_line(stdout, error_json(error));
    std::fflush(stdout);
    return;
  }
  std::string line = "bmauth: " + error.name() + ": " + error.message();
  if (!error.remedy().empty()) line += "; " + error.remedy();
  print_words(line);
}

void print_usage_error(std::string_view words, bool is_json) {
  print_error(Error(Code::kInvalidArgument, std::string(words)), is_json);
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
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600)
    return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
  if (seconds < 86400) {
    return std::to_string(seconds / 3600) + " h " + std::to_string(seconds % 3600 / 60) + " min";
  }
  return std::to_string(seconds / 86400) + (seconds < 2 * 86400 ? " day" : " days");
}

bool is_stderr_terminal() {
  return isatty(STDERR_FILENO) == 1;
}

}  // namespace bmauth::cli
