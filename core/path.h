// Paths as text.
#pragma once

#include <string>
#include <string_view>

namespace bmauth::core {

// The directory in which `path` stands: "/a/b" is in "/a", "/a" in "/", "a" in ".".
inline std::string directory_of(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash == std::string_view::npos) return ".";
  return std::string(path.substr(0, slash == 0 ? 1 : slash));
}

inline std::string_view name_of(std::string_view path) {
  return path.substr(path.find_last_of('/') + 1);  // npos + 1 is 0
}

inline std::string path_in(std::string_view directory, std::string_view name) {
  std::string path(directory);
  if (path.empty() || path.back() != '/') path += '/';
  return path += name;
}

// What lstat(2) must be asked for to see the directory behind a symbolic link.
inline std::string behind_links(std::string_view directory) {
  return path_in(directory, ".");
}

}  // namespace bmauth::core
