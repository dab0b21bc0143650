#include "memory_search.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace bmauth::test {
namespace {

constexpr std::size_t kMaps_bytes = 1 << 20;
constexpr std::size_t kPiece_bytes = 1 << 20;

}  // namespace

MemorySearch::MemorySearch(std::string reversed_needle)
    : reversed_(std::move(reversed_needle)), maps_(kMaps_bytes), piece_(kPiece_bytes) {}

bool MemorySearch::is_in(const char* bytes, std::size_t size) const {
  const std::size_t length = reversed_.size();
  for (std::size_t at = 0; at + length <= size; ++at) {
    if (bytes[at] != reversed_.back()) continue;
    if (std::equal(reversed_.rbegin(), reversed_.rend(), bytes + at)) return true;
  }
  return false;
}

bool MemorySearch::finds() {
  const int maps = ::open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  if (maps < 0 || memory < 0) throw std::runtime_error("no /proc/self");
  std::size_t filled = 0;
  for (ssize_t got = 1; got > 0 && filled + 1 < maps_.size();
       filled += static_cast<std::size_t>(got)) {
    got = ::read(maps, maps_.data() + filled, maps_.size() - 1 - filled);
    if (got < 0) throw std::runtime_error("/proc/self/maps");
  }
  maps_[filled] = '\0';
  bool is_found = false;
  for (char* line = std::strtok(maps_.data(), "\n"); line != nullptr;
       line = std::strtok(nullptr, "\n")) {
    std::uint64_t start = 0;
    std::uint64_t end = 0;
    char rights[5] = "";
    if (std::sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s", &start, &end, rights) != 3) continue;
    if (rights[0] != 'r' || rights[1] != 'w') continue;
    // Pieces overlap by a needle.
    for (std::uint64_t at = start; at < end && !is_found; at += kPiece_bytes - reversed_.size()) {
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(end - at, kPiece_bytes));
      const ssize_t got = ::pread(memory, piece_.data(), wanted, static_cast<off_t>(at));
      // What cannot be read is gone by now, and holds nothing.
      if (got > 0) is_found = is_in(piece_.data(), static_cast<std::size_t>(got));
      std::fill(piece_.begin(), piece_.end(), '\0');  // or the next look finds this copy
    }
  }
  ::close(memory);
  ::close(maps);
  return is_found;
}

}  // namespace bmauth::test
