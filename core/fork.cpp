#include "core/fork.h"

#include <mutex>

#include "core/fork_mutex.h"

namespace bmauth::core {

// All live registrations, whole in the child because the mutex is held over fork.
struct AfterForkList {
  static inline AfterFork* first = nullptr;

  static void in_child() {
    for (AfterFork* entry = first; entry != nullptr; entry = entry->next_) {
      entry->forget_(entry->object_);
    }
  }
};

namespace {
ForkMutex<AfterForkList> list_mutex;
}  // namespace

AfterFork::AfterFork(void* object, Forget forget) : object_(object), forget_(forget) {
  std::lock_guard lock(list_mutex);
  next_ = AfterForkList::first;
  if (next_ != nullptr) next_->previous_ = this;
  AfterForkList::first = this;
}

AfterFork::~AfterFork() {
  std::lock_guard lock(list_mutex);
  (previous_ != nullptr ? previous_->next_ : AfterForkList::first) = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
}

}  // namespace bmauth::core
