// One client: settings, configuration and session of one data dir, put together from the seams.
// What the C ABI's bmauth_client holds.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/answer_cache.h"
#include "core/cancel.h"
#include "core/clock.h"
#include "core/cloud.h"
#include "core/config.h"
#include "core/credential.h"
#include "core/error.h"
#include "core/file_system.h"
#include "core/file_token_store.h"
#include "core/fork.h"
#include "core/json.h"
#include "core/mode_table.h"
#include "core/random.h"
#include "core/route.h"
#include "core/session.h"
#include "core/settings.h"
#include "core/transport.h"

namespace bmauth::core {

// A credential ready to be sent, with why it was chosen and where it may go.
struct Token {
  CredentialKind kind = CredentialKind::kNone;
  Secret value;
  std::string source;  // "session", or the source of the API key
  std::string reason;
  std::string origin;                            // empty: kind none
  std::int64_t expires_at_unix_s = 0;            // 0: unknown (API keys)
  std::int64_t fresh_until_unix_ms = INT64_MAX;  // as things are, `fresh_token` gives it until then
  bool is_persisted = true;
  std::vector<std::string> warnings;
  std::vector<std::pair<std::string, Secret>> headers;  // for that origin alone
};

// The outside world of a client.
struct Seams {
  FileSystem& files;
  Clock& clock;
  Random& random;
  std::unique_ptr<Transport> (*open_transport)(const Settings& settings);
  Environment environment;
};
Seams system_seams();

// The session of one binding. Rebuilt when the configuration names another issuer or host.
struct SessionParts {
  SessionParts(const Seams& seams, Transport& transport, const Settings& settings);
  FileTokenStore store;
  Session session;
  AfterFork after_fork;
};

// What the caller and the process said when the client was opened.
struct ClientInputs {
  Options options;
  Environment environment;
  ~ClientInputs() { forget_secrets(environment); }
};

// Settings and configuration as they were read together, and the session that follows from them.
struct ClientState {
  Settings settings;
  Config config;
  std::string config_version;
  std::shared_ptr<SessionParts> parts;
  // The process in which a thread is making the table of modes; a forked child knows another
  // number.
  mutable std::atomic<std::int64_t> table_maker{0};

  Binding binding() const;
};

// What can be known about credentials without network: for `project` an API key that fits is
// enough, and the token file is not even opened. Errors of the store are errors here: a corrupt
// token file is named, never passed over.
struct KnownCredentials {
  CredentialFacts facts;
  std::optional<CurrentToken> session;
};
Result<KnownCredentials> know_credentials(const ClientState& state, Purpose purpose, Torn torn);

// What is needed to know where a project's requests go.
struct ModeAnswer {
  RouteMode mode = RouteMode::kLocal;
  bool is_known = false;
};

class Client {
 public:
  static Result<std::shared_ptr<Client>> open(Options options, Seams seams);

  // The configuration as it is now: read again when a file has changed. Thread-safe, like all
  // below.
  Result<std::shared_ptr<const ClientState>> state();

  Result<Token> token(Purpose purpose, std::int64_t min_validity_ms, Cancel* cancel);
  // The same without lock, network and waiting: needs_refresh where `token` would do any of that.
  Result<Token> fresh_token(Purpose purpose);

  // The value of the Authorization header of `fresh_token`, copied into `buffer` with a NUL behind
  // it, and its length. Nothing is copied if `capacity_bytes` does not exceed the length.
  Result<std::size_t> header(Purpose purpose, char* buffer, std::size_t capacity_bytes);
  // The same from memory alone; -1: that is not possible now, and `header` may find an answer.
  std::int64_t kept_header(Purpose purpose, char* buffer, std::size_t capacity_bytes) const {
    std::int64_t length = -1;
    headers_[index_of(purpose)].read(seams_.clock.coarse_unix_s(), [&](const Secret& header) {
      length = static_cast<std::int64_t>(copy_if_it_fits(header, buffer, capacity_bytes));
    });
    return length;
  }

  // Mode and is_known of `route` for a project alone.
  Result<ModeAnswer> mode(const std::optional<std::string>& project);
  // The same of a project that is known, from memory alone; nothing: `mode` may find an answer.
  FoundMode kept_mode(std::string_view project) const {
    FoundMode answer = FoundMode::kNothing;
    modes_.read(seams_.clock.coarse_unix_s(),
                [&](const ModeTable& table) { answer = table.find(project); });
    return answer;
  }

  Result<Token> headers(const Route& route, Cancel* cancel);
  Result<Token> headers_for_url(std::string_view url, Cancel* cancel);
  Result<Session::Step> refresh_step(std::int64_t min_validity_ms, Cancel* cancel);
  Result<void> invalidate(const Token& token);

  Result<Route> route(const RouteRequest& request);
  // What kind of credential `route` would be given, without network; kNone is no error here.
  CredentialKind credential_kind(const Route& route);
  Result<Json> projects();

  Result<Json> status(bool is_offline, Cancel* cancel);
  Result<Json> whoami(bool is_offline, Cancel* cancel);
  Result<Json> logout(Cancel* cancel);

  // Forgets every secret and refuses all later calls; those in progress end as they would.
  // Idempotent.
  void close();

  Clock& clock() const { return seams_.clock; }
  Random& random() const { return seams_.random; }
  Transport& transport() { return *transport_; }
  // Null once closed.
  std::shared_ptr<const ClientInputs> inputs();

 private:
  Client(Options options, Seams seams);
  Result<std::shared_ptr<ClientState>> read_state(const ClientInputs& inputs, const Places& places);
  Result<Token> token_for(const ClientState& state, Purpose purpose, std::int64_t min_validity_ms,
                          Cancel* cancel);
  // With a NUL behind it; returns its length.
  static std::size_t copy_if_it_fits(const Secret& header, char* buffer,
                                     std::size_t capacity_bytes) {
    if (header.size() < capacity_bytes) {
      std::memcpy(buffer, header.reveal_c_str(), header.size() + 1);
    }
    return header.size();
  }
  static std::size_t index_of(Purpose purpose) { return purpose == Purpose::kProject ? 0 : 1; }

  Seams seams_;                           // its environment has gone into inputs_
  std::unique_ptr<Transport> transport_;  // made when the client is opened
  // Both guarded by the one mutex of all clients, which is held to copy or swap them, never longer.
  std::shared_ptr<const ClientInputs> inputs_;
  std::shared_ptr<const ClientState> state_;
  // For readers without a lock.
  std::array<AnswerCache<Secret>, 2> headers_;  // by purpose
  AnswerCache<ModeTable> modes_;
};

}  // namespace bmauth::core
