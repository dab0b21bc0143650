#include "core/login.h"

#include "core/report.h"

namespace bmauth::core {
namespace {

// Whether a device login may follow: nobody is logged in, or only a person can mend the session.
bool needs_person(const Error& error) {
  return error.code == Code::kReauthRequired || error.code == Code::kStoreCorrupt ||
         error.code == Code::kCredentialNotForOrigin;
}

}  // namespace

Result<std::unique_ptr<Login>> Login::begin(std::shared_ptr<Client> client, bool is_forced,
                                            Cancel* cancel) {
  auto state = client->state();
  if (!state) return std::move(state).error();
  auto inputs = client->inputs();
  if (!inputs) return make_error(Code::kInvalidArgument, "the client is closed");
  std::unique_ptr<Login> login(new Login(std::move(client), std::move(inputs)));
  login->client_state_ = *std::move(state);

  if (!is_forced) {
    auto is_kept = login->keep_session(cancel);
    if (!is_kept) return std::move(is_kept).error();
    if (*is_kept) return login;
  }
  if (auto check = login->client_state_->parts->store.check_login(); !check) {
    return std::move(check).error();
  }
  const Settings& settings = login->client_state_->settings;
  auto flow = DeviceFlow::begin(
      login->client_->transport(), login->client_->clock(), login->client_->random(),
      {login->client_state_->binding(), settings.auth_timeout_ms, settings.login_timeout_ms},
      cancel);
  if (!flow) return std::move(flow).error();
  login->flow_ = *std::move(flow);
  return login;
}

Result<bool> Login::keep_session(Cancel* cancel) {
  auto current = client_state_->parts->session.current(0, cancel);
  if (!current) {
    if (needs_person(current.error())) return false;
    return std::move(current).error();
  }
  if (!*current) return false;
  session_ = (*current)->session;
  is_session_kept_ = true;
  is_persisted_ = (*current)->is_persisted;
  warnings_ = (*current)->warnings;
  return true;
}

const DeviceAuthorization* Login::authorization() const {
  return flow_ ? &flow_->authorization() : nullptr;
}

std::int64_t Login::next_delay_ms() const {
  return state_ == State::kDone || session_ ? 0 : flow_->next_delay_ms();
}

std::int64_t Login::remaining_ms() const {
  return flow_ ? flow_->remaining_ms() : 0;
}

Result<Login::State> Login::poll(Cancel* cancel) {
  if (state_ == State::kDone) return state_;
  if (!session_) {
    auto poll = flow_->poll(cancel);
    if (!poll) return std::move(poll).error();
    if (const auto* granted = std::get_if<DeviceFlow::Granted>(&*poll)) {
      if (auto stored = store(*granted); !stored) return std::move(stored).error();
    }
    return state_;
  }
  const Settings& settings = client_state_->settings;
  access_ = check_access(client_->transport(), client_->clock(), settings.cloud_host.value,
                         session_->record.access_token, settings.api_timeout_ms, cancel);
  if (access_.error && access_.error->code == Code::kCancelled) return *access_.error;
  state_ = State::kDone;
  return state_;
}

// The tokens are the person's from here on: whatever fails now, they are kept, in memory at the
// least.
Result<void> Login::store(const DeviceFlow::Granted& granted) {
  warnings_ = granted.warnings;
  SessionParts& parts = *client_state_->parts;
  auto lease = parts.store.lease(client_state_->settings.lock_timeout_ms, nullptr);
  if (lease) {
    auto stored = parts.store.save_login(**lease, granted.record);
    if (stored) {
      session_ = *std::move(stored);
      return {};
    }
    if (stored.error().code == Code::kSessionExists) return std::move(stored).error();
    warnings_.push_back("not persisted: " + stored.error().message);
  } else {
    warnings_.push_back("not persisted: " + lease.error().message);
  }
  is_persisted_ = false;
  session_.emplace();
  session_->record = granted.record;
  session_->binding = client_state_->binding();
  parts.session.adopt_unsaved(*session_);
  return {};
}

Result<void> Login::wait(Cancel* cancel) {
  while (state_ != State::kDone) {
    if (!client_->clock().sleep_ms(next_delay_ms(), cancel)) {
      return make_error(Code::kCancelled, "the login was cancelled");
    }
    auto poll = this->poll(cancel);
    if (!poll) return std::move(poll).error();
  }
  return {};
}

Result<Json> Login::report() const {
  if (state_ != State::kDone) {
    return make_error(Code::kInvalidArgument, "the login is not done yet");
  }
  Json report;
  report.set("is_session_kept", is_session_kept_);
  report.set("is_persisted", is_persisted_);
  report.set("token_file", text_or_null(is_persisted_ ? session_->location : ""));
  report.set("issuer", session_->binding.issuer);
  report.set("identity", identity_json(*session_));
  report.set("expires_at_unix_s", time_or_null(session_->record.effective_expiry_unix_s()));
  report.set("can_refresh", !session_->record.refresh_token.empty());
  add_access(report, access_, client_state_->settings.cloud_host.value);
  report.set("warnings", texts_json(warnings_));
  return report;
}

}  // namespace bmauth::core
