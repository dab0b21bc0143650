// Looks for a secret in all memory that this process may write.
#pragma once

#include <string>
#include <vector>

namespace bmauth::test {

// The needle is kept reversed, so that what is looked for is not what is found; it works with
// memory that it allocated at the start, or it would overwrite what it looks for.
class MemorySearch {
 public:
  explicit MemorySearch(std::string reversed_needle);
  bool finds();

 private:
  bool is_in(const char* bytes, std::size_t size) const;

  std::string reversed_;
  std::vector<char> maps_;
  std::vector<char> piece_;
};

}  // namespace bmauth::test
