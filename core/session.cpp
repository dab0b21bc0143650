#include "core/session.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "core/cancel.h"
#include "core/generation.h"
#include "core/refresh.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kSuspension_ms =
    30'000;  // a dead network must not cost each call its timeout
constexpr std::int64_t kBusyDelay_ms = 50;
constexpr std::int64_t kGrant_ms = 30'000;  // for a runtime to come and take what a step got ready
constexpr std::int64_t kSaveAgain_ms =
    1'000;  // what could not be stored, counted from the last attempt
constexpr auto kCheckInterval = std::chrono::milliseconds(50);  // of the callers' check callbacks

double draw_jitter(Random& random) {
  std::array<std::uint8_t, 4> bytes{};
  if (!random.fill(bytes)) return 0.5;
  std::uint32_t number = 0;
  for (std::uint8_t byte : bytes) number = number << 8 | byte;
  return number / 4294967296.0;
}

// A session as a caller finds it.
struct Look {
  StoredSession session;
  bool is_persisted = true;
};

// One refresh of this process, and all who wait for it.
struct Flight {
  bool is_done = false;
  std::optional<RefreshResult>
      result;  // nothing: it ended in a way that says nothing to the others
};

// After a refresh that failed while the token lives.
struct Suspension {
  Secret access_token;
  Error failure;
  std::int64_t until_monotonic_ms = 0;
};

}  // namespace

struct Session::Impl {
  // What the threads of this process share. In one piece, because a forked child begins anew with
  // it.
  struct Shared {
    std::mutex mutex;
    std::condition_variable landed;
    std::shared_ptr<Flight> flight;
    std::optional<UnsavedSession> unsaved;
    std::int64_t save_failed_monotonic_ms = 0;  // when `unsaved` could not be stored last
    std::optional<Suspension> suspension;
    Secret rejected;  // by the API, and not refreshed yet
    Secret answered;  // the last value that was rejected and has had its one refresh
    Secret own;       // the newest access token that came through a flight
    std::int64_t own_since_monotonic_ms = 0;
    Secret granted;  // what `step` got ready and nobody has taken yet
    std::int64_t granted_monotonic_ms = 0;
    std::string refused_digest;
    std::int64_t busy_since_monotonic_ms = -1;  // `step` has met a locked store since then

    void grant(const Secret& access_token, std::int64_t now_monotonic_ms) {
      granted = access_token;
      granted_monotonic_ms = now_monotonic_ms;
    }
  };

  TokenStore& store;
  Transport& transport;
  Clock& clock;
  SessionConfig config;
  RefreshLimits limits;
  double jitter;
  std::unique_ptr<Shared> shared = std::make_unique<Shared>();

  Impl(TokenStore& the_store, Transport& the_transport, Clock& the_clock, Random& random,
       SessionConfig the_config)
      : store(the_store),
        transport(the_transport),
        clock(the_clock),
        config(the_config),
        limits{config.refresh_try_timeout_ms, config.refresh_budget_ms},
        jitter(draw_jitter(random)) {}

  Result<std::optional<Look>> look(Torn torn) {
    auto loaded = store.load(torn);
    std::lock_guard lock(shared->mutex);
    if (shared->unsaved) {
      if (!loaded || digest_or_empty(*loaded) == shared->unsaved->replaces_digest) {
        return std::optional<Look>(Look{shared->unsaved->session, false});
      }
      shared->unsaved.reset();
    }
    if (!loaded) return std::move(loaded).error();
    if (!*loaded) return std::optional<Look>();
    return std::optional<Look>(Look{**std::move(loaded), true});
  }

  Demand demand_for(const Look& look, std::int64_t min_validity_ms) {
    Demand demand;
    demand.jitter = jitter;
    demand.min_validity_ms = min_validity_ms;
    std::int64_t lifetime_ms = -1;
    if (min_validity_ms > 0) lifetime_ms = local_lifetime_s(look.session.record) * 1000;
    std::lock_guard lock(shared->mutex);
    demand.rejected = shared->rejected;
    // No token of this issuer lives as long as that: one refresh was its due, and it has had it.
    if (lifetime_ms >= 0 && (lifetime_ms == 0 || min_validity_ms > lifetime_ms) &&
        !shared->own.empty()) {
      const std::int64_t age_ms = clock.monotonic_ms() - shared->own_since_monotonic_ms;
      if (shared->own.equals(look.session.record.access_token) || age_ms < kSuspension_ms) {
        demand.min_validity_ms = 0;
      }
    }
    return demand;
  }

  // Whether a caller without wishes may take the token and go. One that is not stored yet must come
  // to `current` now and then, which tries again to store it.
  bool is_settled(const Look& look) {
    const Demand demand = demand_for(look, 0);
    if (need_of(look.session.record, clock.unix_ms(), demand) != Need::kNone) return false;
    const std::int64_t now_ms = clock.monotonic_ms();
    std::lock_guard lock(shared->mutex);
    if (shared->granted.equals(look.session.record.access_token)) shared->granted = Secret();
    return look.is_persisted || now_ms - shared->save_failed_monotonic_ms < kSaveAgain_ms;
  }

  bool is_usable(const StoredSession& session, const Demand& demand) {
    return need_of(session.record, clock.unix_ms(), demand) != Need::kUnusable;
  }

  CurrentToken present(StoredSession session, bool is_persisted) {
    CurrentToken current;
    current.freshness = freshness(session.record, clock.unix_ms(), jitter);
    current.fresh_until_unix_ms = fresh_until_unix_ms(session.record, jitter);
    current.session = std::move(session);
    current.is_persisted = is_persisted;
    return current;
  }

  // A usable token with the reason why it is no newer; without one, the reason alone.
  Result<std::optional<CurrentToken>> present_or_fail(const StoredSession& session,
                                                      bool is_persisted, const Demand& demand,
                                                      const Error& failure) {
    if (!is_usable(session, demand)) return failure;
    CurrentToken current = present(session, is_persisted);
    current.warnings.push_back("the token could not be refreshed: " + failure.message);
    return std::optional<CurrentToken>(std::move(current));
  }

  // What can be said without lock and network; nothing: a refresh is needed.
  std::optional<Result<std::optional<CurrentToken>>> answer_at_once(const Look& look, Need need,
                                                                    const Demand& demand) {
    const StoredSession& session = look.session;
    std::optional<Error> failure = std::nullopt;
    bool is_granted = false;
    {
      std::lock_guard lock(shared->mutex);
      is_granted = !shared->granted.empty() &&
                   shared->granted.equals(session.record.access_token) &&
                   !shared->rejected.equals(shared->granted) &&
                   clock.monotonic_ms() - shared->granted_monotonic_ms < kGrant_ms;
      if (shared->suspension && need != Need::kUnusable &&
          shared->suspension->access_token.equals(session.record.access_token) &&
          clock.monotonic_ms() < shared->suspension->until_monotonic_ms) {
        failure = shared->suspension->failure;
      }
      if (!shared->refused_digest.empty() && shared->refused_digest == session.record.digest()) {
        failure = make_error(
            Code::kReauthRequired,
            session.binding.issuer + " no longer accepts the session in " + session.location);
      }
    }
    if (need == Need::kNone || is_granted) {
      return Result<std::optional<CurrentToken>>(
          std::optional<CurrentToken>(present(session, look.is_persisted)));
    }
    if (auto refusal = local_refusal(session, demand, limits, clock.unix_ms())) {
      failure = std::move(refusal);
    }
    if (!failure) return std::nullopt;
    return present_or_fail(session, look.is_persisted, demand, *failure);
  }

  // The flight in the air, or a new one that the caller leads.
  std::shared_ptr<Flight> board(bool& is_leader) {
    std::lock_guard lock(shared->mutex);
    is_leader = shared->flight == nullptr;
    if (is_leader) shared->flight = std::make_shared<Flight>();
    return shared->flight;
  }

  RefreshOrder order_for(const Look& look, const Demand& demand, std::int64_t lock_timeout_ms) {
    RefreshOrder order;
    order.seen = look.session;
    order.demand = demand;
    order.lock_timeout_ms = lock_timeout_ms;
    std::lock_guard lock(shared->mutex);
    order.unsaved = shared->unsaved;
    order.refused_digest = shared->refused_digest;
    return order;
  }

  // Runs the refresh without any lock of this process, and lets everybody know how it ended; also
  // if it ended in an exception (out of memory), which leaves the others to try for themselves.
  RefreshResult lead(const std::shared_ptr<Flight>& flight, const RefreshOrder& order,
                     Cancel* cancel) {
    struct Landing {
      Shared& shared;
      Flight& flight;
      ~Landing() {
        std::lock_guard lock(shared.mutex);
        flight.is_done = true;
        shared.flight.reset();
        shared.landed.notify_all();
        raise_generation();
      }
    } landing{*shared, *flight};

    RefreshResult result = refresh(store, transport, clock, limits, order, cancel);
    const bool is_busy = is_lock_busy(order, result);
    const bool is_cancelled = result.failure && result.failure->code == Code::kCancelled;
    const bool is_living = result.session && is_usable(*result.session, order.demand);
    const std::int64_t now_ms = clock.monotonic_ms();

    std::lock_guard lock(shared->mutex);
    if (result.unsaved) {
      shared->unsaved = result.unsaved;
      shared->save_failed_monotonic_ms = now_ms;
    } else if (order.unsaved && shared->unsaved &&
               shared->unsaved->session.record.access_token.equals(
                   order.unsaved->session.record.access_token)) {
      shared->unsaved.reset();
    }
    shared->refused_digest = result.refused_digest;
    if (result.is_new && !result.failure) {
      shared->own = result.session->record.access_token;
      shared->own_since_monotonic_ms = now_ms;
      shared->suspension.reset();
      if (!order.demand.rejected.empty() && shared->rejected.equals(order.demand.rejected)) {
        shared->answered = std::move(shared->rejected);
        shared->rejected = Secret();
      }
    }
    if (result.failure && is_living && !is_busy && !is_cancelled && !order.is_saving_only) {
      shared->suspension =
          Suspension{result.session->record.access_token, *result.failure, now_ms + kSuspension_ms};
    }
    // Whether the leader gave up, had no time or had another aim is not the others' affair.
    if (!is_busy && !is_cancelled && !order.is_saving_only && result.next_try_ms < 0) {
      flight->result = result;
    }
    return result;
  }

  static bool is_lock_busy(const RefreshOrder& order, const RefreshResult& result) {
    return result.failure && result.failure->code == Code::kLockTimeout &&
           order.lock_timeout_ms == 0;
  }

  // Waits on the caller's own thread, with the caller's own cancel. An Error is the waiter's, not
  // the flight's.
  Result<std::optional<RefreshResult>> wait(Flight& flight, std::int64_t deadline_monotonic_ms,
                                            Cancel* cancel) {
    std::unique_lock lock(shared->mutex);
    while (!flight.is_done) {
      shared->landed.wait_for(lock, kCheckInterval);
      if (flight.is_done) break;
      lock.unlock();  // the check callback is the caller's code
      if (cancel != nullptr && cancel->is_triggered()) {
        return make_error(Code::kCancelled, "the wait for a refresh was cancelled");
      }
      if (clock.monotonic_ms() >= deadline_monotonic_ms) {
        return make_error(Code::kLockTimeout, "a refresh by another thread takes too long");
      }
      lock.lock();
    }
    return flight.result;
  }

  Result<std::optional<CurrentToken>> deliver(const RefreshResult& result,
                                              const RefreshOrder& order) {
    if (!result.session) return std::optional<CurrentToken>();
    const bool is_persisted = !result.unsaved;
    if (result.failure && !is_lock_busy(order, result)) {
      return present_or_fail(*result.session, is_persisted, order.demand, *result.failure);
    }
    CurrentToken current = present(*result.session, is_persisted);
    current.warnings = result.warnings;
    return std::optional<CurrentToken>(std::move(current));
  }

  // One attempt to store what could not be stored, if nobody is in the way.
  void save_unsaved(const Look& look, Cancel* cancel) {
    bool is_leader = false;
    std::shared_ptr<Flight> flight = board(is_leader);
    if (!is_leader) return;
    RefreshOrder order = order_for(look, demand_for(look, 0), 0);
    order.is_saving_only = true;
    lead(flight, order, cancel);
  }
};

Session::Session(TokenStore& store, Transport& transport, Clock& clock, Random& random,
                 SessionConfig config)
    : impl_(std::make_unique<Impl>(store, transport, clock, random, config)) {}

Session::~Session() = default;

Result<std::optional<CurrentToken>> Session::current(std::int64_t min_validity_ms, Cancel* cancel) {
  Impl& impl = *impl_;
  const std::int64_t deadline_ms = impl.clock.monotonic_ms() + impl.config.lock_timeout_ms;
  bool has_tried_to_save = false;
  for (;;) {
    auto looked = impl.look(Torn::kAwait);
    if (!looked) return std::move(looked).error();
    if (!*looked) return std::optional<CurrentToken>();
    const Look& look = **looked;
    if (!look.is_persisted && !has_tried_to_save) {
      has_tried_to_save = true;
      impl.save_unsaved(look, cancel);
      continue;
    }

    const Demand demand = impl.demand_for(look, min_validity_ms);
    const Need need = need_of(look.session.record, impl.clock.unix_ms(), demand);
    if (auto answer = impl.answer_at_once(look, need, demand)) {
      std::lock_guard lock(impl.shared->mutex);
      impl.shared->granted = Secret();
      return *std::move(answer);
    }

    bool is_leader = false;
    std::shared_ptr<Flight> flight = impl.board(is_leader);
    const std::int64_t lock_timeout_ms =
        need == Need::kAdvisory
            ? 0
            : std::max<std::int64_t>(deadline_ms - impl.clock.monotonic_ms(), 1);
    if (is_leader) {
      const RefreshOrder order = impl.order_for(look, demand, lock_timeout_ms);
      return impl.deliver(impl.lead(flight, order, cancel), order);
    }
    if (need == Need::kAdvisory) {
      return std::optional<CurrentToken>(impl.present(look.session, look.is_persisted));
    }
    auto landed = impl.wait(*flight, deadline_ms, cancel);
    if (!landed) {
      return impl.present_or_fail(look.session, look.is_persisted, demand, landed.error());
    }
    if (!*landed) continue;
    const RefreshResult& result = **landed;
    const bool is_what_was_rejected = result.session && !demand.rejected.empty() &&
                                      demand.rejected.equals(result.session->record.access_token);
    if (!result.failure && is_what_was_rejected) continue;
    RefreshOrder order;
    order.demand = demand;
    order.lock_timeout_ms = lock_timeout_ms;
    return impl.deliver(result, order);
  }
}

Result<Session::Step> Session::step(std::int64_t min_validity_ms, Cancel* cancel) {
  Impl& impl = *impl_;
  const Step ready{true, 0};
  const Step busy{false, kBusyDelay_ms};
  auto looked = impl.look(Torn::kAwait);
  if (looked && *looked && !(*looked)->is_persisted) {
    impl.save_unsaved(**looked, cancel);
    looked = impl.look(Torn::kAwait);
  }
  if (!looked) return std::move(looked).error();
  if (!*looked) return ready;
  const Look& look = **looked;

  const Demand demand = impl.demand_for(look, min_validity_ms);
  const Need need = need_of(look.session.record, impl.clock.unix_ms(), demand);
  if (impl.answer_at_once(look, need, demand)) return ready;

  bool is_leader = false;
  std::shared_ptr<Flight> flight = impl.board(is_leader);
  if (!is_leader) return need == Need::kAdvisory ? ready : busy;

  RefreshOrder order = impl.order_for(look, demand, 0);
  order.is_single_request = true;
  const RefreshResult result = impl.lead(flight, order, cancel);
  const bool is_busy = Impl::is_lock_busy(order, result);
  const bool is_living = result.session && impl.is_usable(*result.session, demand);
  const std::int64_t now_ms = impl.clock.monotonic_ms();

  std::lock_guard lock(impl.shared->mutex);
  if (is_busy && need != Need::kAdvisory) {
    // The caller cannot wait, so the wait for the lock is counted over the calls.
    std::int64_t& since_ms = impl.shared->busy_since_monotonic_ms;
    if (since_ms < 0) since_ms = now_ms;
    if (now_ms - since_ms < impl.config.lock_timeout_ms) return busy;
    since_ms = -1;
    if (!is_living) return *result.failure;
    impl.shared->suspension =
        Suspension{result.session->record.access_token, *result.failure, now_ms + kSuspension_ms};
    return ready;
  }
  impl.shared->busy_since_monotonic_ms = -1;
  if (is_busy && need == Need::kAdvisory) {
    // `current` must not go for the lock a second time: it has just been seen to be taken.
    impl.shared->grant(result.session->record.access_token, now_ms);
    return ready;
  }
  if (result.next_try_ms >= 0) return Step{false, result.next_try_ms};
  if (result.failure) {
    if (!is_living || result.failure->code == Code::kCancelled) return *result.failure;
    return ready;
  }
  if (result.session) impl.shared->grant(result.session->record.access_token, now_ms);
  return ready;
}

void Session::invalidate(const Secret& access_token) {
  Impl& impl = *impl_;
  if (access_token.empty()) return;
  // A store that cannot be read just now is no reason to forget what the API said: a value that is
  // not the current one meets nothing later.
  if (auto looked = impl.look(Torn::kReport)) {
    if (!*looked || !access_token.equals((*looked)->session.record.access_token)) return;
  }
  std::lock_guard lock(impl.shared->mutex);
  // An issuer that hands out the refused value once more is not asked for it again and again.
  if (impl.shared->answered.equals(access_token)) return;
  impl.shared->rejected = access_token;
  raise_generation();
}

void Session::adopt_unsaved(const StoredSession& session) {
  Impl& impl = *impl_;
  auto loaded = impl.store.load(Torn::kAwait);
  const std::int64_t now_ms = impl.clock.monotonic_ms();
  std::lock_guard lock(impl.shared->mutex);
  impl.shared->save_failed_monotonic_ms = now_ms;
  impl.shared->unsaved = UnsavedSession{session, loaded ? digest_or_empty(*loaded) : std::string()};
  impl.shared->unsaved->session.state = RefreshState();
  impl.shared->suspension.reset();
  raise_generation();
}

void Session::forget_unsaved() {
  std::lock_guard lock(impl_->shared->mutex);
  impl_->shared->unsaved.reset();
  impl_->shared->granted = Secret();
  raise_generation();
}

Result<std::optional<CurrentToken>> Session::peek(Torn torn) {
  Impl& impl = *impl_;
  auto looked = impl.look(torn);
  if (!looked) return std::move(looked).error();
  if (!*looked) return std::optional<CurrentToken>();
  const Look& look = **looked;
  CurrentToken current = impl.present(look.session, look.is_persisted);
  current.is_settled = impl.is_settled(look);
  return std::optional<CurrentToken>(std::move(current));
}

void Session::after_fork_in_child() {
  // The mutex may have been held, and anything under it half changed, by a thread that does not
  // exist here: destroying that is undefined, forgetting it is not.
  (void)impl_->shared.release();
  impl_->shared = std::make_unique<Impl::Shared>();
}

}  // namespace bmauth::core
