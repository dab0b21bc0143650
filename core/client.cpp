#include "core/client.h"

#include <mutex>
#include <utility>

#include "core/fork_mutex.h"
#include "core/generation.h"
#include "core/net_transport.h"
#include "core/origin.h"

namespace bmauth::core {
namespace {

Binding binding_of(const Settings& settings) {
  return {settings.issuer.value, settings.client_id.value, settings.cloud_host.value, "", ""};
}

SessionConfig session_config(const Settings& settings) {
  SessionConfig config;
  config.refresh_try_timeout_ms = settings.refresh_try_timeout_ms;
  config.refresh_budget_ms = settings.refresh_budget_ms;
  config.lock_timeout_ms = settings.lock_timeout_ms;
  return config;
}

FileTokenStoreConfig store_config(const Settings& settings) {
  FileTokenStoreConfig config;
  config.places = settings.places;
  config.in_force = binding_of(settings);
  config.recorded = {settings.recorded_issuer, settings.recorded_client_id,
                     settings.recorded_cloud_host, "", ""};
  config.built_in = built_in_binding();
  return config;
}

// What must be whole in a forked child: the pointers of all clients.
struct ClientMutexTag {
  static void in_child() {}
};
ForkMutex<ClientMutexTag> client_mutex;

bool has_same_session(const ClientState& left, const ClientState& right) {
  return left.binding() == right.binding() &&
         left.settings.recorded_issuer == right.settings.recorded_issuer &&
         left.settings.recorded_client_id == right.settings.recorded_client_id &&
         left.settings.recorded_cloud_host == right.settings.recorded_cloud_host;
}

std::unique_ptr<Transport> open_net_transport(const Settings& settings) {
  NetConfig config;
  config.user_agent = settings.user_agent;
  config.ca_file = settings.ca_file;
  config.proxy = settings.proxy;
  config.connect_timeout_ms = settings.connect_timeout_ms;
  return std::make_unique<NetTransport>(std::move(config));
}

Secret bearer(const Secret& value) {
  std::string header = "Bearer ";
  header += value.reveal();
  return Secret(std::move(header));
}

Token oauth_token(const CurrentToken& current, const CredentialChoice& choice) {
  Token token;
  token.kind = CredentialKind::kOAuth;
  token.value = current.session.record.access_token;
  token.source = "session";
  token.reason = choice.reason;
  token.origin = choice.origin;
  token.expires_at_unix_s = current.session.record.effective_expiry_unix_s();
  token.fresh_until_unix_ms = current.fresh_until_unix_ms;
  token.is_persisted = current.is_persisted;
  token.warnings = current.session.warnings;
  token.warnings.insert(token.warnings.end(), current.warnings.begin(), current.warnings.end());
  token.headers.emplace_back("Authorization", bearer(token.value));
  return token;
}

Token api_key_token(const Settings& settings, const CredentialChoice& choice) {
  Token token;
  token.kind = CredentialKind::kApiKey;
  token.value = settings.api_key.value;
  token.source = source_name(choice.source);
  token.reason = choice.reason;
  token.origin = choice.origin;
  token.headers.emplace_back("Authorization", bearer(token.value));
  return token;
}

Error no_session() {
  return make_error(Code::kNoCredentials, "nobody is logged in and no API key is configured");
}

// A record that is none may be one that is just being written: only waiting can tell.
Error without_waiting(Error error) {
  if (error.code != Code::kStoreCorrupt) return error;
  return make_error(Code::kNeedsRefresh, "the stored session cannot be read just now");
}

}  // namespace

Seams system_seams() {
  return {posix_file_system(), system_clock(), system_random(), &open_net_transport,
          system_environment()};
}

SessionParts::SessionParts(const Seams& seams, Transport& transport, const Settings& settings)
    : store(seams.files, seams.clock, seams.random, store_config(settings)),
      session(store, transport, seams.clock, seams.random, session_config(settings)),
      after_fork(&session, [](void* held) { static_cast<Session*>(held)->after_fork_in_child(); }) {
}

Binding ClientState::binding() const {
  return binding_of(settings);
}

Result<KnownCredentials> know_credentials(const ClientState& state, Purpose purpose, Torn torn) {
  KnownCredentials known;
  CredentialFacts& facts = known.facts;
  facts.api_key = state.settings.api_key;
  const bool has_key = !facts.api_key.value.empty();
  if (purpose == Purpose::kProject && has_key) {
    if (choose_credential(purpose, state.settings, facts)) return known;
  }
  auto stored = state.parts->session.peek(torn);
  if (!stored) {
    const bool is_bound_elsewhere = stored.error().code == Code::kCredentialNotForOrigin;
    if (is_bound_elsewhere && has_key) return known;
    return std::move(stored).error();
  }
  known.session = *std::move(stored);
  if (!known.session) return known;
  const StoredSession& session = known.session->session;
  facts.has_session = true;
  const bool can_refresh =
      !session.record.refresh_token.empty() && !session.state.is_reauth_required;
  facts.is_session_usable = known.session->freshness != Freshness::kExpired || can_refresh;
  facts.session_cloud_host = session.binding.cloud_host;
  return known;
}

Client::Client(Options options, Seams seams)
    : seams_(std::move(seams)),
      inputs_(new ClientInputs{std::move(options), std::move(seams_.environment)}) {}

Result<std::shared_ptr<Client>> Client::open(Options options, Seams seams) {
  std::shared_ptr<Client> client(new Client(std::move(options), std::move(seams)));
  auto state = client->state();
  if (!state) return std::move(state).error();
  return client;
}

std::shared_ptr<const ClientInputs> Client::inputs() {
  std::lock_guard lock(client_mutex);
  return inputs_;
}

Result<std::shared_ptr<const ClientState>> Client::state() {
  const std::shared_ptr<const ClientInputs> inputs = this->inputs();
  if (!inputs) return make_error(Code::kInvalidArgument, "the client is closed");
  auto places = resolve_places(inputs->options, inputs->environment);
  if (!places) return std::move(places).error();
  auto version = config_version(seams_.files, places->data_dir.value);
  if (!version) return std::move(version).error();
  {
    std::lock_guard lock(client_mutex);
    if (state_ && state_->config_version == *version) return state_;
  }
  auto next = read_state(*inputs, *places);
  if (!next) return std::move(next).error();
  (*next)->config_version = *std::move(version);

  // Made before the mutex is taken, and dropped after it is released: a session has a place in a
  // list whose mutex is held over fork as well, and two such may not be taken one in the other.
  auto parts = std::make_shared<SessionParts>(seams_, *transport_, (*next)->settings);
  std::shared_ptr<const ClientState> previous;

  std::lock_guard lock(client_mutex);
  if (!inputs_) return make_error(Code::kInvalidArgument, "the client is closed");
  // One session per binding, whichever thread was first to see the change.
  const bool is_same = state_ && has_same_session(*state_, **next);
  (*next)->parts = is_same ? state_->parts : parts;
  previous = std::exchange(state_, *std::move(next));
  if (previous) raise_generation();
  return state_;
}

Result<std::shared_ptr<ClientState>> Client::read_state(const ClientInputs& inputs,
                                                        const Places& places) {
  auto state = std::make_shared<ClientState>();
  auto config = read_config(seams_.files, places.data_dir.value);
  if (!config) return std::move(config).error();
  state->config = *std::move(config);
  auto settings = resolve_settings(inputs.options, inputs.environment, places, state->config);
  if (!settings) return std::move(settings).error();
  state->settings = *std::move(settings);
  // The first state is read by open(), before any other thread has the client.
  if (!transport_) transport_ = seams_.open_transport(state->settings);
  return state;
}

Result<Token> Client::token_for(const ClientState& state, Purpose purpose,
                                std::int64_t min_validity_ms, Cancel* cancel) {
  auto known = know_credentials(state, purpose, Torn::kAwait);
  if (!known) return std::move(known).error();
  auto choice = choose_credential(purpose, state.settings, known->facts);
  if (!choice) return std::move(choice).error();
  if (choice->kind == CredentialKind::kApiKey) return api_key_token(state.settings, *choice);
  const CurrentToken& seen = *known->session;
  if (min_validity_ms == 0 && seen.is_settled && seen.is_persisted) {
    return oauth_token(seen, *choice);
  }
  auto current = state.parts->session.current(min_validity_ms, cancel);
  if (!current) return std::move(current).error();
  if (!*current) return no_session();
  return oauth_token(**current, *choice);
}

Result<Token> Client::token(Purpose purpose, std::int64_t min_validity_ms, Cancel* cancel) {
  auto state = this->state();
  if (!state) return std::move(state).error();
  return token_for(**state, purpose, min_validity_ms, cancel);
}

Result<Token> Client::fresh_token(Purpose purpose) {
  auto held = this->state();
  if (!held) return std::move(held).error();
  const ClientState& state = **held;
  auto known = know_credentials(state, purpose, Torn::kReport);
  if (!known) return without_waiting(std::move(known).error());
  auto choice = choose_credential(purpose, state.settings, known->facts);
  if (!choice) return std::move(choice).error();
  if (choice->kind == CredentialKind::kApiKey) return api_key_token(state.settings, *choice);
  if (!known->session->is_settled) {
    return make_error(Code::kNeedsRefresh, "the session's token is not fresh any more");
  }
  return oauth_token(*known->session, *choice);
}

Result<Token> Client::headers(const Route& route, Cancel* cancel) {
  auto state = this->state();
  if (!state) return std::move(state).error();
  if (auto check = check_sendable(route); !check) return std::move(check).error();
  if (route.mode == RouteMode::kLocal) {
    Token none;
    none.source = source_name(Source::kNone);
    none.reason = "a local route needs no credential";
    return none;
  }
  auto token = token_for(**state, Purpose::kProject, 0, cancel);
  if (token && route.workspace) {
    token->headers.emplace_back("X-Workspace-ID", Secret(std::string_view(*route.workspace)));
  }
  return token;
}

Result<Token> Client::headers_for_url(std::string_view text, Cancel* cancel) {
  auto url = parse_url(text);
  if (!url) return std::move(url).error();
  auto state = this->state();
  if (!state) return std::move(state).error();
  auto cloud = parse_url((*state)->settings.cloud_host.value);
  if (!cloud) return std::move(cloud).error();
  if (!same_origin(url->origin, cloud->origin)) {
    return make_error(Code::kCredentialNotForOrigin, "credentials here are for " +
                                                         cloud->origin.to_string() + ", not for " +
                                                         url->origin.to_string());
  }
  return token_for(**state, purpose_of_path(url->path_and_query), 0, cancel);
}

Result<Session::Step> Client::refresh_step(std::int64_t min_validity_ms, Cancel* cancel) {
  auto state = this->state();
  if (!state) return std::move(state).error();
  return (*state)->parts->session.step(min_validity_ms, cancel);
}

Result<void> Client::invalidate(const Token& token) {
  auto state = this->state();
  if (!state) return std::move(state).error();
  if (token.kind != CredentialKind::kOAuth) return {};
  (*state)->parts->session.invalidate(token.value);
  return {};
}

Result<Route> Client::route(const RouteRequest& request) {
  auto state = this->state();
  if (!state) return std::move(state).error();
  return decide_route((*state)->settings, (*state)->config.projects, request);
}

CredentialKind Client::credential_kind(const Route& route) {
  if (route.mode == RouteMode::kLocal) return CredentialKind::kNone;
  auto state = this->state();
  if (!state) return CredentialKind::kNone;
  auto known = know_credentials(**state, Purpose::kProject, Torn::kReport);
  if (!known) return CredentialKind::kNone;
  auto choice = choose_credential(Purpose::kProject, (*state)->settings, known->facts);
  return choice ? choice->kind : CredentialKind::kNone;
}

Result<Json> Client::projects() {
  auto state = this->state();
  if (!state) return std::move(state).error();
  Json::Array list;
  for (const Project& project : (*state)->config.projects) {
    Json row;
    row.set("name", project.name);
    row.set("mode", route_mode_name(project.mode));
    row.set("path", project.path.empty() ? Json() : Json(project.path));
    row.set("workspace", project.workspace_id.empty() ? Json() : Json(project.workspace_id));
    row.set("file", project.file);
    list.push_back(std::move(row));
  }
  return Json(std::move(list));
}

void Client::close() {
  std::shared_ptr<const ClientInputs> inputs;
  std::shared_ptr<const ClientState> state;
  {
    std::lock_guard lock(client_mutex);
    inputs.swap(inputs_);
    state.swap(state_);
  }
  for (auto& header : headers_) header.close();
  modes_.close();
  raise_generation();
}

}  // namespace bmauth::core
