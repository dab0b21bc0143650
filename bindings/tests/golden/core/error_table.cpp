// Generated from bindings/spec by bmauth_gen; do not edit.
// clang-format off
#include "core/error_table.h"

namespace bmauth::core {
namespace {

constexpr CodeInfo kRows[] = {
    {Code::kOk, "ok",
     "Success.",
     "Nothing to do.",
     false, 0},
    {Code::kInvalidArgument, "invalid_argument",
     "A value is wrong.",
     "Correct it.",
     false, 2},
    {Code::kBoxFull, "box_full",
     "The box is full.",
     "Take \"something\" out.",
     true, 5},
    {Code::kInternal, "internal",
     "A fault in the library.",
     "Report it.",
     false, 1},
};

constexpr const CodeInfo& kUnknown = kRows[3];

}  // namespace

const CodeInfo& code_info(Code code) {
  for (const CodeInfo& row : kRows) {
    if (row.code == code) return row;
  }
  return kUnknown;
}

std::span<const CodeInfo> all_codes() { return kRows; }

}  // namespace bmauth::core
