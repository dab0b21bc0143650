// The exception tree: bmauth.Error, and a subclass for each row of the error table that is made
// when it is first asked for.
#pragma once

#include <Python.h>
#include <bmauth.h>

namespace bmauth::python {

struct ErrorName {
  bmauth_code code;
  const char* name;    // of the class
  PyObject** also_is;  // a further base among Python's own exceptions, or nullptr
};

bool add_errors(PyObject* module);  // Error alone
// The class of that name, a new reference; nullptr without an exception if there is none.
PyObject* find_error_type(PyObject* name);
PyObject* error_names(PyObject* module, PyObject* unused);

// Raises what `error` says and frees it; nullptr, for `return raise(error)`.
PyObject* raise(bmauth_error* error);
// InvalidArgumentError, which is a ValueError, found by the package itself; no value goes into it.
PyObject* raise_invalid_argument(const char* format, ...) __attribute__((format(printf, 1, 2)));

}  // namespace bmauth::python
