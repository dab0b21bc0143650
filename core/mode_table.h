// The modes of all projects under the settings in force: what decide_route says of each, said
// beforehand.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/config.h"
#include "core/mode_index.h"
#include "core/settings.h"

namespace bmauth::core {

class ModeTable {
 public:
  // `config_version` tells of which configuration, as config_version() does.
  ModeTable(const Settings& settings, const std::vector<Project>& projects,
            std::string config_version);

  const std::string& config_version() const { return config_version_; }

  // Of a project that is configured. Nothing: the table does not know, and decide_route must be
  // asked.
  [[gnu::always_inline]] FoundMode find(std::string_view project) const {
    return decided_[static_cast<std::size_t>(index_.find(project))];
  }

 private:
  std::string config_version_;
  ModeIndex index_;
  std::array<FoundMode, 3> decided_{};  // by what the index says; nothing, of nothing
};

}  // namespace bmauth::core
