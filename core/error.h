// Errors as values: what went wrong, in the words and numbers of one table
// (bindings/spec/errors.yaml).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "core/error_table.h"  // generated: enum class Code, struct CodeInfo, code_info()

namespace bmauth::core {

// One failure. `message` is one line that names the thing concerned and adds nothing that the
// caller knows; it holds no secret and no control character. The remedy stands in the table, by
// code, unless this failure has a better one.
struct Error {
  Code code = Code::kInternal;
  std::string message;
  std::string remedy;                   // empty: the table's
  int http_status = 0;                  // 0: no HTTP answer was involved
  std::string oauth_error;              // RFC 6749 section 5.2 `error`, empty if there was none
  std::string oauth_error_description;  // the server's words, already harmless for a terminal
  std::int64_t retry_after_ms = -1;     // -1: unknown

  bool is_retryable() const { return code_info(code).is_retryable; }
};

inline Error make_error(Code code, std::string message) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  return error;
}

// A value or an Error. Test it before use: reading the wrong side is a programming error.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& operator*() & { return std::get<0>(state_); }
  const T& operator*() const& { return std::get<0>(state_); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &std::get<0>(state_); }
  const T* operator->() const { return &std::get<0>(state_); }

  Error& error() & { return std::get<1>(state_); }
  const Error& error() const& { return std::get<1>(state_); }
  Error&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

// Success without a value, or an Error.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }

  Error& error() & { return *error_; }
  const Error& error() const& { return *error_; }
  Error&& error() && { return *std::move(error_); }

 private:
  std::optional<Error> error_;
};

}  // namespace bmauth::core
