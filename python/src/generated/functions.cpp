// Generated from bindings/spec by bmauth_gen; do not edit.
#include "classes.h"
#include "../arguments.h"
#include "../values.h"

namespace bmauth::python {
namespace {

PyObject* version(PyObject*, PyObject*) {
  return text_or_none(bmauth_version());
}

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

PyObject* code_meaning(PyObject*, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  static Parameter parameters[] = {{"code"}};
  PyObject* slots[1];
  if (!bind("code_meaning", parameters, {values, count, names}, slots)) return nullptr;
  std::int32_t code = 0;
  if (!read_int32(slots[0], "code", code)) return nullptr;
  return text_or_none(bmauth_code_meaning(code));
}

PyObject* code_remedy(PyObject*, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  static Parameter parameters[] = {{"code"}};
  PyObject* slots[1];
  if (!bind("code_remedy", parameters, {values, count, names}, slots)) return nullptr;
  std::int32_t code = 0;
  if (!read_int32(slots[0], "code", code)) return nullptr;
  return text_or_none(bmauth_code_remedy(code));
}

PyObject* code_is_retryable(PyObject*, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  static Parameter parameters[] = {{"code"}};
  PyObject* slots[1];
  if (!bind("code_is_retryable", parameters, {values, count, names}, slots)) return nullptr;
  std::int32_t code = 0;
  if (!read_int32(slots[0], "code", code)) return nullptr;
  return PyBool_FromLong(bmauth_code_is_retryable(code));
}

PyObject* code_exit_status(PyObject*, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  static Parameter parameters[] = {{"code"}};
  PyObject* slots[1];
  if (!bind("code_exit_status", parameters, {values, count, names}, slots)) return nullptr;
  std::int32_t code = 0;
  if (!read_int32(slots[0], "code", code)) return nullptr;
  return PyLong_FromLongLong(bmauth_code_exit_status(code));
}

PyMethodDef library_functions[] = {
    {"version", version, METH_NOARGS,
     "version()\n--\n\n"
     "The version of the loaded library, as text. \"major.minor.patch\"."},
    {"version_number", version_number, METH_NOARGS,
     "version_number()\n--\n\n"
     "The version of the loaded library, as a number that can be compared with "
     "BMAUTH_VERSION_NUMBER: major * 1000000 + minor * 1000 + patch. The number."},
    {"code_name", as_function(code_name), METH_FASTCALL | METH_KEYWORDS,
     "code_name(code)\n--\n\n"
     "The name of a code, as tools print it and bindings match it. For example "
     "\"no_credentials\". code: A code; an unknown number counts as InternalError."},
    {"code_meaning", as_function(code_meaning), METH_FASTCALL | METH_KEYWORDS,
     "code_meaning(code)\n--\n\n"
     "What a code says, in one sentence. English, without a line end. code: A code; an unknown "
     "number counts as InternalError."},
    {"code_remedy", as_function(code_remedy), METH_FASTCALL | METH_KEYWORDS,
     "code_remedy(code)\n--\n\n"
     "What a person can do about it, in general; an error object may know something better. "
     "English, without a line end. code: A code; an unknown number counts as InternalError."},
    {"code_is_retryable", as_function(code_is_retryable), METH_FASTCALL | METH_KEYWORDS,
     "code_is_retryable(code)\n--\n\n"
     "Whether the same call may succeed later although nobody changed anything. True if so. code:"
     " A code; an unknown number counts as InternalError."},
    {"code_exit_status", as_function(code_exit_status), METH_FASTCALL | METH_KEYWORDS,
     "code_exit_status(code)\n--\n\n"
     "The exit status that the bmauth command gives for a code. 0 to 5, or 130. code: A code; an "
     "unknown number counts as InternalError."},
    {nullptr, nullptr, 0, nullptr},
};

}  // namespace

bool add_functions(PyObject* module) {
  return PyModule_AddFunctions(module, library_functions) == 0;
}

}  // namespace bmauth::python
