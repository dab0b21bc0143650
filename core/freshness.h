// Where a moment lies in a token's life, and what that asks for (contract, section 5, three zones).
// Pure functions.
#pragma once

#include <cstdint>

#include "core/secret.h"
#include "core/token_record.h"

namespace bmauth::core {

// Where `now` lies in a token's life.
enum class Freshness {
  kFresh,    // returned as it is
  kStale,    // usable; one caller refreshes, the others take the present token
  kDue,      // usable still, but all wait for the one refresh
  kExpired,  // not usable
};

// The two limits, as seconds before expiry. `jitter`, in [0, 1), makes the fresh zone end up to 10
// % earlier, so that processes started together do not all come at once; the due zone never moves.
struct RefreshWindows {
  double stale_before_expiry_s = 0;
  double due_before_expiry_s = 0;
};
RefreshWindows refresh_windows(std::int64_t lifetime_s /* 0: unknown */, double jitter);

// When the token ends by the clock of this machine. That is the record's effective expiry, but for
// a JWT which would have died at once when it was issued here (within 30 s, and half of its own
// life): then the issuer's clock and ours disagree, and `expires_at`, counted on ours, is right.
// Without this rule a clock that is ahead by a token's life asks for a refresh at every call
// (promise R10).
std::int64_t local_expiry_unix_s(const TokenRecord& record);

// Seconds from issue to that end; 0: unknown.
std::int64_t local_lifetime_s(const TokenRecord& record);

Freshness freshness(const TokenRecord& record, std::int64_t now_unix_ms, double jitter);

// The first millisecond that is not in the fresh zone.
std::int64_t fresh_until_unix_ms(const TokenRecord& record, double jitter);

// What a caller wants of a token.
struct Demand {
  double jitter = 0;
  std::int64_t min_validity_ms = 0;
  Secret rejected;  // the access token that the API refused; empty: none
};

// What must happen for a demand to be met.
enum class Need {
  kNone,      // nothing: the token serves
  kAdvisory,  // one caller refreshes, and nobody waits for it
  kDue,       // all wait for a refresh; if it fails, the token is used while it lives
  kUnusable,  // expired, or refused by the API: nothing but a new token serves
};
Need need_of(const TokenRecord& record, std::int64_t now_unix_ms, const Demand& demand);

}  // namespace bmauth::core
