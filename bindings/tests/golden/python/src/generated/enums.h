// Generated from bindings/spec by bmauth_gen; do not edit.
// Enumerations are texts in Python.
#pragma once

#include "../arguments.h"

namespace bmauth::python {

inline EnumValue kColorValues[] = {
    {"red", BMAUTH_COLOR_RED},
    {"blue", BMAUTH_COLOR_BLUE},
};
inline constexpr EnumTable kColorTable = {kColorValues, 2};

}  // namespace bmauth::python
