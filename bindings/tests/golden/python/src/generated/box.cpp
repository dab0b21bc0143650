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

int box_init(PyObject* self, PyObject* args, PyObject* names) {
  static Parameter parameters[] = {{"model", true}};
  PyObject* slots[1];
  if (!is_empty(self, class_of<Box>) ||
      !bind_init("Box", parameters, args, names, slots)) {
    return -1;
  }
  Box* model = nullptr;
  if (!(is_absent(slots[0]) || read(slots[0], "model", model))) return -1;
  bmauth_error* err = nullptr;
  bmauth_box* out_box = nullptr;
  bmauth_box_new(model ? model->get() : nullptr, &out_box, &err);
  if (err != nullptr) {
    raise(err);
    return -1;
  }
  return fill_object<Box>(self, out_box) ? 0 : -1;
}

PyObject* box_set_label(PyObject* self, PyObject* const* values, Py_ssize_t count,
                        PyObject* names) {
  auto* box = object_in<Box>(self);
  static Parameter parameters[] = {{"value"}};
  PyObject* slots[1];
  if (box == nullptr ||
      !bind("set_label", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  const char* value = nullptr;
  if (!read_text(slots[0], "value", value)) return nullptr;
  bmauth_error* err = nullptr;
  bmauth_box_set_label(box->get(), value, &err);
  if (err != nullptr) return raise(err);
  Py_RETURN_NONE;
}

PyObject* box_put(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  auto* box = object_in<Box>(self);
  static Parameter parameters[] = {
      {"thing"},
      {"color"},
      {"is_heavy"},
      {"patience_ms"},
      {"cancel", true},
  };
  PyObject* slots[5];
  if (box == nullptr || !bind("put", parameters, {values, count, names}, slots)) return nullptr;
  const char* thing = nullptr;
  std::int32_t color = 0;
  int is_heavy = 0;
  std::int64_t patience_ms = 0;
  Cancel* cancel = nullptr;
  if (!(is_absent(slots[0]) || read_text(slots[0], "thing", thing)) ||
      !read_enum(slots[1], "color", kColorTable, color) ||
      !read_flag(slots[2], "is_heavy", is_heavy) ||
      !read_int64(slots[3], "patience_ms", patience_ms) ||
      !(is_absent(slots[4]) || read(slots[4], "cancel", cancel))) {
    return nullptr;
  }
  bmauth_box* out_fallen = nullptr;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*box, true, cancel, [&](bmauth_cancel* stop) {
    bmauth_box_put(box->get(), thing, color, is_heavy, patience_ms, stop, &out_fallen, &err);
  });
  if (!is_done) {
    bmauth_box_free(out_fallen);
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return made<Box>(out_fallen, class_of<Box>.share(self));
}

PyObject* box_weigh(PyObject* self, PyObject*) {
  auto* box = object_in<Box>(self);
  if (box == nullptr) return nullptr;
  int out_is_heavy = 0;
  int64_t out_settle_ms = 0;
  bmauth_error* err = nullptr;
  bmauth_box_weigh(box->get(), &out_is_heavy, &out_settle_ms, &err);
  if (err != nullptr) return raise(err);
  return pack(PyBool_FromLong(out_is_heavy), PyLong_FromLongLong(out_settle_ms));
}

PyObject* box_label(PyObject* self, void*) {
  auto* box = object_in<Box>(self);
  if (box == nullptr) return nullptr;
  return text_or_none(bmauth_box_label(box->get()));
}

PyObject* box_secret(PyObject* self, void*) {
  auto* box = object_in<Box>(self);
  if (box == nullptr) return nullptr;
  return text_or_none(bmauth_box_secret(box->get()));
}

PyObject* box_color(PyObject* self, void*) {
  auto* box = object_in<Box>(self);
  if (box == nullptr) return nullptr;
  return text_of(kColorTable, bmauth_box_color(box->get()));
}

PyObject* box_pairs(PyObject* self, void*) {
  auto* box = object_in<Box>(self);
  if (box == nullptr) return nullptr;
  return dict_of(box->get(), bmauth_box_pair_count, bmauth_box_pair_name, bmauth_box_pair_value);
}

PyObject* box_repr(PyObject* self) {
  static const Fact facts[] = {
      {"color", box_color},
  };
  return describe(self, class_of<Box>, facts, 1);
}

PyMethodDef box_methods[] = {
    {"set_label", as_function(box_set_label), METH_FASTCALL | METH_KEYWORDS,
     "set_label($self, value)\n--\n\n"
     "Writes on the box. value: What to write."},
    {"put", as_function(box_put), METH_FASTCALL | METH_KEYWORDS,
     "put($self, thing, color, is_heavy, patience_ms, cancel=None)\n--\n\n"
     "Puts something in, and gives what fell out of the box when there was no room for both. "
     "thing: What to put in; None for air. color: Of the thing. is_heavy: True if it is heavy. "
     "patience_ms: How long to try. Network."},
    {"weigh", box_weigh, METH_NOARGS,
     "weigh($self)\n--\n\n"
     "Weighs the box."},
    {"__reduce_ex__", refuse_reduce, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyGetSetDef box_properties[] = {
    {"label", box_label, nullptr,
     "What is written on the box. None if nothing is.",
     nullptr},
    {"secret", box_secret, nullptr,
     "What only the owner knows. A word. SECRET: never log, print or store it.",
     nullptr},
    {"color", box_color, nullptr,
     "The color of the box. Any color.",
     nullptr},
    {"pairs", box_pairs, nullptr,
     "All of them: the name of one pair and its value.",
     nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

ClassSlots box_slots() {
  ClassSlots slots;
  slots.methods = box_methods;
  slots.properties = box_properties;
  slots.init = box_init;
  slots.repr = box_repr;
  return slots;
}

}  // namespace bmauth::python
