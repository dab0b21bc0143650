// bmauth._native: the functions of the C ABI, its classes and exceptions, and the core itself.
//
// An import costs little: exceptions and classes, and with them pybind11, are made when a name is
// first asked for.
#include <pybind11/pybind11.h>

#include <new>

#include "arguments.h"
#include "errors.h"
#include "generated/classes.h"
#include "generated/objects.h"
#include "header.h"
#include "values.h"

namespace bmauth::python {
namespace {

bool make_classes(PyObject* module) {
  try {
    auto known = pybind11::reinterpret_borrow<pybind11::module_>(module);
    add_classes(known);
    return true;
  } catch (pybind11::error_already_set& error) {
    error.restore();
  } catch (const std::bad_alloc&) {
    PyErr_NoMemory();
  } catch (const std::exception& exception) {
    PyErr_SetString(PyExc_ImportError, exception.what());
  }
  return false;
}

// The module's __getattr__: asked for what is not there yet.
PyObject* find_name(PyObject* module, PyObject* name) {
  if (!PyUnicode_Check(name)) return PyErr_Format(PyExc_TypeError, "a name is a str");
  PyObject* error_type = find_error_type(name);
  if (error_type != nullptr || PyErr_Occurred() != nullptr) return error_type;
  static bool is_made = false;
  if (!is_made && is_class_name(name)) {
    is_made = true;
    return make_classes(module) ? PyObject_GetAttr(module, name) : nullptr;
  }
  return PyErr_Format(PyExc_AttributeError, "module 'bmauth._native' has no attribute %R", name);
}

PyMethodDef own_functions[] = {
    {"__getattr__", find_name, METH_O, nullptr},
    {"error_names", error_names, METH_NOARGS, "The names of all subclasses of Error."},
    {"add_header_methods", add_header_methods, METH_O, "For the package's own Client."},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "_native",
                          "The C ABI of bmauth.",
                          -1,
                          own_functions,
                          nullptr,
                          nullptr,
                          nullptr,
                          nullptr};

}  // namespace
}  // namespace bmauth::python

// NOLINTBEGIN(bugprone-reserved-identifier): the interpreter makes the name from the module's
PyMODINIT_FUNC PyInit__native();
PyMODINIT_FUNC PyInit__native() {
  // NOLINTEND(bugprone-reserved-identifier)
  using namespace bmauth::python;
  if (PyInterpreterState_Get() != PyInterpreterState_Main()) {
    PyErr_SetString(PyExc_ImportError, "bmauth works in the main interpreter alone");
    return nullptr;
  }
  PyObject* module = PyModule_Create(&definition);
  if (module == nullptr || !add_errors(module) || !add_functions(module)) {
    Py_XDECREF(module);
    return nullptr;
  }
  return module;
}
