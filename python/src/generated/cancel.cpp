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

PyObject* cancel_is_triggered(PyObject* self, void*) {
  auto* cancel = object_in<Cancel>(self);
  if (cancel == nullptr) return nullptr;
  return PyBool_FromLong(bmauth_cancel_is_triggered(cancel->get()));
}

PyObject* cancel_repr(PyObject* self) {
  static const Fact facts[] = {
      {"is_triggered", cancel_is_triggered},
  };
  return describe(self, class_of<Cancel>, facts, 1);
}

PyMethodDef cancel_methods[] = {
    {"trigger", cancel_trigger, METH_NOARGS,
     "trigger($self)\n--\n\n"
     "Triggers it: calls that use it end with CancelledError within 100 ms, but for a token "
     "request that was already sent, which is finished and stored first (at most 5 s). Safe in a "
     "signal handler. Triggering twice is harmless."},
    {"set_check", as_function(cancel_set_check), METH_FASTCALL | METH_KEYWORDS,
     "set_check($self, check)\n--\n\n"
     "Sets a callback that is asked while a call waits; it replaces an earlier one. Set it before"
     " the object is used by a call, not during it. check: The callback; None for none."},
    {"__reduce_ex__", refuse_reduce, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyGetSetDef cancel_properties[] = {
    {"is_triggered", cancel_is_triggered, nullptr,
     "Whether it was triggered. The check callback is not asked. True if so.",
     nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

ClassSlots cancel_slots() {
  ClassSlots slots;
  slots.methods = cancel_methods;
  slots.properties = cancel_properties;
  slots.init = cancel_init;
  slots.repr = cancel_repr;
  slots.has_check = true;
  return slots;
}

}  // namespace bmauth::python
