// A machine with one stored session, a strict authorization server and a clock: what the tests of
// refresh and session stand on.
#pragma once

#include <memory>
#include <string>

#include "core/refresh.h"
#include "core/session.h"
#include "tests/unit/authorization_server.h"
#include "tests/unit/fakes.h"

namespace bmauth::core {

inline constexpr std::int64_t kWorldStart_s = 1'800'000'000;
inline constexpr std::int64_t kWorldLifetime_s = 300;  // stale 100 s, due 60 s before expiry

inline Binding world_binding() {
  Binding binding;
  binding.issuer = "https://issuer.example";
  binding.client_id = "client_1";
  binding.cloud_host = "https://cloud.example";
  return binding;
}

// What a login at `issued_at_unix_s` left, in the words of AuthorizationServer's generations.
inline StoredSession world_session(int generation, std::int64_t issued_at_unix_s,
                                   std::int64_t lifetime_s = kWorldLifetime_s) {
  StoredSession session;
  session.record.access_token = Secret(AuthorizationServer::access_token(generation));
  session.record.refresh_token = Secret(AuthorizationServer::refresh_token(generation));
  session.record.issued_at_unix_s = issued_at_unix_s;
  session.record.expires_at_unix_s = issued_at_unix_s + lifetime_s;
  session.record.binding = world_binding();
  session.binding = world_binding();
  session.location = "/data/tokens.json";
  return session;
}

struct SessionWorld {
  FakeClock clock{kWorldStart_s * 1000};
  MemoryTokenStore store{clock};
  AuthorizationServer server{clock};
  FakeRandom random;
  RefreshLimits limits{5'000, 20'000};

  SessionWorld() { store.put(world_session(0, kWorldStart_s)); }

  SessionConfig config() const {
    SessionConfig config;
    config.refresh_try_timeout_ms = limits.try_timeout_ms;
    config.refresh_budget_ms = limits.budget_ms;
    config.lock_timeout_ms = 25'000;
    return config;
  }
  std::unique_ptr<Session> session() {
    return std::make_unique<Session>(store, server, clock, random, config());
  }

  // Seconds before (negative: after) the expiry of the stored token.
  void go_to_before_expiry_s(std::int64_t seconds) {
    const std::int64_t at_s = store.get()->record.expires_at_unix_s - seconds;
    clock.advance_ms(at_s * 1000 - clock.unix_ms());
  }
  int stored_generation() {
    return *AuthorizationServer::generation_of(store.get()->record.access_token.reveal());
  }
  // The record's bytes, as a token file would hold them.
  std::string stored_bytes() {
    return std::string(serialise_token_record(store.get()->record).reveal());
  }

  RefreshOrder order() {
    RefreshOrder order;
    order.seen = *store.get();
    order.lock_timeout_ms = 25'000;
    return order;
  }
  RefreshResult refresh_now(Cancel* cancel = nullptr) {
    return refresh(store, server, clock, limits, order(), cancel);
  }
};

}  // namespace bmauth::core
