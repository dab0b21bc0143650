// One refresh: the transaction under the store's lock (contract, section 5; promises.md, "The
// order"). Lock, read again, marker, send, classify, build the record, write, release. What another
// holder left is used; what is in memory and who waits for it is the session's affair.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/error.h"
#include "core/freshness.h"
#include "core/token_store.h"
#include "core/transport.h"

namespace bmauth::core {

class Cancel;

struct RefreshLimits {
  std::int64_t try_timeout_ms = 0;
  std::int64_t budget_ms = 0;  // for presenting one refresh token again after a lost answer
};

// A record that is newer than the store's, because writing it failed (promise S2).
struct UnsavedSession {
  StoredSession session;
  // Digest of the record that it takes the place of; empty: there was none. The store holding
  // anything else means that somebody went on without us: then their session counts.
  std::string replaces_digest;
};

// Digest of what the store holds, as UnsavedSession speaks of it.
std::string digest_or_empty(const std::optional<StoredSession>& stored);

struct RefreshOrder {
  StoredSession seen;  // what the caller has, and found wanting
  Demand demand;
  std::optional<UnsavedSession> unsaved;
  std::int64_t lock_timeout_ms = 0;  // 0: one try
  bool is_single_request = false;    // for callers that may not wait between tries
  bool is_saving_only = false;       // stores `unsaved`, and sends nothing
  // Digest of a refresh token that the issuer has refused for good, if that could not be stored.
  std::string refused_digest;
};

struct RefreshResult {
  std::optional<StoredSession>
      session;          // in force afterwards; nothing: nobody is logged in any more
  bool is_new = false;  // by this refresh, or by another holder while we waited
  std::optional<UnsavedSession> unsaved;  // what the store still lacks, which `session` then is
  std::optional<Error> failure;           // why `session` is no newer than it was
  std::int64_t next_try_ms = -1;          // a single request was lost: call again after this time
  std::string refused_digest;             // as in the order
  std::vector<std::string> warnings;
};

// Does all that, or as little of it as it takes. `cancel` is looked at before sending and between
// tries; a request that was sent is finished and its answer stored, whatever `cancel` says (promise
// R6).
RefreshResult refresh(TokenStore& store, Transport& transport, Clock& clock,
                      const RefreshLimits& limits, const RefreshOrder& order, Cancel* cancel);

// Why no request may be sent for this session now, from what is known without one; nothing: it may.
std::optional<Error> local_refusal(const StoredSession& stored, const Demand& demand,
                                   const RefreshLimits& limits, std::int64_t now_unix_ms);

}  // namespace bmauth::core
