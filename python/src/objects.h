// What a Python object of bmauth holds: one handle of the C ABI, and the object that made it.
#pragma once

#include <Python.h>
#include <bmauth.h>

#include <memory>
#include <new>

#include "kept_header.h"

namespace pybind11::detail {
struct type_info;
}

namespace bmauth::python {

struct Held {
  void* handle = nullptr;
  std::shared_ptr<Held> maker;  // freed after this one
  PyObject* check = nullptr;    // of a cancel object: the callable that is asked
  bool is_in_use = false;       // a call runs on it without the interpreter lock

  Held() = default;
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { Py_XDECREF(check); }
};

template <class Handle, void (*free_handle)(Handle*)>
struct Owned : Held, Kept<Handle> {
  ~Owned() { free_handle(get()); }
  Handle* get() const { return static_cast<Handle*>(handle); }
};

// A Python class of the low layer.
struct Class {
  const char* name = "";
  const char* word = "";      // in messages
  bool is_exclusive = false;  // one call at a time
  PyTypeObject* type = nullptr;
  PyTypeObject* shown = nullptr;  // the class of that name in the package, found at first use
  const pybind11::detail::type_info* info = nullptr;
  // Puts a handle into an instance that has none.
  void (*fill)(PyObject* instance, void* handle, const std::shared_ptr<Held>& maker) = nullptr;
  std::shared_ptr<Held> (*share)(PyObject* instance) = nullptr;
};

template <class T>
inline Class class_of;

// The object in `self`, which is of this class; nullptr and an exception if it has no handle or a
// call is running on it.
Held* held_in(PyObject* self, const Class& type);
// The same, also while a call runs.
Held* peek_in(PyObject* self, const Class& type);

template <class T>
T* object_in(PyObject* self) {
  return static_cast<T*>(held_in(self, class_of<T>));
}

// A new object for a handle, which stays the caller's if this fails.
PyObject* make_object(Class& type, void* handle, const std::shared_ptr<Held>& maker);

template <class T>
PyObject* made(void* handle, const std::shared_ptr<Held>& maker) {
  PyObject* object = make_object(class_of<T>, handle, maker);
  if (object == nullptr) {
    T unwanted;
    unwanted.handle = handle;
  }
  return object;
}

// The handle of a constructor's own object.
template <class T>
bool fill_object(PyObject* self, void* handle) {
  try {
    class_of<T>.fill(self, handle, nullptr);
    return true;
  } catch (const std::bad_alloc&) {
    PyErr_NoMemory();
    return false;
  }
}

// For constructors: an object is made once.
bool is_empty(PyObject* self, const Class& type);

// A callable is visible to the cycle collector.
int visit_check(PyObject* self, visitproc visit, void* arg);
int clear_check(PyObject* self);

// __reduce_ex__ of all classes: none can be pickled or copied.
PyObject* refuse_reduce(PyObject* self, PyObject* protocol);

}  // namespace bmauth::python
