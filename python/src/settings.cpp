#include "settings.h"

#include <cstring>

#include "arguments.h"
#include "errors.h"

namespace bmauth::python {
namespace {

bool is_done(bmauth_error* error) {
  if (error == nullptr) return true;
  raise(error);
  return false;
}

}  // namespace

bmauth_code preset(bmauth_options* options, bmauth_error** err) {
  const char* version = Py_GetVersion();  // and behind a space much more
  char language[64];
  PyOS_snprintf(language, sizeof language, "python/%.*s",
                static_cast<int>(std::strcspn(version, " ")), version);
  return bmauth_options_set_language(options, language, err);
}

bool set_text(bmauth_options* options, PyObject* value, const char* name,
              bmauth_code (*setter)(bmauth_options*, const char*, bmauth_error**)) {
  if (is_absent(value)) return true;
  const char* text = nullptr;
  if (!read_text(value, name, text)) return false;
  bmauth_error* error = nullptr;
  setter(options, text, &error);
  return is_done(error);
}

bool set_path(bmauth_options* options, PyObject* value, const char* name,
              bmauth_code (*setter)(bmauth_options*, const char*, bmauth_error**)) {
  if (is_absent(value)) return true;
  PyObject* owner = nullptr;
  const char* text = nullptr;
  bmauth_error* error = nullptr;
  const bool is_read = read_path(value, name, owner, text);
  if (is_read) setter(options, text, &error);
  Py_XDECREF(owner);
  return is_read && is_done(error);
}

bool set_flag(bmauth_options* options, PyObject* value, const char* name,
              bmauth_code (*setter)(bmauth_options*, int, bmauth_error**)) {
  if (is_absent(value)) return true;
  int flag = 0;
  if (!read_flag(value, name, flag)) return false;
  bmauth_error* error = nullptr;
  setter(options, flag, &error);
  return is_done(error);
}

bool set_int64(bmauth_options* options, PyObject* value, const char* name,
               bmauth_code (*setter)(bmauth_options*, std::int64_t, bmauth_error**)) {
  if (is_absent(value)) return true;
  std::int64_t number = 0;
  if (!read_int64(value, name, number)) return false;
  bmauth_error* error = nullptr;
  setter(options, number, &error);
  return is_done(error);
}

}  // namespace bmauth::python
