// Generated from bindings/spec by bmauth_gen; do not edit.
#include "classes.h"

#include "objects.h"

namespace bmauth::python {

bool is_class_name(PyObject* name) {
  for (const char* known : {"Client", "Login", "Token", "Route", "Report", "Cancel"}) {
    if (PyUnicode_CompareWithASCIIString(name, known) == 0) return true;
  }
  return false;
}

void add_classes(pybind11::module_& module) {
  add_class<Client>(module, "Client", "client", false,
     "Settings, session and connections of one data directory.",
     client_slots());
  add_class<Login>(module, "Login", "login", true,
     "A login in progress (RFC 8628).",
     login_slots());
  add_class<Token>(module, "Token", "token", false,
     "A credential for one use, and the headers that carry it.",
     token_slots());
  add_class<Route>(module, "Route", "route", false,
     "Where a project's requests go, and why.",
     route_slots());
  add_class<Report>(module, "Report", "report", false,
     "A JSON document with look-ups.",
     report_slots());
  add_class<Cancel>(module, "Cancel", "cancel", false,
     "A wish to stop, triggered from any thread.",
     cancel_slots());
}

}  // namespace bmauth::python
