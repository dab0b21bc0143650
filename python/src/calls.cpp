#include "calls.h"

#include <unistd.h>

#include "errors.h"
#include "interpreter.h"

#if defined(__APPLE__)
#include <pthread.h>
#else
#include <sys/syscall.h>
#endif

namespace bmauth::python {
namespace {

// Python handles signals on the process's first thread alone.
bool is_main_thread() {
#if defined(__APPLE__)
  return pthread_main_np() != 0;
#else
  return syscall(SYS_gettid) == getpid();
#endif
}

struct Call {
  Outside outside;
  bmauth_cancel* given = nullptr;
  PyObject* check = nullptr;
  bool is_raised = false;
};

// Asked by the core at least every 50 ms, on the thread of the call.
int is_unwanted(void* user_data) {
  auto& call = *static_cast<Call*>(user_data);
  if (call.is_raised || bmauth_cancel_is_triggered(call.given) != 0) return 1;
  if (!look_in(call.outside)) return 1;
  bool is_cancelled = false;
  call.is_raised = PyErr_CheckSignals() != 0;
  if (!call.is_raised && call.check != nullptr) {
    PyObject* answer = PyObject_CallNoArgs(call.check);
    const int truth = answer != nullptr ? PyObject_IsTrue(answer) : -1;
    Py_XDECREF(answer);
    call.is_raised = truth < 0;
    is_cancelled = truth > 0;
  }
  look_away(call.outside);
  return call.is_raised || is_cancelled ? 1 : 0;
}

}  // namespace

bool run_outside(Held& used, bool is_exclusive, Held* cancel,
                 void (*call)(void* context, bmauth_cancel* cancel), void* context) {
  if (!add_exit_hook()) return false;
  Call running;
  if (cancel != nullptr) {
    running.given = static_cast<bmauth_cancel*>(cancel->handle);
    running.check = cancel->check;
  }
  // A cancel object of the call's own where something has to be asked, and where none was given.
  const bool is_asking = is_main_thread() || running.check != nullptr;
  bmauth_cancel* own = nullptr;
  if (is_asking || running.given == nullptr) {
    bmauth_error* error = nullptr;
    if (bmauth_cancel_new(&own, &error) != BMAUTH_OK) {
      raise(error);
      return false;
    }
    if (is_asking) bmauth_cancel_set_check(own, is_unwanted, &running, nullptr);
  }
  Py_XINCREF(running.check);
  used.is_in_use = is_exclusive;
  go_outside(running.outside, own != nullptr ? own : running.given);
  call(context, running.outside.cancel);
  come_back(running.outside);
  used.is_in_use = false;
  Py_XDECREF(running.check);
  bmauth_cancel_free(own);
  return !running.is_raised;
}

}  // namespace bmauth::python
