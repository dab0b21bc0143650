// Calls that wait: without the interpreter lock, ended by Ctrl-C, by the caller's Cancel and by the
// end of the interpreter.
#pragma once

#include <Python.h>
#include <bmauth.h>

#include <type_traits>

#include "objects.h"

namespace bmauth::python {

// Runs call(context, cancel) outside of the interpreter; `used` is in use meanwhile. False with an
// exception if a signal handler or a check raised one: it goes before what the call came to.
bool run_outside(Held& used, bool is_exclusive, Held* cancel,
                 void (*call)(void* context, bmauth_cancel* cancel), void* context);

template <class Call>
bool run_outside(Held& used, bool is_exclusive, Held* cancel, Call&& call) {
  return run_outside(
      used, is_exclusive, cancel,
      [](void* context, bmauth_cancel* stop) {
        (*static_cast<std::remove_reference_t<Call>*>(context))(stop);
      },
      &call);
}

}  // namespace bmauth::python
