// Doubles of the seams: time that is told, randomness that repeats, a scripted server, a store in
// memory. Each has a hook that is called before it acts, where a deterministic scheduler may yield.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cancel.h"
#include "core/clock.h"
#include "core/random.h"
#include "core/token_store.h"
#include "core/transport.h"

namespace bmauth::core {

// Time passes when told, and in sleep_ms. Thread-safe; the hook is set before use.
class FakeClock : public Clock {
 public:
  explicit FakeClock(std::int64_t unix_ms = 1'800'000'000'000) : unix_ms_(unix_ms) {}

  std::function<void(std::int64_t duration_ms)> before_sleep;

  std::int64_t unix_ms() override {
    std::lock_guard guard(mutex_);
    return unix_ms_;
  }
  std::int64_t monotonic_ms() override {
    std::lock_guard guard(mutex_);
    return monotonic_ms_;
  }
  bool sleep_ms(std::int64_t duration_ms, Cancel* cancel) override {
    if (before_sleep) before_sleep(duration_ms);
    if (cancel != nullptr && cancel->is_triggered()) return false;
    std::lock_guard guard(mutex_);
    sleeps_ms_.push_back(duration_ms);
    advance_locked(std::max<std::int64_t>(duration_ms, 0));
    return true;
  }

  void advance_ms(std::int64_t duration_ms) {
    std::lock_guard guard(mutex_);
    advance_locked(duration_ms);
  }
  void set_unix_ms(std::int64_t unix_ms) {  // somebody sets the clock: monotonic time goes on
    std::lock_guard guard(mutex_);
    unix_ms_ = unix_ms;
  }
  std::vector<std::int64_t> sleeps_ms() {
    std::lock_guard guard(mutex_);
    return sleeps_ms_;
  }
  std::int64_t slept_ms() {
    std::lock_guard guard(mutex_);
    std::int64_t sum = 0;
    for (std::int64_t one : sleeps_ms_) sum += one;
    return sum;
  }
  void forget_sleeps() {
    std::lock_guard guard(mutex_);
    sleeps_ms_.clear();
  }

 private:
  void advance_locked(std::int64_t duration_ms) {
    unix_ms_ += duration_ms;
    monotonic_ms_ += duration_ms;
  }
  std::mutex mutex_;
  std::int64_t unix_ms_;
  std::int64_t monotonic_ms_ = 5'000'000;
  std::vector<std::int64_t> sleeps_ms_;
};

// The same bytes for the same seed (splitmix64).
class FakeRandom : public Random {
 public:
  explicit FakeRandom(std::uint64_t seed = 1) : state_(seed) {}

  Result<void> fill(std::span<std::uint8_t> bytes) override {
    std::lock_guard guard(mutex_);
    if (failure) return *failure;
    for (std::uint8_t& byte : bytes) {
      state_ += 0x9e3779b97f4a7c15;
      std::uint64_t mixed = state_;
      mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
      mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
      byte = static_cast<std::uint8_t>(mixed >> 56);
    }
    return {};
  }

  std::optional<Error> failure;  // set: every call fails with it

 private:
  std::mutex mutex_;
  std::uint64_t state_;
};

// A request as it was performed, its secrets revealed for assertions.
struct SentRequest {
  std::string method;
  std::string url;
  std::string authorization;
  std::string content_type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::int64_t timeout_ms = 0;
  bool is_connection_fresh = false;
  bool has_cancel = false;
};

inline HttpOutcome json_answer(int status, std::string body) {
  HttpAnswer answer;
  answer.status = status;
  answer.body = std::move(body);
  answer.content_type = "application/json";
  return answer;
}

inline HttpOutcome transport_failure(Code code, Delivery delivery) {
  return TransportFailure{make_error(code, "scripted failure"), delivery};
}

// Answers from `respond` if it is set, else from the queue in order; a request beyond the queue's
// end fails as not sent, with code internal.
class ScriptedTransport : public Transport {
 public:
  std::function<void(const HttpRequest&)> before_perform;
  std::function<HttpOutcome(const HttpRequest&)> respond;

  void push(HttpOutcome outcome) {
    std::lock_guard guard(mutex_);
    queue_.push_back(std::move(outcome));
  }

  HttpOutcome perform(const HttpRequest& request, Cancel* cancel) override {
    if (before_perform) before_perform(request);
    {
      std::lock_guard guard(mutex_);
      requests_.push_back({request.method, request.url, std::string(request.authorization.reveal()),
                           request.content_type, std::string(request.body.reveal()),
                           request.headers, request.timeout_ms, request.is_connection_fresh,
                           cancel != nullptr});
    }
    if (respond) return respond(request);
    std::lock_guard guard(mutex_);
    if (queue_.empty()) {
      return TransportFailure{make_error(Code::kInternal, "the script has no more answers"),
                              Delivery::kNotSent};
    }
    HttpOutcome next = std::move(queue_.front());
    queue_.pop_front();
    return next;
  }

  std::vector<SentRequest> requests() {
    std::lock_guard guard(mutex_);
    return requests_;
  }
  std::size_t unused_answers() {
    std::lock_guard guard(mutex_);
    return queue_.size();
  }

 private:
  std::mutex mutex_;
  std::deque<HttpOutcome> queue_;
  std::vector<SentRequest> requests_;
};

// The TokenStore seam in memory. One object stands for the store; sessions that share it are other
// processes or threads.
class MemoryTokenStore : public TokenStore {
 public:
  explicit MemoryTokenStore(Clock& clock) : clock_(clock) {}

  // "load", "lease", "compare_and_swap".
  std::function<void(const char* operation)> before_operation;

  Result<std::optional<StoredSession>> load(Torn torn) override {
    if (before_operation) before_operation("load");
    std::lock_guard guard(mutex_);
    ++load_count;
    if (load_error) return *load_error;
    if (is_torn && torn == Torn::kReport) return make_error(Code::kStoreCorrupt, "torn");
    return session_;
  }

  Result<std::unique_ptr<Lease>> lease(std::int64_t timeout_ms, Cancel* cancel) override {
    std::int64_t deadline_ms = clock_.monotonic_ms() + timeout_ms;
    for (;;) {
      if (before_operation) before_operation("lease");
      if (cancel != nullptr && cancel->is_triggered()) return cancelled();
      {
        std::lock_guard guard(mutex_);
        if (lease_error) return *lease_error;
        if (!is_leased_) {
          is_leased_ = true;
          ++lease_count;
          return std::unique_ptr<Lease>(std::make_unique<MemoryLease>(*this));
        }
      }
      std::int64_t left_ms = deadline_ms - clock_.monotonic_ms();
      if (left_ms <= 0) return make_error(Code::kLockTimeout, "the store is locked");
      if (!clock_.sleep_ms(std::min<std::int64_t>(left_ms, 5), cancel)) return cancelled();
    }
  }

  Result<std::optional<StoreVersion>> compare_and_swap(Lease&,
                                                       const std::optional<StoreVersion>& expected,
                                                       const StoredSession& next) override {
    if (before_operation) before_operation("compare_and_swap");
    std::lock_guard guard(mutex_);
    if (!is_leased_) return make_error(Code::kInternal, "written without a lease");
    if (write_error) {
      Error error = *write_error;
      if (!is_write_error_lasting) write_error.reset();
      return error;
    }
    std::optional<StoreVersion> present;
    if (session_) present = session_->version;
    if (present != expected) return std::optional<StoreVersion>();
    put_locked(next);
    ++write_count;
    history.push_back(*session_);
    return std::optional<StoreVersion>(session_->version);
  }

  // As a foreign writer: without a lease; nullopt is a logout.
  void put(std::optional<StoredSession> session) {
    std::lock_guard guard(mutex_);
    if (session) {
      put_locked(*session);
    } else {
      session_.reset();
    }
  }
  std::optional<StoredSession> get() {
    std::lock_guard guard(mutex_);
    return session_;
  }
  bool is_leased() {
    std::lock_guard guard(mutex_);
    return is_leased_;
  }

  std::optional<Error> load_error, lease_error, write_error;
  bool is_torn = false;  // somebody is just writing, and done before anybody's patience ends
  bool is_write_error_lasting = false;
  int load_count = 0, lease_count = 0, write_count = 0;
  std::vector<StoredSession> history;  // each content written by compare_and_swap

 private:
  class MemoryLease : public Lease {
   public:
    explicit MemoryLease(MemoryTokenStore& store) : store_(store) {}
    ~MemoryLease() override {
      std::lock_guard guard(store_.mutex_);
      store_.is_leased_ = false;
    }

   private:
    MemoryTokenStore& store_;
  };

  static Error cancelled() { return make_error(Code::kCancelled, "cancelled"); }

  void put_locked(const StoredSession& next) {
    session_ = next;
    session_->version.value = "version-" + std::to_string(++version_);
    if (session_->location.empty()) session_->location = "memory";
  }

  Clock& clock_;
  std::mutex mutex_;
  std::optional<StoredSession> session_;
  bool is_leased_ = false;
  std::uint64_t version_ = 0;
};

}  // namespace bmauth::core
