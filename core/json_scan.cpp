#include "core/json_scan.h"

#include <vector>

#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::size_t kLongestName_bytes = 80;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The four hex digits at `offset`, or -1.
int read_code_unit(std::string_view text, std::size_t offset) {
  if (offset + 4 > text.size()) return -1;
  int unit = 0;
  for (std::size_t i = offset; i < offset + 4; ++i) {
    const int digit = hex_value(text[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

bool is_high_surrogate(int unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(int unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

// The grammar, one function per rule. Containers are kept on a stack of our own, so a hostile text
// costs no call stack.
class Scanner {
 public:
  Scanner(std::string_view text, JsonVisitor& visitor)
      : text_(text), visitor_(visitor), at_(text.size() - without_byte_order_mark(text).size()) {}

  std::optional<TextFault> scan() {
    skip_space();
    if (at_ == text_.size()) return TextFault{at_, "the text is empty"};
    while (!fault_ && scan_value()) {
    }
    if (fault_) return fault_;
    skip_space();
    if (at_ < text_.size()) fail("something follows the end of the JSON text");
    return fault_;
  }

 private:
  struct Container {
    std::size_t begin;
    bool is_object;
  };

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_space() {
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos)
      ++at_;
  }

  bool fail(std::string words) {
    if (!fault_) {
      fault_ = TextFault{at_, at_ >= text_.size() ? "the text ends early" : std::move(words)};
    }
    return false;
  }

  // One value or the start of a container, and all ends that follow it. False: the text is
  // complete.
  bool scan_value() {
    const char first = peek();
    if (first == '{' || first == '[') return open(first == '{');
    const std::size_t begin = at_;
    bool is_well_formed = false;
    if (first == '"') {
      is_well_formed = scan_string();
    } else if (first == '-' || is_digit(first)) {
      is_well_formed = scan_number();
    } else {
      is_well_formed = scan_word("true") || scan_word("false") || scan_word("null") ||
                       fail("a value is expected");
    }
    return is_well_formed && end_value(begin);
  }

  bool open(bool is_object) {
    if (stack_.size() == kMaxJsonDepth) {
      return fail("nested more than " + std::to_string(kMaxJsonDepth) + " deep");
    }
    visitor_.on_begin(stack_.size(), is_object);
    stack_.push_back({at_, is_object});
    ++at_;
    skip_space();
    if (peek() == (is_object ? '}' : ']')) return close();
    return is_object ? scan_name() : true;
  }

  bool close() {
    const std::size_t begin = stack_.back().begin;
    stack_.pop_back();
    ++at_;
    return end_value(begin);
  }

  bool end_value(std::size_t begin) {
    while (true) {
      visitor_.on_value(stack_.size(), {begin, at_});
      if (stack_.empty()) return false;
      skip_space();
      const bool is_object = stack_.back().is_object;
      if (peek() == ',') {
        ++at_;
        skip_space();
        return is_object ? scan_name() : true;
      }
      if (peek() != (is_object ? '}' : ']')) {
        return fail(is_object ? "',' or '}' is expected" : "',' or ']' is expected");
      }
      begin = stack_.back().begin;
      stack_.pop_back();
      ++at_;
    }
  }

  bool scan_name() {
    if (peek() != '"') return fail("a member name in double quotes is expected");
    const std::size_t begin = at_;
    if (!scan_string()) return false;
    if (!visitor_.on_name(stack_.size(), {begin, at_})) {
      const std::string name = unquote_json(text_.substr(begin, at_ - begin));
      fault_ = TextFault{begin, "duplicate member '" + harmless(name, kLongestName_bytes) + "'"};
      return false;
    }
    skip_space();
    if (peek() != ':') return fail("':' is expected");
    ++at_;
    skip_space();
    return true;
  }

  bool scan_word(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  bool scan_string() {
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (static_cast<unsigned char>(c) < 0x20) return fail("a control character in a string");
      if (c == '\\' && !scan_escape()) return false;
    }
    return fail("");
  }

  // Leaves at_ on the last character of the escape. Lone surrogates stand for no character (section
  // 8.2) and are refused.
  bool scan_escape() {
    const std::size_t begin = at_++;
    if (peek() != 'u') {
      return std::string_view("\"\\/bfnrt").find(peek()) != std::string_view::npos ||
             fail("an unknown escape in a string");
    }
    const int unit = read_code_unit(text_, at_ + 1);
    if (unit < 0) return fail("'\\u' needs four hex digits");
    at_ += 4;
    if (!is_high_surrogate(unit) && !is_low_surrogate(unit)) return true;
    const bool is_pair = is_high_surrogate(unit) && text_.substr(at_ + 1, 2) == "\\u" &&
                         is_low_surrogate(read_code_unit(text_, at_ + 3));
    if (!is_pair) {
      at_ = begin;
      return fail("half of a surrogate pair in a string");
    }
    at_ += 6;
    return true;
  }

  bool scan_digits() {
    if (!is_digit(peek())) return fail("a digit is expected");
    while (is_digit(peek())) ++at_;
    return true;
  }

  bool scan_number() {
    if (peek() == '-') ++at_;
    if (peek() == '0') {
      ++at_;
      if (is_digit(peek())) return fail("a number must not begin with 0");
    } else if (!scan_digits()) {
      return false;
    }
    if (peek() == '.') {
      ++at_;
      if (!scan_digits()) return false;
    }
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!scan_digits()) return false;
    }
    return true;
  }

  std::string_view text_;
  JsonVisitor& visitor_;
  std::size_t at_;
  std::vector<Container> stack_;
  std::optional<TextFault> fault_;
};

void append_utf8(std::string& out, unsigned code_point) {
  const auto append = [&out](unsigned byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80U) {
    append(code_point);
  } else if (code_point < 0x800U) {
    append(0xC0U | code_point >> 6U);
    append(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000U) {
    append(0xE0U | code_point >> 12U);
    append(0x80U | (code_point >> 6U & 0x3FU));
    append(0x80U | (code_point & 0x3FU));
  } else {
    append(0xF0U | code_point >> 18U);
    append(0x80U | (code_point >> 12U & 0x3FU));
    append(0x80U | (code_point >> 6U & 0x3FU));
    append(0x80U | (code_point & 0x3FU));
  }
}

}  // namespace

std::optional<TextFault> scan_json(std::string_view text, JsonVisitor& visitor) {
  return Scanner(text, visitor).scan();
}

std::string unquote_json(std::string_view literal) {
  const std::string_view body = literal.substr(1, literal.size() - 2);
  std::string out;
  out.reserve(body.size());
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\') {
      out += body[i];
      continue;
    }
    const char escaped = body[++i];
    if (escaped != 'u') {
      const std::size_t control = std::string_view("bfnrt").find(escaped);
      out += control == std::string_view::npos ? escaped : "\b\f\n\r\t"[control];
      continue;
    }
    auto code_point = static_cast<unsigned>(read_code_unit(body, i + 1));
    i += 4;
    if (is_high_surrogate(static_cast<int>(code_point))) {
      const auto low = static_cast<unsigned>(read_code_unit(body, i + 3));
      code_point = 0x10000U + ((code_point - 0xD800U) << 10U) + (low - 0xDC00U);
      i += 6;
    }
    append_utf8(out, code_point);
  }
  return out;
}

}  // namespace bmauth::core
