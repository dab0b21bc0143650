// Project names, and whether each is local or in the cloud: a hash table that is made once and read
// by many (performance.md, row b).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/config.h"
#include "core/hashed_name.h"

namespace bmauth::core {

// What a table says of a name. One number and no optional: it goes through registers, and a read in
// nanoseconds feels the difference.
enum class FoundMode : std::uint8_t { kNothing, kLocal, kCloud };

constexpr FoundMode found(RouteMode mode) {
  return mode == RouteMode::kCloud ? FoundMode::kCloud : FoundMode::kLocal;
}

class ModeIndex {
 public:
  ModeIndex() = default;
  // Of several projects with one name the first counts, as in find_project.
  explicit ModeIndex(const std::vector<Project>& projects);

  // The mode of the project with exactly this name.
  [[gnu::always_inline]] FoundMode find(std::string_view name) const {
    if (slots_.empty()) return FoundMode::kNothing;
    const HashedName hashed(name);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = hashed.hash() & mask; slots_[at] != 0; at = (at + 1) & mask) {
      if (holds(slots_[at], hashed)) return mode_of(head_of(slots_[at]));
    }
    return FoundMode::kNothing;
  }

 private:
  // A slot is, above, a tag of the name, which tells most others apart without a look at their
  // bytes, and below, where it stands in the arena; 0: empty. So small for the processor's cache.
  static constexpr int kPlaceBits = 24;
  static constexpr std::uint32_t kPlaceMask = (1u << kPlaceBits) - 1;
  static constexpr std::size_t kPlace_bytes = 4;  // places are counted in these

  static std::uint32_t tag_of(const HashedName& name) {
    return static_cast<std::uint32_t>(name.hash() >> 32) & ~kPlaceMask;
  }
  static std::uint32_t head_for(const Project& project) {
    return static_cast<std::uint32_t>(project.name.size()) << 1 |
           (project.mode == RouteMode::kCloud ? 1 : 0);
  }
  static FoundMode mode_of(std::uint32_t head) {
    return (head & 1) != 0 ? FoundMode::kCloud : FoundMode::kLocal;
  }
  static std::size_t entry_bytes(const Project& project) {
    const std::size_t bytes = sizeof(std::uint32_t) + project.name.size();
    return (bytes + kPlace_bytes - 1) / kPlace_bytes * kPlace_bytes;
  }

  const char* entry_of(std::uint32_t slot) const {
    return arena_.data() + (slot & kPlaceMask) * kPlace_bytes;
  }
  std::uint32_t head_of(std::uint32_t slot) const {
    return number_at<std::uint32_t>(entry_of(slot));
  }
  [[gnu::always_inline]] bool holds(std::uint32_t slot, const HashedName& name) const {
    return ((slot ^ tag_of(name)) & ~kPlaceMask) == 0 && head_of(slot) >> 1 == name.size() &&
           name.equals(entry_of(slot) + sizeof(std::uint32_t));
  }

  // Open addressing, by a power of two, at most a third of them full.
  std::vector<std::uint32_t> slots_;
  std::string arena_;  // for each name a head, which is its length and mode, and its bytes
};

}  // namespace bmauth::core
