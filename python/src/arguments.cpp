#include "arguments.h"

#include <cstring>
#include <limits>

#include "errors.h"

namespace bmauth::python {

PyObject* interned(PyObject*& text, const char* name) {
  if (text == nullptr) text = PyUnicode_InternFromString(name);
  return text;
}

namespace {

// The place of a parameter: by identity first, as names in code are interned.
Parameter* find(Parameter* parameters, std::size_t size, PyObject* name) {
  for (Parameter* at = parameters; at != parameters + size; ++at) {
    if (name == interned(at->text, at->name)) return at;
  }
  for (Parameter* at = parameters; at != parameters + size; ++at) {
    if (PyUnicode_CompareWithASCIIString(name, at->name) == 0) return at;
  }
  return nullptr;
}

bool wrong_type(const char* name, const char* wanted, PyObject* value) {
  if (value == nullptr || value == Py_None) {
    PyErr_Format(PyExc_TypeError, "%s must be %s, not None", name, wanted);
  } else {
    PyErr_Format(PyExc_TypeError, "%s must be %s, not %s", name, wanted, Py_TYPE(value)->tp_name);
  }
  return false;
}

bool place_unnamed(const char* function, const Parameter* parameters, std::size_t size,
                   PyObject* const* values, Py_ssize_t given, PyObject** slots) {
  std::size_t positional = 0;
  while (positional < size && !parameters[positional].is_named_only) ++positional;
  const auto count = static_cast<std::size_t>(given);
  if (count > positional) {
    PyErr_Format(PyExc_TypeError, "%s() takes at most %zu arguments without a name, not %zu",
                 function, positional, count);
    return false;
  }
  for (std::size_t index = 0; index < size; ++index) {
    slots[index] = index < count ? values[index] : nullptr;
  }
  return true;
}

bool place_named(const char* function, Parameter* parameters, std::size_t size, PyObject* name,
                 PyObject* value, PyObject** slots) {
  const Parameter* found = find(parameters, size, name);
  if (found == nullptr) {
    PyErr_Format(PyExc_TypeError, "%s() has no parameter %R", function, name);
    return false;
  }
  PyObject*& slot = slots[found - parameters];
  if (slot != nullptr) {
    PyErr_Format(PyExc_TypeError, "%s() got %s twice", function, found->name);
    return false;
  }
  slot = value;
  return true;
}

bool has_all(const char* function, const Parameter* parameters, std::size_t size,
             PyObject* const* slots) {
  for (std::size_t index = 0; index < size; ++index) {
    if (slots[index] == nullptr && !parameters[index].is_optional) {
      PyErr_Format(PyExc_TypeError, "%s() needs %s", function, parameters[index].name);
      return false;
    }
  }
  return true;
}

}  // namespace

bool bind(const char* function, Parameter* parameters, std::size_t size, const Given& given,
          PyObject** slots) {
  if (!place_unnamed(function, parameters, size, given.values, given.count, slots)) return false;
  const Py_ssize_t named = given.names ? PyTuple_GET_SIZE(given.names) : 0;
  for (Py_ssize_t index = 0; index < named; ++index) {
    PyObject* name = PyTuple_GET_ITEM(given.names, index);
    PyObject* value = given.values[given.count + index];
    if (!place_named(function, parameters, size, name, value, slots)) return false;
  }
  return has_all(function, parameters, size, slots);
}

bool bind_init(const char* name, Parameter* parameters, std::size_t size, PyObject* args,
               PyObject* names, PyObject** slots) {
  PyObject** values = reinterpret_cast<PyTupleObject*>(args)->ob_item;
  if (!place_unnamed(name, parameters, size, values, PyTuple_GET_SIZE(args), slots)) return false;
  PyObject* key = nullptr;
  PyObject* value = nullptr;
  Py_ssize_t position = 0;
  while (names != nullptr && PyDict_Next(names, &position, &key, &value) != 0) {
    if (!place_named(name, parameters, size, key, value, slots)) return false;
  }
  return has_all(name, parameters, size, slots);
}

bool read_text(PyObject* value, const char* name, const char*& text) {
  if (value == nullptr || !PyUnicode_Check(value)) return wrong_type(name, "a str", value);
  Py_ssize_t size = 0;
  text = PyUnicode_AsUTF8AndSize(value, &size);
  if (text == nullptr) {
    if (PyErr_ExceptionMatches(PyExc_UnicodeError) != 0) {
      PyErr_Clear();  // it holds the value
      raise_invalid_argument("%s holds a lone surrogate", name);
    }
    return false;
  }
  if (std::memchr(text, 0, static_cast<std::size_t>(size)) != nullptr) {
    raise_invalid_argument("%s holds a NUL character", name);
    return false;
  }
  return true;
}

bool read_path(PyObject* value, const char* name, PyObject*& owner, const char*& text) {
  const bool is_path =
      value != nullptr &&
      PyObject_HasAttrString(reinterpret_cast<PyObject*>(Py_TYPE(value)), "__fspath__") != 0;
  if (value == nullptr || (!PyUnicode_Check(value) && !is_path)) {
    return wrong_type(name, "a str or os.PathLike", value);
  }
  owner = PyOS_FSPath(value);
  return owner != nullptr && read_text(owner, name, text);
}

bool read_flag(PyObject* value, const char* name, int& flag) {
  if (value == nullptr || !PyBool_Check(value)) return wrong_type(name, "a bool", value);
  flag = value == Py_True ? 1 : 0;
  return true;
}

bool read_int64(PyObject* value, const char* name, std::int64_t& number) {
  if (value == nullptr || !PyLong_Check(value) || PyBool_Check(value)) {
    return wrong_type(name, "an int", value);
  }
  int overflow = 0;
  number = PyLong_AsLongLongAndOverflow(value, &overflow);
  if (overflow != 0) raise_invalid_argument("%s is out of range", name);
  return overflow == 0;
}

bool read_int32(PyObject* value, const char* name, std::int32_t& number) {
  std::int64_t wide = 0;
  if (!read_int64(value, name, wide)) return false;
  if (wide < std::numeric_limits<std::int32_t>::min() ||
      wide > std::numeric_limits<std::int32_t>::max()) {
    raise_invalid_argument("%s is out of range", name);
    return false;
  }
  number = static_cast<std::int32_t>(wide);
  return true;
}

bool read_enum(PyObject* value, const char* name, const EnumTable& table, std::int32_t& number) {
  if (value == nullptr || !PyUnicode_Check(value)) return wrong_type(name, "a str", value);
  for (EnumValue* at = table.values; at != table.values + table.count; ++at) {
    if (value == interned(at->text, at->name) ||
        PyUnicode_CompareWithASCIIString(value, at->name) == 0) {
      number = at->number;
      return true;
    }
  }
  char known[256] = "";
  for (const EnumValue* at = table.values; at != table.values + table.count; ++at) {
    const std::size_t size = std::strlen(known);
    PyOS_snprintf(known + size, sizeof known - size, "%s'%s'", size > 0 ? ", " : "", at->name);
  }
  raise_invalid_argument("%s must be one of %s", name, known);
  return false;
}

bool read_callable(PyObject* value, const char* name, PyObject*& callable) {
  callable = is_absent(value) ? nullptr : value;
  if (callable != nullptr && PyCallable_Check(callable) == 0) {
    return wrong_type(name, "callable or None", value);
  }
  return true;
}

Held* read_object(PyObject* value, const char* name, const Class& type) {
  if (value == nullptr || !PyObject_TypeCheck(value, type.type)) {
    char wanted[64];
    PyOS_snprintf(wanted, sizeof wanted, "a bmauth.%s", type.name);
    wrong_type(name, wanted, value);
    return nullptr;
  }
  return held_in(value, type);
}

}  // namespace bmauth::python
