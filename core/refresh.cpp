#include "core/refresh.h"

#include <algorithm>
#include <utility>

#include "core/cancel.h"
#include "core/oauth.h"

namespace bmauth::core {
namespace {

constexpr std::int64_t kFirstPause_ms = 1'000;  // between two presentations within the budget
constexpr std::int64_t kLongestPause_ms = 8'000;
constexpr std::int64_t kShortestTry_ms = 500;   // less time than this is not worth a presentation
constexpr std::int64_t kFirstHold_ms = 30'000;  // contract, section 5
constexpr std::int64_t kLongestHold_ms = 300'000;  // contract, section 5
constexpr std::int64_t kOAuthErrorHold_ms = 60'000;
constexpr std::int64_t kForeignWriter_ms = 2'000;  // `bm` stores late, and without a lock
constexpr std::int64_t kForeignWriterPoll_ms = 100;
constexpr int kMaxRounds = 8;  // a foreign writer may change the store in the middle of each

using Marker = RefreshState::Marker;
using Hold = RefreshState::Hold;

bool is_cancelled(Cancel* cancel) {
  return cancel != nullptr && cancel->is_triggered();
}

bool has_same_tokens(const TokenRecord& a, const TokenRecord& b) {
  return a.access_token.equals(b.access_token) && a.refresh_token.equals(b.refresh_token);
}

bool is_usable(const TokenRecord& record, const Demand& demand, std::int64_t now_unix_ms) {
  return need_of(record, now_unix_ms, demand) != Need::kUnusable;
}

// A hold that ends further away than it was long was set by a clock that has been changed since.
bool is_in_force(const Hold& hold, std::int64_t now_unix_ms) {
  return now_unix_ms < hold.until_unix_ms && hold.until_unix_ms - now_unix_ms <= hold.delay_ms;
}

// Whether the try that this marker announces may still be going on for all the store says: nobody
// wrote down how it ended, and its budget is not used up. Then the holder died in it, and the token
// is sent again at once, while the server may still answer a repetition.
bool is_try_open(const RefreshState& state, std::int64_t budget_ms, std::int64_t now_unix_ms) {
  if (!state.marker) return false;
  if (state.hold && state.hold->until_unix_ms > state.marker->sent_at_unix_ms) return false;
  const std::int64_t age_ms = now_unix_ms - state.marker->sent_at_unix_ms;
  return age_ms >= 0 && age_ms < budget_ms;
}

std::string token_endpoint(const Binding& binding) {
  return binding.token_endpoint.empty() ? binding.issuer + "/oauth2/token" : binding.token_endpoint;
}

Error reauth_required(const StoredSession& stored) {
  return make_error(Code::kReauthRequired,
                    stored.binding.issuer + " no longer accepts the session in " + stored.location);
}

class Transaction {
 public:
  Transaction(TokenStore& store, Transport& transport, Clock& clock, const RefreshLimits& limits,
              const RefreshOrder& order, Cancel* cancel)
      : store_(store),
        transport_(transport),
        clock_(clock),
        limits_(limits),
        order_(order),
        cancel_(cancel),
        unsaved_(order.unsaved) {
    result_.session = order.seen;
    result_.unsaved = order.unsaved;
    result_.refused_digest = order.refused_digest;
  }

  RefreshResult run() {
    if (is_cancelled(cancel_)) {
      cancelled();
      return std::move(result_);
    }
    auto lease = store_.lease(order_.lock_timeout_ms, cancel_);
    if (!lease) {
      fail(std::move(lease).error());
      look_once_more();
      return std::move(result_);
    }
    lease_ = *std::move(lease);
    for (int round = 0; round < kMaxRounds; ++round) {
      if (take_turn() == Next::kDone) return std::move(result_);
    }
    fail(make_error(Code::kStoreIo, order_.seen.location + " keeps being changed by others"));
    return std::move(result_);
  }

 private:
  enum class Next {
    kDone,
    kAgain,  // the store was changed by somebody else: read it again
  };

  Next fail(Error error) {
    result_.failure = std::move(error);
    return Next::kDone;
  }
  Next cancelled() { return fail(make_error(Code::kCancelled, "the refresh was cancelled")); }
  Next signed_out() {
    result_.session.reset();
    result_.unsaved.reset();
    result_.failure.reset();
    return Next::kDone;
  }
  Next in_force(StoredSession session) {
    result_.is_new = !session.record.access_token.equals(order_.seen.record.access_token);
    result_.session = std::move(session);
    result_.unsaved.reset();
    result_.failure.reset();
    return Next::kDone;
  }

  // The lock did not come, but perhaps what its holder went for.
  void look_once_more() {
    if (unsaved_ || result_.failure->code != Code::kLockTimeout) return;
    auto loaded = store_.load(Torn::kAwait);
    if (!loaded) return;
    if (!*loaded) {
      signed_out();
    } else if (serves(**loaded)) {
      in_force(**std::move(loaded));
    }
  }

  // Whatever another holder left is used as long as it lives, even if it is due again already: one
  // expiry, one request (promise R1).
  bool serves(const StoredSession& stored) const {
    const Need need = need_of(stored.record, clock_.unix_ms(), order_.demand);
    if (need == Need::kUnusable) return false;
    if (!stored.record.access_token.equals(order_.seen.record.access_token)) return true;
    return need == Need::kNone;
  }

  Next take_turn() {
    auto loaded = store_.load(Torn::kAwait);
    if (!loaded) return fail(std::move(loaded).error());
    if (unsaved_) return save_unsaved(*loaded);
    if (!*loaded) return signed_out();
    present_ = **std::move(loaded);
    result_.session = present_;
    if (order_.is_saving_only) return Next::kDone;
    if (serves(present_)) return in_force(present_);
    if (auto refusal = local_refusal(present_, order_.demand, limits_, clock_.unix_ms())) {
      return fail(*std::move(refusal));
    }
    if (!order_.refused_digest.empty() && order_.refused_digest == present_.record.digest()) {
      return fail(reauth_required(present_));
    }
    return present_token();
  }

  Next save_unsaved(const std::optional<StoredSession>& stored) {
    if (digest_or_empty(stored) != unsaved_->replaces_digest) {
      unsaved_.reset();  // somebody went on without us
      result_.unsaved.reset();
      return Next::kAgain;
    }
    StoredSession next = unsaved_->session;
    next.state.generation = stored ? stored->state.generation + 1 : 1;
    std::optional<StoreVersion> expected;
    if (stored) expected = stored->version;
    auto swapped = store_.compare_and_swap(*lease_, expected, next);
    if (!swapped) return fail(std::move(swapped).error());
    if (*swapped) {
      unsaved_.reset();
      result_.unsaved.reset();
    }
    return Next::kAgain;
  }

  enum class Written { kYes, kChanged, kFailed };
  Written write_state(RefreshState state) {
    StoredSession next = present_;
    next.state = std::move(state);
    auto swapped = store_.compare_and_swap(*lease_, present_.version, next);
    if (!swapped) {
      write_error_ = std::move(swapped).error();
      return Written::kFailed;
    }
    if (!*swapped) return Written::kChanged;
    present_ = std::move(next);
    present_.version = **std::move(swapped);
    result_.session = present_;
    return Written::kYes;
  }

  // Notes how the try ended, and ends the refresh with `error`. If the note cannot be written the
  // marker stays, which is the cautious side.
  Next end_with(RefreshState state, const Error& error) {
    if (write_state(std::move(state)) == Written::kChanged) return Next::kAgain;
    return fail(error);
  }

  // Marker, send, classify; again as long as answers get lost, time is left, and nothing usable is
  // there.
  Next present_token() {
    const RefreshState before = present_.state;
    const std::int64_t begun_unix_ms = clock_.unix_ms();
    const bool is_living = is_usable(present_.record, order_.demand, begun_unix_ms);
    const bool is_resumed = is_try_open(before, limits_.budget_ms, begun_unix_ms);

    // A try that ended without an answer is repeated once for each hold, not for a whole budget.
    const bool may_repeat = !is_living && (is_resumed || !before.marker);

    Marker marker;
    marker.digest = present_.record.refresh_token.digest();
    marker.sent_at_unix_ms = is_resumed ? before.marker->sent_at_unix_ms : begun_unix_ms;
    marker.attempts = before.marker ? before.marker->attempts : 0;
    const std::int64_t used_ms = is_resumed ? begun_unix_ms - marker.sent_at_unix_ms : 0;
    const std::int64_t deadline_ms = clock_.monotonic_ms() + limits_.budget_ms - used_ms;

    for (int lost = 0;;) {
      if (is_cancelled(cancel_)) return cancelled();
      ++marker.attempts;
      RefreshState announced = before;
      announced.marker = marker;
      switch (write_state(announced)) {
        case Written::kYes:
          break;
        case Written::kChanged:
          return Next::kAgain;
        case Written::kFailed:
          return fail(std::move(write_error_));
      }

      const std::int64_t requested_at_unix_s = clock_.unix_s();
      TokenReply reply = send(deadline_ms - clock_.monotonic_ms());
      switch (reply.outcome) {
        case TokenOutcome::kTokens:
          return store_answer(reply.tokens, requested_at_unix_s);
        case TokenOutcome::kOAuthError:
          if (reply.error.oauth_error == "invalid_grant") return settle_refusal(reply.error);
          return end_with(rejected(before, reply.error), reply.error);
        case TokenOutcome::kNotSent:
          if (lost == 0) return end_with(before, reply.error);
          break;
        case TokenOutcome::kRateLimited:
          if (lost == 0) return end_with(held(before, reply.error), reply.error);
          break;
        case TokenOutcome::kRefused:
          // A success that carries no tokens may have cost the refresh token all the same.
          if (reply.error.http_status < 300) {
            return end_with(held(announced, reply.error), reply.error);
          }
          if (lost == 0) return end_with(before, reply.error);
          break;
        case TokenOutcome::kLost:
        case TokenOutcome::kCancelled:
          break;
      }

      ++lost;
      const std::int64_t pause_ms =
          std::max(std::min(kFirstPause_ms << std::min(lost - 1, 10), kLongestPause_ms),
                   reply.error.retry_after_ms);
      const std::int64_t left_ms = deadline_ms - clock_.monotonic_ms();
      if (!may_repeat || left_ms - pause_ms < kShortestTry_ms) {
        return end_with(held(announced, reply.error), reply.error);
      }
      if (order_.is_single_request) {
        result_.next_try_ms = pause_ms;
        return fail(reply.error);
      }
      if (!clock_.sleep_ms(pause_ms, cancel_)) return cancelled();
    }
  }

  // RFC 6749 section 6. The caller's cancel is not given to the transport: what was sent must be
  // known.
  TokenReply send(std::int64_t left_ms) {
    const Secret& refresh_token = present_.record.refresh_token;
    const Binding& binding = present_.binding;
    const std::int64_t timeout_ms = std::clamp<std::int64_t>(left_ms, 1, limits_.try_timeout_ms);
    HttpRequest request = oauth_request(token_endpoint(binding),
                                        encode_form({{"grant_type", "refresh_token"},
                                                     {"refresh_token", refresh_token.reveal()},
                                                     {"client_id", binding.client_id}}),
                                        timeout_ms, /*is_connection_fresh=*/true);
    return read_token_reply(transport_.perform(request, nullptr), binding, clock_,
                            {&refresh_token});
  }

  // After a lost answer, or a 429: nobody asks before `Retry-After`, else 30 s doubling to 5 min.
  RefreshState held(RefreshState state, const Error& error) const {
    Hold hold;
    hold.delay_ms = kFirstHold_ms;
    if (state.hold && state.hold->code != Code::kOauthRejected) {
      hold.delay_ms = std::clamp(state.hold->delay_ms * 2, kFirstHold_ms, kLongestHold_ms);
    }
    if (error.retry_after_ms > 0) hold.delay_ms = error.retry_after_ms;
    hold.until_unix_ms = clock_.unix_ms() + hold.delay_ms;
    hold.code = error.code;
    state.hold = hold;
    return state;
  }

  // After an OAuth error that says nothing about this refresh token: none is sent for 60 s.
  RefreshState rejected(RefreshState state, const Error& error) const {
    Hold hold;
    hold.delay_ms = kOAuthErrorHold_ms;
    hold.until_unix_ms = clock_.unix_ms() + hold.delay_ms;
    hold.code = Code::kOauthRejected;
    hold.oauth_error = error.oauth_error;
    state.marker.reset();
    state.hold = hold;
    return state;
  }

  // `invalid_grant`. Either somebody without our lock was first, and will store what came, or the
  // session has ended (promise R3). Nothing is deleted.
  Next settle_refusal(const Error& answer) {
    const std::int64_t deadline_ms = clock_.monotonic_ms() + kForeignWriter_ms;
    for (;;) {
      auto loaded = store_.load(Torn::kAwait);  // an error may be a file that is just being written
      if (loaded) {
        if (!*loaded) return signed_out();
        if (!has_same_tokens((*loaded)->record, present_.record)) return Next::kAgain;
        present_ = **std::move(loaded);
      }
      if (clock_.monotonic_ms() >= deadline_ms) break;
      // A caller who cannot wait ends the search, not the answer: a later content lifts the
      // verdict.
      if (!clock_.sleep_ms(kForeignWriterPoll_ms, cancel_)) break;
    }
    result_.refused_digest = present_.record.digest();
    RefreshState state = present_.state;
    state.marker.reset();
    state.hold.reset();
    state.is_reauth_required = true;
    Error error = reauth_required(present_);
    error.http_status = answer.http_status;
    error.oauth_error = answer.oauth_error;
    error.oauth_error_description = answer.oauth_error_description;
    return end_with(std::move(state), error);
  }

  // The tokens are ours from here on: whatever fails now, they are kept, in memory at the least.
  Next store_answer(const TokenAnswer& tokens, std::int64_t requested_at_unix_s) {
    result_.warnings.insert(result_.warnings.end(), tokens.warnings.begin(), tokens.warnings.end());
    StoredSession next;
    Error problem =
        make_error(Code::kStoreIo, present_.location + " keeps being changed by others");
    for (int round = 0; round < kMaxRounds; ++round) {
      next = present_;
      next.record = build_record(tokens, present_.binding, requested_at_unix_s, &present_.record);
      next.state = {};
      next.state.binding = present_.state.binding;
      next.state.generation = present_.state.generation + 1;
      auto swapped = store_.compare_and_swap(*lease_, present_.version, next);
      if (!swapped) {
        problem = std::move(swapped).error();
        break;
      }
      if (*swapped) {
        next.version = **std::move(swapped);
        in_force(std::move(next));
        result_.is_new = true;
        return Next::kDone;
      }
      // Somebody without our lock wrote meanwhile. The loser adopts, and a logout is not undone
      // (R9).
      auto loaded = store_.load(Torn::kAwait);
      if (!loaded) {
        problem = std::move(loaded).error();
        break;
      }
      if (!*loaded) return signed_out();
      const bool is_rewritten_only = has_same_tokens((*loaded)->record, present_.record);
      present_ = **std::move(loaded);
      if (!is_rewritten_only) return Next::kAgain;
    }
    result_.warnings.push_back("the new token is not persisted: " + problem.message);
    result_.unsaved = UnsavedSession{next, digest_or_empty(present_)};
    result_.session = std::move(next);
    result_.is_new = true;
    return Next::kDone;
  }

  TokenStore& store_;
  Transport& transport_;
  Clock& clock_;
  const RefreshLimits& limits_;
  const RefreshOrder& order_;
  Cancel* cancel_;
  std::unique_ptr<Lease> lease_;
  std::optional<UnsavedSession> unsaved_;
  StoredSession present_;  // what the store holds, as far as we know
  Error write_error_;
  RefreshResult result_;
};

}  // namespace

std::string digest_or_empty(const std::optional<StoredSession>& stored) {
  if (!stored) return {};
  return stored->record.access_token.digest() + stored->record.refresh_token.digest();
}

std::optional<Error> local_refusal(const StoredSession& stored, const Demand& demand,
                                   const RefreshLimits& limits, std::int64_t now_unix_ms) {
  const RefreshState& state = stored.state;
  if (state.is_reauth_required) return reauth_required(stored);
  if (stored.record.refresh_token.empty()) {
    return make_error(Code::kReauthRequired,
                      "the session in " + stored.location + " holds no refresh token");
  }
  if (!stored.is_writable) {
    return make_error(Code::kStorePermissions, stored.location +
                                                   " cannot be written, so its session cannot be "
                                                   "refreshed");
  }
  if (state.hold && is_in_force(*state.hold, now_unix_ms)) {
    Error error = make_error(state.hold->code, stored.binding.issuer +
                                                   " refused or lost an earlier refresh; it is not "
                                                   "asked again yet");
    error.oauth_error = state.hold->oauth_error;
    error.retry_after_ms = state.hold->until_unix_ms - now_unix_ms;
    return error;
  }
  if (!state.marker || is_try_open(state, limits.budget_ms, now_unix_ms)) return std::nullopt;

  // An earlier refresh got no answer. The old token is used up first: if the refresh token was
  // spent in that try, the bad news comes as late as it can.
  if (is_usable(stored.record, demand, now_unix_ms)) {
    return make_error(state.hold ? state.hold->code : Code::kTimeout,
                      stored.binding.issuer +
                          " did not answer an earlier refresh; the present token is used while it "
                          "lives");
  }
  if (!state.hold) {  // its holder died: the last presentation was within the budget
    const std::int64_t last_ms =
        state.marker->sent_at_unix_ms + (state.marker->attempts > 1 ? limits.budget_ms : 0);
    const std::int64_t wait_ms = last_ms + kFirstHold_ms - now_unix_ms;
    if (now_unix_ms >= state.marker->sent_at_unix_ms && wait_ms > 0) {
      Error error =
          make_error(Code::kTimeout, stored.binding.issuer + " did not answer an earlier refresh");
      error.retry_after_ms = wait_ms;
      return error;
    }
  }
  return std::nullopt;
}

RefreshResult refresh(TokenStore& store, Transport& transport, Clock& clock,
                      const RefreshLimits& limits, const RefreshOrder& order, Cancel* cancel) {
  return Transaction(store, transport, clock, limits, order, cancel).run();
}

}  // namespace bmauth::core
