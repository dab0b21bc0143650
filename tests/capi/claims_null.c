/* NULL in every place where a pointer may stand. */
#include <bmauth.h>

#include "claim.h"

typedef bmauth_code (*set_text)(bmauth_options *, const char *, bmauth_error **);
typedef bmauth_code (*set_flag)(bmauth_options *, int, bmauth_error **);
typedef bmauth_code (*set_time)(bmauth_options *, int64_t, bmauth_error **);

static const set_text text_setters[] = {
    bmauth_options_set_data_dir,
    bmauth_options_set_token_file,
    bmauth_options_set_issuer,
    bmauth_options_set_client_id,
    bmauth_options_set_cloud_host,
    bmauth_options_set_api_key,
    bmauth_options_set_default_project,
    bmauth_options_set_default_workspace,
    bmauth_options_set_project_constraint,
    bmauth_options_set_ca_file,
    bmauth_options_set_proxy,
    bmauth_options_set_user_agent_suffix,
    bmauth_options_set_local_base_url,
    bmauth_options_set_language,
};
static const set_flag flag_setters[] = {
    bmauth_options_set_force_local,
    bmauth_options_set_force_cloud,
    bmauth_options_set_explicit_routing,
};
static const set_time time_setters[] = {
    bmauth_options_set_connect_timeout_ms,     bmauth_options_set_auth_timeout_ms,
    bmauth_options_set_refresh_try_timeout_ms, bmauth_options_set_refresh_budget_ms,
    bmauth_options_set_api_timeout_ms,         bmauth_options_set_lock_timeout_ms,
    bmauth_options_set_login_timeout_ms,
};

static void claim_setters(claims *all, bmauth_options *options) {
  bmauth_error *err = NULL;
  for (size_t i = 0; i < sizeof text_setters / sizeof *text_setters; ++i) {
    claim_refused(all, text_setters[i](NULL, "x", &err), &err, "a text for no options");
    claim_refused(all, text_setters[i](options, NULL, &err), &err, "no text");
    claim(all, text_setters[i](NULL, NULL, NULL) == BMAUTH_E_INVALID_ARGUMENT, "a text, all NULL");
  }
  for (size_t i = 0; i < sizeof flag_setters / sizeof *flag_setters; ++i) {
    claim_refused(all, flag_setters[i](NULL, 1, &err), &err, "a flag for no options");
    claim(all, flag_setters[i](NULL, 1, NULL) == BMAUTH_E_INVALID_ARGUMENT, "a flag, all NULL");
  }
  for (size_t i = 0; i < sizeof time_setters / sizeof *time_setters; ++i) {
    claim_refused(all, time_setters[i](NULL, 1000, &err), &err, "a time for no options");
    claim(all, time_setters[i](NULL, 1000, NULL) == BMAUTH_E_INVALID_ARGUMENT, "a time, all NULL");
  }
}

static void claim_constructors(claims *all) {
  bmauth_error *err = NULL;
  claim_refused(all, bmauth_options_new(NULL, &err), &err, "options into nowhere");
  claim_refused(all, bmauth_cancel_new(NULL, &err), &err, "a cancel object into nowhere");
  claim_refused(all, bmauth_client_new(NULL, NULL, &err), &err, "a client into nowhere");
  claim(all, bmauth_options_new(NULL, NULL) == BMAUTH_E_INVALID_ARGUMENT, "options, all NULL");
  claim(all, bmauth_cancel_new(NULL, NULL) == BMAUTH_E_INVALID_ARGUMENT, "cancel, all NULL");
  claim(all, bmauth_client_new(NULL, NULL, NULL) == BMAUTH_E_INVALID_ARGUMENT, "client, all NULL");
  claim_refused(all, bmauth_cancel_set_check(NULL, NULL, NULL, &err), &err, "a check for nobody");
  claim(all, bmauth_cancel_set_check(NULL, NULL, NULL, NULL) == BMAUTH_E_INVALID_ARGUMENT,
        "a check, all NULL");
}

/* No client where one is needed. */
static void claim_without_client(claims *all, const bmauth_route *route, const bmauth_token *held) {
  bmauth_error *err = NULL;
  bmauth_token *token = NULL;
  bmauth_route *other = NULL;
  bmauth_report *report = NULL;
  bmauth_login *login = NULL;
  int is_ready = 0;
  int64_t delay_ms = 0;
  claim_refused(all, bmauth_client_token(NULL, BMAUTH_PURPOSE_PROJECT, 0, NULL, &token, &err), &err,
                "a token of no client");
  claim_refused(all, bmauth_client_fresh_token(NULL, BMAUTH_PURPOSE_PROJECT, &token, &err), &err,
                "a fresh token of no client");
  claim_refused(all, bmauth_client_headers(NULL, route, NULL, &token, &err), &err,
                "headers of no client");
  claim_refused(all, bmauth_client_headers_for_url(NULL, "https://x.example", NULL, &token, &err),
                &err, "headers for a URL of no client");
  claim_refused(all, bmauth_client_refresh_step(NULL, 0, NULL, &is_ready, &delay_ms, &err), &err,
                "a refresh of no client");
  claim_refused(all, bmauth_client_invalidate(NULL, held, &err), &err, "invalidate of no client");
  claim_refused(all, bmauth_client_route(NULL, NULL, NULL, BMAUTH_OVERRIDE_NONE, 0, &other, &err),
                &err, "a route of no client");
  claim_refused(all, bmauth_client_projects(NULL, &report, &err), &err, "projects of no client");
  claim_refused(all, bmauth_client_status(NULL, 1, NULL, &report, &err), &err,
                "status of no client");
  claim_refused(all, bmauth_client_whoami(NULL, 1, NULL, &report, &err), &err,
                "whoami of no client");
  claim_refused(all, bmauth_client_logout(NULL, NULL, &report, &err), &err, "logout of no client");
  claim_refused(all, bmauth_client_login_begin(NULL, 0, NULL, &login, &err), &err,
                "a login of no client");
  bmauth_client_close(NULL);
}

/* No place for the output; with a place for the error and without one. */
static void claim_without_output(claims *all, bmauth_client *client, const bmauth_route *route) {
  const bmauth_code refused = BMAUTH_E_INVALID_ARGUMENT;
  const char *url = "https://x.example";
  bmauth_error *err = NULL;
  int is_ready = 0;
  int64_t delay_ms = 0;
  claim_refused(all, bmauth_client_token(client, BMAUTH_PURPOSE_PROJECT, 0, NULL, NULL, &err), &err,
                "a token into nowhere");
  claim_refused(all, bmauth_client_fresh_token(client, BMAUTH_PURPOSE_PROJECT, NULL, &err), &err,
                "a fresh token into nowhere");
  claim_refused(all, bmauth_client_headers(client, route, NULL, NULL, &err), &err,
                "headers into nowhere");
  claim_refused(all, bmauth_client_headers_for_url(client, url, NULL, NULL, &err), &err,
                "headers for a URL into nowhere");
  claim_refused(all, bmauth_client_refresh_step(client, 0, NULL, NULL, &delay_ms, &err), &err,
                "readiness into nowhere");
  claim_refused(all, bmauth_client_refresh_step(client, 0, NULL, &is_ready, NULL, &err), &err,
                "a delay into nowhere");
  claim_refused(all, bmauth_client_route(client, NULL, NULL, BMAUTH_OVERRIDE_NONE, 0, NULL, &err),
                &err, "a route into nowhere");
  claim_refused(all, bmauth_client_projects(client, NULL, &err), &err, "projects into nowhere");
  claim_refused(all, bmauth_client_status(client, 1, NULL, NULL, &err), &err,
                "status into nowhere");
  claim_refused(all, bmauth_client_whoami(client, 1, NULL, NULL, &err), &err,
                "whoami into nowhere");
  claim_refused(all, bmauth_client_logout(client, NULL, NULL, &err), &err, "logout into nowhere");
  claim_refused(all, bmauth_client_login_begin(client, 0, NULL, NULL, &err), &err,
                "a login into nowhere");

  claim(all, bmauth_client_token(NULL, 0, 0, NULL, NULL, NULL) == refused, "token, all NULL");
  claim(all, bmauth_client_fresh_token(NULL, 0, NULL, NULL) == refused, "fresh_token, all NULL");
  claim(all, bmauth_client_headers(NULL, NULL, NULL, NULL, NULL) == refused, "headers, all NULL");
  claim(all, bmauth_client_headers_for_url(NULL, NULL, NULL, NULL, NULL) == refused,
        "headers for a URL, all NULL");
  claim(all, bmauth_client_refresh_step(NULL, 0, NULL, NULL, NULL, NULL) == refused,
        "refresh_step, all NULL");
  claim(all, bmauth_client_invalidate(NULL, NULL, NULL) == refused, "invalidate, all NULL");
  claim(all, bmauth_client_route(NULL, NULL, NULL, 0, 0, NULL, NULL) == refused, "route, all NULL");
  claim(all, bmauth_client_projects(NULL, NULL, NULL) == refused, "projects, all NULL");
  claim(all, bmauth_client_status(NULL, 1, NULL, NULL, NULL) == refused, "status, all NULL");
  claim(all, bmauth_client_whoami(NULL, 1, NULL, NULL, NULL) == refused, "whoami, all NULL");
  claim(all, bmauth_client_logout(NULL, NULL, NULL, NULL) == refused, "logout, all NULL");
  claim(all, bmauth_client_login_begin(NULL, 0, NULL, NULL, NULL) == refused,
        "login_begin, all NULL");
}

/* The refusal speaks of the parameter by the name that the header gives it. */
static void claim_named(claims *all, bmauth_code code, bmauth_error **err, const char *message) {
  claim(all, code == BMAUTH_E_INVALID_ARGUMENT, message);
  claim_text(all, bmauth_error_message(*err), message, message);
  bmauth_error_free(*err);
  *err = NULL;
}

static void claim_outputs_are_named(claims *all, bmauth_client *client, const bmauth_route *route,
                                    bmauth_login *login) {
  bmauth_error *err = NULL;
  int is_ready = 0;
  claim_named(all, bmauth_options_new(NULL, &err), &err, "options is NULL");
  claim_named(all, bmauth_cancel_new(NULL, &err), &err, "cancel is NULL");
  claim_named(all, bmauth_client_new(NULL, NULL, &err), &err, "client is NULL");
  claim_named(all, bmauth_client_token(client, 0, 0, NULL, NULL, &err), &err, "token is NULL");
  claim_named(all, bmauth_client_headers(client, route, NULL, NULL, &err), &err, "token is NULL");
  claim_named(all, bmauth_client_route(client, NULL, NULL, 0, 0, NULL, &err), &err,
              "route is NULL");
  claim_named(all, bmauth_client_status(client, 1, NULL, NULL, &err), &err, "report is NULL");
  claim_named(all, bmauth_client_login_begin(client, 0, NULL, NULL, &err), &err, "login is NULL");
  claim_named(all, bmauth_client_refresh_step(client, 0, NULL, &is_ready, NULL, &err), &err,
              "next_delay_ms is NULL");
  claim_named(all, bmauth_login_report(login, NULL, &err), &err, "report is NULL");
}

static void claim_inputs(claims *all, bmauth_client *client) {
  bmauth_error *err = NULL;
  bmauth_token *token = NULL;
  claim_refused(all, bmauth_client_headers(client, NULL, NULL, &token, &err), &err,
                "headers of no route");
  claim_refused(all, bmauth_client_headers_for_url(client, NULL, NULL, &token, &err), &err,
                "headers for no URL");
  claim_refused(all, bmauth_client_invalidate(client, NULL, &err), &err, "invalidate no token");
}

static void claim_login(claims *all, bmauth_login *login) {
  const bmauth_code refused = BMAUTH_E_INVALID_ARGUMENT;
  bmauth_error *err = NULL;
  bmauth_report *report = NULL;
  bmauth_poll_state state = 0;
  int64_t delay_ms = 0;
  int is_opened = 0;
  claim_refused(all, bmauth_login_open_browser(NULL, &is_opened, &err), &err, "no login to open");
  claim_refused(all, bmauth_login_open_browser(login, NULL, &err), &err, "opened into nowhere");
  claim_refused(all, bmauth_login_poll(NULL, NULL, &state, &delay_ms, &err), &err, "poll nothing");
  claim_refused(all, bmauth_login_poll(login, NULL, NULL, &delay_ms, &err), &err,
                "a state into nowhere");
  claim_refused(all, bmauth_login_poll(login, NULL, &state, NULL, &err), &err,
                "a poll's delay into nowhere");
  claim_refused(all, bmauth_login_wait(NULL, NULL, &err), &err, "wait for nothing");
  claim_refused(all, bmauth_login_report(NULL, &report, &err), &err, "a report of no login");
  claim_refused(all, bmauth_login_report(login, NULL, &err), &err, "a report into nowhere");
  claim(all, bmauth_login_open_browser(NULL, NULL, NULL) == refused, "open_browser, all NULL");
  claim(all, bmauth_login_poll(NULL, NULL, NULL, NULL, NULL) == refused, "poll, all NULL");
  claim(all, bmauth_login_wait(NULL, NULL, NULL) == refused, "wait, all NULL");
  claim(all, bmauth_login_report(NULL, NULL, NULL) == refused, "report, all NULL");
}

const char *null_is_refused_by_every_call(const struct surroundings *here) {
  claims all = {NULL};
  bmauth_options *options = options_for(here);
  bmauth_client *client = client_for(here);
  bmauth_route *route = NULL;
  bmauth_token *token = NULL;
  bmauth_login *login = NULL;
  claim(
      &all,
      bmauth_client_route(client, NULL, NULL, BMAUTH_OVERRIDE_LOCAL, 0, &route, NULL) == BMAUTH_OK,
      "a route");
  claim(&all, bmauth_client_headers(client, route, NULL, &token, NULL) == BMAUTH_OK, "headers");
  claim(&all, bmauth_client_login_begin(client, 0, NULL, &login, NULL) == BMAUTH_OK, "a login");

  claim_setters(&all, options);
  claim_constructors(&all);
  claim_without_client(&all, route, token);
  claim_without_output(&all, client, route);
  claim_outputs_are_named(&all, client, route, login);
  claim_inputs(&all, client);
  claim_login(&all, login);

  bmauth_login_free(login);
  bmauth_token_free(token);
  bmauth_route_free(route);
  bmauth_client_free(client);
  bmauth_options_free(options);
  return all.broken;
}

const char *null_has_an_answer_from_every_getter(const struct surroundings *here) {
  claims all = {NULL};
  bmauth_client *client = client_for(here);
  bmauth_report *report = NULL;
  claim(&all, bmauth_client_projects(client, &report, NULL) == BMAUTH_OK, "a report");

  claim(&all, bmauth_error_code(NULL) == BMAUTH_OK, "error_code");
  claim(&all, bmauth_error_name(NULL) == NULL, "error_name");
  claim(&all, bmauth_error_message(NULL) == NULL, "error_message");
  claim(&all, bmauth_error_remedy(NULL) == NULL, "error_remedy");
  claim(&all, bmauth_error_http_status(NULL) == 0, "error_http_status");
  claim(&all, bmauth_error_oauth_error(NULL) == NULL, "error_oauth_error");
  claim(&all, bmauth_error_oauth_error_description(NULL) == NULL, "oauth_error_description");
  claim(&all, bmauth_error_is_retryable(NULL) == 0, "error_is_retryable");
  claim(&all, bmauth_error_retry_after_ms(NULL) == -1, "error_retry_after_ms");
  claim(&all, bmauth_error_exit_status(NULL) == 0, "error_exit_status");

  claim(&all, bmauth_login_state(NULL) != BMAUTH_LOGIN_DONE, "login_state");
  claim(&all, bmauth_login_user_code(NULL) == NULL, "login_user_code");
  claim(&all, bmauth_login_verification_uri(NULL) == NULL, "login_verification_uri");
  claim(&all, bmauth_login_verification_uri_complete(NULL) == NULL, "verification_uri_complete");
  claim(&all, bmauth_login_expires_in_s(NULL) == 0, "login_expires_in_s");
  claim(&all, bmauth_login_interval_s(NULL) == 0, "login_interval_s");
  claim(&all, bmauth_login_next_delay_ms(NULL) == 0, "login_next_delay_ms");
  claim(&all, bmauth_login_remaining_ms(NULL) == 0, "login_remaining_ms");

  claim(&all, bmauth_token_access_token(NULL) == NULL, "token_access_token");
  claim(&all, bmauth_token_kind(NULL) == NULL, "token_kind");
  claim(&all, bmauth_token_source(NULL) == NULL, "token_source");
  claim(&all, bmauth_token_reason(NULL) == NULL, "token_reason");
  claim(&all, bmauth_token_origin(NULL) == NULL, "token_origin");
  claim(&all, bmauth_token_expires_at_unix_s(NULL) == 0, "token_expires_at_unix_s");
  claim(&all, bmauth_token_is_persisted(NULL) == 0, "token_is_persisted");
  claim(&all, bmauth_token_warning_count(NULL) == 0, "token_warning_count");
  claim(&all, bmauth_token_warning(NULL, 0) == NULL, "token_warning");
  claim(&all, bmauth_token_header_count(NULL) == 0, "token_header_count");
  claim(&all, bmauth_token_header_name(NULL, 0) == NULL, "token_header_name");
  claim(&all, bmauth_token_header_value(NULL, 0) == NULL, "token_header_value");

  claim(&all, bmauth_route_mode(NULL) == NULL, "route_mode");
  claim(&all, bmauth_route_source(NULL) == NULL, "route_source");
  claim(&all, bmauth_route_reason(NULL) == NULL, "route_reason");
  claim(&all, bmauth_route_is_explicit(NULL) == 0, "route_is_explicit");
  claim(&all, bmauth_route_project(NULL) == NULL, "route_project");
  claim(&all, bmauth_route_is_known(NULL) == 0, "route_is_known");
  claim(&all, bmauth_route_workspace(NULL) == NULL, "route_workspace");
  claim(&all, bmauth_route_base_url(NULL) == NULL, "route_base_url");
  claim(&all, bmauth_route_credential_kind(NULL) == NULL, "route_credential_kind");
  claim(&all, bmauth_route_warning_count(NULL) == 0, "route_warning_count");
  claim(&all, bmauth_route_warning(NULL, 0) == NULL, "route_warning");
  claim(&all, bmauth_route_json(NULL) == NULL, "route_json");

  claim(&all, bmauth_report_json(NULL) == NULL, "report_json");
  claim(&all, bmauth_report_text(NULL, "") == NULL, "report_text of nothing");
  claim(&all, bmauth_report_text(report, NULL) == NULL, "report_text without a pointer");
  claim(&all, bmauth_report_count(NULL, "") == -1, "report_count of nothing");
  claim(&all, bmauth_report_count(report, NULL) == -1, "report_count without a pointer");

  claim(&all, bmauth_cancel_is_triggered(NULL) == 0, "cancel_is_triggered");
  bmauth_cancel_trigger(NULL);
  bmauth_client_close(NULL);

  bmauth_error_free(NULL);
  bmauth_cancel_free(NULL);
  bmauth_options_free(NULL);
  bmauth_client_free(NULL);
  bmauth_login_free(NULL);
  bmauth_token_free(NULL);
  bmauth_route_free(NULL);
  bmauth_report_free(NULL);

  bmauth_report_free(report);
  bmauth_client_free(client);
  return all.broken;
}
