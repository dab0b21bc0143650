// One object that many threads read without a lock, and that any thread may replace.
#pragma once

#include <atomic>
#include <memory>

#include "core/readers.h"

namespace bmauth::core {

template <class T>
class Published {
 public:
  Published() = default;
  ~Published() { delete current_.load(std::memory_order_relaxed); }
  Published(const Published&) = delete;
  Published& operator=(const Published&) = delete;

  // Valid as long as the section is open; null: there is none.
  const T* get(const Reading& section) const {
    return section.is_open() ? current_.load(std::memory_order_seq_cst) : nullptr;
  }

  // Puts `next`, or nothing, in place of what is there, and destroys that when nobody reads it any
  // more. Not to be called in a section. True: there was something.
  bool replace(std::unique_ptr<const T> next) {
    std::unique_ptr<const T> before(current_.exchange(next.release(), std::memory_order_seq_cst));
    if (!before) return false;
    if (!await_readers()) static_cast<void>(before.release());
    return true;
  }

 private:
  std::atomic<const T*> current_{nullptr};
};

}  // namespace bmauth::core
