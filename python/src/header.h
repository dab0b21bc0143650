// The one method that is written by hand: see header.cpp.
#pragma once

#include <Python.h>

namespace bmauth::python {

PyObject* client_header(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names);

}  // namespace bmauth::python
