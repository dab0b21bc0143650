// The one type for bytes that nobody may see: tokens, keys, verifiers, device codes.
#pragma once

#include <string>
#include <string_view>

namespace bmauth::core {

// Overwrites memory in a way that the compiler may not drop.
void wipe(void* memory, std::size_t size);

// Owns secret bytes, and wipes them when it is destroyed or overwritten. There is no conversion to
// a string, no comparison operator and no output operator: whoever reveals says so by name.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string_view bytes) : bytes_(bytes) {}
  explicit Secret(std::string&& bytes);  // takes the bytes over and wipes the source

  Secret(const Secret&) = default;
  Secret(Secret&& other) noexcept;
  Secret& operator=(const Secret& other);
  Secret& operator=(Secret&& other) noexcept;
  ~Secret();

  bool empty() const { return bytes_.empty(); }
  std::size_t size() const { return bytes_.size(); }

  // The bytes themselves. Valid as long as this object is neither changed nor destroyed.
  std::string_view reveal() const { return bytes_; }
  const char* reveal_c_str() const { return bytes_.c_str(); }

  // Compares in time that depends on the lengths alone.
  bool equals(const Secret& other) const;

  // Lower-case hex SHA-256 of the bytes: how files and logs speak of a secret.
  std::string digest() const;

 private:
  void clear();
  std::string bytes_;
};

}  // namespace bmauth::core
