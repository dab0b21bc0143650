// Generated from bindings/spec by bmauth_gen; do not edit.
#include "classes.h"

#include "objects.h"

namespace bmauth::python {

bool is_class_name(PyObject* name) {
  for (const char* known : {"Cancel", "Box"}) {
    if (PyUnicode_CompareWithASCIIString(name, known) == 0) return true;
  }
  return false;
}

void add_classes(pybind11::module_& module) {
  add_class<Cancel>(module, "Cancel", "cancel", false,
     "A wish to stop.",
     cancel_slots());
  add_class<Box>(module, "Box", "box", true,
     "A box.",
     box_slots());
}

}  // namespace bmauth::python
