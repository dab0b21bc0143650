#include "core/secret.h"

#include <cstring>

#include "core/sha256.h"

namespace bmauth::core {

void wipe(void* memory, std::size_t size) {
  if (size == 0) return;
  std::memset(memory, 0, size);
  __asm__ __volatile__("" : : "r"(memory) : "memory");
}

Secret::Secret(std::string&& bytes) : bytes_(bytes) {
  wipe(bytes.data(), bytes.size());
  bytes.clear();
}

Secret::Secret(Secret&& other) noexcept {
  bytes_.swap(other.bytes_);
  other.clear();  // a short string leaves its bytes behind
}

Secret& Secret::operator=(const Secret& other) {
  if (this != &other) {
    clear();
    bytes_ = other.bytes_;
  }
  return *this;
}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    clear();
    bytes_.swap(other.bytes_);
    other.clear();
  }
  return *this;
}

Secret::~Secret() {
  clear();
}

bool Secret::equals(const Secret& other) const {
  if (bytes_.size() != other.bytes_.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < bytes_.size(); ++i) {
    difference |=
        static_cast<unsigned char>(bytes_[i]) ^ static_cast<unsigned char>(other.bytes_[i]);
  }
  return difference == 0;
}

std::string Secret::digest() const {
  return sha256_hex(bytes_);
}

void Secret::clear() {
  // The whole capacity: an earlier, longer value may have left bytes behind the present end.
  bytes_.resize(bytes_.capacity());
  wipe(bytes_.data(), bytes_.size());
  bytes_.clear();
}

}  // namespace bmauth::core
