#include "core/sanitize.h"

namespace bmauth::core {
namespace {

constexpr char32_t kInvalid = 0xffffffff;
constexpr std::string_view kReplacement = "\xef\xbf\xbd";

struct Character {
  char32_t code_point;
  std::size_t size;  // in bytes; 1 if invalid
};

// RFC 3629 section 4: neither overlong forms, nor surrogates, nor anything over U+10FFFF.
Character first_character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  std::size_t size = 0;
  char32_t code_point = 0;
  char32_t smallest = 0;
  if ((lead & 0xe0) == 0xc0) {
    size = 2, code_point = lead & 0x1f, smallest = 0x80;
  } else if ((lead & 0xf0) == 0xe0) {
    size = 3, code_point = lead & 0x0f, smallest = 0x800;
  } else if ((lead & 0xf8) == 0xf0) {
    size = 4, code_point = lead & 0x07, smallest = 0x10000;
  } else {
    return {kInvalid, 1};
  }
  if (text.size() < size) return {kInvalid, 1};
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {kInvalid, 1};
    code_point = code_point << 6 | (byte(i) & 0x3f);
  }
  const bool is_surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
  if (code_point < smallest || is_surrogate || code_point > 0x10ffff) return {kInvalid, 1};
  return {code_point, size};
}

bool is_harmful(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f)  // C0, DEL, C1
         || c == 0x061c                        // Arabic letter mark
         || c == 0x180e                        // Mongolian vowel separator, invisible
         || (c >= 0x200b && c <= 0x200f)       // zero width, left-to-right and right-to-left marks
         || (c >= 0x2028 && c <= 0x202e)       // line and paragraph separators, bidi embeddings
         || (c >= 0x2060 && c <= 0x206f)       // invisible operators, bidi isolates
         || c == 0xfeff                        // byte order mark, zero width
         || (c >= 0xfff9 && c <= 0xfffb)       // interlinear annotations
         || (c >= 0xe0000 && c <= 0xe007f);    // tags
}

}  // namespace

std::string harmless(std::string_view server_words, std::size_t max_bytes) {
  std::string result;
  while (!server_words.empty()) {
    const Character next = first_character(server_words);
    const std::string_view shown =
        next.code_point == kInvalid ? kReplacement : server_words.substr(0, next.size);
    server_words.remove_prefix(next.size);
    if (next.code_point != kInvalid && is_harmful(next.code_point)) continue;
    if (result.size() + shown.size() > max_bytes) break;
    result += shown;
  }
  return result;
}

bool has_control_characters(std::string_view text) {
  while (!text.empty()) {
    const Character next = first_character(text);
    if (next.code_point == kInvalid || is_harmful(next.code_point)) return true;
    text.remove_prefix(next.size);
  }
  return false;
}

}  // namespace bmauth::core
