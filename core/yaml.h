// YAML, as far as a configuration needs it, read into Json values with their positions.
#pragma once

#include <span>
#include <string_view>

#include "core/error.h"
#include "core/json.h"

namespace bmauth::core {

// Reads one YAML document whose top is a mapping; an empty one is an empty object. Plain scalars
// are text, whatever they look like, but for `null`, `~` and nothing at all; names are always text.
// Nesting is at most 32 deep. Refused with line and column: duplicate names, anchors, aliases, tags
// and merge keys, several documents, and what is not UTF-8 (contract, section 3 "Config").
//
// Where `read_members` is not empty, only top-level members of these names are read. The others
// need to be well-formed YAML, may hold anchors and tags, and come out as null.
//
// A position is that of the value; for a mapping or sequence in a mapping, that of its name. The
// error has code `code`, says `what` was being read, and line and column.
Result<Json> parse_yaml(std::string_view text, std::string_view what, Code code,
                        std::span<const std::string_view> read_members = {});

}  // namespace bmauth::core
