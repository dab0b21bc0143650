#include "arguments.h"

#include <cmath>

namespace bmauth::node {
namespace {

constexpr double kLargestWhole = 9007199254740991.0;  // 2^53 - 1: beyond it numbers have gaps

void append_utf8(std::string& text, char32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | c >> 6);
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | c >> 12);
    text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | c >> 18);
    text += static_cast<char>(0x80 | (c >> 12 & 0x3F));
    text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  }
}

bool is_high(char16_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}

bool is_low(char16_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

}  // namespace

std::string text_of(const Napi::Value& value, const char* name) {
  const std::string named = name;
  if (!value.IsString()) throw argument_type_error(value.Env(), named + " must be a string");
  // As UTF-16, because V8's own UTF-8 replaces what is malformed without a word.
  const std::u16string units = value.As<Napi::String>().Utf16Value();
  std::string text;
  text.reserve(units.size());
  for (std::size_t index = 0; index < units.size(); ++index) {
    char32_t c = units[index];
    if (c == 0) throw argument_range_error(value.Env(), named + " must not contain NUL");
    if (is_high(units[index]) && index + 1 < units.size() && is_low(units[index + 1])) {
      c = 0x10000 + ((c - 0xD800) << 10) + (units[++index] - 0xDC00);
    } else if (is_high(units[index]) || is_low(units[index])) {
      throw argument_range_error(value.Env(), named + " must not contain a lone surrogate");
    }
    append_utf8(text, c);
  }
  return text;
}

std::int64_t number_of(const Napi::Value& value, const char* name) {
  const std::string named = name;
  if (!value.IsNumber()) throw argument_type_error(value.Env(), named + " must be a number");
  const double number = value.As<Napi::Number>().DoubleValue();
  if (std::trunc(number) != number || std::fabs(number) > kLargestWhole) {
    throw argument_range_error(value.Env(), named + " must be a whole number");
  }
  return static_cast<std::int64_t>(number);
}

bool truth_of(const Napi::Value& value, const char* name) {
  if (!value.IsBoolean()) {
    throw argument_type_error(value.Env(), std::string(name) + " must be a boolean");
  }
  return value.As<Napi::Boolean>().Value();
}

std::int32_t choice_of(const Napi::Value& value, const char* name,
                       std::span<const Choice> choices) {
  std::string message = std::string(name) + " must be ";
  for (const Choice& choice : choices) {
    if (&choice != choices.data()) message += &choice == &choices.back() ? " or " : ", ";
    message += std::string("'") + choice.name + "'";
  }
  if (!value.IsString()) throw argument_type_error(value.Env(), message);
  const std::string text = value.As<Napi::String>().Utf8Value();
  for (const Choice& choice : choices) {
    if (text == choice.name) return choice.number;
  }
  throw argument_range_error(value.Env(), message);
}

}  // namespace bmauth::node
