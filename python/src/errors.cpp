#include "errors.h"

#include <cstdarg>
#include <cstring>
#include <iterator>

#include "generated/errors.h"

namespace bmauth::python {
namespace {

PyObject* base = nullptr;
PyObject* types[std::size(kErrorNames)] = {};

// A class with what its row of the table says as class attributes.
PyObject* make_type(const char* name, PyObject* bases, bmauth_code code, const char* doc) {
  PyObject* facts = PyDict_New();
  PyObject* type = nullptr;
  if (facts != nullptr && set_known_facts(facts, code)) {
    PyObject* full_name = PyUnicode_FromFormat("bmauth.%s", name);
    if (full_name != nullptr) {
      type = PyErr_NewExceptionWithDoc(PyUnicode_AsUTF8(full_name), doc, bases, facts);
      Py_DECREF(full_name);
    }
  }
  Py_XDECREF(facts);
  return type;
}

PyObject* type_at(std::size_t index) {
  const ErrorName& row = kErrorNames[index];
  if (types[index] == nullptr) {
    PyObject* bases = row.also_is ? PyTuple_Pack(2, base, *row.also_is) : PyTuple_Pack(1, base);
    if (bases == nullptr) return nullptr;
    types[index] = make_type(row.name, bases, row.code, bmauth_code_meaning(row.code));
    Py_DECREF(bases);
  }
  return types[index];
}

// For a number that this version does not know, which the core never gives: the base.
PyObject* type_for(bmauth_code code) {
  for (std::size_t index = 0; index < std::size(kErrorNames); ++index) {
    if (kErrorNames[index].code == code) return type_at(index);
  }
  return base;
}

PyObject* make_error(bmauth_code code, PyObject* message) {
  PyObject* type = type_for(code);
  PyObject* error = type && message ? PyObject_CallOneArg(type, message) : nullptr;
  if (error != nullptr && PyObject_SetAttrString(error, "message", message) != 0) Py_CLEAR(error);
  return error;
}

}  // namespace

PyObject* find_error_type(PyObject* name) {
  for (std::size_t index = 0; index < std::size(kErrorNames); ++index) {
    if (PyUnicode_CompareWithASCIIString(name, kErrorNames[index].name) != 0) continue;
    PyObject* type = type_at(index);
    Py_XINCREF(type);
    return type;
  }
  return nullptr;
}

PyObject* error_names(PyObject*, PyObject*) {
  PyObject* names = PyList_New(0);
  for (const ErrorName& row : kErrorNames) {
    if (names != nullptr && !append(names, PyUnicode_FromString(row.name))) Py_CLEAR(names);
  }
  return names;
}

bool add_errors(PyObject* module) {
  base =
      make_type("Error", PyExc_Exception, BMAUTH_E_INTERNAL,
                "What every failure of bmauth is; its subclasses are the rows of the error table.");
  if (base == nullptr) return false;
  Py_INCREF(base);
  return PyModule_AddObject(module, "Error", base) == 0;
}

PyObject* raise(bmauth_error* error) {
  PyObject* message = PyUnicode_FromString(bmauth_error_message(error));
  PyObject* raised = make_error(bmauth_error_code(error), message);
  Py_XDECREF(message);
  if (raised != nullptr && set_error_facts(raised, error)) {
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(raised)), raised);
  }
  Py_XDECREF(raised);
  bmauth_error_free(error);
  return nullptr;
}

PyObject* raise_invalid_argument(const char* format, ...) {
  va_list values;
  va_start(values, format);
  PyObject* message = PyUnicode_FromFormatV(format, values);
  va_end(values);
  PyObject* error = make_error(BMAUTH_E_INVALID_ARGUMENT, message);
  Py_XDECREF(message);
  if (error != nullptr) PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(error)), error);
  Py_XDECREF(error);
  return nullptr;
}

}  // namespace bmauth::python
