// From Python's arguments to C values. Messages name the parameter and never show the value: it may
// be a secret.
#pragma once

#include <Python.h>

#include <cstddef>
#include <cstdint>

#include "objects.h"

namespace bmauth::python {

struct Parameter {
  const char* name;
  bool is_optional = false;
  bool is_named_only = false;
  PyObject* text = nullptr;  // the name as Python has it, made at first use
};

struct EnumValue {
  const char* name;
  std::int32_t number;
  PyObject* text = nullptr;
};

struct EnumTable {
  EnumValue* values;
  std::size_t count;
};

// A text that is made once; names in Python code are the same object.
PyObject* interned(PyObject*& text, const char* name);

// A call's arguments as Python hands them over (METH_FASTCALL | METH_KEYWORDS).
struct Given {
  PyObject* const* values;
  Py_ssize_t count;  // of those without a name
  PyObject* names;   // of those that follow, or nullptr
};

// Sorts what was given into one slot for each parameter; nullptr where nothing was.
bool bind(const char* function, Parameter* parameters, std::size_t size, const Given& given,
          PyObject** slots);

template <std::size_t size>
bool bind(const char* function, Parameter (&parameters)[size], const Given& given,
          PyObject* (&slots)[size]) {
  return bind(function, parameters, size, given, slots);
}

// The same for a constructor, which gets a tuple and perhaps a dict.
bool bind_init(const char* name, Parameter* parameters, std::size_t size, PyObject* args,
               PyObject* names, PyObject** slots);

template <std::size_t size>
bool bind_init(const char* name, Parameter (&parameters)[size], PyObject* args, PyObject* names,
               PyObject* (&slots)[size]) {
  return bind_init(name, parameters, size, args, names, slots);
}

// Is nothing given, or None?
inline bool is_absent(PyObject* value) {
  return value == nullptr || value == Py_None;
}

// Each fails with a TypeError for a value of the wrong type, and with an InvalidArgumentError for
// one that cannot be used. Texts are borrowed from the Python object.
bool read_text(PyObject* value, const char* name, const char*& text);
bool read_flag(PyObject* value, const char* name, int& flag);
bool read_int64(PyObject* value, const char* name, std::int64_t& number);
bool read_int32(PyObject* value, const char* name, std::int32_t& number);
bool read_enum(PyObject* value, const char* name, const EnumTable& table, std::int32_t& number);
bool read_callable(PyObject* value, const char* name, PyObject*& callable);
Held* read_object(PyObject* value, const char* name, const Class& type);

template <class T>
bool read(PyObject* value, const char* name, T*& object) {
  object = static_cast<T*>(read_object(value, name, class_of<T>));
  return object != nullptr;
}

// A text that names a file: also an object with __fspath__. `owner` holds the text from here on.
bool read_path(PyObject* value, const char* name, PyObject*& owner, const char*& text);

}  // namespace bmauth::python
