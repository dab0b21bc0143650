// The keywords of a constructor, one setter of the C ABI each.
#pragma once

#include <Python.h>
#include <bmauth.h>

#include <cstdint>

namespace bmauth::python {

// What the package says of itself to each client that it makes, unless the program says another:
// the language and its version.
bmauth_code preset(bmauth_options* options, bmauth_error** err);

// One keyword; true also for what is not given.
bool set_text(bmauth_options* options, PyObject* value, const char* name,
              bmauth_code (*setter)(bmauth_options*, const char*, bmauth_error**));
bool set_path(bmauth_options* options, PyObject* value, const char* name,
              bmauth_code (*setter)(bmauth_options*, const char*, bmauth_error**));
bool set_flag(bmauth_options* options, PyObject* value, const char* name,
              bmauth_code (*setter)(bmauth_options*, int, bmauth_error**));
bool set_int64(bmauth_options* options, PyObject* value, const char* name,
               bmauth_code (*setter)(bmauth_options*, std::int64_t, bmauth_error**));

}  // namespace bmauth::python
