// Logging out: under the lock, after a running refresh, every session that this data dir may read
// (contract, section 10).
#include "core/client.h"
#include "core/report.h"

namespace bmauth::core {

Result<Json> Client::logout(Cancel* cancel) {
  auto held = this->state();
  if (!held) return std::move(held).error();
  const ClientState& state = **held;
  FileTokenStore& store = state.parts->store;

  auto lease = store.lease(state.settings.lock_timeout_ms, cancel);
  if (!lease) return std::move(lease).error();
  auto removal = store.remove_all(**lease);
  if (!removal) return std::move(removal).error();
  state.parts->session.forget_unsaved();

  Json report;
  report.set("removed", texts_json(removal->removed));
  Json::Array left;
  for (const auto& [path, error] : removal->left) {
    Json row;
    row.set("path", path);
    row.set("error", error_json(error));
    left.push_back(std::move(row));
  }
  report.set("left", Json(std::move(left)));

  // What a person might believe to be gone, and is not.
  Json::Array kept;
  if (!removal->removed.empty()) {
    kept.push_back("the session at the server, which was not revoked: it ends there by itself");
  }
  if (!state.settings.api_key.value.empty()) {
    kept.push_back("API key " + shown_api_key(state.settings.api_key.value) + " (" +
                   source_name(state.settings.api_key.source) + ")");
  }
  if (state.config.default_workspace) {
    kept.push_back("default_workspace in " + state.config.default_workspace->file);
  }
  report.set("kept", Json(std::move(kept)));
  return report;
}

}  // namespace bmauth::core
