// Words from a server, made fit for a terminal, a log line and an error message (promise N7).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace bmauth::core {

// `server_words` on one line: control characters (C0, C1, DEL), line and paragraph separators, and
// characters that reorder or hide text (bidi controls, zero-width and tag characters) are dropped,
// bytes that are not UTF-8 become U+FFFD, and the result is cut between two characters to
// `max_bytes`.
std::string harmless(std::string_view server_words, std::size_t max_bytes);

// True if harmless() would drop or replace anything: such a URI is never shown and never opened.
bool has_control_characters(std::string_view text);

}  // namespace bmauth::core
