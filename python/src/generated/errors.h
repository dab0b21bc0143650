// Generated from bindings/spec by bmauth_gen; do not edit.
// The rows of the error table as exception classes, and the facts that each carries.
#pragma once

#include "../errors.h"
#include "../values.h"

namespace bmauth::python {

inline const ErrorName kErrorNames[] = {
    {BMAUTH_E_INVALID_ARGUMENT, "InvalidArgumentError", &PyExc_ValueError},
    {BMAUTH_E_CONFIG_INVALID, "ConfigInvalidError", nullptr},
    {BMAUTH_E_CONFIG_CONFLICT, "ConfigConflictError", nullptr},
    {BMAUTH_E_CONFLICTING_ROUTING, "ConflictingRoutingError", nullptr},
    {BMAUTH_E_PROJECT_CONSTRAINED, "ProjectConstrainedError", nullptr},
    {BMAUTH_E_UNKNOWN_PROJECT, "UnknownProjectError", nullptr},
    {BMAUTH_E_AMBIGUOUS, "AmbiguousError", nullptr},
    {BMAUTH_E_WORKSPACE_UNRESOLVED, "WorkspaceUnresolvedError", nullptr},
    {BMAUTH_E_NO_CREDENTIALS, "NoCredentialsError", nullptr},
    {BMAUTH_E_INVALID_API_KEY, "InvalidApiKeyError", nullptr},
    {BMAUTH_E_CREDENTIAL_NOT_FOR_ORIGIN, "CredentialNotForOriginError", nullptr},
    {BMAUTH_E_UNAUTHORIZED, "UnauthorizedError", nullptr},
    {BMAUTH_E_SUBSCRIPTION_REQUIRED, "SubscriptionRequiredError", nullptr},
    {BMAUTH_E_INSUFFICIENT_SCOPE, "InsufficientScopeError", nullptr},
    {BMAUTH_E_FORBIDDEN, "ForbiddenError", nullptr},
    {BMAUTH_E_SCOPE_NOT_CONFIRMED, "ScopeNotConfirmedError", nullptr},
    {BMAUTH_E_UNSUPPORTED, "UnsupportedError", nullptr},
    {BMAUTH_E_NOT_FOUND, "NotFoundError", nullptr},
    {BMAUTH_E_ACCESS_DENIED, "AccessDeniedError", nullptr},
    {BMAUTH_E_EXPIRED_TOKEN, "ExpiredTokenError", nullptr},
    {BMAUTH_E_REAUTH_REQUIRED, "ReauthRequiredError", nullptr},
    {BMAUTH_E_OAUTH_REJECTED, "OauthRejectedError", nullptr},
    {BMAUTH_E_LOGIN_TIMEOUT, "LoginTimeoutError", nullptr},
    {BMAUTH_E_CANCELLED, "CancelledError", nullptr},
    {BMAUTH_E_NETWORK, "NetworkError", nullptr},
    {BMAUTH_E_TLS, "TlsError", nullptr},
    {BMAUTH_E_TIMEOUT, "TimeoutError", nullptr},
    {BMAUTH_E_RATE_LIMITED, "RateLimitedError", nullptr},
    {BMAUTH_E_SERVER, "ServerError", nullptr},
    {BMAUTH_E_BAD_RESPONSE, "BadResponseError", nullptr},
    {BMAUTH_E_INSECURE_URL, "InsecureUrlError", nullptr},
    {BMAUTH_E_STORE_IO, "StoreIoError", nullptr},
    {BMAUTH_E_STORE_PERMISSIONS, "StorePermissionsError", nullptr},
    {BMAUTH_E_STORE_CORRUPT, "StoreCorruptError", nullptr},
    {BMAUTH_E_NOT_PERSISTED, "NotPersistedError", nullptr},
    {BMAUTH_E_LOCK_TIMEOUT, "LockTimeoutError", nullptr},
    {BMAUTH_E_SESSION_EXISTS, "SessionExistsError", nullptr},
    {BMAUTH_E_REJECTED, "RejectedError", nullptr},
    {BMAUTH_E_NET_UNAVAILABLE, "NetUnavailableError", nullptr},
    {BMAUTH_E_OUT_OF_MEMORY, "OutOfMemoryError", nullptr},
    {BMAUTH_E_INTERNAL, "InternalError", nullptr},
    {BMAUTH_E_NEEDS_REFRESH, "NeedsRefreshError", nullptr},
};

// What holds for every error of a code, as class attributes.
inline bool set_known_facts(PyObject* facts, bmauth_code code) {
  return set_fact(facts, "code", PyLong_FromLong(code)) &&
         set_fact(facts, "name", text_or_none(bmauth_code_name(code))) &&
         set_fact(facts, "message", text_or_none("")) &&
         set_fact(facts, "remedy", text_or_none(bmauth_code_remedy(code))) &&
         set_fact(facts, "http_status", PyLong_FromLongLong(bmauth_error_http_status(nullptr))) &&
         set_fact(facts, "oauth_error", text_or_none(bmauth_error_oauth_error(nullptr))) &&
         set_fact(facts, "oauth_error_description",
                  text_or_none(bmauth_error_oauth_error_description(nullptr))) &&
         set_fact(facts, "is_retryable", PyBool_FromLong(bmauth_code_is_retryable(code))) &&
         set_fact(facts, "retry_after_ms",
                  number_or_none(bmauth_error_retry_after_ms(nullptr), -1)) &&
         set_fact(facts, "exit_status", PyLong_FromLongLong(bmauth_code_exit_status(code)));
}

// What holds for this error.
inline bool set_error_facts(PyObject* raised, const bmauth_error* error) {
  return set_attribute(raised, "code", PyLong_FromLongLong(bmauth_error_code(error))) &&
         set_attribute(raised, "name", text_or_none(bmauth_error_name(error))) &&
         set_attribute(raised, "message", text_or_none(bmauth_error_message(error))) &&
         set_attribute(raised, "remedy", text_or_none(bmauth_error_remedy(error))) &&
         set_attribute(raised, "http_status",
                       PyLong_FromLongLong(bmauth_error_http_status(error))) &&
         set_attribute(raised, "oauth_error", text_or_none(bmauth_error_oauth_error(error))) &&
         set_attribute(raised, "oauth_error_description",
                       text_or_none(bmauth_error_oauth_error_description(error))) &&
         set_attribute(raised, "is_retryable", PyBool_FromLong(bmauth_error_is_retryable(error))) &&
         set_attribute(raised, "retry_after_ms",
                       number_or_none(bmauth_error_retry_after_ms(error), -1)) &&
         set_attribute(raised, "exit_status",
                       PyLong_FromLongLong(bmauth_error_exit_status(error)));
}

}  // namespace bmauth::python
