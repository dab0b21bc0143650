// From C values to Python's.
#pragma once

#include <Python.h>

#include <cstddef>
#include <cstdint>

#include "arguments.h"

namespace bmauth::python {

PyObject* text_or_none(const char* text);
PyObject* text_of(const EnumTable& table, std::int32_t number);
PyObject* number_or_none(std::int64_t number, std::int64_t absent);

// Adds to a list or a dict and drops its own references; false with an exception.
bool append(PyObject* list, PyObject* item);
bool insert(PyObject* dict, PyObject* name, PyObject* value);
bool set_fact(PyObject* dict, const char* name, PyObject* value);
bool set_attribute(PyObject* object, const char* name, PyObject* value);

// Several results of one call, as a tuple.
template <class... Values>
PyObject* pack(Values... values) {
  PyObject* tuple =
      (... && (values != nullptr)) ? PyTuple_Pack(sizeof...(values), values...) : nullptr;
  (Py_XDECREF(values), ...);
  return tuple;
}

template <class H>
PyObject* list_of(const H* handle, std::int64_t (*count)(const H*),
                  const char* (*item)(const H*, std::int64_t)) {
  PyObject* found = PyList_New(0);
  for (std::int64_t index = 0; found != nullptr && index < count(handle); ++index) {
    if (!append(found, text_or_none(item(handle, index)))) Py_CLEAR(found);
  }
  return found;
}

template <class H>
PyObject* dict_of(const H* handle, std::int64_t (*count)(const H*),
                  const char* (*name)(const H*, std::int64_t),
                  const char* (*value)(const H*, std::int64_t)) {
  PyObject* found = PyDict_New();
  for (std::int64_t index = 0; found != nullptr && index < count(handle); ++index) {
    if (!insert(found, text_or_none(name(handle, index)), text_or_none(value(handle, index)))) {
      Py_CLEAR(found);
    }
  }
  return found;
}

// Keeps a callable or nothing instead of what is there.
void keep_callback(PyObject*& place, PyObject* callable);

// A method table's type has no room for keywords.
inline PyCFunction as_function(PyObject* (*function)(PyObject*, PyObject* const*, Py_ssize_t,
                                                     PyObject*)) {
  return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

// What repr() shows of an object: never a secret.
struct Fact {
  const char* name;
  getter get;
};

PyObject* describe(PyObject* self, const Class& type, const Fact* facts, std::size_t count);

}  // namespace bmauth::python
