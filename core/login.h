// Logging in, one step at a time: a session that still works is kept, else the device flow; then
// the access check (contract, section 4).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/client.h"
#include "core/cloud.h"
#include "core/device_flow.h"
#include "core/json.h"

namespace bmauth::core {

class Login {
 public:
  enum class State { kPending, kDone };

  // Step 0 and step 1. Errors before anybody is asked to do anything: session_exists, network ...
  static Result<std::unique_ptr<Login>> begin(std::shared_ptr<Client> client, bool is_forced,
                                              Cancel* cancel);

  State state() const { return state_; }
  // Null if the session is kept and no person is needed.
  const DeviceAuthorization* authorization() const;
  std::int64_t next_delay_ms() const;
  std::int64_t remaining_ms() const;
  // What opening a browser reads.
  const Environment& environment() const { return inputs_->environment; }

  // At most one request: a poll of the token endpoint, or the access check once the tokens are
  // stored.
  Result<State> poll(Cancel* cancel);
  // Waits and polls until done.
  Result<void> wait(Cancel* cancel);

  // What came of it, after kDone.
  Result<Json> report() const;

 private:
  Login(std::shared_ptr<Client> client, std::shared_ptr<const ClientInputs> inputs)
      : client_(std::move(client)), inputs_(std::move(inputs)) {}
  Result<bool> keep_session(Cancel* cancel);
  Result<void> store(const DeviceFlow::Granted& granted);

  std::shared_ptr<Client> client_;
  std::shared_ptr<const ClientInputs> inputs_;
  std::shared_ptr<const ClientState> client_state_;
  std::unique_ptr<DeviceFlow> flow_;
  std::optional<StoredSession> session_;  // set as soon as there is one to check
  bool is_session_kept_ = false;
  bool is_persisted_ = true;
  std::vector<std::string> warnings_;
  AccessCheck access_;
  State state_ = State::kPending;
};

}  // namespace bmauth::core
