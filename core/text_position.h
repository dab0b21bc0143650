// From byte offsets to the lines and columns that an editor shows, and whether a text is UTF-8 at
// all.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/json.h"

namespace bmauth::core {

// Walks forward through a text. CR LF, LF and CR alone each end a line, as editors count; U+0085
// and U+2028 do not. Columns are bytes from 1; a leading byte order mark counts for nothing.
class TextCursor {
 public:
  explicit TextCursor(std::string_view text);

  void advance_to_byte(std::size_t offset);
  // To the character with this number, counted from 0 behind the byte order mark.
  void advance_to_character(std::size_t index);

  std::size_t offset() const { return offset_; }
  TextPosition position() const;

 private:
  void step();

  std::string_view text_;
  std::size_t offset_ = 0;
  std::size_t character_ = 0;
  std::size_t line_start_ = 0;
  std::uint32_t line_ = 1;
};

TextPosition position_at(std::string_view text, std::size_t offset);

// "file:line:column", or the file alone where the position is unknown. Safe to show.
std::string place_words(std::string_view file, TextPosition position);

// Something wrong at a byte of a text.
struct TextFault {
  std::size_t offset = 0;
  std::string words;
};

Error fault_error(const TextFault& fault, std::string_view text, std::string_view what, Code code);

// Behind the byte order mark, if there is one.
std::string_view without_byte_order_mark(std::string_view text);

// The first byte that keeps this text from being UTF-8 (RFC 3629), in words; UTF-16 is named as
// such.
std::optional<TextFault> find_encoding_fault(std::string_view text);

}  // namespace bmauth::core
