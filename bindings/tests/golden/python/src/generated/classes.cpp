// Generated from bindings/spec by bmauth_gen; do not edit.
#include "classes.h"

#include "objects.h"

namespace bmauth::python {

void add_classes(pybind11::module_& module) {
  add_class<Cancel>(module, "Cancel", "cancel", false,
     "A wish to stop.",
     cancel_slots());
  add_class<Box>(module, "Box", "box", true,
     "A box.",
     box_slots());
}

}  // namespace bmauth::python
