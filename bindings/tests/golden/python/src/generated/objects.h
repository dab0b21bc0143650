// Generated from bindings/spec by bmauth_gen; do not edit.
// One owning type for each handle that is a class in Python.
#pragma once

#include "../objects.h"

namespace bmauth::python {

struct Cancel : Owned<bmauth_cancel, bmauth_cancel_free> {};
struct Box : Owned<bmauth_box, bmauth_box_free> {};

}  // namespace bmauth::python
