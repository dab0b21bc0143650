#include "core/mode_index.h"

#include <bit>

namespace bmauth::core {

ModeIndex::ModeIndex(const std::vector<Project>& projects) {
  std::size_t size = kPlace_bytes;  // so that no name stands at 0
  for (const Project& project : projects) size += entry_bytes(project);
  // Without an index each project is looked for in the list; so long a list nobody has.
  if (projects.empty() || size / kPlace_bytes > kPlaceMask) return;
  slots_.resize(std::bit_ceil(projects.size() * 3));
  arena_.reserve(size);
  arena_.resize(kPlace_bytes);
  for (const Project& project : projects) {
    const HashedName name(project.name);
    std::size_t at = name.hash() & (slots_.size() - 1);
    while (slots_[at] != 0 && !holds(slots_[at], name)) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at] != 0) continue;
    slots_[at] = tag_of(name) | static_cast<std::uint32_t>(arena_.size() / kPlace_bytes);
    const std::size_t end = arena_.size() + entry_bytes(project);
    const std::uint32_t head = head_for(project);
    arena_.append(reinterpret_cast<const char*>(&head), sizeof head);
    arena_ += project.name;
    arena_.resize(end);
  }
}

}  // namespace bmauth::core
