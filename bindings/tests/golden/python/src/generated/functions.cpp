// Generated from bindings/spec by bmauth_gen; do not edit.
#include "classes.h"
#include "../arguments.h"
#include "../values.h"

namespace bmauth::python {
namespace {

PyObject* version_number(PyObject*, PyObject*) {
  return PyLong_FromLongLong(bmauth_version_number());
}

PyObject* code_name(PyObject*, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  static Parameter parameters[] = {{"code"}};
  PyObject* slots[1];
  if (!bind("code_name", parameters, {values, count, names}, slots)) return nullptr;
  std::int32_t code = 0;
  if (!read_int32(slots[0], "code", code)) return nullptr;
  return text_or_none(bmauth_code_name(code));
}

PyMethodDef library_functions[] = {
    {"version_number", version_number, METH_NOARGS,
     "version_number()\n--\n\n"
     "The version as a number. The number."},
    {"code_name", as_function(code_name), METH_FASTCALL | METH_KEYWORDS,
     "code_name(code)\n--\n\n"
     "The name of a code. For example \"box_full\". code: A code."},
    {nullptr, nullptr, 0, nullptr},
};

}  // namespace

bool add_functions(PyObject* module) {
  return PyModule_AddFunctions(module, library_functions) == 0;
}

}  // namespace bmauth::python
