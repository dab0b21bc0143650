#include "core/fork.h"

#include <pthread.h>

namespace bmauth::core {

// A list of live registrations. Its mutex is held over fork, so that the child finds it whole, and
// is released on both sides by the thread that took it.
struct AfterForkList {
  static inline pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  static inline AfterFork* first = nullptr;

  static void install() {
    static const int installed = pthread_atfork([] { pthread_mutex_lock(&mutex); },
                                                [] { pthread_mutex_unlock(&mutex); }, &in_child);
    static_cast<void>(installed);
  }
  static void in_child() {
    for (AfterFork* entry = first; entry != nullptr; entry = entry->next_) {
      entry->forget_(entry->object_);
    }
    pthread_mutex_unlock(&mutex);
  }
  static void add(AfterFork& entry) {
    pthread_mutex_lock(&mutex);
    entry.next_ = first;
    if (first != nullptr) first->previous_ = &entry;
    first = &entry;
    pthread_mutex_unlock(&mutex);
  }
  static void remove(AfterFork& entry) {
    pthread_mutex_lock(&mutex);
    (entry.previous_ != nullptr ? entry.previous_->next_ : first) = entry.next_;
    if (entry.next_ != nullptr) entry.next_->previous_ = entry.previous_;
    pthread_mutex_unlock(&mutex);
  }
};

AfterFork::AfterFork(void* object, Forget forget) : object_(object), forget_(forget) {
  AfterForkList::install();
  AfterForkList::add(*this);
}

AfterFork::~AfterFork() {
  AfterForkList::remove(*this);
}

}  // namespace bmauth::core
