// Generated from bindings/spec by bmauth_gen; do not edit.
#include "../arguments.h"
#include "../calls.h"
#include "../errors.h"
#include "../values.h"
#include "classes.h"
#include "enums.h"
#include "objects.h"

namespace bmauth::python {
namespace {

int cancel_init(PyObject* self, PyObject* args, PyObject* names) {
  PyObject** slots = nullptr;
  Parameter* parameters = nullptr;
  if (!is_empty(self, class_of<Cancel>) ||
      !bind_init("Cancel", parameters, 0, args, names, slots)) {
    return -1;
  }
  bmauth_error* err = nullptr;
  bmauth_cancel* out_cancel = nullptr;
  bmauth_cancel_new(&out_cancel, &err);
  if (err != nullptr) {
    raise(err);
    return -1;
  }
  return fill_object<Cancel>(self, out_cancel) ? 0 : -1;
}

PyObject* cancel_trigger(PyObject* self, PyObject*) {
  auto* cancel = object_in<Cancel>(self);
  if (cancel == nullptr) return nullptr;
  bmauth_cancel_trigger(cancel->get());
  cancel->forget();
  Py_RETURN_NONE;
}

PyObject* cancel_set_check(PyObject* self, PyObject* const* values, Py_ssize_t count,
                           PyObject* names) {
  auto* cancel = object_in<Cancel>(self);
  static Parameter parameters[] = {{"check"}};
  PyObject* slots[1];
  if (cancel == nullptr ||
      !bind("set_check", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  PyObject* check = nullptr;
  if (!(is_absent(slots[0]) || read_callable(slots[0], "check", check))) return nullptr;
  keep_callback(cancel->check, check);
  Py_RETURN_NONE;
}

PyObject* cancel_repr(PyObject* self) {
  return describe(self, class_of<Cancel>, nullptr, 0);
}

PyMethodDef cancel_methods[] = {
    {"trigger", cancel_trigger, METH_NOARGS,
     "trigger($self)\n--\n\n"
     "Triggers it."},
    {"set_check", as_function(cancel_set_check), METH_FASTCALL | METH_KEYWORDS,
     "set_check($self, check)\n--\n\n"
     "Sets a callback. check: The callback."},
    {"__reduce_ex__", refuse_reduce, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

}  // namespace

ClassSlots cancel_slots() {
  ClassSlots slots;
  slots.methods = cancel_methods;
  slots.init = cancel_init;
  slots.repr = cancel_repr;
  slots.has_check = true;
  return slots;
}

}  // namespace bmauth::python
