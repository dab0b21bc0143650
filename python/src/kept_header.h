// What a client keeps beside its handle: the header that it gave last for each purpose, and for how
// long it may be given again without asking the core (bmauth_generation in bmauth.h).
//
// Guarded by the interpreter lock. On an interpreter without one, each would have to be one object
// that is exchanged as a whole.
#pragma once

#include <Python.h>
#include <time.h>

#include <cstdint>

struct bmauth_client;

namespace bmauth::python {

struct KeptHeader {
  std::uint64_t generation = 0;  // both from before the core was asked; 0: nothing is kept
  time_t second = 0;
  PyObject* value = nullptr;
};

// Of a handle that keeps nothing.
template <class Handle>
struct Kept {
  void forget() {}
};

template <>
struct Kept<bmauth_client> {
  KeptHeader headers[2];  // by bmauth_purpose

  Kept() = default;
  Kept(const Kept&) = delete;
  Kept& operator=(const Kept&) = delete;
  ~Kept() { forget(); }

  void forget() {
    for (KeptHeader& header : headers) {
      header.generation = 0;
      Py_CLEAR(header.value);
    }
  }
};

}  // namespace bmauth::python
