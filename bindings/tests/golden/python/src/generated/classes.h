// Generated from bindings/spec by bmauth_gen; do not edit.
// Everything that the spec puts into the module.
#pragma once

#include "../classes.h"

namespace bmauth::python {

ClassSlots cancel_slots();
ClassSlots box_slots();

bool add_functions(PyObject* module);
bool is_class_name(PyObject* name);
void add_classes(pybind11::module_& module);

}  // namespace bmauth::python
