// Which credential serves which purpose, and whether it may go where it is asked to go
// (contract, sections 5 "Binding" and 6).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/settings.h"
#include "core/token_record.h"

namespace bmauth::core {

enum class Purpose { kProject, kAccount };
enum class CredentialKind { kNone, kApiKey, kOAuth };
const char* purpose_name(Purpose purpose);              // "project", "account"
const char* credential_kind_name(CredentialKind kind);  // "none", "api_key", "oauth"

// What a choice is made from, without touching network or store.
struct CredentialFacts {
  Setting<Secret> api_key;  // empty value: none
  std::optional<std::string>
      api_key_bound_host;          // recorded at save; none: config file's or default host
  bool has_session = false;        // of the issuer in force
  bool is_session_usable = false;  // false: reauth_required, it cannot serve any more
  std::string session_cloud_host;
};

struct CredentialChoice {
  CredentialKind kind = CredentialKind::kNone;
  Source source =
      Source::kNone;   // of the key; of the token file for a session (usual place: default)
  std::string reason;  // in words
  std::string origin;  // where it may go
};

// Chooses for `purpose` at the cloud host in force: `project` takes the API key before the session,
// `account` the session before the key; what does not fit is passed over for the other kind.
// Errors: no_credentials, credential_not_for_origin, invalid_api_key (a malformed key is never
// passed over), reauth_required, and what the origin parser says of the cloud host.
Result<CredentialChoice> choose_credential(Purpose purpose, const Settings& settings,
                                           const CredentialFacts& facts);

// `bmc_[A-Za-z0-9_-]+`, else invalid_api_key with the reason.
Result<void> check_api_key(const Secret& key);
// `bmc_` and four characters; `bmc_****` for what is too short or no key at all.
std::string shown_api_key(const Secret& key);

// Purpose of a URL at the cloud host: under /proxy it is project, else account.
Purpose purpose_of_path(std::string_view path);

}  // namespace bmauth::core
