// Finds and loads the net object (architecture, "Linking and loading").
#pragma once

#include "core/error.h"
#include "core/net/net.h"

namespace bmauth::core {

// The table of libbmauth_net.so, loaded at the first call and kept for good. Looked for beside the
// object that holds the core, then in `bmauth/` below it; never by bare name, never by environment.
// Thread-safe, and usable after fork. Error: net_unavailable; the next call tries again.
Result<const bmauth_net_table*> load_net_library();

}  // namespace bmauth::core
