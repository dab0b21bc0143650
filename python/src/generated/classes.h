// Generated from bindings/spec by bmauth_gen; do not edit.
// Everything that the spec puts into the module.
#pragma once

#include "../classes.h"

namespace bmauth::python {

ClassSlots client_slots();
ClassSlots login_slots();
ClassSlots token_slots();
ClassSlots route_slots();
ClassSlots report_slots();
ClassSlots cancel_slots();

bool add_functions(PyObject* module);
bool is_class_name(PyObject* name);
void add_classes(pybind11::module_& module);

}  // namespace bmauth::python
