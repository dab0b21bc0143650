// Registering a class with pybind11. Methods and properties are plain C ones, put into the type
// before it is made ready: no dispatcher stands between the interpreter and them.
#pragma once

#include <pybind11/pybind11.h>

#include "objects.h"

namespace bmauth::python {

struct ClassSlots {
  PyMethodDef* methods = nullptr;
  PyGetSetDef* properties = nullptr;
  initproc init = nullptr;
  reprfunc repr = nullptr;
  bool has_check = false;
};

// What an object of one of our classes holds, or nullptr: before it is made, and where it has other
// classes of pybind11 among its bases.
inline Held* simple_held(PyObject* self) {
  auto* instance = reinterpret_cast<pybind11::detail::instance*>(self);
  return instance->simple_layout ? static_cast<Held*>(instance->simple_value_holder[0]) : nullptr;
}

int refuse_init(PyObject* self, PyObject* args, PyObject* names);

template <class T>
void add_class(pybind11::module_& module, const char* name, const char* word, bool is_exclusive,
               const char* doc, const ClassSlots& slots) {
  namespace py = pybind11;
  Class& described = class_of<T>;
  py::class_<T, std::shared_ptr<T>> made(
      module, name, doc, py::module_local(), py::custom_type_setup([slots](PyHeapTypeObject* heap) {
        PyTypeObject& type = heap->ht_type;
        type.tp_methods = slots.methods;
        type.tp_getset = slots.properties;
        type.tp_init = slots.init != nullptr ? slots.init : refuse_init;
        type.tp_repr = slots.repr;
        if (slots.has_check) {
          type.tp_flags |= Py_TPFLAGS_HAVE_GC;
          type.tp_traverse = visit_check;
          type.tp_clear = clear_check;
        }
      }));
  made.attr("__module__") = "bmauth";
  described.name = name;
  described.word = word;
  described.is_exclusive = is_exclusive;
  described.type = reinterpret_cast<PyTypeObject*>(made.ptr());
  described.info = py::detail::get_type_info(described.type);
  described.fill = [](PyObject* self, void* handle, const std::shared_ptr<Held>& maker) {
    auto holder = std::make_shared<T>();
    auto* instance = reinterpret_cast<py::detail::instance*>(self);
    auto place = instance->get_value_and_holder(class_of<T>.info);
    place.value_ptr() = holder.get();
    instance->owned = true;
    place.type->init_instance(instance, &holder);
    auto* held = place.template value_ptr<T>();
    held->handle = handle;
    held->maker = maker;
  };
  described.share = [](PyObject* self) -> std::shared_ptr<Held> {
    auto* instance = reinterpret_cast<py::detail::instance*>(self);
    return instance->get_value_and_holder(class_of<T>.info).template holder<std::shared_ptr<T>>();
  };
}

}  // namespace bmauth::python
