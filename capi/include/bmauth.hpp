// Generated from bindings/spec by bmauth_gen; do not edit.
//
// bmauth 0.1.0 for C++17: classes that own, exceptions that explain. Header only, over
// bmauth.h, whose conventions hold; what follows is what C++ changes.
//
//   - Every class owns one object of the library, can be moved and not copied. A moved-from object
//     may be assigned to and destroyed; other calls throw, getters answer "unknown".
//   - What fails throws bmauth::Error; there are no codes to check.
//   - Views (std::string_view) point into the object and live as long as it: getters that give them
//     cannot be called on a temporary. Copy what has to live longer. What a doc calls SECRET is
//     such a view, so that no copy is made without your doing.
//   - Texts that go in may not contain NUL: Error with Code::kInvalidArgument.
//   - Numbers that this header does not know may arrive in any enumeration.
//
//   bmauth::Client client;
//   bmauth::Login login = client.login_begin(false);
//   if (auto code = login.user_code()) show(*login.verification_uri(), *code);
//   login.wait();
//   bmauth::Token token = client.token(bmauth::Purpose::kAccount, 0);
#ifndef BMAUTH_HPP
#define BMAUTH_HPP

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bmauth.h"

namespace bmauth {

// What went wrong (bmauth_code).
enum class Code : bmauth_code {
  kOk = BMAUTH_OK,
  kInvalidArgument = BMAUTH_E_INVALID_ARGUMENT,
  kConfigInvalid = BMAUTH_E_CONFIG_INVALID,
  kConfigConflict = BMAUTH_E_CONFIG_CONFLICT,
  kConflictingRouting = BMAUTH_E_CONFLICTING_ROUTING,
  kProjectConstrained = BMAUTH_E_PROJECT_CONSTRAINED,
  kUnknownProject = BMAUTH_E_UNKNOWN_PROJECT,
  kAmbiguous = BMAUTH_E_AMBIGUOUS,
  kWorkspaceUnresolved = BMAUTH_E_WORKSPACE_UNRESOLVED,
  kNoCredentials = BMAUTH_E_NO_CREDENTIALS,
  kInvalidApiKey = BMAUTH_E_INVALID_API_KEY,
  kCredentialNotForOrigin = BMAUTH_E_CREDENTIAL_NOT_FOR_ORIGIN,
  kUnauthorized = BMAUTH_E_UNAUTHORIZED,
  kSubscriptionRequired = BMAUTH_E_SUBSCRIPTION_REQUIRED,
  kInsufficientScope = BMAUTH_E_INSUFFICIENT_SCOPE,
  kForbidden = BMAUTH_E_FORBIDDEN,
  kScopeNotConfirmed = BMAUTH_E_SCOPE_NOT_CONFIRMED,
  kUnsupported = BMAUTH_E_UNSUPPORTED,
  kNotFound = BMAUTH_E_NOT_FOUND,
  kAccessDenied = BMAUTH_E_ACCESS_DENIED,
  kExpiredToken = BMAUTH_E_EXPIRED_TOKEN,
  kReauthRequired = BMAUTH_E_REAUTH_REQUIRED,
  kOauthRejected = BMAUTH_E_OAUTH_REJECTED,
  kLoginTimeout = BMAUTH_E_LOGIN_TIMEOUT,
  kCancelled = BMAUTH_E_CANCELLED,
  kNetwork = BMAUTH_E_NETWORK,
  kTls = BMAUTH_E_TLS,
  kTimeout = BMAUTH_E_TIMEOUT,
  kRateLimited = BMAUTH_E_RATE_LIMITED,
  kServer = BMAUTH_E_SERVER,
  kBadResponse = BMAUTH_E_BAD_RESPONSE,
  kInsecureUrl = BMAUTH_E_INSECURE_URL,
  kStoreIo = BMAUTH_E_STORE_IO,
  kStorePermissions = BMAUTH_E_STORE_PERMISSIONS,
  kStoreCorrupt = BMAUTH_E_STORE_CORRUPT,
  kNotPersisted = BMAUTH_E_NOT_PERSISTED,
  kLockTimeout = BMAUTH_E_LOCK_TIMEOUT,
  kSessionExists = BMAUTH_E_SESSION_EXISTS,
  kRejected = BMAUTH_E_REJECTED,
  kNetUnavailable = BMAUTH_E_NET_UNAVAILABLE,
  kOutOfMemory = BMAUTH_E_OUT_OF_MEMORY,
  kInternal = BMAUTH_E_INTERNAL,
  kNeedsRefresh = BMAUTH_E_NEEDS_REFRESH,
};

// How far a login is.
enum class PollState : bmauth_poll_state {
  // The person has not approved yet, or a check is still to be made.
  kPending = BMAUTH_LOGIN_PENDING,
  // Nothing is left to do; the report is ready.
  kDone = BMAUTH_LOGIN_DONE,
};

// Local or cloud by the caller's will (contract, section 8, row 1).
enum class Override : bmauth_override {
  // Settings and project decide.
  kNone = BMAUTH_OVERRIDE_NONE,
  // Local, whatever is configured.
  kLocal = BMAUTH_OVERRIDE_LOCAL,
  // The cloud, whatever is configured.
  kCloud = BMAUTH_OVERRIDE_CLOUD,
};

// Where a project's requests go (contract, section 8).
enum class Mode : bmauth_mode {
  // To this machine.
  kLocal = BMAUTH_MODE_LOCAL,
  // To the cloud.
  kCloud = BMAUTH_MODE_CLOUD,
};

// What a credential is for (contract, section 6).
enum class Purpose : bmauth_purpose {
  // Requests under /proxy: the API key, else the session.
  kProject = BMAUTH_PURPOSE_PROJECT,
  // All others: the session, else the API key.
  kAccount = BMAUTH_PURPOSE_ACCOUNT,
};

namespace detail {

// For getters that always have a text; a moved-from object has none.
inline std::string_view view(const char* text) {
  return text ? std::string_view(text) : std::string_view();
}

inline std::optional<std::string_view> maybe_view(const char* text) {
  if (!text) return std::nullopt;
  return std::string_view(text);
}

struct Free {
  void operator()(bmauth_options* options) const noexcept { bmauth_options_free(options); }
  void operator()(bmauth_client* client) const noexcept { bmauth_client_free(client); }
  void operator()(bmauth_login* login) const noexcept { bmauth_login_free(login); }
  void operator()(bmauth_token* token) const noexcept { bmauth_token_free(token); }
  void operator()(bmauth_route* route) const noexcept { bmauth_route_free(route); }
  void operator()(bmauth_report* report) const noexcept { bmauth_report_free(report); }
  void operator()(bmauth_cancel* cancel) const noexcept { bmauth_cancel_free(cancel); }
  void operator()(bmauth_error* error) const noexcept { bmauth_error_free(error); }
};

struct Adopt {};

template <class T>
using Owned = std::unique_ptr<T, Free>;

// An exception may not pass through C: it cancels, and is dropped.
inline int cancel_check(void* user_data) noexcept {
  try {
    return (*static_cast<std::function<bool()>*>(user_data))() ? 1 : 0;
  } catch (...) {
    return 1;
  }
}

}  // namespace detail

// The version of the loaded library, as text. "major.minor.patch".
inline std::string_view version() {
  return detail::view(bmauth_version());
}

// The version of the loaded library, as a number that can be compared with BMAUTH_VERSION_NUMBER:
// major * 1000000 + minor * 1000 + patch. The number.
inline std::int32_t version_number() {
  return bmauth_version_number();
}

// For who keeps answers of Client::header, Client::mode or Client::route: a number in this process
// that rises whenever an answer of any client may be out of date. It rises after a refresh, a
// login, a logout, Client::invalidate, Client::close and a change of the configuration, before the
// call that did it returns; and when a call notices that another process changed something, or that
// a token is not fresh any more. Nobody notices the latter two while nobody calls. So: read the
// number and the second, time(nothing), then ask, and keep all three; give what you kept while
// number and second are the same, then do it again. Keep no failure. A change by another process is
// then seen within a second. Who cannot ask for the time that cheaply asks Client::fresh_token,
// which always looks at the files, and keeps the answer while the number is the same and for a
// second at most. The number's address. Read it atomically, with acquire order (__atomic_load_n);
// its low 32 bits are enough to compare. It is never 0, so that 0 can stand for nothing kept.
inline const std::uint64_t* generation() {
  return bmauth_generation();
}

// The name of a code, as tools print it and bindings match it. For example "no_credentials". code:
// A code; an unknown number counts as Code::kInternal.
inline std::string_view code_name(Code code) {
  return detail::view(bmauth_code_name(static_cast<bmauth_code>(code)));
}

// What a code says, in one sentence. English, without a line end. code: A code; an unknown number
// counts as Code::kInternal.
inline std::string_view code_meaning(Code code) {
  return detail::view(bmauth_code_meaning(static_cast<bmauth_code>(code)));
}

// What a person can do about it, in general; an error object may know something better. English,
// without a line end. code: A code; an unknown number counts as Code::kInternal.
inline std::string_view code_remedy(Code code) {
  return detail::view(bmauth_code_remedy(static_cast<bmauth_code>(code)));
}

// Whether the same call may succeed later although nobody changed anything. True if so. code: A
// code; an unknown number counts as Code::kInternal.
inline bool code_is_retryable(Code code) {
  return bmauth_code_is_retryable(static_cast<bmauth_code>(code)) != 0;
}

// The exit status that the bmauth command gives for a code. 0 to 5, or 130. code: A code; an
// unknown number counts as Code::kInternal.
inline std::int32_t code_exit_status(Code code) {
  return bmauth_code_exit_status(static_cast<bmauth_code>(code));
}

// A failure, with everything that the library knows of it. what() is the message.
class Error : public std::runtime_error {
 public:
  // Of a failed call. The object stays the caller's, and is not needed any more.
  explicit Error(const bmauth_error* error) : Error(read(error)) {}
  // Found by this header itself.
  Error(Code code, const std::string& message) : Error(known(code, message)) {}

  // The row of the error table that applies. Never Code::kOk.
  Code code() const noexcept { return facts_->code; }
  // The name of the code. For example "no_credentials".
  const std::string& name() const noexcept { return facts_->name; }
  // What went wrong, naming the thing concerned. One line.
  const std::string& message() const noexcept { return facts_->message; }
  // What a person can do about it. One line; the best one known for this failure.
  const std::string& remedy() const noexcept { return facts_->remedy; }
  // The HTTP status of the answer behind this failure. 0 if no HTTP answer was involved.
  std::int32_t http_status() const noexcept { return facts_->http_status; }
  // The OAuth error code that the server sent. Nothing if there was none.
  const std::optional<std::string>& oauth_error() const noexcept { return facts_->oauth_error; }
  // The server's own words about it, made harmless for a terminal. Nothing if there were none.
  const std::optional<std::string>& oauth_error_description() const noexcept {
    return facts_->oauth_error_description;
  }
  // Whether the same call may succeed later although nobody changed anything. True if so.
  bool is_retryable() const noexcept { return facts_->is_retryable; }
  // How long the server asked to wait before the next try. -1 if it did not say.
  std::int64_t retry_after_ms() const noexcept { return facts_->retry_after_ms; }
  // The exit status that the bmauth command gives for this failure. 1 to 5, or 130.
  std::int32_t exit_status() const noexcept { return facts_->exit_status; }

 private:
  struct Facts {
    Code code = Code::kInternal;
    std::string name;
    std::string message;
    std::string remedy;
    std::int32_t http_status = 0;
    std::optional<std::string> oauth_error;
    std::optional<std::string> oauth_error_description;
    bool is_retryable = false;
    std::int64_t retry_after_ms = -1;
    std::int32_t exit_status = 0;
  };

  explicit Error(Facts facts)
      : std::runtime_error(facts.message),
        facts_(std::make_shared<const Facts>(std::move(facts))) {}

  static Facts read(const bmauth_error* error) {
    Facts facts;
    facts.code = static_cast<Code>(bmauth_error_code(error));
    facts.name = detail::view(bmauth_error_name(error));
    facts.message = detail::view(bmauth_error_message(error));
    facts.remedy = detail::view(bmauth_error_remedy(error));
    facts.http_status = bmauth_error_http_status(error);
    facts.oauth_error = detail::maybe_view(bmauth_error_oauth_error(error));
    facts.oauth_error_description = detail::maybe_view(bmauth_error_oauth_error_description(error));
    facts.is_retryable = bmauth_error_is_retryable(error) != 0;
    facts.retry_after_ms = bmauth_error_retry_after_ms(error);
    facts.exit_status = bmauth_error_exit_status(error);
    return facts;
  }

  static Facts known(Code code, const std::string& message) {
    Facts facts;
    facts.code = code;
    facts.message = message;
    facts.name = code_name(code);
    facts.remedy = code_remedy(code);
    facts.is_retryable = code_is_retryable(code);
    facts.exit_status = code_exit_status(code);
    return facts;
  }

  std::shared_ptr<const Facts> facts_;  // shared, because exceptions are copied and must not throw
};

namespace detail {

// By reference: the call that gives the code also sets `error`, and arguments have no order.
inline void check(bmauth_code code, bmauth_error*& error) {
  if (code == BMAUTH_OK) return;
  const Owned<bmauth_error> owned(error);
  throw Error(error);
}

inline const char* c_text(const std::string& text, const char* name) {
  if (text.find('\0') != std::string::npos) {
    throw Error(Code::kInvalidArgument, std::string(name) + ": the text contains a NUL character");
  }
  return text.c_str();
}

inline const char* c_text(const std::optional<std::string>& text, const char* name) {
  return text ? c_text(*text, name) : nullptr;
}

// Calls `copy` with the bytes of `text`, and once more with as many as it asks for. A text that is
// used again keeps its memory, and costs no allocation.
template <class Copy>
void fill(std::string& text, Copy&& copy) {
  for (;;) {
    std::int64_t length = 0;
    bmauth_error* err = nullptr;
    // With the NUL behind the text, which the copy sets again.
    const auto capacity_bytes = static_cast<std::int64_t>(text.size()) + 1;
    const bmauth_code code = copy(text.data(), capacity_bytes, length, err);
    if (code == BMAUTH_OK || length < capacity_bytes) {
      check(code, err);
      text.resize(static_cast<std::size_t>(length));
      return;
    }
    bmauth_error_free(err);
    text.resize(static_cast<std::size_t>(length));
  }
}

}  // namespace detail

class Options;
class Client;
class Login;
class Token;
class Route;
class Report;
class Cancel;

// What a program says in code, before environment and config files.
class Options {
 public:
  // Takes an object of the library into ownership.
  static Options adopt(bmauth_options* options) noexcept {
    return Options(detail::Adopt{}, options);
  }

  // Makes options that say nothing.
  Options();

  // Sets the data directory. value: An absolute path.
  Options& set_data_dir(const std::string& value) &;
  Options set_data_dir(const std::string& value) &&;

  // Sets the token file, instead of the places that are searched. value: An absolute path.
  Options& set_token_file(const std::string& value) &;
  Options set_token_file(const std::string& value) &&;

  // Sets the authorization server. value: Its issuer URL: https, or http to loopback.
  Options& set_issuer(const std::string& value) &;
  Options set_issuer(const std::string& value) &&;

  // Sets the OAuth client identifier. value: The identifier.
  Options& set_client_id(const std::string& value) &;
  Options set_client_id(const std::string& value) &&;

  // Sets the host of the cloud API. value: An origin such as "https://cloud.basicmemory.com":
  // https, or http to loopback.
  Options& set_cloud_host(const std::string& value) &;
  Options set_cloud_host(const std::string& value) &&;

  // Sets an API key. It is used, never written to disk. value: "bmc_" and what follows; its form is
  // checked when it is used.
  Options& set_api_key(const std::string& value) &;
  Options set_api_key(const std::string& value) &&;

  // Sets the project that a route takes when the default one is asked for. value: A project name.
  Options& set_default_project(const std::string& value) &;
  Options set_default_project(const std::string& value) &&;

  // Sets the workspace of cloud projects that name none. value: A tenant id (UUID), a slug or a
  // name.
  Options& set_default_workspace(const std::string& value) &;
  Options set_default_workspace(const std::string& value) &&;

  // Constrains this client to one project: it stands in for a missing argument, and another one is
  // Code::kProjectConstrained. value: A project name.
  Options& set_project_constraint(const std::string& value) &;
  Options set_project_constraint(const std::string& value) &&;

  // Sets a file of CA certificates, instead of the system's. value: Path of a PEM file.
  Options& set_ca_file(const std::string& value) &;
  Options set_ca_file(const std::string& value) &&;

  // Sets the HTTP proxy, instead of the environment's. value: Its URL; "" for no proxy at all.
  Options& set_proxy(const std::string& value) &;
  Options set_proxy(const std::string& value) &&;

  // Adds words to the end of the user agent. value: Printable ASCII.
  Options& set_user_agent_suffix(const std::string& value) &;
  Options set_user_agent_suffix(const std::string& value) &&;

  // Sets the base URL that local routes report. value: A URL.
  Options& set_local_base_url(const std::string& value) &;
  Options set_local_base_url(const std::string& value) &&;

  // Names the calling language in the user agent. For bindings. value: Name and version, such as
  // "go/1.19".
  Options& set_language(const std::string& value) &;
  Options set_language(const std::string& value) &&;

  // Forces every route to be local, as BASIC_MEMORY_FORCE_LOCAL does. value: True to force, false
  // not to, whatever the environment says.
  Options& set_force_local(bool value) &;
  Options set_force_local(bool value) &&;

  // Forces every route to the cloud, as BASIC_MEMORY_FORCE_CLOUD does. value: True to force, false
  // not to, whatever the environment says.
  Options& set_force_cloud(bool value) &;
  Options set_force_cloud(bool value) &&;

  // Leaves the projects' modes out of the decision, as BASIC_MEMORY_EXPLICIT_ROUTING does. value:
  // True to do so, false not to, whatever the environment says.
  Options& set_explicit_routing(bool value) &;
  Options set_explicit_routing(bool value) &&;

  // Limits making a connection. connect_timeout_ms: 1 to 3600000; if it is never set, 5000.
  Options& set_connect_timeout_ms(std::int64_t connect_timeout_ms) &;
  Options set_connect_timeout_ms(std::int64_t connect_timeout_ms) &&;

  // Limits one request to the authorization server. auth_timeout_ms: 1 to 3600000; if it is never
  // set, 15000.
  Options& set_auth_timeout_ms(std::int64_t auth_timeout_ms) &;
  Options set_auth_timeout_ms(std::int64_t auth_timeout_ms) &&;

  // Limits one try of a refresh. refresh_try_timeout_ms: 1 to 3600000; if it is never set, 5000.
  Options& set_refresh_try_timeout_ms(std::int64_t refresh_try_timeout_ms) &;
  Options set_refresh_try_timeout_ms(std::int64_t refresh_try_timeout_ms) &&;

  // Limits all tries of one refresh together. refresh_budget_ms: 1 to 3600000; if it is never set,
  // 20000.
  Options& set_refresh_budget_ms(std::int64_t refresh_budget_ms) &;
  Options set_refresh_budget_ms(std::int64_t refresh_budget_ms) &&;

  // Limits one request to the cloud API. api_timeout_ms: 1 to 3600000; if it is never set, 30000.
  Options& set_api_timeout_ms(std::int64_t api_timeout_ms) &;
  Options set_api_timeout_ms(std::int64_t api_timeout_ms) &&;

  // Limits waiting for the session's lock; then Code::kLockTimeout. lock_timeout_ms: 1 to 3600000;
  // if it is never set, 25000.
  Options& set_lock_timeout_ms(std::int64_t lock_timeout_ms) &;
  Options set_lock_timeout_ms(std::int64_t lock_timeout_ms) &&;

  // Limits a whole login; then Code::kLoginTimeout. login_timeout_ms: 1 to 3600000; if it is never
  // set, 600000.
  Options& set_login_timeout_ms(std::int64_t login_timeout_ms) &;
  Options set_login_timeout_ms(std::int64_t login_timeout_ms) &&;

  // The object itself, for calls into C; it stays this one's.
  bmauth_options* get() noexcept { return handle_.get(); }
  const bmauth_options* get() const noexcept { return handle_.get(); }

 private:
  Options(detail::Adopt, bmauth_options* options) noexcept : handle_(options) {}

  detail::Owned<bmauth_options> handle_;
};

// Settings, session and connections of one data directory.
class Client {
 public:
  // What refresh_step answers.
  struct RefreshStepResult {
    // True when no step is left.
    bool is_ready;
    // When to call again; 0 when ready.
    std::int64_t next_delay_ms;
  };

  // What mode answers.
  struct ModeResult {
    // Where its requests go.
    Mode mode;
    // True if it is configured; an unknown one is local unless settings say otherwise.
    bool is_known;
  };

  // Takes an object of the library into ownership.
  static Client adopt(bmauth_client* client) noexcept {
    return Client(detail::Adopt{}, client);
  }

  // Makes a client: resolves the settings and reads the config files. Touches no network and
  // creates no file. options: What the program wants to say in code.
  explicit Client(const Options* options = nullptr);

  // Ends the client: connections are closed and secrets in memory wiped as soon as no call uses
  // them. Calls that run go on to their end, later ones fail with Code::kInvalidArgument ("client
  // is closed"). Closing twice is harmless.
  void close() noexcept;

  // The bearer to send now for a purpose. A session is refreshed first if it is due, once for all
  // threads and processes; a network fault never costs a token that still lives. purpose: What the
  // credential is for, which decides the kind that is preferred. min_validity_ms: How long the
  // token should live at least, 0 for no wish. Beyond its lifetime: one refresh, then whatever
  // came. Network.
  Token token(Purpose purpose, std::int64_t min_validity_ms, Cancel* cancel = nullptr);

  // The bearer to send now if it is fresh: small files are read, but there is no request, no lock
  // and no waiting. Otherwise Code::kNeedsRefresh: ask Client::token, which may refresh. An API key
  // is always fresh. For callers that may not block, and as the short way before the long one.
  // purpose: As for Client::token.
  Token fresh_token(Purpose purpose);

  // The value of the Authorization header that goes with Client::fresh_token, copied into memory of
  // yours: the fastest way to it. Takes no lock that a refresh, a login or a logout holds, so it
  // answers while they wait; usually it reads memory alone. A change that another process makes is
  // seen when the wall clock's second is over. Code::kNeedsRefresh: ask Client::token. Too small a
  // buffer is Code::kInvalidArgument, nothing is copied, and length_bytes says what is needed; it
  // is 0 after every other failure. purpose: As for Client::token. buffer: Where the value goes,
  // and a NUL behind it: "Bearer " and the token.
  void header(Purpose purpose, std::string& buffer);

  // The HTTP headers that a request on a route needs, for the route's origin alone. On a local
  // route the answer is of kind "none" and has no headers. For an unknown project without an
  // override: Code::kUnknownProject, with near names in the message. route: The route, of this
  // client. Network.
  Token headers(const Route& route, Cancel* cancel = nullptr);

  // The HTTP headers that a request to a URL of the cloud host needs. A URL under /proxy has
  // purpose project, any other purpose account. Another origin than the cloud host in force:
  // Code::kCredentialNotForOrigin. url: The absolute URL; plain http only to loopback. Network.
  Token headers_for_url(const std::string& url, Cancel* cancel = nullptr);

  // One step of a refresh, for runtimes that may not block a thread: at most one request, and no
  // waiting for the lock of another process. Call again after next_delay_ms until is_ready; then
  // Client::token and Client::headers answer without waiting. min_validity_ms: As for
  // Client::token. Network.
  RefreshStepResult refresh_step(std::int64_t min_validity_ms, Cancel* cancel = nullptr);

  // Says that the cloud answered 401 to this token: it is refreshed once at the next use, whatever
  // its clock says. A token that is not the current one changes nothing, and an API key neither.
  // Send the request again once; never after a 403. token: The token that was refused.
  void invalidate(const Token& token);

  // Decides where a project's requests go, and why. No network, no credential is read. An unknown
  // project routes local, with is_known false. project: The project; Nothing if none is named.
  // workspace: The workspace asked for; Nothing if none. override: Local or cloud by the caller's
  // will, before anything else. use_default_project: True: without a project, take the default
  // project.
  Route route(const std::optional<std::string>& project,
              const std::optional<std::string>& workspace, Override override,
              bool use_default_project);

  // What Client::route decides for a project without workspace, override and default, and nothing
  // else of it: for callers that ask often. A project that is configured by exactly this name is
  // found in memory; what another process changes in the config files is seen when the wall clock's
  // second is over. project: The project; Nothing if none is named.
  ModeResult mode(const std::optional<std::string>& project = std::nullopt);

  // The configured projects: a report whose root is an array of objects with name, mode, path,
  // workspace and file (where its mode stands).
  Report projects();

  // What is configured, stored and reachable. Trouble with a session or the network is part of the
  // report, not an error. is_offline: True: ask nobody, report what is on this machine. Network.
  Report status(bool is_offline, Cancel* cancel = nullptr);

  // Who is logged in: identity, issuer and workspace. is_offline: True: ask nobody, report what the
  // session recorded. Network.
  Report whoami(bool is_offline, Cancel* cancel = nullptr);

  // Removes every session that this data directory may read, after a running refresh. API keys
  // stay. The report says each thing that was done and each that was left. Network.
  Report logout(Cancel* cancel = nullptr);

  // Begins a login with the device authorization grant. A session that is valid or can be refreshed
  // is kept, unless is_forced: the login then has no user_code, and one poll verifies access and
  // ends it. is_forced: True: a new login whatever is stored. Network.
  Login login_begin(bool is_forced, Cancel* cancel = nullptr);

  // The object itself, for calls into C; it stays this one's.
  bmauth_client* get() noexcept { return handle_.get(); }
  const bmauth_client* get() const noexcept { return handle_.get(); }

 private:
  Client(detail::Adopt, bmauth_client* client) noexcept : handle_(client) {}

  detail::Owned<bmauth_client> handle_;
};

// A login in progress (RFC 8628).
class Login {
 public:
  // What poll answers.
  struct PollResult {
    // PollState::kDone when nothing is left to do.
    PollState state;
    // When to call again; 0 when done.
    std::int64_t next_delay_ms;
  };

  // Takes an object of the library into ownership.
  static Login adopt(bmauth_login* login) noexcept {
    return Login(detail::Adopt{}, login);
  }

  // How far the login is. PollState::kPending until it is done.
  PollState state() const;

  // The code that the person enters or compares. Nothing when no person is needed, because a
  // session is kept.
  std::optional<std::string_view> user_code() const&;
  std::optional<std::string_view> user_code() const&& = delete;

  // The page where the person enters the code. Nothing when no person is needed.
  std::optional<std::string_view> verification_uri() const&;
  std::optional<std::string_view> verification_uri() const&& = delete;

  // The same page with the code filled in. Nothing when the server gave none or no person is
  // needed.
  std::optional<std::string_view> verification_uri_complete() const&;
  std::optional<std::string_view> verification_uri_complete() const&& = delete;

  // How long the code lives, counted from Client::login_begin. 0 when there is no code.
  std::int64_t expires_in_s() const;

  // The least time between two polls, as the server first asked for. 0 when there is no code.
  std::int64_t interval_s() const;

  // How long to wait before the next poll. 0 when done, or when nothing needs to be waited for.
  std::int64_t next_delay_ms() const;

  // What is left of the code's life or the login's time limit, whichever ends first. 0 when it is
  // over, or when there is no code.
  std::int64_t remaining_ms() const;

  // Opens the verification page in the person's browser, by starting a program with an argument
  // list and without a shell. Only https and loopback URLs are opened, and no browser that would
  // take over the terminal.
  bool open_browser();

  // At most one request: asks whether the person has approved, or, once tokens are stored, checks
  // the access. It sends when it is called: wait next_delay_ms first. Transient faults are not
  // errors, they make the next delay longer. After an error the login is over. Network.
  PollResult poll(Cancel* cancel = nullptr);

  // Waits and polls until the login is done. Waits.
  void wait(Cancel* cancel = nullptr);

  // What a login that is done came to: is_session_kept, is_persisted, token_file, identity
  // {subject, email, name}, is_authenticated, entitlement {state, message, subscribe_url},
  // reachable, warnings. Before that: Code::kInvalidArgument.
  Report report();

  // The object itself, for calls into C; it stays this one's.
  bmauth_login* get() noexcept { return handle_.get(); }
  const bmauth_login* get() const noexcept { return handle_.get(); }

 private:
  Login(detail::Adopt, bmauth_login* login) noexcept : handle_(login) {}

  detail::Owned<bmauth_login> handle_;
};

// A credential for one use, and the headers that carry it.
class Token {
 public:
  // Takes an object of the library into ownership.
  static Token adopt(bmauth_token* token) noexcept {
    return Token(detail::Adopt{}, token);
  }

  // The bearer itself: an access token or an API key. Nothing when the kind is "none". SECRET:
  // never log, print or store it.
  std::optional<std::string_view> access_token() const&;
  std::optional<std::string_view> access_token() const&& = delete;

  // What kind of credential was chosen. "none", "api_key" or "oauth".
  std::string_view kind() const&;
  std::string_view kind() const&& = delete;

  // Where it came from. "option", "environment", "config", "session" or "none".
  std::string_view source() const&;
  std::string_view source() const&& = delete;

  // Why this one was chosen, for people. One line.
  std::string_view reason() const&;
  std::string_view reason() const&& = delete;

  // The only origin that it may be sent to. Scheme, host and port; Nothing when the kind is "none".
  std::optional<std::string_view> origin() const&;
  std::optional<std::string_view> origin() const&& = delete;

  // When it expires: the earlier of the stored time and the JWT's own. 0 if unknown, as for API
  // keys.
  std::int64_t expires_at_unix_s() const;

  // Whether it is stored. A token that could not be saved lives in this process alone; saving is
  // tried again at the next call. True if so, and for what need not be stored.
  bool is_persisted() const;

  // Every warning, for people.
  std::vector<std::string_view> warnings() const&;
  std::vector<std::string_view> warnings() const&& = delete;

  // Name and value of every header.
  std::vector<std::array<std::string_view, 2>> headers() const&;
  std::vector<std::array<std::string_view, 2>> headers() const&& = delete;

  // The object itself, for calls into C; it stays this one's.
  bmauth_token* get() noexcept { return handle_.get(); }
  const bmauth_token* get() const noexcept { return handle_.get(); }

 private:
  Token(detail::Adopt, bmauth_token* token) noexcept : handle_(token) {}

  detail::Owned<bmauth_token> handle_;
};

// Where a project's requests go, and why.
class Route {
 public:
  // Takes an object of the library into ownership.
  static Route adopt(bmauth_route* route) noexcept {
    return Route(detail::Adopt{}, route);
  }

  // Local or cloud. "local" or "cloud".
  std::string_view mode() const&;
  std::string_view mode() const&& = delete;

  // What decided. "call", "environment", "project", "workspace" or "default".
  std::string_view source() const&;
  std::string_view source() const&& = delete;

  // The same in words, naming the variable, file or argument. One line.
  std::string_view reason() const&;
  std::string_view reason() const&& = delete;

  // Whether somebody chose it explicitly: by an override in the call or by explicit routing. True
  // if so.
  bool is_explicit() const;

  // The project. The configured name of a known one, else as asked for; Nothing if there is none.
  std::optional<std::string_view> project() const&;
  std::optional<std::string_view> project() const&& = delete;

  // Whether the project is configured. True if so; false also when there is no project.
  bool is_known() const;

  // The workspace. Nothing if there is none.
  std::optional<std::string_view> workspace() const&;
  std::optional<std::string_view> workspace() const&& = delete;

  // Where requests start. The cloud host and "/proxy", or the configured local URL; Nothing if
  // there is none.
  std::optional<std::string_view> base_url() const&;
  std::optional<std::string_view> base_url() const&& = delete;

  // What kind of credential Client::headers would take. "none", "api_key" or "oauth"; "none" is no
  // error here.
  std::string_view credential_kind() const&;
  std::string_view credential_kind() const&& = delete;

  // The route as a JSON object: mode, source, reason, is_explicit, project, is_known, workspace,
  // base_url, credential, warnings. Compact JSON.
  std::string_view json() const&;
  std::string_view json() const&& = delete;

  // Every warning, for people.
  std::vector<std::string_view> warnings() const&;
  std::vector<std::string_view> warnings() const&& = delete;

  // The object itself, for calls into C; it stays this one's.
  bmauth_route* get() noexcept { return handle_.get(); }
  const bmauth_route* get() const noexcept { return handle_.get(); }

 private:
  Route(detail::Adopt, bmauth_route* route) noexcept : handle_(route) {}

  detail::Owned<bmauth_route> handle_;
};

// A JSON document with look-ups.
class Report {
 public:
  // Takes an object of the library into ownership.
  static Report adopt(bmauth_report* report) noexcept {
    return Report(detail::Adopt{}, report);
  }

  // The whole document. Compact JSON.
  std::string_view json() const&;
  std::string_view json() const&& = delete;

  // A scalar in the document: a string as it is, a number or boolean as its JSON text. Nothing if
  // it is absent, null, an object or an array. pointer: A JSON pointer, such as "/identity/email";
  // "" is the whole document.
  std::optional<std::string_view> text(const std::string& pointer) const&;
  std::optional<std::string_view> text(const std::string& pointer) const&& = delete;

  // How many elements an array or members an object in the document has. -1 if it is absent or a
  // scalar. pointer: A JSON pointer; "" is the whole document.
  std::int64_t count(const std::string& pointer) const;

  // The object itself, for calls into C; it stays this one's.
  bmauth_report* get() noexcept { return handle_.get(); }
  const bmauth_report* get() const noexcept { return handle_.get(); }

 private:
  Report(detail::Adopt, bmauth_report* report) noexcept : handle_(report) {}

  detail::Owned<bmauth_report> handle_;
};

// A wish to stop, triggered from any thread.
class Cancel {
 public:
  // Takes an object of the library into ownership.
  static Cancel adopt(bmauth_cancel* cancel) noexcept {
    return Cancel(detail::Adopt{}, cancel);
  }

  // Makes an object that is not triggered.
  Cancel();

  // Triggers it: calls that use it end with Code::kCancelled within 100 ms, but for a token request
  // that was already sent, which is finished and stored first (at most 5 s). Safe in a signal
  // handler. Triggering twice is harmless.
  void trigger() noexcept;

  // Whether it was triggered. The check callback is not asked. True if so.
  bool is_triggered() const;

  // Sets a callback that is asked while a call waits; it replaces an earlier one. Set it before the
  // object is used by a call, not during it. check: The callback; nothing for none.
  Cancel& set_check(std::function<bool()> check) &;
  Cancel set_check(std::function<bool()> check) &&;

  // The object itself, for calls into C; it stays this one's.
  bmauth_cancel* get() noexcept { return handle_.get(); }
  const bmauth_cancel* get() const noexcept { return handle_.get(); }

 private:
  Cancel(detail::Adopt, bmauth_cancel* cancel) noexcept : handle_(cancel) {}

  std::unique_ptr<std::function<bool()>> check_;  // outlives the handle, which calls it
  detail::Owned<bmauth_cancel> handle_;
};

// ---- Definitions --------------------------------------------------------------------------------

inline Options::Options() {
  bmauth_options* out_options = nullptr;
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_new(&out_options, &err), err);
  handle_.reset(out_options);
}

inline Options& Options::set_data_dir(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_data_dir(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_data_dir(const std::string& value) && {
  return std::move(set_data_dir(value));
}

inline Options& Options::set_token_file(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_token_file(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_token_file(const std::string& value) && {
  return std::move(set_token_file(value));
}

inline Options& Options::set_issuer(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_issuer(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_issuer(const std::string& value) && {
  return std::move(set_issuer(value));
}

inline Options& Options::set_client_id(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_client_id(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_client_id(const std::string& value) && {
  return std::move(set_client_id(value));
}

inline Options& Options::set_cloud_host(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_cloud_host(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_cloud_host(const std::string& value) && {
  return std::move(set_cloud_host(value));
}

inline Options& Options::set_api_key(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_api_key(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_api_key(const std::string& value) && {
  return std::move(set_api_key(value));
}

inline Options& Options::set_default_project(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_default_project(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_default_project(const std::string& value) && {
  return std::move(set_default_project(value));
}

inline Options& Options::set_default_workspace(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_default_workspace(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_default_workspace(const std::string& value) && {
  return std::move(set_default_workspace(value));
}

inline Options& Options::set_project_constraint(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_project_constraint(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_project_constraint(const std::string& value) && {
  return std::move(set_project_constraint(value));
}

inline Options& Options::set_ca_file(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_ca_file(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_ca_file(const std::string& value) && {
  return std::move(set_ca_file(value));
}

inline Options& Options::set_proxy(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_set_proxy(handle_.get(), detail::c_text(value, "value"), &err), err);
  return *this;
}

inline Options Options::set_proxy(const std::string& value) && {
  return std::move(set_proxy(value));
}

inline Options& Options::set_user_agent_suffix(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_user_agent_suffix(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_user_agent_suffix(const std::string& value) && {
  return std::move(set_user_agent_suffix(value));
}

inline Options& Options::set_local_base_url(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_local_base_url(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_local_base_url(const std::string& value) && {
  return std::move(set_local_base_url(value));
}

inline Options& Options::set_language(const std::string& value) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_language(handle_.get(), detail::c_text(value, "value"), &err),
      err);
  return *this;
}

inline Options Options::set_language(const std::string& value) && {
  return std::move(set_language(value));
}

inline Options& Options::set_force_local(bool value) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_set_force_local(handle_.get(), value ? 1 : 0, &err), err);
  return *this;
}

inline Options Options::set_force_local(bool value) && {
  return std::move(set_force_local(value));
}

inline Options& Options::set_force_cloud(bool value) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_set_force_cloud(handle_.get(), value ? 1 : 0, &err), err);
  return *this;
}

inline Options Options::set_force_cloud(bool value) && {
  return std::move(set_force_cloud(value));
}

inline Options& Options::set_explicit_routing(bool value) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_set_explicit_routing(handle_.get(), value ? 1 : 0, &err), err);
  return *this;
}

inline Options Options::set_explicit_routing(bool value) && {
  return std::move(set_explicit_routing(value));
}

inline Options& Options::set_connect_timeout_ms(std::int64_t connect_timeout_ms) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_connect_timeout_ms(handle_.get(), connect_timeout_ms, &err),
      err);
  return *this;
}

inline Options Options::set_connect_timeout_ms(std::int64_t connect_timeout_ms) && {
  return std::move(set_connect_timeout_ms(connect_timeout_ms));
}

inline Options& Options::set_auth_timeout_ms(std::int64_t auth_timeout_ms) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_set_auth_timeout_ms(handle_.get(), auth_timeout_ms, &err), err);
  return *this;
}

inline Options Options::set_auth_timeout_ms(std::int64_t auth_timeout_ms) && {
  return std::move(set_auth_timeout_ms(auth_timeout_ms));
}

inline Options& Options::set_refresh_try_timeout_ms(std::int64_t refresh_try_timeout_ms) & {
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_options_set_refresh_try_timeout_ms(handle_.get(), refresh_try_timeout_ms, &err),
      err);
  return *this;
}

inline Options Options::set_refresh_try_timeout_ms(std::int64_t refresh_try_timeout_ms) && {
  return std::move(set_refresh_try_timeout_ms(refresh_try_timeout_ms));
}

inline Options& Options::set_refresh_budget_ms(std::int64_t refresh_budget_ms) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_set_refresh_budget_ms(handle_.get(), refresh_budget_ms, &err), err);
  return *this;
}

inline Options Options::set_refresh_budget_ms(std::int64_t refresh_budget_ms) && {
  return std::move(set_refresh_budget_ms(refresh_budget_ms));
}

inline Options& Options::set_api_timeout_ms(std::int64_t api_timeout_ms) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_set_api_timeout_ms(handle_.get(), api_timeout_ms, &err), err);
  return *this;
}

inline Options Options::set_api_timeout_ms(std::int64_t api_timeout_ms) && {
  return std::move(set_api_timeout_ms(api_timeout_ms));
}

inline Options& Options::set_lock_timeout_ms(std::int64_t lock_timeout_ms) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_set_lock_timeout_ms(handle_.get(), lock_timeout_ms, &err), err);
  return *this;
}

inline Options Options::set_lock_timeout_ms(std::int64_t lock_timeout_ms) && {
  return std::move(set_lock_timeout_ms(lock_timeout_ms));
}

inline Options& Options::set_login_timeout_ms(std::int64_t login_timeout_ms) & {
  bmauth_error* err = nullptr;
  detail::check(bmauth_options_set_login_timeout_ms(handle_.get(), login_timeout_ms, &err), err);
  return *this;
}

inline Options Options::set_login_timeout_ms(std::int64_t login_timeout_ms) && {
  return std::move(set_login_timeout_ms(login_timeout_ms));
}

inline Client::Client(const Options* options) {
  bmauth_client* out_client = nullptr;
  bmauth_error* err = nullptr;
  detail::check(bmauth_client_new(options ? options->get() : nullptr, &out_client, &err), err);
  handle_.reset(out_client);
}

inline void Client::close() noexcept {
  bmauth_client_close(handle_.get());
}

inline Token Client::token(Purpose purpose, std::int64_t min_validity_ms, Cancel* cancel) {
  bmauth_token* out_token = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_token(handle_.get(), static_cast<bmauth_purpose>(purpose), min_validity_ms,
                          cancel ? cancel->get() : nullptr, &out_token, &err),
      err);
  return Token::adopt(out_token);
}

inline Token Client::fresh_token(Purpose purpose) {
  bmauth_token* out_token = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_fresh_token(handle_.get(), static_cast<bmauth_purpose>(purpose), &out_token,
                                &err),
      err);
  return Token::adopt(out_token);
}

inline void Client::header(Purpose purpose, std::string& buffer) {
  detail::fill(buffer, [&](char* bytes, std::int64_t capacity_bytes,
                          std::int64_t& length, bmauth_error*& err) {
    return bmauth_client_header(handle_.get(), static_cast<bmauth_purpose>(purpose), bytes,
                                capacity_bytes, &length, &err);
  });
}

inline Token Client::headers(const Route& route, Cancel* cancel) {
  bmauth_token* out_token = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_headers(handle_.get(), route.get(), cancel ? cancel->get() : nullptr,
                            &out_token, &err),
      err);
  return Token::adopt(out_token);
}

inline Token Client::headers_for_url(const std::string& url, Cancel* cancel) {
  bmauth_token* out_token = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_headers_for_url(handle_.get(), detail::c_text(url, "url"),
                                    cancel ? cancel->get() : nullptr, &out_token, &err),
      err);
  return Token::adopt(out_token);
}

inline Client::RefreshStepResult Client::refresh_step(std::int64_t min_validity_ms,
                                                      Cancel* cancel) {
  int out_is_ready = 0;
  int64_t out_next_delay_ms = 0;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_refresh_step(handle_.get(), min_validity_ms, cancel ? cancel->get() : nullptr,
                                 &out_is_ready, &out_next_delay_ms, &err),
      err);
  return {out_is_ready != 0, out_next_delay_ms};
}

inline void Client::invalidate(const Token& token) {
  bmauth_error* err = nullptr;
  detail::check(bmauth_client_invalidate(handle_.get(), token.get(), &err), err);
}

inline Route Client::route(const std::optional<std::string>& project,
                           const std::optional<std::string>& workspace, Override override,
                           bool use_default_project) {
  bmauth_route* out_route = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_route(handle_.get(), detail::c_text(project, "project"),
                          detail::c_text(workspace, "workspace"),
                          static_cast<bmauth_override>(override), use_default_project ? 1 : 0,
                          &out_route, &err),
      err);
  return Route::adopt(out_route);
}

inline Client::ModeResult Client::mode(const std::optional<std::string>& project) {
  bmauth_mode out_mode = 0;
  int out_is_known = 0;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_mode(handle_.get(), detail::c_text(project, "project"), &out_mode,
                         &out_is_known, &err),
      err);
  return {static_cast<Mode>(out_mode), out_is_known != 0};
}

inline Report Client::projects() {
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  detail::check(bmauth_client_projects(handle_.get(), &out_report, &err), err);
  return Report::adopt(out_report);
}

inline Report Client::status(bool is_offline, Cancel* cancel) {
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_status(handle_.get(), is_offline ? 1 : 0, cancel ? cancel->get() : nullptr,
                           &out_report, &err),
      err);
  return Report::adopt(out_report);
}

inline Report Client::whoami(bool is_offline, Cancel* cancel) {
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_whoami(handle_.get(), is_offline ? 1 : 0, cancel ? cancel->get() : nullptr,
                           &out_report, &err),
      err);
  return Report::adopt(out_report);
}

inline Report Client::logout(Cancel* cancel) {
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_logout(handle_.get(), cancel ? cancel->get() : nullptr, &out_report, &err),
      err);
  return Report::adopt(out_report);
}

inline Login Client::login_begin(bool is_forced, Cancel* cancel) {
  bmauth_login* out_login = nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_client_login_begin(handle_.get(), is_forced ? 1 : 0, cancel ? cancel->get() : nullptr,
                                &out_login, &err),
      err);
  return Login::adopt(out_login);
}

inline PollState Login::state() const {
  return static_cast<PollState>(bmauth_login_state(handle_.get()));
}

inline std::optional<std::string_view> Login::user_code() const& {
  return detail::maybe_view(bmauth_login_user_code(handle_.get()));
}

inline std::optional<std::string_view> Login::verification_uri() const& {
  return detail::maybe_view(bmauth_login_verification_uri(handle_.get()));
}

inline std::optional<std::string_view> Login::verification_uri_complete() const& {
  return detail::maybe_view(bmauth_login_verification_uri_complete(handle_.get()));
}

inline std::int64_t Login::expires_in_s() const {
  return bmauth_login_expires_in_s(handle_.get());
}

inline std::int64_t Login::interval_s() const {
  return bmauth_login_interval_s(handle_.get());
}

inline std::int64_t Login::next_delay_ms() const {
  return bmauth_login_next_delay_ms(handle_.get());
}

inline std::int64_t Login::remaining_ms() const {
  return bmauth_login_remaining_ms(handle_.get());
}

inline bool Login::open_browser() {
  int out_is_opened = 0;
  bmauth_error* err = nullptr;
  detail::check(bmauth_login_open_browser(handle_.get(), &out_is_opened, &err), err);
  return out_is_opened != 0;
}

inline Login::PollResult Login::poll(Cancel* cancel) {
  bmauth_poll_state out_state = 0;
  int64_t out_next_delay_ms = 0;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_login_poll(handle_.get(), cancel ? cancel->get() : nullptr, &out_state,
                        &out_next_delay_ms, &err),
      err);
  return {static_cast<PollState>(out_state), out_next_delay_ms};
}

inline void Login::wait(Cancel* cancel) {
  bmauth_error* err = nullptr;
  detail::check(bmauth_login_wait(handle_.get(), cancel ? cancel->get() : nullptr, &err), err);
}

inline Report Login::report() {
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  detail::check(bmauth_login_report(handle_.get(), &out_report, &err), err);
  return Report::adopt(out_report);
}

inline std::optional<std::string_view> Token::access_token() const& {
  return detail::maybe_view(bmauth_token_access_token(handle_.get()));
}

inline std::string_view Token::kind() const& {
  return detail::view(bmauth_token_kind(handle_.get()));
}

inline std::string_view Token::source() const& {
  return detail::view(bmauth_token_source(handle_.get()));
}

inline std::string_view Token::reason() const& {
  return detail::view(bmauth_token_reason(handle_.get()));
}

inline std::optional<std::string_view> Token::origin() const& {
  return detail::maybe_view(bmauth_token_origin(handle_.get()));
}

inline std::int64_t Token::expires_at_unix_s() const {
  return bmauth_token_expires_at_unix_s(handle_.get());
}

inline bool Token::is_persisted() const {
  return bmauth_token_is_persisted(handle_.get()) != 0;
}

inline std::vector<std::string_view> Token::warnings() const& {
  std::vector<std::string_view> found;
  const std::int64_t count = bmauth_token_warning_count(handle_.get());
  for (std::int64_t index = 0; index < count; ++index) {
    found.push_back(detail::view(bmauth_token_warning(handle_.get(), index)));
  }
  return found;
}

inline std::vector<std::array<std::string_view, 2>> Token::headers() const& {
  std::vector<std::array<std::string_view, 2>> found;
  const std::int64_t count = bmauth_token_header_count(handle_.get());
  for (std::int64_t index = 0; index < count; ++index) {
    found.push_back({detail::view(bmauth_token_header_name(handle_.get(), index)),
                     detail::view(bmauth_token_header_value(handle_.get(), index))});
  }
  return found;
}

inline std::string_view Route::mode() const& {
  return detail::view(bmauth_route_mode(handle_.get()));
}

inline std::string_view Route::source() const& {
  return detail::view(bmauth_route_source(handle_.get()));
}

inline std::string_view Route::reason() const& {
  return detail::view(bmauth_route_reason(handle_.get()));
}

inline bool Route::is_explicit() const {
  return bmauth_route_is_explicit(handle_.get()) != 0;
}

inline std::optional<std::string_view> Route::project() const& {
  return detail::maybe_view(bmauth_route_project(handle_.get()));
}

inline bool Route::is_known() const {
  return bmauth_route_is_known(handle_.get()) != 0;
}

inline std::optional<std::string_view> Route::workspace() const& {
  return detail::maybe_view(bmauth_route_workspace(handle_.get()));
}

inline std::optional<std::string_view> Route::base_url() const& {
  return detail::maybe_view(bmauth_route_base_url(handle_.get()));
}

inline std::string_view Route::credential_kind() const& {
  return detail::view(bmauth_route_credential_kind(handle_.get()));
}

inline std::string_view Route::json() const& {
  return detail::view(bmauth_route_json(handle_.get()));
}

inline std::vector<std::string_view> Route::warnings() const& {
  std::vector<std::string_view> found;
  const std::int64_t count = bmauth_route_warning_count(handle_.get());
  for (std::int64_t index = 0; index < count; ++index) {
    found.push_back(detail::view(bmauth_route_warning(handle_.get(), index)));
  }
  return found;
}

inline std::string_view Report::json() const& {
  return detail::view(bmauth_report_json(handle_.get()));
}

inline std::optional<std::string_view> Report::text(const std::string& pointer) const& {
  return detail::maybe_view(bmauth_report_text(handle_.get(), detail::c_text(pointer, "pointer")));
}

inline std::int64_t Report::count(const std::string& pointer) const {
  return bmauth_report_count(handle_.get(), detail::c_text(pointer, "pointer"));
}

inline Cancel::Cancel() {
  bmauth_cancel* out_cancel = nullptr;
  bmauth_error* err = nullptr;
  detail::check(bmauth_cancel_new(&out_cancel, &err), err);
  handle_.reset(out_cancel);
}

inline void Cancel::trigger() noexcept {
  bmauth_cancel_trigger(handle_.get());
}

inline bool Cancel::is_triggered() const {
  return bmauth_cancel_is_triggered(handle_.get()) != 0;
}

inline Cancel& Cancel::set_check(std::function<bool()> check) & {
  auto kept = check ? std::make_unique<std::function<bool()>>(std::move(check)) : nullptr;
  bmauth_error* err = nullptr;
  detail::check(
      bmauth_cancel_set_check(handle_.get(), kept ? &detail::cancel_check : nullptr, kept.get(),
                              &err),
      err);
  check_ = std::move(kept);
  return *this;
}

inline Cancel Cancel::set_check(std::function<bool()> check) && {
  return std::move(set_check(std::move(check)));
}

}  // namespace bmauth

#endif
