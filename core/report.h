// Pieces that reports share: errors, facts and texts in the one form that everybody reads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/cloud.h"
#include "core/error.h"
#include "core/json.h"
#include "core/token_store.h"

namespace bmauth::core {

Json text_or_null(const std::string& text);
Json time_or_null(std::int64_t unix_s);  // 0: unknown
Json texts_json(const std::vector<std::string>& texts);

// name, message, remedy, is_retryable, http_status, oauth_error, oauth_error_description,
// retry_after_ms; unknown ones are null.
Json error_json(const Error& error);

// subject, email, name; unknown ones are null. The subject may come from the access token, where it
// is a JWT.
Json identity_json(const StoredSession& session);

// The three facts of an access check as members of `report`: is_authenticated, entitlement, cloud.
void add_access(Json& report, const AccessCheck& access, const std::string& cloud_host);

}  // namespace bmauth::core
