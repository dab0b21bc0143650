// Where things stand in a JSON text: what a parser that hands out values no longer knows. Needed for
// lines and columns in errors, for edits that leave all other bytes alone, and for carrying unknown
// members along as they were written.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text_position.h"

namespace bmauth::core {

// Nesting that is still read, objects and arrays together.
inline constexpr std::size_t kMaxJsonDepth = 32;

// Bytes [begin, end) of a text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

// A member of an object: its name with the quotes, and its value.
struct MemberSpan {
  Span name;
  Span value;
};

// Follows a scan. `depth` is the number of objects and arrays around the thing.
class JsonVisitor {
 public:
  virtual ~JsonVisitor() = default;
  virtual void on_begin(std::size_t /*depth*/, bool /*is_object*/) {}
  // False ends the scan with a fault: "duplicate member", at the name.
  virtual bool on_name(std::size_t /*depth*/, Span /*name*/) { return true; }
  virtual void on_value(std::size_t /*depth*/, Span /*value*/) {}  // containers when they end
};

// Reads one JSON text by the grammar of RFC 8259, nested at most kMaxJsonDepth deep, a byte order mark
// passed over. Answers with the first fault. Encoding is not looked at (find_encoding_fault).
std::optional<TextFault> scan_json(std::string_view text, JsonVisitor& visitor);

// Why this is no JSON text that we read: the encoding, the first syntax error, or else the first member
// whose name its object had already.
std::optional<TextFault> find_json_fault(std::string_view text);

// The characters of a string literal, given with its quotes. It must be well-formed.
std::string unquote_json(std::string_view literal);

// The member that is reached from the top by these names. None: it is not there, or the text is no JSON.
std::optional<MemberSpan> find_member_span(std::string_view text,
                                           const std::vector<std::string_view>& path);

// The members of the object that the text is, in its order. Empty if it is no object or no JSON.
std::vector<MemberSpan> top_level_members(std::string_view text);

// Numbers that simdjson refuses although RFC 8259, section 6, allows them.
struct LargeNumber {
  Span span;
  bool is_beyond_double = false;  // else: an integer beyond 64 bits that a double can hold roughly
};
std::vector<LargeNumber> find_large_numbers(std::string_view text);

}  // namespace bmauth::core
