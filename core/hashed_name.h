// A name as a hash table wants it: its hash, and its end in two words, by which names are compared
// without a call. Inline all of it: a read that takes a dozen nanoseconds feels each call.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace bmauth::core {

template <class Number>
Number number_at(const char* bytes) {
  Number number;
  std::memcpy(&number, bytes, sizeof number);
  return number;
}

// The last 16 bytes; of a shorter name all of it, in words that may overlap.
struct LastWords {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  [[gnu::always_inline]] LastWords(const char* bytes, std::size_t size) {
    if (size >= 8) {
      low = number_at<std::uint64_t>(size > 16 ? bytes + size - 16 : bytes);
      high = number_at<std::uint64_t>(bytes + size - 8);
    } else if (size >= 4) {
      low = number_at<std::uint32_t>(bytes);
      high = number_at<std::uint32_t>(bytes + size - 4);
    } else if (size > 0) {
      const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(bytes[at]); };
      low = byte(0);
      high = static_cast<std::uint64_t>(byte(size / 2)) << 8 | byte(size - 1);
    }
  }
  bool operator==(const LastWords& other) const { return low == other.low && high == other.high; }
};

class HashedName {
 public:
  [[gnu::always_inline]] explicit HashedName(std::string_view name)
      : bytes_(name), last_(name.data(), name.size()), hash_(hash(name, last_)) {}

  std::uint64_t hash() const { return hash_; }
  std::size_t size() const { return bytes_.size(); }

  // Whether these bytes, as many as the name has, are the name's.
  [[gnu::always_inline]] bool equals(const char* bytes) const {
    return LastWords(bytes, size()) == last_ &&
           (size() <= 16 || std::memcmp(bytes, bytes_.data(), size() - 16) == 0);
  }

 private:
  __extension__ typedef unsigned __int128 Wide;

  static std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    const Wide product = static_cast<Wide>(a) * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
  }

  // Multiply and fold, after wyhash. Names come from the person's own configuration, so nobody
  // gains by making them collide.
  [[gnu::always_inline]] static std::uint64_t hash(std::string_view name, const LastWords& last) {
    constexpr std::uint64_t kFirst = 0xa0761d6478bd642f;
    constexpr std::uint64_t kSecond = 0xe7037ed1a0b428db;
    std::uint64_t state = name.size() ^ kFirst;
    for (; name.size() > 16; name.remove_prefix(16)) {
      state = mixed(number_at<std::uint64_t>(name.data()) ^ kSecond,
                    number_at<std::uint64_t>(name.data() + 8) ^ state);
    }
    return mixed(last.low ^ kSecond, last.high ^ state);
  }

  std::string_view bytes_;
  LastWords last_;
  std::uint64_t hash_;
};

}  // namespace bmauth::core
