#include "core/client.h"

#include "core/net_transport.h"
#include "core/origin.h"

namespace bmauth::core {
namespace {

SessionConfig session_config(const Settings& settings) {
  SessionConfig config;
  config.in_force = {settings.issuer.value, settings.client_id.value, settings.cloud_host.value, "",
                     ""};
  config.refresh_try_timeout_ms = settings.refresh_try_timeout_ms;
  config.refresh_budget_ms = settings.refresh_budget_ms;
  config.lock_timeout_ms = settings.lock_timeout_ms;
  return config;
}

FileTokenStoreConfig store_config(const Settings& settings) {
  FileTokenStoreConfig config;
  config.places = settings.places;
  config.in_force = session_config(settings).in_force;
  config.recorded = {settings.recorded_issuer, settings.recorded_client_id,
                     settings.recorded_cloud_host, "", ""};
  config.built_in = built_in_binding();
  return config;
}

std::unique_ptr<Transport> open_net_transport(const Settings& settings) {
  NetConfig config;
  config.user_agent = settings.user_agent;
  config.ca_file = settings.ca_file;
  config.proxy = settings.proxy;
  config.connect_timeout_ms = settings.connect_timeout_ms;
  return std::make_unique<NetTransport>(std::move(config));
}

Token oauth_token(const CurrentToken& current, const CredentialChoice& choice) {
  Token token;
  token.kind = CredentialKind::kOAuth;
  token.value = current.session.record.access_token;
  token.source = "session";
  token.reason = choice.reason;
  token.origin = choice.origin;
  token.expires_at_unix_s = current.session.record.effective_expiry_unix_s();
  token.is_persisted = current.is_persisted;
  token.warnings = current.session.warnings;
  token.warnings.insert(token.warnings.end(), current.warnings.begin(), current.warnings.end());
  return token;
}

Token api_key_token(const Settings& settings, const CredentialChoice& choice) {
  Token token;
  token.kind = CredentialKind::kApiKey;
  token.value = settings.api_key.value;
  token.source = source_name(choice.source);
  token.reason = choice.reason;
  token.origin = choice.origin;
  return token;
}

Error no_session() {
  return make_error(Code::kNoCredentials, "nobody is logged in and no API key is configured");
}

Secret bearer(const Secret& value) {
  std::string header = "Bearer ";
  header += value.reveal();
  return Secret(std::move(header));
}

}  // namespace

Seams system_seams() {
  return {posix_file_system(), system_clock(), system_random(), &open_net_transport,
          system_environment()};
}

SessionParts::SessionParts(const Seams& seams, Transport& transport, const Settings& settings)
    : store(seams.files, seams.clock, seams.random, store_config(settings)),
      session(store, transport, seams.clock, seams.random, session_config(settings)) {}

Binding ClientState::binding() const {
  return session_config(settings).in_force;
}

Result<CredentialFacts> gather_credential_facts(const ClientState& state, Purpose purpose) {
  CredentialFacts facts;
  facts.api_key = state.settings.api_key;
  const bool has_key = !facts.api_key.value.empty();
  if (purpose == Purpose::kProject && has_key) {
    if (choose_credential(purpose, state.settings, facts)) return facts;
  }
  auto stored = state.parts->session.peek();
  if (!stored) {
    const bool is_bound_elsewhere = stored.error().code == Code::kCredentialNotForOrigin;
    if (is_bound_elsewhere && has_key) return facts;
    return std::move(stored).error();
  }
  if (!*stored) return facts;
  const StoredSession& session = (*stored)->session;
  facts.has_session = true;
  const bool can_refresh =
      !session.record.refresh_token.empty() && !session.state.is_reauth_required;
  facts.is_session_usable = (*stored)->freshness != Freshness::kExpired || can_refresh;
  facts.session_cloud_host = session.binding.cloud_host;
  return facts;
}

Result<std::shared_ptr<Client>> Client::open(Options options, Seams seams) {
  std::shared_ptr<Client> client(new Client(std::move(options), std::move(seams)));
  auto state = client->state();
  if (!state) return std::move(state).error();
  client->after_fork_ = std::make_unique<AfterFork>(
      client.get(), [](void* object) { static_cast<Client*>(object)->after_fork_in_child(); });
  return client;
}

Result<std::shared_ptr<const ClientState>> Client::state() {
  std::lock_guard lock(*mutex_);
  if (is_closed_) return make_error(Code::kInvalidArgument, "the client is closed");
  auto places = resolve_places(options_, seams_.environment);
  if (!places) return std::move(places).error();
  auto version = config_version(seams_.files, places->data_dir.value);
  if (!version) return std::move(version).error();
  if (state_ && state_->config_version == *version) return state_;

  auto next = std::make_shared<ClientState>();
  auto config = read_config(seams_.files, places->data_dir.value);
  if (!config) return std::move(config).error();
  next->config = *std::move(config);
  auto settings = resolve_settings(options_, seams_.environment, *places, next->config);
  if (!settings) return std::move(settings).error();
  next->settings = *std::move(settings);
  next->config_version = *std::move(version);
  if (!transport_) transport_ = seams_.open_transport(next->settings);
  const bool is_same_session =
      state_ && state_->binding() == next->binding() &&
      state_->settings.recorded_issuer == next->settings.recorded_issuer &&
      state_->settings.recorded_client_id == next->settings.recorded_client_id &&
      state_->settings.recorded_cloud_host == next->settings.recorded_cloud_host;
  next->parts = is_same_session
                    ? state_->parts
                    : std::make_shared<SessionParts>(seams_, *transport_, next->settings);
  state_ = std::move(next);
  return state_;
}

Result<Token> Client::token_for(const ClientState& state, Purpose purpose,
                                std::int64_t min_validity_ms, Cancel* cancel) {
  auto gathered = gather_credential_facts(state, purpose);
  if (!gathered) return std::move(gathered).error();
  auto choice = choose_credential(purpose, state.settings, *gathered);
  if (!choice) return std::move(choice).error();
  if (choice->kind == CredentialKind::kApiKey) return api_key_token(state.settings, *choice);

  auto current = state.parts->session.current(min_validity_ms, cancel);
  if (!current) return std::move(current).error();
  if (!*current) return no_session();
  return oauth_token(**current, *choice);
}

Result<Token> Client::token(Purpose purpose, std::int64_t min_validity_ms, Cancel* cancel) {
  auto state = this->state();
  if (!state) return std::move(state).error();
  auto token = token_for(**state, purpose, min_validity_ms, cancel);
  if (token) token->headers.emplace_back("Authorization", bearer(token->value));
  return token;
}

Result<Token> Client::headers(const Route& route, Cancel* cancel) {
  if (auto state = this->state(); !state) return std::move(state).error();
  if (auto check = check_sendable(route); !check) return std::move(check).error();
  if (route.mode == RouteMode::kLocal) {
    Token none;
    none.source = source_name(Source::kNone);
    none.reason = "a local route needs no credential";
    return none;
  }
  auto token = this->token(Purpose::kProject, 0, cancel);
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
  auto token = token_for(**state, purpose_of_path(url->path_and_query), 0, cancel);
  if (token) token->headers.emplace_back("Authorization", bearer(token->value));
  return token;
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
  auto facts = gather_credential_facts(**state, Purpose::kProject);
  if (!facts) return CredentialKind::kNone;
  auto choice = choose_credential(Purpose::kProject, (*state)->settings, *facts);
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
  std::lock_guard lock(*mutex_);
  is_closed_ = true;
  options_ = {};
  forget_secrets(seams_.environment);
  state_.reset();
}

void Client::after_fork_in_child() {
  // The mutex may have been held by a thread that does not exist here.
  mutex_.release();  // NOLINT: destroying a locked mutex is undefined, forgetting it is not
  mutex_ = std::make_unique<std::mutex>();
  if (state_) state_->parts->session.after_fork_in_child();
}

}  // namespace bmauth::core
