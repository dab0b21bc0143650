// Where things stand in a JSON text: what a parser that hands out values no longer knows. Needed
// for lines and columns in errors, for edits that leave all other bytes alone, and for carrying
// unknown members along as they were written.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/json_scan.h"
#include "core/text_position.h"

namespace bmauth::core {

// A member of an object: its name with the quotes, and its value.
struct MemberSpan {
  Span name;
  Span value;
};

// Why this is no JSON text that we read: the encoding, the first syntax error, or else the first
// member whose name its object had already.
std::optional<TextFault> find_json_fault(std::string_view text);

// The member that is reached from the top by these names. None: it is not there, or the text is no
// JSON.
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
