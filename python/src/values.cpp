#include "values.h"

#include <cstring>

namespace bmauth::python {
PyObject* text_or_none(const char* text) {
  if (text == nullptr) Py_RETURN_NONE;
  return PyUnicode_DecodeUTF8(text, static_cast<Py_ssize_t>(std::strlen(text)), "replace");
}

PyObject* text_of(const EnumTable& table, std::int32_t number) {
  for (EnumValue* at = table.values; at != table.values + table.count; ++at) {
    if (at->number != number) continue;
    PyObject* text = interned(at->text, at->name);
    Py_XINCREF(text);
    return text;
  }
  return PyUnicode_FromFormat("%d", static_cast<int>(number));
}

PyObject* number_or_none(std::int64_t number, std::int64_t absent) {
  if (number == absent) Py_RETURN_NONE;
  return PyLong_FromLongLong(number);
}

bool append(PyObject* list, PyObject* item) {
  const bool is_added = item != nullptr && PyList_Append(list, item) == 0;
  Py_XDECREF(item);
  return is_added;
}

bool insert(PyObject* dict, PyObject* name, PyObject* value) {
  const bool is_added =
      name != nullptr && value != nullptr && PyDict_SetItem(dict, name, value) == 0;
  Py_XDECREF(name);
  Py_XDECREF(value);
  return is_added;
}

bool set_fact(PyObject* dict, const char* name, PyObject* value) {
  const bool is_set = value != nullptr && PyDict_SetItemString(dict, name, value) == 0;
  Py_XDECREF(value);
  return is_set;
}

bool set_attribute(PyObject* object, const char* name, PyObject* value) {
  const bool is_set = value != nullptr && PyObject_SetAttrString(object, name, value) == 0;
  Py_XDECREF(value);
  return is_set;
}

void keep_callback(PyObject*& place, PyObject* callable) {
  Py_XINCREF(callable);
  Py_XSETREF(place, callable);
}

PyObject* describe(PyObject* self, const Class& type, const Fact* facts, std::size_t count) {
  const Held* held = peek_in(self, type);
  if (held == nullptr || held->is_in_use) {
    PyErr_Clear();
    return PyUnicode_FromFormat("<bmauth.%s: %s>", type.name,
                                held == nullptr ? "never made" : "in use");
  }
  PyObject* text = PyUnicode_FromFormat("<bmauth.%s", type.name);
  for (const Fact* fact = facts; text != nullptr && fact != facts + count; ++fact) {
    PyObject* value = fact->get(self, nullptr);
    PyObject* longer = value ? PyUnicode_FromFormat("%U %s=%R", text, fact->name, value) : nullptr;
    Py_XDECREF(value);
    Py_SETREF(text, longer);
  }
  if (text == nullptr) return nullptr;
  PyObject* whole = PyUnicode_FromFormat("%U>", text);
  Py_DECREF(text);
  return whole;
}

}  // namespace bmauth::python
