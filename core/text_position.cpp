#include "core/text_position.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kLongestPlace_bytes = 4096;

unsigned byte_at(std::string_view text, std::size_t offset) {
  return offset < text.size() ? static_cast<unsigned char>(text[offset]) : 0U;
}

bool is_continuation(unsigned byte) {
  return (byte & 0xC0U) == 0x80U;
}

// Length of the well-formed UTF-8 sequence at `offset`, 0 if there is none: the table of RFC 3629,
// section 4, so overlong forms, surrogates and what lies beyond U+10FFFF do not pass.
std::size_t sequence_length(std::string_view text, std::size_t offset) {
  const unsigned first = byte_at(text, offset);
  const unsigned second = byte_at(text, offset + 1);
  if (first < 0x80U) return 1;
  if (first >= 0xC2U && first <= 0xDFU) return is_continuation(second) ? 2 : 0;
  if (first >= 0xE0U && first <= 0xEFU) {
    const unsigned low = first == 0xE0U ? 0xA0U : 0x80U;
    const unsigned high = first == 0xEDU ? 0x9FU : 0xBFU;
    const bool is_whole =
        second >= low && second <= high && is_continuation(byte_at(text, offset + 2));
    return is_whole ? 3 : 0;
  }
  if (first >= 0xF0U && first <= 0xF4U) {
    const unsigned low = first == 0xF0U ? 0x90U : 0x80U;
    const unsigned high = first == 0xF4U ? 0x8FU : 0xBFU;
    const bool is_whole = second >= low && second <= high &&
                          is_continuation(byte_at(text, offset + 2)) &&
                          is_continuation(byte_at(text, offset + 3));
    return is_whole ? 4 : 0;
  }
  return 0;
}

bool is_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) return true;
  // Without a mark: every second byte of ASCII text is zero, and neither format begins with one.
  return text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0');
}

}  // namespace

TextCursor::TextCursor(std::string_view text) : text_(text) {
  if (text.starts_with(kByteOrderMark)) offset_ = line_start_ = kByteOrderMark.size();
}

void TextCursor::step() {
  const char passed = text_[offset_++];
  const bool is_crlf = passed == '\r' && offset_ < text_.size() && text_[offset_] == '\n';
  if (passed == '\n' || (passed == '\r' && !is_crlf)) {
    ++line_;
    line_start_ = offset_;
  }
}

void TextCursor::advance_to_byte(std::size_t offset) {
  while (offset_ < std::min(offset, text_.size())) step();
}

void TextCursor::advance_to_character(std::size_t index) {
  while (character_ < index && offset_ < text_.size()) {
    step();
    while (is_continuation(byte_at(text_, offset_))) step();
    ++character_;
  }
}

TextPosition TextCursor::position() const {
  return {line_, static_cast<std::uint32_t>(offset_ - line_start_ + 1)};
}

TextPosition position_at(std::string_view text, std::size_t offset) {
  TextCursor cursor(text);
  cursor.advance_to_byte(offset);
  return cursor.position();
}

std::string place_words(std::string_view file, TextPosition position) {
  std::string words = harmless(file, kLongestPlace_bytes);
  if (position.line != 0) {
    words += ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
  }
  return words;
}

Error fault_error(const TextFault& fault, std::string_view text, std::string_view what, Code code) {
  return make_error(code, place_words(what, position_at(text, fault.offset)) + ": " + fault.words);
}

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

std::optional<TextFault> find_encoding_fault(std::string_view text) {
  if (is_utf16(text)) return TextFault{0, "this is UTF-16 or UTF-32 text; save it as UTF-8"};
  std::size_t offset = 0;
  while (offset < text.size()) {
    // Eight plain ASCII bytes at a time: nearly all that is ever read.
    std::uint64_t word = 0;
    if (offset + sizeof word <= text.size()) {
      std::memcpy(&word, text.data() + offset, sizeof word);
      if ((word & 0x8080808080808080U) == 0) {
        offset += sizeof word;
        continue;
      }
    }
    const std::size_t length = sequence_length(text, offset);
    if (length == 0) return TextFault{offset, "this byte is not UTF-8"};
    offset += length;
  }
  return std::nullopt;
}

}  // namespace bmauth::core
