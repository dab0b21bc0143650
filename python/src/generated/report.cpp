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

PyObject* report_text(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  auto* report = object_in<Report>(self);
  static Parameter parameters[] = {{"pointer"}};
  PyObject* slots[1];
  if (report == nullptr || !bind("text", parameters, {values, count, names}, slots)) return nullptr;
  const char* pointer = nullptr;
  if (!read_text(slots[0], "pointer", pointer)) return nullptr;
  return text_or_none(bmauth_report_text(report->get(), pointer));
}

PyObject* report_count(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  auto* report = object_in<Report>(self);
  static Parameter parameters[] = {{"pointer"}};
  PyObject* slots[1];
  if (report == nullptr ||
      !bind("count", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  const char* pointer = nullptr;
  if (!read_text(slots[0], "pointer", pointer)) return nullptr;
  return PyLong_FromLongLong(bmauth_report_count(report->get(), pointer));
}

PyObject* report_json(PyObject* self, void*) {
  auto* report = object_in<Report>(self);
  if (report == nullptr) return nullptr;
  return text_or_none(bmauth_report_json(report->get()));
}

PyObject* report_repr(PyObject* self) {
  return describe(self, class_of<Report>, nullptr, 0);
}

PyMethodDef report_methods[] = {
    {"text", as_function(report_text), METH_FASTCALL | METH_KEYWORDS,
     "text($self, pointer)\n--\n\n"
     "A scalar in the document: a string as it is, a number or boolean as its JSON text. None if "
     "it is absent, null, an object or an array. pointer: A JSON pointer, such as "
     "\"/identity/email\"; \"\" is the whole document."},
    {"count", as_function(report_count), METH_FASTCALL | METH_KEYWORDS,
     "count($self, pointer)\n--\n\n"
     "How many elements an array or members an object in the document has. -1 if it is absent or "
     "a scalar. pointer: A JSON pointer; \"\" is the whole document."},
    {"__reduce_ex__", refuse_reduce, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyGetSetDef report_properties[] = {
    {"json", report_json, nullptr,
     "The whole document. Compact JSON.",
     nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

ClassSlots report_slots() {
  ClassSlots slots;
  slots.methods = report_methods;
  slots.properties = report_properties;
  slots.repr = report_repr;
  return slots;
}

}  // namespace bmauth::python
