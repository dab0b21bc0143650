// Generated from bindings/spec by bmauth_gen; do not edit.
// Enumerations are texts in Python.
#pragma once

#include "../arguments.h"

namespace bmauth::python {

inline EnumValue kPollStateValues[] = {
    {"pending", BMAUTH_LOGIN_PENDING},
    {"done", BMAUTH_LOGIN_DONE},
};
inline constexpr EnumTable kPollStateTable = {kPollStateValues, 2};

inline EnumValue kOverrideValues[] = {
    {"none", BMAUTH_OVERRIDE_NONE},
    {"local", BMAUTH_OVERRIDE_LOCAL},
    {"cloud", BMAUTH_OVERRIDE_CLOUD},
};
inline constexpr EnumTable kOverrideTable = {kOverrideValues, 3};

inline EnumValue kModeValues[] = {
    {"local", BMAUTH_MODE_LOCAL},
    {"cloud", BMAUTH_MODE_CLOUD},
};
inline constexpr EnumTable kModeTable = {kModeValues, 2};

inline EnumValue kPurposeValues[] = {
    {"project", BMAUTH_PURPOSE_PROJECT},
    {"account", BMAUTH_PURPOSE_ACCOUNT},
};
inline constexpr EnumTable kPurposeTable = {kPurposeValues, 2};

}  // namespace bmauth::python
