#include "core/readers.h"

#include <pthread.h>
#include <time.h>

#include <new>

#if defined(__linux__)
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace bmauth::core {
namespace {

constexpr int kSpins = 200;                    // a section is over in nanoseconds
constexpr long kReaderWithoutCpu_ns = 50'000;  // unless its thread has lost its processor

// Slots are never freed, and never leave the list: that makes it whole at every moment, also in a
// forked child. A thread that begins takes one over from a thread that has ended.
std::atomic<ReaderSlot*> first_slot{nullptr};

#if defined(__linux__)
bool ask_membarrier(int command) {
  return ::syscall(SYS_membarrier, command, 0, 0) == 0;
}
bool register_for_barriers() {
  return ask_membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED);
}
bool barrier_in_all_threads() {
  if (ask_membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED)) return true;
  return register_for_barriers() && ask_membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
}
#else
bool register_for_barriers() {
  return false;
}
bool barrier_in_all_threads() {
  return false;
}
#endif

// Decided once: readers and writers must agree.
bool is_fenced() {
  static const bool decided = !register_for_barriers();
  return decided;
}

struct OwnSlot {
  ReaderSlot* slot;
  bool is_over;  // the thread is ending, and has given its slot away
};
constinit thread_local OwnSlot own{nullptr, false};

// Gives the slot to another thread when this one ends.
struct SlotReturn {
  ~SlotReturn() {
    own.is_over = true;
    if (own.slot != nullptr) own.slot->is_taken.store(false, std::memory_order_release);
    own.slot = nullptr;
  }
};

// The other threads are not there any more, whatever they were doing.
void after_fork_in_child() {
  ReaderSlot* slot = first_slot.load(std::memory_order_relaxed);
  for (; slot != nullptr; slot = slot->next) {
    if (slot == own.slot) continue;
    const std::uint64_t sections = slot->sections.load(std::memory_order_relaxed);
    slot->sections.store(sections + sections % 2, std::memory_order_relaxed);
    slot->is_taken.store(false, std::memory_order_relaxed);
  }
}

ReaderSlot* free_slot() {
  ReaderSlot* slot = first_slot.load(std::memory_order_acquire);
  for (; slot != nullptr; slot = slot->next) {
    if (slot->is_taken.load(std::memory_order_relaxed)) continue;
    if (!slot->is_taken.exchange(true, std::memory_order_acquire)) return slot;
  }
  return nullptr;
}

ReaderSlot* new_slot() {
  auto* slot = new (std::nothrow) ReaderSlot;
  if (slot == nullptr) return nullptr;
  slot->is_fenced = is_fenced();
  slot->next = first_slot.load(std::memory_order_relaxed);
  while (!first_slot.compare_exchange_weak(slot->next, slot, std::memory_order_seq_cst)) {
  }
  return slot;
}

[[gnu::cold, gnu::noinline]] ReaderSlot* take_slot() noexcept {
  if (own.is_over) return nullptr;
  static const int installed = pthread_atfork(nullptr, nullptr, &after_fork_in_child);
  if (installed != 0) return nullptr;
  thread_local SlotReturn give_back;
  static_cast<void>(give_back);
  own.slot = free_slot();
  if (own.slot == nullptr) own.slot = new_slot();
  return own.slot;
}

void pause_before_looking_again(int spins) {
  if (spins < kSpins) return;
  // Not sched_yield: a reader of lower priority would never get its turn.
  const timespec pause = {0, kReaderWithoutCpu_ns};
  ::nanosleep(&pause, nullptr);
}

}  // namespace

ReaderSlot* reader_slot() noexcept {
  ReaderSlot* slot = own.slot;
  return slot != nullptr ? slot : take_slot();
}

bool await_readers() noexcept {
  if (!is_fenced() && !barrier_in_all_threads()) return false;
  ReaderSlot* slot = first_slot.load(std::memory_order_seq_cst);
  for (; slot != nullptr; slot = slot->next) {
    const std::uint64_t seen = slot->sections.load(std::memory_order_seq_cst);
    if (seen % 2 == 0) continue;
    for (int spins = 0; slot->sections.load(std::memory_order_acquire) == seen; ++spins) {
      pause_before_looking_again(spins);
    }
  }
  return true;
}

}  // namespace bmauth::core
