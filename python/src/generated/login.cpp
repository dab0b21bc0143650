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

PyObject* login_open_browser(PyObject* self, PyObject*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  int out_is_opened = 0;
  bmauth_error* err = nullptr;
  bmauth_login_open_browser(login->get(), &out_is_opened, &err);
  if (err != nullptr) return raise(err);
  return PyBool_FromLong(out_is_opened);
}

PyObject* login_poll(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  auto* login = object_in<Login>(self);
  static Parameter parameters[] = {{"cancel", true}};
  PyObject* slots[1];
  if (login == nullptr || !bind("poll", parameters, {values, count, names}, slots)) return nullptr;
  Cancel* cancel = nullptr;
  if (!(is_absent(slots[0]) || read(slots[0], "cancel", cancel))) return nullptr;
  bmauth_poll_state out_state = 0;
  int64_t out_next_delay_ms = 0;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*login, true, cancel, [&](bmauth_cancel* stop) {
    bmauth_login_poll(login->get(), stop, &out_state, &out_next_delay_ms, &err);
  });
  if (!is_done) {
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return pack(text_of(kPollStateTable, out_state), PyLong_FromLongLong(out_next_delay_ms));
}

PyObject* login_wait(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  auto* login = object_in<Login>(self);
  static Parameter parameters[] = {{"cancel", true}};
  PyObject* slots[1];
  if (login == nullptr || !bind("wait", parameters, {values, count, names}, slots)) return nullptr;
  Cancel* cancel = nullptr;
  if (!(is_absent(slots[0]) || read(slots[0], "cancel", cancel))) return nullptr;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*login, true, cancel, [&](bmauth_cancel* stop) {
    bmauth_login_wait(login->get(), stop, &err);
  });
  if (!is_done) {
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  Py_RETURN_NONE;
}

PyObject* login_report(PyObject* self, PyObject*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  bmauth_login_report(login->get(), &out_report, &err);
  if (err != nullptr) return raise(err);
  return made<Report>(out_report, class_of<Login>.share(self));
}

PyObject* login_state(PyObject* self, void*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  return text_of(kPollStateTable, bmauth_login_state(login->get()));
}

PyObject* login_user_code(PyObject* self, void*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  return text_or_none(bmauth_login_user_code(login->get()));
}

PyObject* login_verification_uri(PyObject* self, void*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  return text_or_none(bmauth_login_verification_uri(login->get()));
}

PyObject* login_verification_uri_complete(PyObject* self, void*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  return text_or_none(bmauth_login_verification_uri_complete(login->get()));
}

PyObject* login_expires_in_s(PyObject* self, void*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  return PyLong_FromLongLong(bmauth_login_expires_in_s(login->get()));
}

PyObject* login_interval_s(PyObject* self, void*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  return PyLong_FromLongLong(bmauth_login_interval_s(login->get()));
}

PyObject* login_next_delay_ms(PyObject* self, void*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  return PyLong_FromLongLong(bmauth_login_next_delay_ms(login->get()));
}

PyObject* login_remaining_ms(PyObject* self, void*) {
  auto* login = object_in<Login>(self);
  if (login == nullptr) return nullptr;
  return PyLong_FromLongLong(bmauth_login_remaining_ms(login->get()));
}

PyObject* login_repr(PyObject* self) {
  static const Fact facts[] = {
      {"state", login_state},
      {"expires_in_s", login_expires_in_s},
      {"interval_s", login_interval_s},
      {"next_delay_ms", login_next_delay_ms},
      {"remaining_ms", login_remaining_ms},
  };
  return describe(self, class_of<Login>, facts, 5);
}

PyMethodDef login_methods[] = {
    {"open_browser", login_open_browser, METH_NOARGS,
     "open_browser($self)\n--\n\n"
     "Opens the verification page in the person's browser, by starting a program with an argument"
     " list and without a shell. Only https and loopback URLs are opened, and no browser that "
     "would take over the terminal."},
    {"poll", as_function(login_poll), METH_FASTCALL | METH_KEYWORDS,
     "poll($self, cancel=None)\n--\n\n"
     "At most one request: asks whether the person has approved, or, once tokens are stored, "
     "checks the access. It sends when it is called: wait next_delay_ms first. Transient faults "
     "are not errors, they make the next delay longer. After an error the login is over. Network."},
    {"wait", as_function(login_wait), METH_FASTCALL | METH_KEYWORDS,
     "wait($self, cancel=None)\n--\n\n"
     "Waits and polls until the login is done. Waits."},
    {"report", login_report, METH_NOARGS,
     "report($self)\n--\n\n"
     "What a login that is done came to: is_session_kept, is_persisted, token_file, identity "
     "{subject, email, name}, is_authenticated, entitlement {state, message, subscribe_url}, "
     "reachable, warnings. Before that: InvalidArgumentError."},
    {"__reduce_ex__", refuse_reduce, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyGetSetDef login_properties[] = {
    {"state", login_state, nullptr,
     "How far the login is. 'pending' until it is done.",
     nullptr},
    {"user_code", login_user_code, nullptr,
     "The code that the person enters or compares. None when no person is needed, because a "
     "session is kept.",
     nullptr},
    {"verification_uri", login_verification_uri, nullptr,
     "The page where the person enters the code. None when no person is needed.",
     nullptr},
    {"verification_uri_complete", login_verification_uri_complete, nullptr,
     "The same page with the code filled in. None when the server gave none or no person is "
     "needed.",
     nullptr},
    {"expires_in_s", login_expires_in_s, nullptr,
     "How long the code lives, counted from Client.login_begin. 0 when there is no code.",
     nullptr},
    {"interval_s", login_interval_s, nullptr,
     "The least time between two polls, as the server first asked for. 0 when there is no code.",
     nullptr},
    {"next_delay_ms", login_next_delay_ms, nullptr,
     "How long to wait before the next poll. 0 when done, or when nothing needs to be waited for.",
     nullptr},
    {"remaining_ms", login_remaining_ms, nullptr,
     "What is left of the code's life or the login's time limit, whichever ends first. 0 when it "
     "is over, or when there is no code.",
     nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

}  // namespace

ClassSlots login_slots() {
  ClassSlots slots;
  slots.methods = login_methods;
  slots.properties = login_properties;
  slots.repr = login_repr;
  return slots;
}

}  // namespace bmauth::python
