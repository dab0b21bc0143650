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
  kConfigInvalid = 2,
  kConfigConflict = 3,
  kConflictingRouting = 4,
  kProjectConstrained = 5,
  kUnknownProject = 6,
  kAmbiguous = 7,
  kWorkspaceUnresolved = 8,
  kNoCredentials = 9,
  kInvalidApiKey = 10,
  kCredentialNotForOrigin = 11,
  kUnauthorized = 12,
  kSubscriptionRequired = 13,
  kInsufficientScope = 14,
  kForbidden = 15,
  kScopeNotConfirmed = 16,
  kUnsupported = 17,
  kNotFound = 18,
  kAccessDenied = 19,
  kExpiredToken = 20,
  kReauthRequired = 21,
  kOauthRejected = 22,
  kLoginTimeout = 23,
  kCancelled = 24,
  kNetwork = 25,
  kTls = 26,
  kTimeout = 27,
  kRateLimited = 28,
  kServer = 29,
  kBadResponse = 30,
  kInsecureUrl = 31,
  kStoreIo = 32,
  kStorePermissions = 33,
  kStoreCorrupt = 34,
  kNotPersisted = 35,
  kLockTimeout = 36,
  kSessionExists = 37,
  kRejected = 38,
  kNetUnavailable = 39,
  kOutOfMemory = 40,
  kInternal = 41,
  kNeedsRefresh = 42,
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
