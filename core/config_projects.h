// The projects of one configuration file, in its present and in its old shape.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config.h"
#include "core/config_document.h"

namespace bmauth::core {

// A project as one file has it; what the file does not state is empty.
struct StatedProject {
  std::string_view name;
  std::string path;
  std::optional<RouteMode> mode;
  std::string workspace_id;
  std::string_view mode_member = "projects";  // the top-level member that states the mode
  TextPosition position;
};

// In the order of the file. They refer to the document's names. Errors: config_invalid.
Result<std::vector<StatedProject>> read_projects(const ConfigDocument& document);

// Where the project's mode is stated.
std::string mode_place(const ConfigDocument& document, const StatedProject& stated);

}  // namespace bmauth::core
