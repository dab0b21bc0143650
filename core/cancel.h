// A wish to stop, triggered from any thread and seen by whoever waits.
#pragma once

#include <atomic>

namespace bmauth::core {

class Cancel {
 public:
  // Asked on the thread that waits, at least every 50 ms; returns true to cancel. Must not throw.
  using Check = bool (*)(void* user_data);

  Cancel();
  ~Cancel();
  Cancel(const Cancel&) = delete;
  Cancel& operator=(const Cancel&) = delete;

  // Thread-safe, and safe in a signal handler. For good: a Cancel is used for one call or one
  // login.
  void trigger() noexcept;

  // Set before use, not during it.
  void set_check(Check check, void* user_data);
  bool has_check() const { return check_ != nullptr; }

  // True once triggered; asks the check callback, so call it on the waiting thread.
  bool is_triggered();
  // The same without asking: any thread may.
  bool was_triggered() const { return is_triggered_.load(); }

  // Becomes readable when triggered, and stays so; -1 if the system had no descriptor to give
  // (waits then poll is_triggered every 50 ms).
  int descriptor() const { return read_fd_; }

 private:
  std::atomic<bool> is_triggered_{false};
  Check check_ = nullptr;
  void* user_data_ = nullptr;
  int read_fd_ = -1;
  int write_fd_ = -1;
};

}  // namespace bmauth::core
