/* The two ownership rules, and what err and outputs are after a call. */
#include <bmauth.h>
#include <stdio.h>

#include "claim.h"

/* The example at the top of bmauth.h, and every getter on the way. */
const char *a_whole_login_goes_by_the_header(const struct surroundings *here) {
  claims all = {NULL};
  bmauth_error *err = NULL;
  bmauth_login *login = NULL;
  bmauth_report *report = NULL;
  bmauth_token *token = NULL;
  bmauth_poll_state state = BMAUTH_LOGIN_DONE;
  int64_t delay_ms = -1;
  bmauth_client *client = client_for(here);

  claim(&all, bmauth_client_login_begin(client, 0, NULL, &login, &err) == BMAUTH_OK, "begin");
  claim(&all, err == NULL, "begin leaves no error");
  claim(&all, bmauth_login_state(login) == BMAUTH_LOGIN_PENDING, "it is pending");
  claim_text(&all, bmauth_login_user_code(login), "ABCD-1234", "user_code");
  claim_text(&all, bmauth_login_verification_uri(login), "https://issuer.example/device", "uri");
  claim_text(&all, bmauth_login_verification_uri_complete(login),
             "https://issuer.example/device?user_code=ABCD-1234", "complete uri");
  claim(&all, bmauth_login_expires_in_s(login) == 600, "expires_in_s");
  claim(&all, bmauth_login_interval_s(login) == 1, "interval_s");
  claim(&all, bmauth_login_next_delay_ms(login) == 1000, "next_delay_ms");
  claim(&all, bmauth_login_remaining_ms(login) > 590000, "remaining_ms");
  claim(&all, bmauth_login_remaining_ms(login) <= 600000, "remaining_ms is at most all");

  claim(&all, bmauth_login_poll(login, NULL, &state, &delay_ms, &err) == BMAUTH_OK, "poll");
  claim(&all, state == BMAUTH_LOGIN_PENDING && delay_ms == 0, "the access check is still to come");
  claim(&all, bmauth_login_wait(login, NULL, &err) == BMAUTH_OK, "wait");
  claim(&all, bmauth_login_state(login) == BMAUTH_LOGIN_DONE, "it is done");
  claim(&all, bmauth_login_next_delay_ms(login) == 0, "nothing to wait for");
  claim(&all, bmauth_login_poll(login, NULL, &state, &delay_ms, &err) == BMAUTH_OK, "poll again");
  claim(&all, state == BMAUTH_LOGIN_DONE && delay_ms == 0, "a poll after the end says done");
  claim(&all, bmauth_login_report(login, &report, &err) == BMAUTH_OK, "report");
  claim_text(&all, bmauth_report_text(report, "/is_authenticated"), "true", "is_authenticated");
  claim_text(&all, bmauth_report_text(report, "/is_persisted"), "true", "is_persisted");
  bmauth_report_free(report);
  bmauth_login_free(login);

  /* The session is kept: the next login needs no person. */
  claim(&all, bmauth_client_login_begin(client, 0, NULL, &login, &err) == BMAUTH_OK, "begin again");
  claim(&all, bmauth_login_user_code(login) == NULL, "no code");
  claim(&all, bmauth_login_verification_uri(login) == NULL, "no uri");
  claim(&all, bmauth_login_verification_uri_complete(login) == NULL, "no complete uri");
  claim(&all, bmauth_login_expires_in_s(login) == 0 && bmauth_login_interval_s(login) == 0,
        "no times");
  claim(&all, bmauth_login_next_delay_ms(login) == 0 && bmauth_login_remaining_ms(login) == 0,
        "no delay");
  bmauth_login_free(login);

  claim(&all,
        bmauth_client_token(client, BMAUTH_PURPOSE_ACCOUNT, 0, NULL, &token, &err) == BMAUTH_OK,
        "token");
  claim_text(&all, bmauth_token_access_token(token), "CANARY-access-1", "access_token");
  claim_text(&all, bmauth_token_kind(token), "oauth", "kind");
  claim_text(&all, bmauth_token_source(token), "session", "source");
  claim(&all, bmauth_token_reason(token) != NULL && bmauth_token_reason(token)[0], "reason");
  claim_text(&all, bmauth_token_origin(token), here->server_url, "origin");
  claim(&all, bmauth_token_expires_at_unix_s(token) > 0, "expires_at_unix_s");
  claim(&all, bmauth_token_is_persisted(token) == 1, "persisted");
  claim(&all, bmauth_token_header_count(token) == 1, "one header");
  claim_text(&all, bmauth_token_header_name(token, 0), "Authorization", "header name");
  claim_text(&all, bmauth_token_header_value(token, 0), "Bearer CANARY-access-1", "header value");
  claim(&all, bmauth_token_header_name(token, 1) == NULL, "no second name");
  claim(&all, bmauth_token_header_value(token, 1) == NULL, "no second value");
  claim(&all, bmauth_token_header_name(token, -1) == NULL, "no name before the first");
  claim(&all, bmauth_token_header_value(token, INT64_MIN) == NULL, "no value far outside");
  claim(&all, bmauth_token_warning(token, bmauth_token_warning_count(token)) == NULL,
        "no warning behind the last");
  claim(&all, bmauth_client_invalidate(client, token, &err) == BMAUTH_OK, "invalidate");
  bmauth_token_free(token);

  claim(&all, bmauth_client_logout(client, NULL, &report, &err) == BMAUTH_OK, "logout");
  claim(&all, bmauth_report_count(report, "/removed") == 1, "one session is removed");
  bmauth_report_free(report);
  bmauth_client_free(client);
  return all.broken;
}

const char *what_goes_in_is_copied(const struct surroundings *here) {
  claims all = {NULL};
  char dir[4096], host[256], name[64] = "notes", url[512];
  snprintf(dir, sizeof dir, "%s", here->data_dir);
  snprintf(host, sizeof host, "%s", here->server_url);
  snprintf(url, sizeof url, "%s/proxy/x", here->server_url);
  bmauth_options *options = NULL;
  bmauth_client *client = NULL;
  bmauth_route *route = NULL;
  bmauth_token *token = NULL;
  char key[] = "bmc_CANARY0key0CANARY0key0CANARY0key";

  claim(&all, bmauth_options_new(&options, NULL) == BMAUTH_OK, "options");
  claim(&all, bmauth_options_set_data_dir(options, dir, NULL) == BMAUTH_OK, "data_dir");
  claim(&all, bmauth_options_set_cloud_host(options, host, NULL) == BMAUTH_OK, "cloud_host");
  claim(&all, bmauth_options_set_api_key(options, key, NULL) == BMAUTH_OK, "api_key");
  memset(dir, 'x', sizeof dir - 1);
  memset(host, 'x', sizeof host - 1);
  memset(key, 'x', sizeof key - 1);
  claim(&all, bmauth_client_new(options, &client, NULL) == BMAUTH_OK, "client");
  bmauth_options_free(options);

  claim(
      &all,
      bmauth_client_route(client, name, NULL, BMAUTH_OVERRIDE_CLOUD, 0, &route, NULL) == BMAUTH_OK,
      "route");
  memset(name, 'x', sizeof name - 1);
  claim_text(&all, bmauth_route_project(route), "notes", "the project is a copy");
  claim(&all,
        strncmp(bmauth_route_base_url(route), here->server_url, strlen(here->server_url)) == 0,
        "the host is a copy");
  claim(&all, bmauth_client_headers_for_url(client, url, NULL, &token, NULL) == BMAUTH_OK,
        "headers");
  memset(url, 'x', sizeof url - 1);
  bmauth_route_free(route);
  bmauth_client_free(client);

  /* A result outlives the client that gave it. */
  claim_text(&all, bmauth_token_access_token(token), "bmc_CANARY0key0CANARY0key0CANARY0key",
             "the key is a copy, and the token outlives its client");
  bmauth_token_free(token);
  return all.broken;
}

const char *what_getters_lend_stays_the_same(const struct surroundings *here) {
  claims all = {NULL};
  bmauth_client *client = client_for(here);
  bmauth_route *route = NULL;
  bmauth_report *report = NULL;
  bmauth_error *err = NULL;
  bmauth_token *token = NULL;

  claim(&all,
        bmauth_client_route(client, "notes", NULL, BMAUTH_OVERRIDE_CLOUD, 0, &route, NULL) ==
            BMAUTH_OK,
        "route");
  const char *reason = bmauth_route_reason(route);
  const char *json = bmauth_route_json(route);
  claim(&all, bmauth_client_status(client, 1, NULL, &report, NULL) == BMAUTH_OK, "status");
  const char *is_offline = bmauth_report_text(report, "/is_offline");
  const char *whole = bmauth_report_json(report);
  claim(&all,
        bmauth_client_token(client, BMAUTH_PURPOSE_PROJECT, 0, NULL, &token, &err) ==
            BMAUTH_E_NO_CREDENTIALS,
        "no credentials");
  const char *message = bmauth_error_message(err);
  const char *remedy = bmauth_error_remedy(err);

  for (int i = 0; i < 100; ++i) {
    bmauth_report_text(report, "/settings/issuer/value");
    bmauth_report_count(report, "/settings");
  }
  claim(&all, bmauth_route_reason(route) == reason && bmauth_route_json(route) == json, "route");
  claim(&all, bmauth_report_text(report, "/is_offline") == is_offline, "a report's text");
  claim(&all, bmauth_report_json(report) == whole, "a report's document");
  claim(&all, bmauth_error_message(err) == message && bmauth_error_remedy(err) == remedy, "error");
  bmauth_client_free(client);
  claim_text(&all, is_offline, "true", "what is lent outlives the client");

  bmauth_error_free(err);
  bmauth_report_free(report);
  bmauth_route_free(route);
  return all.broken;
}

const char *err_is_set_by_the_rule(const struct surroundings *here) {
  claims all = {NULL};
  bmauth_client *client = client_for(here);
  bmauth_error *const untouched = (bmauth_error *)&all; /* of nobody: must not be freed */
  bmauth_error *err = untouched;
  bmauth_route *route = NULL;
  bmauth_report *report = NULL;

  claim(&all, bmauth_client_projects(client, &report, &err) == BMAUTH_OK, "projects");
  claim(&all, err == NULL, "success makes err NULL");
  bmauth_report_free(report);

  err = untouched;
  claim(&all,
        bmauth_client_route(client, NULL, NULL, 77, 0, &route, &err) == BMAUTH_E_INVALID_ARGUMENT,
        "a bad override");
  claim(&all, err != NULL && err != untouched, "failure makes an error of the caller's");
  bmauth_error_free(err);

  /* Getters and frees have no err, and a failure elsewhere leaves an error as it is. */
  bmauth_client_route(client, NULL, NULL, 77, 0, &route, &err);
  bmauth_error *const kept = err;
  bmauth_client_route(client, NULL, NULL, -1, 0, &route, NULL);
  claim(&all, bmauth_error_code(kept) == BMAUTH_E_INVALID_ARGUMENT, "an error stays what it is");
  bmauth_error_free(kept);
  bmauth_client_free(client);
  return all.broken;
}

const char *outputs_are_cleared_by_a_failure(const struct surroundings *here) {
  claims all = {NULL};
  void *const stale = &all;
  bmauth_client *client = stale;
  bmauth_options *options = options_for(here);
  bmauth_options_set_issuer(options, "http://plain.example", NULL);
  claim(&all, bmauth_client_new(options, &client, NULL) == BMAUTH_E_INSECURE_URL, "a plain issuer");
  claim(&all, client == NULL, "client");
  bmauth_options_free(options);

  bmauth_token *token = stale;
  bmauth_client_token(NULL, BMAUTH_PURPOSE_PROJECT, 0, NULL, &token, NULL);
  claim(&all, token == NULL, "token");
  token = stale;
  bmauth_client_headers(NULL, NULL, NULL, &token, NULL);
  claim(&all, token == NULL, "headers");
  token = stale;
  bmauth_client_headers_for_url(NULL, NULL, NULL, &token, NULL);
  claim(&all, token == NULL, "headers for a URL");
  bmauth_route *route = stale;
  bmauth_client_route(NULL, NULL, NULL, 0, 0, &route, NULL);
  claim(&all, route == NULL, "route");
  bmauth_report *report = stale;
  bmauth_client_projects(NULL, &report, NULL);
  claim(&all, report == NULL, "projects");
  report = stale;
  bmauth_client_status(NULL, 1, NULL, &report, NULL);
  claim(&all, report == NULL, "status");
  report = stale;
  bmauth_client_whoami(NULL, 1, NULL, &report, NULL);
  claim(&all, report == NULL, "whoami");
  report = stale;
  bmauth_client_logout(NULL, NULL, &report, NULL);
  claim(&all, report == NULL, "logout");
  report = stale;
  bmauth_login_report(NULL, &report, NULL);
  claim(&all, report == NULL, "a login's report");
  bmauth_login *login = stale;
  bmauth_client_login_begin(NULL, 0, NULL, &login, NULL);
  claim(&all, login == NULL, "login");

  int is_ready = 7, is_opened = 7;
  int64_t delay_ms = 7;
  bmauth_poll_state state = 7;
  bmauth_client_refresh_step(NULL, 0, NULL, &is_ready, &delay_ms, NULL);
  claim(&all, is_ready == 0 && delay_ms == 0, "refresh_step");
  delay_ms = 7;
  bmauth_login_poll(NULL, NULL, &state, &delay_ms, NULL);
  claim(&all, state == 0 && delay_ms == 0, "poll");
  bmauth_login_open_browser(NULL, &is_opened, NULL);
  claim(&all, is_opened == 0, "open_browser");
  state = 7;
  delay_ms = 7;
  bmauth_login_poll(NULL, NULL, &state, NULL, NULL);
  bmauth_login_poll(NULL, NULL, NULL, &delay_ms, NULL);
  claim(&all, state == 0 && delay_ms == 0, "each output of poll without the other");
  return all.broken;
}
