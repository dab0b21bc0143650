// JSON values: reading (simdjson does the parsing) and writing. YAML is read into the same values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/error.h"

namespace bmauth::core {

// Where a value stood in its file; 0 means unknown. Lines and columns count from 1, columns in
// bytes.
struct TextPosition {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;  // in the order of the text

  Json() = default;  // null
  Json(bool value) : value_(value) {}
  Json(std::int64_t value) : value_(value) {}
  Json(int value) : value_(static_cast<std::int64_t>(value)) {}
  Json(double value) : value_(value) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const double* number() const { return std::get_if<double>(&value_); }  // not an integer
  const std::string* string() const { return std::get_if<std::string>(&value_); }
  std::string* string() { return std::get_if<std::string>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }
  Array* array() { return std::get_if<Array>(&value_); }
  Object* object() { return std::get_if<Object>(&value_); }

  // Member `name` of an object; null pointer if this is no object or has no such member.
  const Json* find(std::string_view name) const;
  // Adds or replaces a member; makes a null value an object first.
  Json& set(std::string_view name, Json value);
  // RFC 6901. Null pointer if nothing is there.
  const Json* at_pointer(std::string_view pointer) const;

  // Compact by default; indented by two spaces for people. Control characters are escaped, all else
  // is UTF-8 as it came.
  std::string dump(bool is_indented = false) const;

  TextPosition position;  // filled by the YAML reader; JSON finds it on demand (json_spans.h)

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

// Parses one JSON text (RFC 8259): UTF-8, a leading BOM is passed over, depth at most 32, members
// of one object at most once by name, numbers beyond double read as null. The error has code
// `code`, says `what` was being read, and line and column.
Result<Json> parse_json(std::string_view text, std::string_view what, Code code);

// A number, or a text that holds one and nothing else: answers of servers have either. Nothing:
// neither, or beyond double.
std::optional<double> number_in(const Json* json);
// Of a number as JSON spells it.
std::optional<double> parse_number(std::string_view text);

// Overwrites every string in the tree: for trees that were read from a file with tokens or keys.
void wipe_strings(Json& json);

}  // namespace bmauth::core
