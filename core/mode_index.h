// Project names, and whether each is local or in the cloud: a hash table that is made once and read
// by many (performance.md, row b).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config.h"

namespace bmauth::core {

class ModeIndex {
 public:
  ModeIndex() = default;
  // Of several projects with one name the first counts, as in find_project.
  explicit ModeIndex(const std::vector<Project>& projects);

  // The mode of the project with exactly this name.
  std::optional<RouteMode> find(std::string_view name) const;

 private:
  // Open addressing: a tag tells most other names apart without a look at their bytes.
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t place = 0;  // in the arena; 0: an empty slot
  };
  bool holds(std::uint32_t place, std::string_view name) const;

  std::vector<Slot> slots_;  // a power of two, at most half of them full
  std::string arena_;        // for each name: its length and mode, and its bytes
};

}  // namespace bmauth::core
