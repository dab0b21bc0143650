#include "objects.h"

#include <pybind11/pybind11.h>

#include <cstring>

#include "classes.h"
#include "errors.h"

namespace bmauth::python {
namespace {

Held* found_in(PyObject* self, const Class& type) {
  auto* instance = reinterpret_cast<pybind11::detail::instance*>(self);
  void* value = instance->simple_layout ? instance->simple_value_holder[0]
                                        : instance->get_value_and_holder(type.info).value_ptr();
  return static_cast<Held*>(value);
}

// What a user of the package knows by this name: a subclass of ours, or our class itself.
PyTypeObject* shown_class(Class& type) {
  if (type.shown != nullptr) return type.shown;
  PyObject* package = PyImport_ImportModule("bmauth");
  PyObject* found = package ? PyObject_GetAttrString(package, type.name) : nullptr;
  Py_XDECREF(package);
  if (found == nullptr) return nullptr;
  if (!PyType_Check(found) ||
      !PyType_IsSubtype(reinterpret_cast<PyTypeObject*>(found), type.type)) {
    PyErr_Format(PyExc_TypeError, "bmauth.%s is not the package's own class", type.name);
    Py_DECREF(found);
    return nullptr;
  }
  type.shown = reinterpret_cast<PyTypeObject*>(found);
  return type.shown;
}

const char* short_name(PyObject* self) {
  const char* name = Py_TYPE(self)->tp_name;
  const char* dot = std::strrchr(name, '.');
  return dot == nullptr ? name : dot + 1;
}

}  // namespace

Held* peek_in(PyObject* self, const Class& type) {
  Held* held = found_in(self, type);
  if (held == nullptr || held->handle == nullptr) {
    raise_invalid_argument("%s was never made: __init__ did not run", type.word);
    return nullptr;
  }
  return held;
}

Held* held_in(PyObject* self, const Class& type) {
  Held* held = peek_in(self, type);
  if (held != nullptr && held->is_in_use) {
    raise_invalid_argument("%s is in use by a running call", type.word);
    return nullptr;
  }
  return held;
}

PyObject* make_object(Class& type, void* handle, const std::shared_ptr<Held>& maker) {
  PyTypeObject* shown = shown_class(type);
  PyObject* instance = shown ? pybind11::detail::make_new_instance(shown) : nullptr;
  if (instance == nullptr) return nullptr;
  try {
    type.fill(instance, handle, maker);
  } catch (const std::bad_alloc&) {
    Py_DECREF(instance);
    return PyErr_NoMemory();
  }
  return instance;
}

bool is_empty(PyObject* self, const Class& type) {
  if (found_in(self, type) == nullptr) return true;
  raise_invalid_argument("%s was made already", type.word);
  return false;
}

int visit_check(PyObject* self, visitproc visit, void* arg) {
  Py_VISIT(Py_TYPE(self));
  const Held* held = simple_held(self);
  if (held != nullptr) Py_VISIT(held->check);
  return 0;
}

int clear_check(PyObject* self) {
  Held* held = simple_held(self);
  if (held != nullptr) Py_CLEAR(held->check);
  return 0;
}

PyObject* refuse_reduce(PyObject* self, PyObject*) {
  return PyErr_Format(PyExc_TypeError, "a %s cannot be pickled or copied", short_name(self));
}

int refuse_init(PyObject* self, PyObject*, PyObject*) {
  PyErr_Format(PyExc_TypeError, "a %s is made by calls, not by its class", short_name(self));
  return -1;
}

}  // namespace bmauth::python
