// A mutex that is held over fork(2), so that the child finds whole what it guards.
#pragma once

#include <pthread.h>

namespace bmauth::core {

// One mutex per Tag, in static storage. `Tag::in_child()` is called in the child before the mutex
// is released there: the place to forget what belongs to the parent. No other mutex may be taken
// under it.
template <class Tag>
class ForkMutex {
 public:
  void lock() {
    static const int installed = pthread_atfork(&take, &release, &enter_child);
    static_cast<void>(installed);  // without memory for the handler the mutex still works
    take();
  }
  void unlock() { release(); }

 private:
  static inline pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;

  static void take() { pthread_mutex_lock(&mutex_); }
  static void release() { pthread_mutex_unlock(&mutex_); }
  static void enter_child() {
    Tag::in_child();
    release();
  }
};

}  // namespace bmauth::core
