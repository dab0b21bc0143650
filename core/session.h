// The current token of one session, refreshed once per expiry over all threads, processes and
// languages (contract, section 5; promises R1 to R11).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/error.h"
#include "core/freshness.h"
#include "core/random.h"
#include "core/token_store.h"
#include "core/transport.h"

namespace bmauth::core {

struct SessionConfig {
  std::int64_t refresh_try_timeout_ms = 0;
  std::int64_t refresh_budget_ms = 0;
  std::int64_t lock_timeout_ms = 0;
};

struct CurrentToken {
  StoredSession session;
  Freshness freshness = Freshness::kFresh;
  bool is_persisted = true;  // false: newer than what the store holds; tried again next call
  bool is_settled = false;   // of `peek`: there is nothing that `current` would do about it
  std::int64_t fresh_until_unix_ms = 0;  // while nothing else happens
  std::vector<std::string> warnings;     // a refresh that failed while the token still lives ...
};

class Session {
 public:
  // All references must outlive the session.
  Session(TokenStore& store, Transport& transport, Clock& clock, Random& random,
          SessionConfig config);
  ~Session();

  // The token to use now; nothing if nobody is logged in. Refreshes when due, joining the one
  // flight of this process and of others. Errors: reauth_required, oauth_rejected, network, tls,
  // timeout, rate_limited, server, lock_timeout, cancelled, store_* ... - never for a token that is
  // usable.
  Result<std::optional<CurrentToken>> current(std::int64_t min_validity_ms, Cancel* cancel);

  // The same for callers that may not wait (Node): at most one request, no waiting for a lock.
  // Ready: `current` will now answer without waiting.
  struct Step {
    bool is_ready = false;
    std::int64_t next_delay_ms = 0;  // when not ready: call again after that
  };
  Result<Step> step(std::int64_t min_validity_ms, Cancel* cancel);

  // The API answered 401 to this access token: it is refreshed once, whatever its clock says. A
  // value that is not the current one changes nothing (promise R10).
  void invalidate(const Secret& access_token);

  // A login's record that could not be stored: kept in memory, stored by a later call (promise S2).
  void adopt_unsaved(const StoredSession& session);

  // After a logout: what could not be stored must not come back either (promise R9).
  void forget_unsaved();

  // What is there, without lock or network.
  Result<std::optional<CurrentToken>> peek(Torn torn);

  // In the child after fork: forgets the flights of the parent, and all that another thread of it
  // may have been changing at that moment. Not thread-safe, as there is one thread.
  void after_fork_in_child();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace bmauth::core
