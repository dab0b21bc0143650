// Generated from bindings/spec by bmauth_gen; do not edit.
// The one error table (contract, section 9).
// clang-format off
#pragma once

#include <span>

namespace bmauth::core {

// Numbers are never reused; the C ABI has the same ones.
enum class Code : int {
  kOk = 0,
  kInvalidArgument = 1,
  kBoxFull = 2,
  kInternal = 4,
};

struct CodeInfo {
  Code code;
  const char* name;
  const char* meaning;
  const char* remedy;
  bool is_retryable;  // the same call may succeed later although nobody changed anything
  int exit_status;    // of the command (contract, section 11)
};

// The row of `code`; that of `internal` for a number that the table does not know.
const CodeInfo& code_info(Code code);

// All rows, by number.
std::span<const CodeInfo> all_codes();

}  // namespace bmauth::core
