// Ctrl-C: the first asks for an orderly end (what was sent is finished and stored), the second ends
// at once; both with status 130.
#pragma once

#include <bmauth.hpp>

namespace bmauth::cli {

inline constexpr int kInterruptedStatus = 130;

// From now on SIGINT triggers `cancel`, which must live as long as the process.
void cancel_on_interrupt(Cancel& cancel);

}  // namespace bmauth::cli
