// What a credential is for, from the caller's number.
#pragma once

#include "bmauth.h"
#include "core/credential.h"
#include "core/error.h"

namespace bmauth::capi {

inline bool is_purpose(int32_t number) {
  return number == BMAUTH_PURPOSE_PROJECT || number == BMAUTH_PURPOSE_ACCOUNT;
}

// Of a number that is one.
inline core::Purpose known_purpose(int32_t number) {
  return number == BMAUTH_PURPOSE_PROJECT ? core::Purpose::kProject : core::Purpose::kAccount;
}

inline core::Result<core::Purpose> purpose_of(int32_t number) {
  if (is_purpose(number)) return known_purpose(number);
  return core::make_error(core::Code::kInvalidArgument, "purpose is no bmauth_purpose");
}

}  // namespace bmauth::capi
