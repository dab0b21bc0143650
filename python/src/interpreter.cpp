#include "interpreter.h"

#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>

namespace bmauth::python {
namespace {

// A token request that was sent is finished and stored first, which takes the core at most 5 s; all
// other calls end within 100 ms.
constexpr std::chrono::seconds kExitLimit{6};

struct Door {
  std::mutex mutex;
  std::condition_variable changed;
  Outside* calls = nullptr;
  int entering = 0;  // threads between the end of their call and the lock
  bool is_closed = false;
  pthread_t closer = {};

  // The thread that ends the interpreter may go in and out to the last.
  bool is_open_for_me() const { return !is_closed || pthread_equal(closer, pthread_self()) != 0; }

  void link(Outside& outside) {
    outside.next = calls;
    calls = &outside;
  }

  void unlink(const Outside& outside) {
    for (Outside** at = &calls; *at != nullptr; at = &(*at)->next) {
      if (*at == &outside) {
        *at = outside.next;
        return;
      }
    }
  }
};

// Never destroyed: threads may sleep behind it while the process ends.
alignas(Door) unsigned char place[sizeof(Door)];
Door* const door = new (place) Door;

void before_fork() {
  door->mutex.lock();
}

void in_parent() {
  door->mutex.unlock();
}

// The child has this thread alone: calls of the others are gone, and so are those who waited.
void in_child() {
  Outside* calls = door->calls;
  const bool is_closed = door->is_closed;
  const pthread_t closer = door->closer;
  new (place) Door;
  door->is_closed = is_closed;
  door->closer = closer;
  while (calls != nullptr) {
    Outside* next = calls->next;
    if (pthread_equal(calls->thread, pthread_self()) != 0) door->link(*calls);
    calls = next;
  }
}

[[noreturn]] void sleep_for_ever() {
  for (;;) pause();
}

void take_lock(PyThreadState* state) {
  PyEval_RestoreThread(state);
  const std::lock_guard lock(door->mutex);
  --door->entering;
  door->changed.notify_all();
}

PyObject* end_calls(PyObject*, PyObject*) {
  {
    const std::lock_guard lock(door->mutex);
    door->is_closed = true;
    door->closer = pthread_self();
    for (Outside* call = door->calls; call != nullptr; call = call->next) {
      bmauth_cancel_trigger(call->cancel);
    }
  }
  PyThreadState* state = PyEval_SaveThread();
  {
    std::unique_lock lock(door->mutex);
    door->changed.wait_for(lock, kExitLimit,
                           [] { return door->calls == nullptr && door->entering == 0; });
  }
  PyEval_RestoreThread(state);
  Py_RETURN_NONE;
}

}  // namespace

void go_outside(Outside& outside, bmauth_cancel* cancel) {
  outside.cancel = cancel;
  outside.thread = pthread_self();
  {
    const std::lock_guard lock(door->mutex);
    door->link(outside);
    if (!door->is_open_for_me()) bmauth_cancel_trigger(cancel);
  }
  outside.state = PyEval_SaveThread();
}

void come_back(Outside& outside) {
  bool is_open;
  {
    const std::lock_guard lock(door->mutex);
    door->unlink(outside);
    is_open = door->is_open_for_me();
    if (is_open) ++door->entering;
    door->changed.notify_all();
  }
  if (!is_open) sleep_for_ever();
  take_lock(outside.state);
}

bool look_in(Outside& outside) {
  {
    const std::lock_guard lock(door->mutex);
    if (!door->is_open_for_me()) return false;
    ++door->entering;
  }
  take_lock(outside.state);
  return true;
}

void look_away(Outside& outside) {
  outside.state = PyEval_SaveThread();
}

bool add_exit_hook() {
  static PyMethodDef hook = {"end_calls", end_calls, METH_NOARGS,
                             "Ends the calls that wait, before the interpreter does."};
  static const int fork_failure = pthread_atfork(before_fork, in_parent, in_child);
  static bool is_added = false;
  if (is_added) return true;
  if (fork_failure != 0) {
    PyErr_NoMemory();
    return false;
  }
  is_added = true;  // before the import, which may let other threads in
  PyObject* function = PyCFunction_New(&hook, nullptr);
  PyObject* atexit = function ? PyImport_ImportModule("atexit") : nullptr;
  PyObject* done = atexit ? PyObject_CallMethod(atexit, "register", "O", function) : nullptr;
  is_added = done != nullptr;
  Py_XDECREF(done);
  Py_XDECREF(atexit);
  Py_XDECREF(function);
  return is_added;
}

}  // namespace bmauth::python
