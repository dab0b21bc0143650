// Reading what another thread may replace and destroy at any moment, without a lock and without a
// write that another reader can feel: the membarrier flavour of RCU. Each thread counts its reading
// sections in a slot of its own; whoever has taken an object out of reach waits until no section
// that may have seen it is open, and destroys it then.
#pragma once

#include <atomic>
#include <cstdint>

namespace bmauth::core {

inline constexpr std::size_t kReaderSlotBytes = 64;  // a cache line

struct alignas(kReaderSlotBytes) ReaderSlot {
  std::atomic<std::uint64_t> sections{0};  // odd: in one
  std::atomic<bool> is_taken{true};        // by a thread that lives
  bool is_fenced = false;                  // no membarrier here: the reader pays for the order
  ReaderSlot* next = nullptr;              // fixed before it is in the list
};

// The calling thread's; null in a thread that is ending, or without memory for one. Never inlined:
// glibc before 2.40 may clobber vector registers where a TLS descriptor is resolved (its bug
// 31372), and over a call a compiler keeps nothing in them.
[[gnu::noinline]] ReaderSlot* reader_slot() noexcept;

// One section. Sections of one thread may not be nested, and are kept short: a writer waits.
class Reading {
 public:
  Reading() noexcept : slot_(reader_slot()) {
    if (slot_ == nullptr) return;
    sections_ = slot_->sections.load(std::memory_order_relaxed) + 1;
    if (slot_->is_fenced) {
      slot_->sections.store(sections_, std::memory_order_seq_cst);
    } else {
      // The writer's membarrier stands for the fence; the compiler alone is held back here.
      slot_->sections.store(sections_, std::memory_order_release);
      std::atomic_signal_fence(std::memory_order_seq_cst);
    }
  }
  ~Reading() {
    if (slot_ != nullptr) slot_->sections.store(sections_ + 1, std::memory_order_release);
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;

  // False: nothing that others may destroy can be read.
  bool is_open() const { return slot_ != nullptr; }

 private:
  ReaderSlot* slot_;
  std::uint64_t sections_ = 0;
};

// Returns when all sections that were open at the call have ended; not to be called in one. False:
// that cannot be found out (the system has taken membarrier away since the start), so what was
// taken out of reach may never be destroyed.
[[nodiscard]] bool await_readers() noexcept;

}  // namespace bmauth::core
