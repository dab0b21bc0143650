// Opening a verification page in the person's browser (contract, section 4 step 2; promise N7).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "core/settings.h"

namespace bmauth::core {

inline constexpr int kBrowserWatchMs = 250;

// Whether a URL from a server may be shown as a link and opened: https, or http to loopback, in RFC
// 3986 characters alone; a fragment is allowed. Errors: insecure_url, invalid_argument; neither
// repeats the URL.
Result<void> check_openable_url(std::string_view url);

// Programs that open a URL given as their one argument, best first, as absolute paths. $BROWSER
// where it names one program (no arguments, no list), then the desktop's own opener: xdg-open where
// there is a display, `open` on macOS. Programs that draw in the terminal are left out. From
// `environment` are read: BROWSER, DISPLAY, WAYLAND_DISPLAY, and PATH (absent: the system's usual
// folders).
std::vector<std::string> browser_candidates(const Environment& environment);

// Opens `url` without a shell; the program runs on its own, in its own session, with nothing of
// ours but the environment (without API keys). True: it was started and did not fail within a
// moment, at most `watch_ms` per candidate. False: there is none. Errors: those of
// check_openable_url.
Result<bool> open_browser(const std::string& url, const Environment& environment,
                          int watch_ms = kBrowserWatchMs);

}  // namespace bmauth::core
