#include "floor.h"

#include <cstring>
#include <mutex>
#include <string>

namespace {
std::string text;
std::mutex mutex;
}  // namespace

void bench_set_text(const char* value) {
  text = value;
}

int bench_copy(char* buffer, std::int64_t capacity_bytes, std::int64_t* length_bytes) {
  if (static_cast<std::int64_t>(text.size()) >= capacity_bytes) return 1;
  std::memcpy(buffer, text.c_str(), text.size() + 1);
  *length_bytes = static_cast<std::int64_t>(text.size());
  return 0;
}

int bench_copy_locked(char* buffer, std::int64_t capacity_bytes, std::int64_t* length_bytes) {
  const std::lock_guard lock(mutex);
  return bench_copy(buffer, capacity_bytes, length_bytes);
}
