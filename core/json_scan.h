// Walking through a JSON text by the grammar of RFC 8259, without building anything.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

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

// Follows a scan. `depth` is the number of objects and arrays around the thing.
class JsonVisitor {
 public:
  virtual ~JsonVisitor() = default;
  virtual void on_begin(std::size_t /*depth*/, bool /*is_object*/) {}
  // False ends the scan with a fault: "duplicate member", at the name.
  virtual bool on_name(std::size_t /*depth*/, Span /*name*/) { return true; }
  virtual void on_value(std::size_t /*depth*/, Span /*value*/) {}  // containers when they end
};

// Reads one JSON text by the grammar of RFC 8259, nested at most kMaxJsonDepth deep, a byte order
// mark passed over. Answers with the first fault. Encoding is not looked at (find_encoding_fault).
std::optional<TextFault> scan_json(std::string_view text, JsonVisitor& visitor);

// The characters of a string literal, given with its quotes. It must be well-formed.
std::string unquote_json(std::string_view literal);

}  // namespace bmauth::core
