// One configuration file, parsed: what it states, and where.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/json.h"

namespace bmauth::core {

// The top-level members that bmauth reads; anything else in the files is none of its business.
inline constexpr std::array<std::string_view, 9> kConfigMembers = {
    "cloud_domain",  "cloud_client_id", "cloud_host",    "default_project", "default_workspace",
    "cloud_api_key", "projects",        "project_modes", "cloud_projects"};

// Member names from the top, at most three; made for every value, so it must cost nothing.
class ConfigPath {
 public:
  ConfigPath(std::initializer_list<std::string_view> names) : count_(names.size()) {
    std::ranges::copy(names, names_.begin());
  }
  const std::string_view* begin() const { return names_.data(); }
  const std::string_view* end() const { return names_.data() + count_; }

 private:
  std::array<std::string_view, 3> names_;
  std::size_t count_;
};

// A name from a file, in quotes and fit to be shown.
std::string quoted_name(std::string_view name);

// The member names joined by dots, fit to be shown.
std::string path_words(const ConfigPath& path);

// A member that counts: null is the same as absent.
const Json* find_stated(const Json* object, std::string_view name);

// Its text is kept for positions in JSON, which are looked up only to be shown. It may hold a key:
// text and values are wiped with the object.
class ConfigDocument {
 public:
  ConfigDocument(std::string path, std::string text);
  ConfigDocument(ConfigDocument&&) = default;
  ConfigDocument& operator=(ConfigDocument&&) = delete;
  ~ConfigDocument();

  // YAML if the path ends with ".yaml", else JSON. Errors: config_invalid.
  Result<void> parse();

  const std::string& path() const { return path_; }
  const Json& root() const { return root_; }
  bool is_yaml() const { return is_yaml_; }

  // The text at `path`, which is `json`; null pointer if that is absent, null or empty.
  Result<const std::string*> read_text(const ConfigPath& path, const Json* json) const;
  // The mapping of that name at the top; null pointer if it is absent or null.
  Result<const Json*> read_mapping(std::string_view name) const;

  // "file:line:column" of the value.
  std::string place(const ConfigPath& path) const;
  // config_invalid at that place.
  Error error(const ConfigPath& path, const std::string& words) const;
  Error type_error(const ConfigPath& path, const char* expected, const Json& found) const;

 private:
  std::string path_;
  std::string text_;
  bool is_yaml_;
  Json root_;
};

}  // namespace bmauth::core
