// Ctrl-C: the first asks for an orderly end (what was sent is finished and stored), the second ends
// at once; both with status 130.
#pragma once

#include <bmauth.hpp>

namespace bmauth::cli {

inline constexpr int kInterruptedStatus = 130;

// From now on SIGINT triggers `cancel`, which must live as long as the process.
void cancel_on_interrupt(Cancel& cancel);

// For a call that ended well although it was interrupted: a refresh that was sent is finished and
// stored (contract, section 5), but nobody waits for its token any more. Throws Error (cancelled).
void throw_if_interrupted(const Cancel& cancel);

}  // namespace bmauth::cli
