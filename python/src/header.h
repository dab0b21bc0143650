// The methods that are written by hand: see header.cpp.
#pragma once

#include <Python.h>

namespace bmauth::python {

// Gives a subclass of Client the methods header and fresh_header. The interpreter calls a C method
// without a detour only on objects of the very class that the method was made for.
PyObject* add_header_methods(PyObject* module, PyObject* type);

}  // namespace bmauth::python
