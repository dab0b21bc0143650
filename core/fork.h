// What must be forgotten in the child after fork(2): the threads that held locks and flights are
// gone.
#pragma once

namespace bmauth::core {

// Calls `forget(object)` in every child that is forked while the registration lives. Registering is
// thread-safe; `forget` may not take locks that another thread could have held.
class AfterFork {
 public:
  using Forget = void (*)(void* object);
  AfterFork(void* object, Forget forget);
  ~AfterFork();
  AfterFork(const AfterFork&) = delete;
  AfterFork& operator=(const AfterFork&) = delete;

 private:
  void* object_;
  Forget forget_;
  AfterFork* previous_ = nullptr;
  AfterFork* next_ = nullptr;
  friend struct AfterForkList;
};

}  // namespace bmauth::core
