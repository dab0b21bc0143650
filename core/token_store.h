// Seam: where a session is kept. Three verbs: load, lease, compare_and_swap. What is a file, a name
// or a lock stays behind it, so that a store shared by machines can stand here later.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/token_record.h"

namespace bmauth::core {

class Cancel;

// What bmauth knows about the record's refresh token beyond the record itself; the sidecar of a
// token file. It speaks of the one record whose digest it names, and of no other.
struct RefreshState {
  // Written durably before a refresh token is sent, cleared by a conclusive answer (promise R2).
  struct Marker {
    std::string digest;  // of the refresh token presented
    std::int64_t sent_at_unix_ms = 0;
    int attempts = 0;  // presentations so far
  };
  // No request before `until`: after a lost answer, a 429, or an OAuth error that is not final.
  struct Hold {
    std::int64_t until_unix_ms = 0;
    std::int64_t delay_ms = 0;  // doubled at the next failure
    Code code = Code::kServer;  // what is answered locally meanwhile
    std::string oauth_error;
  };
  std::optional<Binding> binding;
  std::optional<Marker> marker;
  std::optional<Hold> hold;
  bool is_reauth_required = false;  // `invalid_grant` was the answer to this very token
  std::uint64_t generation = 0;     // rises with each record that bmauth stores
};

// Tells one content of the store from another; equal versions mean equal content.
struct StoreVersion {
  std::string value;
  friend bool operator==(const StoreVersion&, const StoreVersion&) = default;
};

struct StoredSession {
  TokenRecord record;
  RefreshState state;  // empty (but for generation) if the sidecar speaks of another record
  Binding
      binding;  // in effect: the record's, else the sidecar's, else the recorded or built-in one
  StoreVersion version;
  std::string location;               // for people: the token file
  bool is_writable = true;            // false: use the token, never refresh it
  std::vector<std::string> warnings;  // "was readable by others, consider rotating" ...
};

// Exclusive right to refresh and write, over all threads and processes, until destroyed.
class Lease {
 public:
  virtual ~Lease() = default;
};

// A record that somebody is writing just now: read again for a moment, or `store_corrupt` at once.
enum class Torn { kAwait, kReport };

class TokenStore {
 public:
  virtual ~TokenStore() = default;

  // The session in force, or nothing. Takes no lock and creates nothing. A corrupt file is
  // `store_corrupt`; one bound elsewhere alone is `credential_not_for_origin`. Cheap when nothing
  // has changed since the last call.
  virtual Result<std::optional<StoredSession>> load(Torn torn) = 0;

  // Waits until no other holder is left. `lock_timeout` after `timeout_ms` (0: one try),
  // `cancelled`.
  virtual Result<std::unique_ptr<Lease>> lease(std::int64_t timeout_ms, Cancel* cancel) = 0;

  // Under a lease: if the store still holds `expected` (nullopt: no session), it durably holds
  // `next` afterwards and the new version is returned; if it holds something else, nothing is
  // written and the answer is nullopt. The sidecar alone is written when the record is the same. A
  // write that fails is `not_persisted`-worthy: store_io, store_permissions; the old content is
  // whole.
  virtual Result<std::optional<StoreVersion>> compare_and_swap(
      Lease& lease, const std::optional<StoreVersion>& expected, const StoredSession& next) = 0;
};

}  // namespace bmauth::core
