/* Generated from bindings/spec by bmauth_gen; do not edit. */
/* Compiles, as C99 and as C++17, only if the header says exactly what the spec says. */
#include "bmauth.h"

#include <stddef.h>

/* A false statement is an array of negative size; C99 has no static assertion. */
typedef char bmauth_code_is_4_bytes[sizeof(bmauth_code) == 4 ? 1 : -1];
typedef char bmauth_code_is_signed[(bmauth_code)-1 < 0 ? 1 : -1];
typedef char bmauth_poll_state_is_4_bytes[sizeof(bmauth_poll_state) == 4 ? 1 : -1];
typedef char bmauth_poll_state_is_signed[(bmauth_poll_state)-1 < 0 ? 1 : -1];
typedef char bmauth_override_is_4_bytes[sizeof(bmauth_override) == 4 ? 1 : -1];
typedef char bmauth_override_is_signed[(bmauth_override)-1 < 0 ? 1 : -1];
typedef char bmauth_mode_is_4_bytes[sizeof(bmauth_mode) == 4 ? 1 : -1];
typedef char bmauth_mode_is_signed[(bmauth_mode)-1 < 0 ? 1 : -1];
typedef char bmauth_purpose_is_4_bytes[sizeof(bmauth_purpose) == 4 ? 1 : -1];
typedef char bmauth_purpose_is_signed[(bmauth_purpose)-1 < 0 ? 1 : -1];
typedef char bmauth_bool_is_4_bytes[sizeof(int) == 4 ? 1 : -1];
typedef char bmauth_version_number_is[BMAUTH_VERSION_NUMBER == 1000 ? 1 : -1];
typedef char bmauth_version_is[sizeof(BMAUTH_VERSION) == sizeof("0.1.0") ? 1 : -1];

typedef char bmauth_code_0[BMAUTH_OK == 0 ? 1 : -1];
typedef char bmauth_code_1[BMAUTH_E_INVALID_ARGUMENT == 1 ? 1 : -1];
typedef char bmauth_code_2[BMAUTH_E_CONFIG_INVALID == 2 ? 1 : -1];
typedef char bmauth_code_3[BMAUTH_E_CONFIG_CONFLICT == 3 ? 1 : -1];
typedef char bmauth_code_4[BMAUTH_E_CONFLICTING_ROUTING == 4 ? 1 : -1];
typedef char bmauth_code_5[BMAUTH_E_PROJECT_CONSTRAINED == 5 ? 1 : -1];
typedef char bmauth_code_6[BMAUTH_E_UNKNOWN_PROJECT == 6 ? 1 : -1];
typedef char bmauth_code_7[BMAUTH_E_AMBIGUOUS == 7 ? 1 : -1];
typedef char bmauth_code_8[BMAUTH_E_WORKSPACE_UNRESOLVED == 8 ? 1 : -1];
typedef char bmauth_code_9[BMAUTH_E_NO_CREDENTIALS == 9 ? 1 : -1];
typedef char bmauth_code_10[BMAUTH_E_INVALID_API_KEY == 10 ? 1 : -1];
typedef char bmauth_code_11[BMAUTH_E_CREDENTIAL_NOT_FOR_ORIGIN == 11 ? 1 : -1];
typedef char bmauth_code_12[BMAUTH_E_UNAUTHORIZED == 12 ? 1 : -1];
typedef char bmauth_code_13[BMAUTH_E_SUBSCRIPTION_REQUIRED == 13 ? 1 : -1];
typedef char bmauth_code_14[BMAUTH_E_INSUFFICIENT_SCOPE == 14 ? 1 : -1];
typedef char bmauth_code_15[BMAUTH_E_FORBIDDEN == 15 ? 1 : -1];
typedef char bmauth_code_16[BMAUTH_E_SCOPE_NOT_CONFIRMED == 16 ? 1 : -1];
typedef char bmauth_code_17[BMAUTH_E_UNSUPPORTED == 17 ? 1 : -1];
typedef char bmauth_code_18[BMAUTH_E_NOT_FOUND == 18 ? 1 : -1];
typedef char bmauth_code_19[BMAUTH_E_ACCESS_DENIED == 19 ? 1 : -1];
typedef char bmauth_code_20[BMAUTH_E_EXPIRED_TOKEN == 20 ? 1 : -1];
typedef char bmauth_code_21[BMAUTH_E_REAUTH_REQUIRED == 21 ? 1 : -1];
typedef char bmauth_code_22[BMAUTH_E_OAUTH_REJECTED == 22 ? 1 : -1];
typedef char bmauth_code_23[BMAUTH_E_LOGIN_TIMEOUT == 23 ? 1 : -1];
typedef char bmauth_code_24[BMAUTH_E_CANCELLED == 24 ? 1 : -1];
typedef char bmauth_code_25[BMAUTH_E_NETWORK == 25 ? 1 : -1];
typedef char bmauth_code_26[BMAUTH_E_TLS == 26 ? 1 : -1];
typedef char bmauth_code_27[BMAUTH_E_TIMEOUT == 27 ? 1 : -1];
typedef char bmauth_code_28[BMAUTH_E_RATE_LIMITED == 28 ? 1 : -1];
typedef char bmauth_code_29[BMAUTH_E_SERVER == 29 ? 1 : -1];
typedef char bmauth_code_30[BMAUTH_E_BAD_RESPONSE == 30 ? 1 : -1];
typedef char bmauth_code_31[BMAUTH_E_INSECURE_URL == 31 ? 1 : -1];
typedef char bmauth_code_32[BMAUTH_E_STORE_IO == 32 ? 1 : -1];
typedef char bmauth_code_33[BMAUTH_E_STORE_PERMISSIONS == 33 ? 1 : -1];
typedef char bmauth_code_34[BMAUTH_E_STORE_CORRUPT == 34 ? 1 : -1];
typedef char bmauth_code_35[BMAUTH_E_NOT_PERSISTED == 35 ? 1 : -1];
typedef char bmauth_code_36[BMAUTH_E_LOCK_TIMEOUT == 36 ? 1 : -1];
typedef char bmauth_code_37[BMAUTH_E_SESSION_EXISTS == 37 ? 1 : -1];
typedef char bmauth_code_38[BMAUTH_E_REJECTED == 38 ? 1 : -1];
typedef char bmauth_code_39[BMAUTH_E_NET_UNAVAILABLE == 39 ? 1 : -1];
typedef char bmauth_code_40[BMAUTH_E_OUT_OF_MEMORY == 40 ? 1 : -1];
typedef char bmauth_code_41[BMAUTH_E_INTERNAL == 41 ? 1 : -1];
typedef char bmauth_code_42[BMAUTH_E_NEEDS_REFRESH == 42 ? 1 : -1];

typedef char bmauth_poll_state_0[BMAUTH_LOGIN_PENDING == 0 ? 1 : -1];
typedef char bmauth_poll_state_1[BMAUTH_LOGIN_DONE == 1 ? 1 : -1];
typedef char bmauth_override_0[BMAUTH_OVERRIDE_NONE == 0 ? 1 : -1];
typedef char bmauth_override_1[BMAUTH_OVERRIDE_LOCAL == 1 ? 1 : -1];
typedef char bmauth_override_2[BMAUTH_OVERRIDE_CLOUD == 2 ? 1 : -1];
typedef char bmauth_mode_0[BMAUTH_MODE_LOCAL == 0 ? 1 : -1];
typedef char bmauth_mode_1[BMAUTH_MODE_CLOUD == 1 ? 1 : -1];
typedef char bmauth_purpose_0[BMAUTH_PURPOSE_PROJECT == 0 ? 1 : -1];
typedef char bmauth_purpose_1[BMAUTH_PURPOSE_ACCOUNT == 1 ? 1 : -1];

#ifdef __cplusplus
extern "C" {
#endif

extern int (*bmauth_check_cancel_check)(void *user_data);
extern bmauth_cancel_check bmauth_check_cancel_check;

extern const char *(*bmauth_check_bmauth_version)(void);
const char *(*bmauth_check_bmauth_version)(void) = bmauth_version;

extern int32_t (*bmauth_check_bmauth_version_number)(void);
int32_t (*bmauth_check_bmauth_version_number)(void) = bmauth_version_number;

extern const uint64_t *(*bmauth_check_bmauth_generation)(void);
const uint64_t *(*bmauth_check_bmauth_generation)(void) = bmauth_generation;

extern const char *(*bmauth_check_bmauth_code_name)(bmauth_code code);
const char *(*bmauth_check_bmauth_code_name)(bmauth_code code) = bmauth_code_name;

extern const char *(*bmauth_check_bmauth_code_meaning)(bmauth_code code);
const char *(*bmauth_check_bmauth_code_meaning)(bmauth_code code) = bmauth_code_meaning;

extern const char *(*bmauth_check_bmauth_code_remedy)(bmauth_code code);
const char *(*bmauth_check_bmauth_code_remedy)(bmauth_code code) = bmauth_code_remedy;

extern int (*bmauth_check_bmauth_code_is_retryable)(bmauth_code code);
int (*bmauth_check_bmauth_code_is_retryable)(bmauth_code code) = bmauth_code_is_retryable;

extern int32_t (*bmauth_check_bmauth_code_exit_status)(bmauth_code code);
int32_t (*bmauth_check_bmauth_code_exit_status)(bmauth_code code) = bmauth_code_exit_status;

extern void (*bmauth_check_bmauth_error_free)(bmauth_error *error);
void (*bmauth_check_bmauth_error_free)(bmauth_error *error) = bmauth_error_free;

extern bmauth_code (*bmauth_check_bmauth_error_code)(const bmauth_error *error);
bmauth_code (*bmauth_check_bmauth_error_code)(const bmauth_error *error) = bmauth_error_code;

extern const char *(*bmauth_check_bmauth_error_name)(const bmauth_error *error);
const char *(*bmauth_check_bmauth_error_name)(const bmauth_error *error) = bmauth_error_name;

extern const char *(*bmauth_check_bmauth_error_message)(const bmauth_error *error);
const char *(*bmauth_check_bmauth_error_message)(const bmauth_error *error) = bmauth_error_message;

extern const char *(*bmauth_check_bmauth_error_remedy)(const bmauth_error *error);
const char *(*bmauth_check_bmauth_error_remedy)(const bmauth_error *error) = bmauth_error_remedy;

extern int32_t (*bmauth_check_bmauth_error_http_status)(const bmauth_error *error);
int32_t (*bmauth_check_bmauth_error_http_status)(
    const bmauth_error *error) = bmauth_error_http_status;

extern const char *(*bmauth_check_bmauth_error_oauth_error)(const bmauth_error *error);
const char *(*bmauth_check_bmauth_error_oauth_error)(
    const bmauth_error *error) = bmauth_error_oauth_error;

extern const char *(*bmauth_check_bmauth_error_oauth_error_description)(const bmauth_error *error);
const char *(*bmauth_check_bmauth_error_oauth_error_description)(
    const bmauth_error *error) = bmauth_error_oauth_error_description;

extern int (*bmauth_check_bmauth_error_is_retryable)(const bmauth_error *error);
int (*bmauth_check_bmauth_error_is_retryable)(
    const bmauth_error *error) = bmauth_error_is_retryable;

extern int64_t (*bmauth_check_bmauth_error_retry_after_ms)(const bmauth_error *error);
int64_t (*bmauth_check_bmauth_error_retry_after_ms)(
    const bmauth_error *error) = bmauth_error_retry_after_ms;

extern int32_t (*bmauth_check_bmauth_error_exit_status)(const bmauth_error *error);
int32_t (*bmauth_check_bmauth_error_exit_status)(
    const bmauth_error *error) = bmauth_error_exit_status;

extern bmauth_code (*bmauth_check_bmauth_cancel_new)(bmauth_cancel **cancel, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_cancel_new)(bmauth_cancel **cancel,
                                              bmauth_error **err) = bmauth_cancel_new;

extern void (*bmauth_check_bmauth_cancel_free)(bmauth_cancel *cancel);
void (*bmauth_check_bmauth_cancel_free)(bmauth_cancel *cancel) = bmauth_cancel_free;

extern void (*bmauth_check_bmauth_cancel_trigger)(bmauth_cancel *cancel);
void (*bmauth_check_bmauth_cancel_trigger)(bmauth_cancel *cancel) = bmauth_cancel_trigger;

extern int (*bmauth_check_bmauth_cancel_is_triggered)(bmauth_cancel *cancel);
int (*bmauth_check_bmauth_cancel_is_triggered)(bmauth_cancel *cancel) = bmauth_cancel_is_triggered;

extern bmauth_code (*bmauth_check_bmauth_cancel_set_check)(bmauth_cancel *cancel,
                                                           bmauth_cancel_check check,
                                                           void *user_data, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_cancel_set_check)(bmauth_cancel *cancel,
                                                    bmauth_cancel_check check, void *user_data,
                                                    bmauth_error **err) = bmauth_cancel_set_check;

extern bmauth_code (*bmauth_check_bmauth_options_new)(bmauth_options **options, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_new)(bmauth_options **options,
                                               bmauth_error **err) = bmauth_options_new;

extern void (*bmauth_check_bmauth_options_free)(bmauth_options *options);
void (*bmauth_check_bmauth_options_free)(bmauth_options *options) = bmauth_options_free;

extern bmauth_code (*bmauth_check_bmauth_options_set_data_dir)(bmauth_options *options,
                                                               const char *value,
                                                               bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_data_dir)(
    bmauth_options *options, const char *value, bmauth_error **err) = bmauth_options_set_data_dir;

extern bmauth_code (*bmauth_check_bmauth_options_set_token_file)(bmauth_options *options,
                                                                 const char *value,
                                                                 bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_token_file)(
    bmauth_options *options, const char *value, bmauth_error **err) = bmauth_options_set_token_file;

extern bmauth_code (*bmauth_check_bmauth_options_set_issuer)(bmauth_options *options,
                                                             const char *value, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_issuer)(
    bmauth_options *options, const char *value, bmauth_error **err) = bmauth_options_set_issuer;

extern bmauth_code (*bmauth_check_bmauth_options_set_client_id)(bmauth_options *options,
                                                                const char *value,
                                                                bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_client_id)(
    bmauth_options *options, const char *value, bmauth_error **err) = bmauth_options_set_client_id;

extern bmauth_code (*bmauth_check_bmauth_options_set_cloud_host)(bmauth_options *options,
                                                                 const char *value,
                                                                 bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_cloud_host)(
    bmauth_options *options, const char *value, bmauth_error **err) = bmauth_options_set_cloud_host;

extern bmauth_code (*bmauth_check_bmauth_options_set_api_key)(bmauth_options *options,
                                                              const char *value,
                                                              bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_api_key)(
    bmauth_options *options, const char *value, bmauth_error **err) = bmauth_options_set_api_key;

extern bmauth_code (*bmauth_check_bmauth_options_set_default_project)(bmauth_options *options,
                                                                      const char *value,
                                                                      bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_default_project)(
    bmauth_options *options, const char *value,
    bmauth_error **err) = bmauth_options_set_default_project;

extern bmauth_code (*bmauth_check_bmauth_options_set_default_workspace)(bmauth_options *options,
                                                                        const char *value,
                                                                        bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_default_workspace)(
    bmauth_options *options, const char *value,
    bmauth_error **err) = bmauth_options_set_default_workspace;

extern bmauth_code (*bmauth_check_bmauth_options_set_project_constraint)(bmauth_options *options,
                                                                         const char *value,
                                                                         bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_project_constraint)(
    bmauth_options *options, const char *value,
    bmauth_error **err) = bmauth_options_set_project_constraint;

extern bmauth_code (*bmauth_check_bmauth_options_set_ca_file)(bmauth_options *options,
                                                              const char *value,
                                                              bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_ca_file)(
    bmauth_options *options, const char *value, bmauth_error **err) = bmauth_options_set_ca_file;

extern bmauth_code (*bmauth_check_bmauth_options_set_proxy)(bmauth_options *options,
                                                            const char *value, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_proxy)(bmauth_options *options, const char *value,
                                                     bmauth_error **err) = bmauth_options_set_proxy;

extern bmauth_code (*bmauth_check_bmauth_options_set_user_agent_suffix)(bmauth_options *options,
                                                                        const char *value,
                                                                        bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_user_agent_suffix)(
    bmauth_options *options, const char *value,
    bmauth_error **err) = bmauth_options_set_user_agent_suffix;

extern bmauth_code (*bmauth_check_bmauth_options_set_local_base_url)(bmauth_options *options,
                                                                     const char *value,
                                                                     bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_local_base_url)(
    bmauth_options *options, const char *value,
    bmauth_error **err) = bmauth_options_set_local_base_url;

extern bmauth_code (*bmauth_check_bmauth_options_set_language)(bmauth_options *options,
                                                               const char *value,
                                                               bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_language)(
    bmauth_options *options, const char *value, bmauth_error **err) = bmauth_options_set_language;

extern bmauth_code (*bmauth_check_bmauth_options_set_force_local)(bmauth_options *options,
                                                                  int value, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_force_local)(
    bmauth_options *options, int value, bmauth_error **err) = bmauth_options_set_force_local;

extern bmauth_code (*bmauth_check_bmauth_options_set_force_cloud)(bmauth_options *options,
                                                                  int value, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_force_cloud)(
    bmauth_options *options, int value, bmauth_error **err) = bmauth_options_set_force_cloud;

extern bmauth_code (*bmauth_check_bmauth_options_set_explicit_routing)(bmauth_options *options,
                                                                       int value,
                                                                       bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_explicit_routing)(
    bmauth_options *options, int value, bmauth_error **err) = bmauth_options_set_explicit_routing;

extern bmauth_code (*bmauth_check_bmauth_options_set_connect_timeout_ms)(bmauth_options *options,
                                                                         int64_t connect_timeout_ms,
                                                                         bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_connect_timeout_ms)(
    bmauth_options *options, int64_t connect_timeout_ms,
    bmauth_error **err) = bmauth_options_set_connect_timeout_ms;

extern bmauth_code (*bmauth_check_bmauth_options_set_auth_timeout_ms)(bmauth_options *options,
                                                                      int64_t auth_timeout_ms,
                                                                      bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_auth_timeout_ms)(
    bmauth_options *options, int64_t auth_timeout_ms,
    bmauth_error **err) = bmauth_options_set_auth_timeout_ms;

extern bmauth_code (*bmauth_check_bmauth_options_set_refresh_try_timeout_ms)(
    bmauth_options *options, int64_t refresh_try_timeout_ms, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_refresh_try_timeout_ms)(
    bmauth_options *options, int64_t refresh_try_timeout_ms,
    bmauth_error **err) = bmauth_options_set_refresh_try_timeout_ms;

extern bmauth_code (*bmauth_check_bmauth_options_set_refresh_budget_ms)(bmauth_options *options,
                                                                        int64_t refresh_budget_ms,
                                                                        bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_refresh_budget_ms)(
    bmauth_options *options, int64_t refresh_budget_ms,
    bmauth_error **err) = bmauth_options_set_refresh_budget_ms;

extern bmauth_code (*bmauth_check_bmauth_options_set_api_timeout_ms)(bmauth_options *options,
                                                                     int64_t api_timeout_ms,
                                                                     bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_api_timeout_ms)(
    bmauth_options *options, int64_t api_timeout_ms,
    bmauth_error **err) = bmauth_options_set_api_timeout_ms;

extern bmauth_code (*bmauth_check_bmauth_options_set_lock_timeout_ms)(bmauth_options *options,
                                                                      int64_t lock_timeout_ms,
                                                                      bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_lock_timeout_ms)(
    bmauth_options *options, int64_t lock_timeout_ms,
    bmauth_error **err) = bmauth_options_set_lock_timeout_ms;

extern bmauth_code (*bmauth_check_bmauth_options_set_login_timeout_ms)(bmauth_options *options,
                                                                       int64_t login_timeout_ms,
                                                                       bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_options_set_login_timeout_ms)(
    bmauth_options *options, int64_t login_timeout_ms,
    bmauth_error **err) = bmauth_options_set_login_timeout_ms;

extern bmauth_code (*bmauth_check_bmauth_client_new)(const bmauth_options *options,
                                                     bmauth_client **client, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_new)(const bmauth_options *options, bmauth_client **client,
                                              bmauth_error **err) = bmauth_client_new;

extern void (*bmauth_check_bmauth_client_close)(bmauth_client *client);
void (*bmauth_check_bmauth_client_close)(bmauth_client *client) = bmauth_client_close;

extern void (*bmauth_check_bmauth_client_free)(bmauth_client *client);
void (*bmauth_check_bmauth_client_free)(bmauth_client *client) = bmauth_client_free;

extern bmauth_code (*bmauth_check_bmauth_client_token)(bmauth_client *client,
                                                       bmauth_purpose purpose,
                                                       int64_t min_validity_ms,
                                                       bmauth_cancel *cancel, bmauth_token **token,
                                                       bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_token)(bmauth_client *client, bmauth_purpose purpose,
                                                int64_t min_validity_ms, bmauth_cancel *cancel,
                                                bmauth_token **token,
                                                bmauth_error **err) = bmauth_client_token;

extern bmauth_code (*bmauth_check_bmauth_client_fresh_token)(bmauth_client *client,
                                                             bmauth_purpose purpose,
                                                             bmauth_token **token,
                                                             bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_fresh_token)(
    bmauth_client *client, bmauth_purpose purpose, bmauth_token **token,
    bmauth_error **err) = bmauth_client_fresh_token;

extern bmauth_code (*bmauth_check_bmauth_client_header)(bmauth_client *client,
                                                        bmauth_purpose purpose, char *buffer,
                                                        int64_t capacity_bytes,
                                                        int64_t *length_bytes, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_header)(bmauth_client *client, bmauth_purpose purpose,
                                                 char *buffer, int64_t capacity_bytes,
                                                 int64_t *length_bytes,
                                                 bmauth_error **err) = bmauth_client_header;

extern bmauth_code (*bmauth_check_bmauth_client_headers)(bmauth_client *client,
                                                         const bmauth_route *route,
                                                         bmauth_cancel *cancel,
                                                         bmauth_token **token, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_headers)(bmauth_client *client, const bmauth_route *route,
                                                  bmauth_cancel *cancel, bmauth_token **token,
                                                  bmauth_error **err) = bmauth_client_headers;

extern bmauth_code (*bmauth_check_bmauth_client_headers_for_url)(bmauth_client *client,
                                                                 const char *url,
                                                                 bmauth_cancel *cancel,
                                                                 bmauth_token **token,
                                                                 bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_headers_for_url)(
    bmauth_client *client, const char *url, bmauth_cancel *cancel, bmauth_token **token,
    bmauth_error **err) = bmauth_client_headers_for_url;

extern bmauth_code (*bmauth_check_bmauth_client_refresh_step)(bmauth_client *client,
                                                              int64_t min_validity_ms,
                                                              bmauth_cancel *cancel, int *is_ready,
                                                              int64_t *next_delay_ms,
                                                              bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_refresh_step)(
    bmauth_client *client, int64_t min_validity_ms, bmauth_cancel *cancel, int *is_ready,
    int64_t *next_delay_ms, bmauth_error **err) = bmauth_client_refresh_step;

extern bmauth_code (*bmauth_check_bmauth_client_invalidate)(bmauth_client *client,
                                                            const bmauth_token *token,
                                                            bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_invalidate)(bmauth_client *client,
                                                     const bmauth_token *token,
                                                     bmauth_error **err) = bmauth_client_invalidate;

extern bmauth_code (*bmauth_check_bmauth_client_route)(bmauth_client *client, const char *project,
                                                       const char *workspace,
                                                       bmauth_override override,
                                                       int use_default_project,
                                                       bmauth_route **route, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_route)(bmauth_client *client, const char *project,
                                                const char *workspace, bmauth_override override,
                                                int use_default_project, bmauth_route **route,
                                                bmauth_error **err) = bmauth_client_route;

extern bmauth_code (*bmauth_check_bmauth_client_mode)(bmauth_client *client, const char *project,
                                                      bmauth_mode *mode, int *is_known,
                                                      bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_mode)(bmauth_client *client, const char *project,
                                               bmauth_mode *mode, int *is_known,
                                               bmauth_error **err) = bmauth_client_mode;

extern bmauth_code (*bmauth_check_bmauth_client_projects)(bmauth_client *client,
                                                          bmauth_report **report,
                                                          bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_projects)(bmauth_client *client, bmauth_report **report,
                                                   bmauth_error **err) = bmauth_client_projects;

extern bmauth_code (*bmauth_check_bmauth_client_status)(bmauth_client *client, int is_offline,
                                                        bmauth_cancel *cancel,
                                                        bmauth_report **report, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_status)(bmauth_client *client, int is_offline,
                                                 bmauth_cancel *cancel, bmauth_report **report,
                                                 bmauth_error **err) = bmauth_client_status;

extern bmauth_code (*bmauth_check_bmauth_client_whoami)(bmauth_client *client, int is_offline,
                                                        bmauth_cancel *cancel,
                                                        bmauth_report **report, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_whoami)(bmauth_client *client, int is_offline,
                                                 bmauth_cancel *cancel, bmauth_report **report,
                                                 bmauth_error **err) = bmauth_client_whoami;

extern bmauth_code (*bmauth_check_bmauth_client_logout)(bmauth_client *client,
                                                        bmauth_cancel *cancel,
                                                        bmauth_report **report, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_logout)(bmauth_client *client, bmauth_cancel *cancel,
                                                 bmauth_report **report,
                                                 bmauth_error **err) = bmauth_client_logout;

extern bmauth_code (*bmauth_check_bmauth_client_login_begin)(bmauth_client *client, int is_forced,
                                                             bmauth_cancel *cancel,
                                                             bmauth_login **login,
                                                             bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_client_login_begin)(
    bmauth_client *client, int is_forced, bmauth_cancel *cancel, bmauth_login **login,
    bmauth_error **err) = bmauth_client_login_begin;

extern void (*bmauth_check_bmauth_login_free)(bmauth_login *login);
void (*bmauth_check_bmauth_login_free)(bmauth_login *login) = bmauth_login_free;

extern bmauth_poll_state (*bmauth_check_bmauth_login_state)(const bmauth_login *login);
bmauth_poll_state (*bmauth_check_bmauth_login_state)(
    const bmauth_login *login) = bmauth_login_state;

extern const char *(*bmauth_check_bmauth_login_user_code)(const bmauth_login *login);
const char *(*bmauth_check_bmauth_login_user_code)(
    const bmauth_login *login) = bmauth_login_user_code;

extern const char *(*bmauth_check_bmauth_login_verification_uri)(const bmauth_login *login);
const char *(*bmauth_check_bmauth_login_verification_uri)(
    const bmauth_login *login) = bmauth_login_verification_uri;

extern const char *(*bmauth_check_bmauth_login_verification_uri_complete)(
    const bmauth_login *login);
const char *(*bmauth_check_bmauth_login_verification_uri_complete)(
    const bmauth_login *login) = bmauth_login_verification_uri_complete;

extern int64_t (*bmauth_check_bmauth_login_expires_in_s)(const bmauth_login *login);
int64_t (*bmauth_check_bmauth_login_expires_in_s)(
    const bmauth_login *login) = bmauth_login_expires_in_s;

extern int64_t (*bmauth_check_bmauth_login_interval_s)(const bmauth_login *login);
int64_t (*bmauth_check_bmauth_login_interval_s)(
    const bmauth_login *login) = bmauth_login_interval_s;

extern int64_t (*bmauth_check_bmauth_login_next_delay_ms)(const bmauth_login *login);
int64_t (*bmauth_check_bmauth_login_next_delay_ms)(
    const bmauth_login *login) = bmauth_login_next_delay_ms;

extern int64_t (*bmauth_check_bmauth_login_remaining_ms)(const bmauth_login *login);
int64_t (*bmauth_check_bmauth_login_remaining_ms)(
    const bmauth_login *login) = bmauth_login_remaining_ms;

extern bmauth_code (*bmauth_check_bmauth_login_open_browser)(bmauth_login *login, int *is_opened,
                                                             bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_login_open_browser)(
    bmauth_login *login, int *is_opened, bmauth_error **err) = bmauth_login_open_browser;

extern bmauth_code (*bmauth_check_bmauth_login_poll)(bmauth_login *login, bmauth_cancel *cancel,
                                                     bmauth_poll_state *state,
                                                     int64_t *next_delay_ms, bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_login_poll)(bmauth_login *login, bmauth_cancel *cancel,
                                              bmauth_poll_state *state, int64_t *next_delay_ms,
                                              bmauth_error **err) = bmauth_login_poll;

extern bmauth_code (*bmauth_check_bmauth_login_wait)(bmauth_login *login, bmauth_cancel *cancel,
                                                     bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_login_wait)(bmauth_login *login, bmauth_cancel *cancel,
                                              bmauth_error **err) = bmauth_login_wait;

extern bmauth_code (*bmauth_check_bmauth_login_report)(bmauth_login *login, bmauth_report **report,
                                                       bmauth_error **err);
bmauth_code (*bmauth_check_bmauth_login_report)(bmauth_login *login, bmauth_report **report,
                                                bmauth_error **err) = bmauth_login_report;

extern void (*bmauth_check_bmauth_token_free)(bmauth_token *token);
void (*bmauth_check_bmauth_token_free)(bmauth_token *token) = bmauth_token_free;

extern const char *(*bmauth_check_bmauth_token_access_token)(const bmauth_token *token);
const char *(*bmauth_check_bmauth_token_access_token)(
    const bmauth_token *token) = bmauth_token_access_token;

extern const char *(*bmauth_check_bmauth_token_kind)(const bmauth_token *token);
const char *(*bmauth_check_bmauth_token_kind)(const bmauth_token *token) = bmauth_token_kind;

extern const char *(*bmauth_check_bmauth_token_source)(const bmauth_token *token);
const char *(*bmauth_check_bmauth_token_source)(const bmauth_token *token) = bmauth_token_source;

extern const char *(*bmauth_check_bmauth_token_reason)(const bmauth_token *token);
const char *(*bmauth_check_bmauth_token_reason)(const bmauth_token *token) = bmauth_token_reason;

extern const char *(*bmauth_check_bmauth_token_origin)(const bmauth_token *token);
const char *(*bmauth_check_bmauth_token_origin)(const bmauth_token *token) = bmauth_token_origin;

extern int64_t (*bmauth_check_bmauth_token_expires_at_unix_s)(const bmauth_token *token);
int64_t (*bmauth_check_bmauth_token_expires_at_unix_s)(
    const bmauth_token *token) = bmauth_token_expires_at_unix_s;

extern int (*bmauth_check_bmauth_token_is_persisted)(const bmauth_token *token);
int (*bmauth_check_bmauth_token_is_persisted)(
    const bmauth_token *token) = bmauth_token_is_persisted;

extern int64_t (*bmauth_check_bmauth_token_warning_count)(const bmauth_token *token);
int64_t (*bmauth_check_bmauth_token_warning_count)(
    const bmauth_token *token) = bmauth_token_warning_count;

extern const char *(*bmauth_check_bmauth_token_warning)(const bmauth_token *token, int64_t index);
const char *(*bmauth_check_bmauth_token_warning)(const bmauth_token *token,
                                                 int64_t index) = bmauth_token_warning;

extern int64_t (*bmauth_check_bmauth_token_header_count)(const bmauth_token *token);
int64_t (*bmauth_check_bmauth_token_header_count)(
    const bmauth_token *token) = bmauth_token_header_count;

extern const char *(*bmauth_check_bmauth_token_header_name)(const bmauth_token *token,
                                                            int64_t index);
const char *(*bmauth_check_bmauth_token_header_name)(const bmauth_token *token,
                                                     int64_t index) = bmauth_token_header_name;

extern const char *(*bmauth_check_bmauth_token_header_value)(const bmauth_token *token,
                                                             int64_t index);
const char *(*bmauth_check_bmauth_token_header_value)(const bmauth_token *token,
                                                      int64_t index) = bmauth_token_header_value;

extern void (*bmauth_check_bmauth_route_free)(bmauth_route *route);
void (*bmauth_check_bmauth_route_free)(bmauth_route *route) = bmauth_route_free;

extern const char *(*bmauth_check_bmauth_route_mode)(const bmauth_route *route);
const char *(*bmauth_check_bmauth_route_mode)(const bmauth_route *route) = bmauth_route_mode;

extern const char *(*bmauth_check_bmauth_route_source)(const bmauth_route *route);
const char *(*bmauth_check_bmauth_route_source)(const bmauth_route *route) = bmauth_route_source;

extern const char *(*bmauth_check_bmauth_route_reason)(const bmauth_route *route);
const char *(*bmauth_check_bmauth_route_reason)(const bmauth_route *route) = bmauth_route_reason;

extern int (*bmauth_check_bmauth_route_is_explicit)(const bmauth_route *route);
int (*bmauth_check_bmauth_route_is_explicit)(const bmauth_route *route) = bmauth_route_is_explicit;

extern const char *(*bmauth_check_bmauth_route_project)(const bmauth_route *route);
const char *(*bmauth_check_bmauth_route_project)(const bmauth_route *route) = bmauth_route_project;

extern int (*bmauth_check_bmauth_route_is_known)(const bmauth_route *route);
int (*bmauth_check_bmauth_route_is_known)(const bmauth_route *route) = bmauth_route_is_known;

extern const char *(*bmauth_check_bmauth_route_workspace)(const bmauth_route *route);
const char *(*bmauth_check_bmauth_route_workspace)(
    const bmauth_route *route) = bmauth_route_workspace;

extern const char *(*bmauth_check_bmauth_route_base_url)(const bmauth_route *route);
const char *(*bmauth_check_bmauth_route_base_url)(
    const bmauth_route *route) = bmauth_route_base_url;

extern const char *(*bmauth_check_bmauth_route_credential_kind)(const bmauth_route *route);
const char *(*bmauth_check_bmauth_route_credential_kind)(
    const bmauth_route *route) = bmauth_route_credential_kind;

extern int64_t (*bmauth_check_bmauth_route_warning_count)(const bmauth_route *route);
int64_t (*bmauth_check_bmauth_route_warning_count)(
    const bmauth_route *route) = bmauth_route_warning_count;

extern const char *(*bmauth_check_bmauth_route_warning)(const bmauth_route *route, int64_t index);
const char *(*bmauth_check_bmauth_route_warning)(const bmauth_route *route,
                                                 int64_t index) = bmauth_route_warning;

extern const char *(*bmauth_check_bmauth_route_json)(const bmauth_route *route);
const char *(*bmauth_check_bmauth_route_json)(const bmauth_route *route) = bmauth_route_json;

extern void (*bmauth_check_bmauth_report_free)(bmauth_report *report);
void (*bmauth_check_bmauth_report_free)(bmauth_report *report) = bmauth_report_free;

extern const char *(*bmauth_check_bmauth_report_json)(const bmauth_report *report);
const char *(*bmauth_check_bmauth_report_json)(const bmauth_report *report) = bmauth_report_json;

extern const char *(*bmauth_check_bmauth_report_text)(const bmauth_report *report,
                                                      const char *pointer);
const char *(*bmauth_check_bmauth_report_text)(const bmauth_report *report,
                                               const char *pointer) = bmauth_report_text;

extern int64_t (*bmauth_check_bmauth_report_count)(const bmauth_report *report,
                                                   const char *pointer);
int64_t (*bmauth_check_bmauth_report_count)(const bmauth_report *report,
                                            const char *pointer) = bmauth_report_count;

#ifdef __cplusplus
}
#endif
