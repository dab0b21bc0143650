/* Calls at the wrong moment. */
#include <bmauth.h>

#include "claim.h"

const char *a_closed_client_refuses_every_call(const struct surroundings *here) {
  claims all = {NULL};
  bmauth_client *client = client_for(here);
  bmauth_error *err = NULL;
  bmauth_token *token = NULL;
  bmauth_route *route = NULL, *other = NULL;
  bmauth_report *report = NULL;
  bmauth_login *login = NULL, *running = NULL;
  int is_ready = 0;
  int64_t delay_ms = 0;
  claim(&all,
        bmauth_client_route(client, "a", NULL, BMAUTH_OVERRIDE_LOCAL, 0, &route, NULL) == BMAUTH_OK,
        "route");
  claim(&all, bmauth_client_headers(client, route, NULL, &token, NULL) == BMAUTH_OK, "headers");
  bmauth_token *const held = token;
  claim(&all, bmauth_client_login_begin(client, 0, NULL, &running, NULL) == BMAUTH_OK, "login");

  bmauth_client_close(client);
  bmauth_client_close(client);
  bmauth_token *none = NULL;
  claim_refused(&all, bmauth_client_token(client, BMAUTH_PURPOSE_PROJECT, 0, NULL, &none, &err),
                &err, "token");
  claim_refused(&all, bmauth_client_fresh_token(client, BMAUTH_PURPOSE_PROJECT, &none, &err), &err,
                "fresh_token");
  claim_refused(&all, bmauth_client_headers(client, route, NULL, &none, &err), &err, "headers");
  claim_refused(&all, bmauth_client_headers_for_url(client, here->server_url, NULL, &none, &err),
                &err, "headers for a URL");
  claim_refused(&all, bmauth_client_refresh_step(client, 0, NULL, &is_ready, &delay_ms, &err), &err,
                "refresh_step");
  claim_refused(&all, bmauth_client_invalidate(client, held, &err), &err, "invalidate");
  claim_refused(&all, bmauth_client_route(client, NULL, NULL, 0, 0, &other, &err), &err, "route");
  claim_refused(&all, bmauth_client_projects(client, &report, &err), &err, "projects");
  claim_refused(&all, bmauth_client_status(client, 1, NULL, &report, &err), &err, "status");
  claim_refused(&all, bmauth_client_whoami(client, 1, NULL, &report, &err), &err, "whoami");
  claim_refused(&all, bmauth_client_logout(client, NULL, &report, &err), &err, "logout");
  claim_refused(&all, bmauth_client_login_begin(client, 0, NULL, &login, &err), &err, "login");

  bmauth_client_projects(client, &report, &err);
  claim(&all, strstr(bmauth_error_message(err), "client is closed") != NULL, "the words");
  bmauth_error_free(err);
  claim_text(&all, bmauth_token_kind(held), "none", "what it gave before goes on to live");
  claim_text(&all, bmauth_route_mode(route), "local", "so do routes");

  bmauth_login_free(running);
  bmauth_token_free(held);
  bmauth_route_free(route);
  bmauth_client_free(client);
  return all.broken;
}

const char *the_wrong_order_is_an_error(const struct surroundings *here) {
  claims all = {NULL};
  bmauth_client *client = client_for(here);
  bmauth_error *err = NULL;
  bmauth_login *login = NULL;
  bmauth_report *report = NULL;
  bmauth_token *token = NULL;
  bmauth_cancel *cancel = NULL;
  bmauth_poll_state state = BMAUTH_LOGIN_DONE;
  int64_t delay_ms = 0;
  int is_ready = 0, is_opened = 0;

  claim(&all, bmauth_client_login_begin(client, 0, NULL, &login, NULL) == BMAUTH_OK, "begin");
  claim_refused(&all, bmauth_login_report(login, &report, &err), &err, "a report before the end");

  /* A login that failed is over, and says the same again. */
  claim(&all, bmauth_cancel_new(&cancel, NULL) == BMAUTH_OK, "cancel");
  claim(&all, !bmauth_cancel_is_triggered(cancel), "not triggered");
  bmauth_cancel_trigger(cancel);
  bmauth_cancel_trigger(cancel);
  claim(&all, bmauth_cancel_is_triggered(cancel) == 1, "triggered");
  claim(&all, bmauth_login_poll(login, cancel, &state, &delay_ms, NULL) == BMAUTH_E_CANCELLED,
        "a cancelled poll");
  claim(&all, state == BMAUTH_LOGIN_PENDING && delay_ms == 0, "its outputs");
  claim(&all, bmauth_login_poll(login, NULL, &state, &delay_ms, NULL) == BMAUTH_E_CANCELLED,
        "a poll after the failure");
  claim(&all, bmauth_login_wait(login, NULL, NULL) == BMAUTH_E_CANCELLED, "a wait after it");
  claim_refused(&all, bmauth_login_report(login, &report, &err), &err, "a report of a failure");
  bmauth_login_free(login);

  /* A kept session has no page. */
  claim(&all, bmauth_client_login_begin(client, 1, NULL, &login, NULL) == BMAUTH_OK, "begin anew");
  claim(&all, bmauth_login_open_browser(login, &is_opened, NULL) == BMAUTH_OK, "no browser here");
  claim(&all, is_opened == 0, "none was opened");
  claim(&all, bmauth_login_wait(login, NULL, NULL) == BMAUTH_OK, "wait");
  bmauth_login_free(login);
  claim(&all, bmauth_client_login_begin(client, 0, NULL, &login, NULL) == BMAUTH_OK, "kept");
  claim_refused(&all, bmauth_login_open_browser(login, &is_opened, &err), &err, "no page to open");
  bmauth_login_free(login);

  /* Numbers out of range. */
  claim_refused(&all, bmauth_client_token(client, 7, 0, NULL, &token, &err), &err, "a bad purpose");
  claim_refused(&all, bmauth_client_fresh_token(client, 7, &token, &err), &err, "a bad purpose");
  claim_refused(&all, bmauth_client_token(client, 0, -1, NULL, &token, &err), &err, "below zero");
  claim_refused(&all, bmauth_client_refresh_step(client, -1, NULL, &is_ready, &delay_ms, &err),
                &err, "a step below zero");
  claim(&all,
        bmauth_client_token(client, BMAUTH_PURPOSE_ACCOUNT, INT64_MAX, NULL, &token, NULL) ==
            BMAUTH_OK,
        "a validity beyond all lifetimes is one refresh, then what came");
  bmauth_token_free(token);
  claim(&all, bmauth_client_refresh_step(client, 0, NULL, &is_ready, &delay_ms, NULL) == BMAUTH_OK,
        "a step");
  claim(&all, is_ready == 1 && delay_ms == 0, "nothing is left to do");

  bmauth_cancel_free(cancel);
  bmauth_client_free(client);
  return all.broken;
}
