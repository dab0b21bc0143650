// A token endpoint in memory that does what a strict authorization server does: it rotates refresh
// tokens, notices a spent one, and remembers every presentation.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/transport.h"

namespace bmauth::core {

class AuthorizationServer : public Transport {
 public:
  // What a refresh token that is spent already is answered with.
  enum class Reuse {
    kRevokes,     // invalid_grant, and the whole family is dead (RFC 9700 section 4.14.2)
    kIsRefused,   // invalid_grant alone
    kIsRepeated,  // the same answer again: a replay grace
  };

  explicit AuthorizationServer(Clock& clock) : clock_(clock) {}

  Reuse reuse = Reuse::kRevokes;
  std::int64_t expires_in_s = 300;
  // Called before a request reaches the server, and before its answer reaches the client.
  std::function<void(const char* moment)> pause;
  // Instead of the answer that is due; the tokens are rotated all the same if `is_rotating`.
  struct Fault {
    HttpOutcome outcome;
    bool is_rotating = false;
  };
  std::function<std::optional<Fault>(int presentation)> fault;

  // Tokens by generation: generation 0 is what a login brought.
  static std::string refresh_token(int generation) {
    return "CANARY-refresh-" + std::to_string(generation);
  }
  static std::string access_token(int generation) {
    return "CANARY-access-" + std::to_string(generation);
  }
  static std::optional<int> generation_of(std::string_view token) {
    for (std::string_view prefix : {"CANARY-refresh-", "CANARY-access-"}) {
      if (token.starts_with(prefix)) {
        return std::stoi(std::string(token.substr(prefix.size())));
      }
    }
    return std::nullopt;
  }

  HttpOutcome perform(const HttpRequest& request, Cancel*) override {
    if (pause) pause("request");
    HttpOutcome outcome = answer(request);
    if (pause) pause("answer");
    return outcome;
  }

  int live_generation() const {
    std::lock_guard lock(mutex_);
    return live_generation_;
  }
  int presentations() const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(log_.size());
  }
  int grants() const { return live_generation(); }
  // Presentations of a token that had been spent.
  int reuses() const {
    std::lock_guard lock(mutex_);
    return reuses_;
  }
  bool is_revoked() const {
    std::lock_guard lock(mutex_);
    return is_revoked_;
  }
  // The generation that each presentation named, in order.
  std::vector<int> log() const {
    std::lock_guard lock(mutex_);
    return log_;
  }

 private:
  static std::string field(std::string_view form, std::string_view name) {
    while (!form.empty()) {
      std::string_view pair = form.substr(0, form.find('&'));
      form.remove_prefix(std::min(form.size(), pair.size() + 1));
      if (pair.starts_with(name) && pair.substr(name.size()).starts_with("=")) {
        return std::string(pair.substr(name.size() + 1));
      }
    }
    return {};
  }
  static HttpOutcome json(int status, std::string body) {
    HttpAnswer answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.content_type = "application/json";
    return answer;
  }
  HttpOutcome tokens(int generation) const {
    return json(200, R"({"access_token":")" + access_token(generation) +
                         R"(","token_type":"Bearer","refresh_token":")" +
                         refresh_token(generation) + R"(","expires_in":)" +
                         std::to_string(expires_in_s) + "}");
  }

  HttpOutcome answer(const HttpRequest& request) {
    std::lock_guard lock(mutex_);
    const std::string token = field(request.body.reveal(), "refresh_token");
    const std::optional<int> generation = generation_of(token);
    log_.push_back(generation.value_or(-1));
    std::optional<Fault> planned;
    if (fault) planned = fault(static_cast<int>(log_.size()));
    if (planned && !planned->is_rotating) return planned->outcome;
    HttpOutcome outcome = grant(generation);
    return planned ? planned->outcome : outcome;
  }

  HttpOutcome grant(std::optional<int> generation) {
    const HttpOutcome refusal = json(400, R"({"error":"invalid_grant"})");
    if (!generation || is_revoked_) return refusal;
    if (*generation == live_generation_) return tokens(++live_generation_);
    ++reuses_;
    if (reuse == Reuse::kIsRepeated && *generation == live_generation_ - 1) {
      return tokens(live_generation_);
    }
    if (reuse == Reuse::kRevokes) is_revoked_ = true;
    return refusal;
  }

  Clock& clock_;
  mutable std::mutex mutex_;
  int live_generation_ = 0;
  int reuses_ = 0;
  bool is_revoked_ = false;
  std::vector<int> log_;
};

}  // namespace bmauth::core
