#include "core/mode_index.h"

#include <bit>
#include <cstring>

namespace bmauth::core {
namespace {

__extension__ typedef unsigned __int128 Wide;

std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

template <class Number>
Number number_at(const char* bytes) {
  Number number;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

// Multiply and fold, after wyhash. Names come from the person's own configuration, so nobody gains
// by making them collide.
std::uint64_t hash_of(std::string_view name) {
  constexpr std::uint64_t kFirst = 0xa0761d6478bd642f;
  constexpr std::uint64_t kSecond = 0xe7037ed1a0b428db;
  const char* bytes = name.data();
  std::size_t left = name.size();
  std::uint64_t state = left ^ kFirst;
  for (; left > 16; left -= 16, bytes += 16) {
    state = mixed(number_at<std::uint64_t>(bytes) ^ kSecond,
                  number_at<std::uint64_t>(bytes + 8) ^ state);
  }
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  if (left >= 8) {  // two words that may overlap
    low = number_at<std::uint64_t>(bytes);
    high = number_at<std::uint64_t>(bytes + left - 8);
  } else if (left >= 4) {
    low = number_at<std::uint32_t>(bytes);
    high = number_at<std::uint32_t>(bytes + left - 4);
  } else if (left > 0) {
    low = static_cast<unsigned char>(bytes[0]);
    high = static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[left / 2])) << 8 |
           static_cast<unsigned char>(bytes[left - 1]);
  }
  return mixed(low ^ kSecond, high ^ state);
}

std::uint32_t tag_of(std::uint64_t hash) {
  return static_cast<std::uint32_t>(hash >> 32);
}

}  // namespace

ModeIndex::ModeIndex(const std::vector<Project>& projects) {
  if (projects.empty()) return;
  slots_.resize(std::bit_ceil(projects.size() * 2));
  std::size_t size = 1;
  for (const Project& project : projects) size += sizeof(std::uint32_t) + project.name.size();
  arena_.reserve(size);
  arena_.push_back('\0');  // so that no name stands at 0
  for (const Project& project : projects) {
    const std::uint64_t hash = hash_of(project.name);
    std::size_t at = hash & (slots_.size() - 1);
    bool is_known = false;
    while (slots_[at].place != 0 && !is_known) {
      is_known = slots_[at].tag == tag_of(hash) && holds(slots_[at].place, project.name);
      at = (at + 1) & (slots_.size() - 1);
    }
    if (is_known) continue;
    slots_[at] = {tag_of(hash), static_cast<std::uint32_t>(arena_.size())};
    const std::uint32_t head = static_cast<std::uint32_t>(project.name.size()) << 1 |
                               (project.mode == RouteMode::kCloud ? 1 : 0);
    arena_.append(reinterpret_cast<const char*>(&head), sizeof head);
    arena_ += project.name;
  }
}

bool ModeIndex::holds(std::uint32_t place, std::string_view name) const {
  const char* entry = arena_.data() + place;
  return number_at<std::uint32_t>(entry) >> 1 == name.size() &&
         std::memcmp(entry + sizeof(std::uint32_t), name.data(), name.size()) == 0;
}

std::optional<RouteMode> ModeIndex::find(std::string_view name) const {
  if (slots_.empty()) return std::nullopt;
  const std::uint64_t hash = hash_of(name);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask; slots_[at].place != 0; at = (at + 1) & mask) {
    if (slots_[at].tag != tag_of(hash) || !holds(slots_[at].place, name)) continue;
    const auto head = number_at<std::uint32_t>(arena_.data() + slots_[at].place);
    return (head & 1) != 0 ? RouteMode::kCloud : RouteMode::kLocal;
  }
  return std::nullopt;
}

}  // namespace bmauth::core
