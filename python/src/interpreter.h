// Leaving the interpreter for a call that waits, and coming back: who may take the interpreter lock
// when, and what becomes of running calls when the interpreter ends.
//
// Up to Python 3.13 a thread that asks for the lock once finalization began is ended by
// pthread_exit in the middle of C++. So an atexit hook, which runs before that, closes the door:
// running calls are cancelled and waited for, and a thread that comes back later sleeps until the
// process ends.
#pragma once

#include <Python.h>
#include <bmauth.h>
#include <pthread.h>

namespace bmauth::python {

// One call outside of the interpreter; lives on the stack of the thread that makes it.
struct Outside {
  bmauth_cancel* cancel = nullptr;  // what ends the call when the interpreter ends
  PyThreadState* state = nullptr;
  pthread_t thread = {};
  Outside* next = nullptr;
};

// Gives up the lock. From here to come_back no Python object may be touched.
void go_outside(Outside& outside, bmauth_cancel* cancel);
// Takes the lock again, or never returns.
void come_back(Outside& outside);

// In the midst of the call: takes the lock for a moment, as a check callback does. False, and no
// lock, once the interpreter is ending.
bool look_in(Outside& outside);
void look_away(Outside& outside);

// Registers the hook that ends running calls, once; before the first of them, as it costs an
// import.
bool add_exit_hook();

}  // namespace bmauth::python
