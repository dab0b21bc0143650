// The modes of all projects under the settings in force: what decide_route says of each, said
// beforehand.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config.h"
#include "core/mode_index.h"
#include "core/settings.h"

namespace bmauth::core {

// What is needed to know where a project's requests go.
struct ModeAnswer {
  RouteMode mode = RouteMode::kLocal;
  bool is_known = false;
};

class ModeTable {
 public:
  // `config_version` tells of which configuration, as config_version() does.
  ModeTable(const Settings& settings, const std::vector<Project>& projects,
            std::string config_version);

  const std::string& config_version() const { return config_version_; }

  // Nothing: the table does not know, and decide_route must be asked.
  std::optional<ModeAnswer> find(std::string_view project) const {
    if (!is_direct_) return std::nullopt;
    const auto configured = index_.find(project);
    if (!configured) return std::nullopt;
    return ModeAnswer{decided_[*configured == RouteMode::kCloud ? 1 : 0], true};
  }

 private:
  std::string config_version_;
  ModeIndex index_;
  bool is_direct_ = false;
  std::array<RouteMode, 2> decided_{};  // of a project that is configured local, or cloud
};

}  // namespace bmauth::core
