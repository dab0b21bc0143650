/* Runs scenarios through the C ABI. One request a line on stdin: a verb, then key=value fields, all
 * separated by tabs; one JSON object a line on stdout. What is expected stands in scenarios.json
 * and is judged by run.py: a driver only calls. */
#define _POSIX_C_SOURCE 200809L
#include <bmauth.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static bmauth_client *client;
static bmauth_login *login;
static bmauth_token *token;
static bmauth_cancel *cancel;
static bmauth_error *err;
static char *fields[32];
static int field_count;

static const char *field(const char *name) {
  size_t size = strlen(name);
  for (int i = 0; i < field_count; ++i) {
    if (strncmp(fields[i], name, size) == 0 && fields[i][size] == '=') return fields[i] + size + 1;
  }
  return NULL;
}

static long number(const char *name) {
  const char *text = field(name);
  return text == NULL ? 0 : strtol(text, NULL, 10);
}

static void put_text(const char *text) {
  if (text == NULL) {
    printf("null");
    return;
  }
  putchar('"');
  for (; *text != '\0'; ++text) {
    if ((unsigned char)*text < 0x20) {
      printf("\\u%04x", (unsigned)*text);
    } else {
      if (*text == '"' || *text == '\\') putchar('\\');
      putchar(*text);
    }
  }
  putchar('"');
}

static void put_member(const char *name, const char *text) {
  printf(", \"%s\": ", name);
  put_text(text);
}

static void put_error(void) {
  printf("{\"error\": {\"code\": %d", (int)bmauth_error_code(err));
  put_member("name", bmauth_error_name(err));
  put_member("message", bmauth_error_message(err));
  put_member("remedy", bmauth_error_remedy(err));
  put_member("oauth_error", bmauth_error_oauth_error(err));
  put_member("oauth_error_description", bmauth_error_oauth_error_description(err));
  printf(
      ", \"http_status\": %d, \"is_retryable\": %s, \"retry_after_ms\": %lld, \"exit_status\": "
      "%d}}",
      (int)bmauth_error_http_status(err), bmauth_error_is_retryable(err) ? "true" : "false",
      (long long)bmauth_error_retry_after_ms(err), (int)bmauth_error_exit_status(err));
}

static void put_token(void) {
  printf("{\"expires_at_unix_s\": %lld, \"is_persisted\": %s",
         (long long)bmauth_token_expires_at_unix_s(token),
         bmauth_token_is_persisted(token) ? "true" : "false");
  put_member("access_token", bmauth_token_access_token(token));
  put_member("kind", bmauth_token_kind(token));
  put_member("source", bmauth_token_source(token));
  put_member("reason", bmauth_token_reason(token));
  put_member("origin", bmauth_token_origin(token));
  printf(", \"warnings\": [");
  for (int i = 0; i < bmauth_token_warning_count(token); ++i) {
    if (i > 0) printf(", ");
    put_text(bmauth_token_warning(token, i));
  }
  printf("], \"headers\": {");
  for (int i = 0; i < bmauth_token_header_count(token); ++i) {
    if (i > 0) printf(", ");
    put_text(bmauth_token_header_name(token, i));
    printf(": ");
    put_text(bmauth_token_header_value(token, i));
  }
  printf("}}");
}

static void put_login(void) {
  printf(
      "{\"state\": \"%s\", \"next_delay_ms\": %lld, \"expires_in_s\": %lld, \"interval_s\": %lld",
      bmauth_login_state(login) == BMAUTH_LOGIN_DONE ? "done" : "pending",
      (long long)bmauth_login_next_delay_ms(login), (long long)bmauth_login_expires_in_s(login),
      (long long)bmauth_login_interval_s(login));
  put_member("user_code", bmauth_login_user_code(login));
  put_member("verification_uri", bmauth_login_verification_uri(login));
  put_member("verification_uri_complete", bmauth_login_verification_uri_complete(login));
  printf("}");
}

static bmauth_code put_report(bmauth_report *report, bmauth_code code) {
  if (code == BMAUTH_OK) printf("{\"report\": %s}", bmauth_report_json(report));
  bmauth_report_free(report);
  return code;
}

static void *trigger_later(void *delay_ms) {
  long ms = (long)delay_ms;
  struct timespec delay = {ms / 1000, ms % 1000 * 1000000L};
  nanosleep(&delay, NULL);
  bmauth_cancel_trigger(cancel);
  return NULL;
}

static bmauth_code open_client(void) {
  bmauth_options *options = NULL;
  bmauth_code code = bmauth_options_new(&options, &err);
#define TEXT(name)                       \
  if (code == BMAUTH_OK && field(#name)) \
  code = bmauth_options_set_##name(options, field(#name), &err)
#define NUMBER(name)                     \
  if (code == BMAUTH_OK && field(#name)) \
  code = bmauth_options_set_##name(options, number(#name), &err)
#define FLAG(name)                       \
  if (code == BMAUTH_OK && field(#name)) \
  code = bmauth_options_set_##name(options, (int)number(#name), &err)
  TEXT(data_dir);
  TEXT(token_file);
  TEXT(issuer);
  TEXT(client_id);
  TEXT(cloud_host);
  TEXT(api_key);
  TEXT(default_project);
  TEXT(default_workspace);
  TEXT(project_constraint);
  TEXT(ca_file);
  TEXT(proxy);
  TEXT(user_agent_suffix);
  TEXT(local_base_url);
  TEXT(language);
  FLAG(force_local);
  FLAG(force_cloud);
  FLAG(explicit_routing);
  NUMBER(connect_timeout_ms);
  NUMBER(auth_timeout_ms);
  NUMBER(refresh_try_timeout_ms);
  NUMBER(refresh_budget_ms);
  NUMBER(api_timeout_ms);
  NUMBER(lock_timeout_ms);
  NUMBER(login_timeout_ms);
  bmauth_client_free(client);
  client = NULL;
  if (code == BMAUTH_OK) code = bmauth_client_new(options, &client, &err);
  bmauth_options_free(options);
  if (code == BMAUTH_OK) printf("{}");
  return code;
}

static int32_t purpose(void) {
  const char *text = field("purpose");
  if (text != NULL && strcmp(text, "project") == 0) return BMAUTH_PURPOSE_PROJECT;
  return BMAUTH_PURPOSE_ACCOUNT;
}

static bmauth_code route_call(int with_headers) {
  bmauth_route *route = NULL;
  const char *mode = field("override");
  int override = mode == NULL                 ? BMAUTH_OVERRIDE_NONE
                 : strcmp(mode, "local") == 0 ? BMAUTH_OVERRIDE_LOCAL
                                              : BMAUTH_OVERRIDE_CLOUD;
  bmauth_code code = bmauth_client_route(client, field("project"), field("workspace"), override,
                                         (int)number("use_default_project"), &route, &err);
  if (code == BMAUTH_OK && with_headers) {
    bmauth_token_free(token);
    token = NULL;
    code = bmauth_client_headers(client, route, cancel, &token, &err);
    if (code == BMAUTH_OK) put_token();
  } else if (code == BMAUTH_OK) {
    printf("%s", bmauth_route_json(route));
  }
  bmauth_route_free(route);
  return code;
}

static bmauth_code header_call(void) {
  char value[16384];
  int64_t length = 0;
  bmauth_code code = bmauth_client_header(client, purpose(), value, sizeof value, &length, &err);
  if (code != BMAUTH_OK) return code;
  printf("{\"value\": ");
  put_text(value);
  printf("}");
  return code;
}

static bmauth_code mode_call(void) {
  bmauth_mode mode = BMAUTH_MODE_LOCAL;
  int is_known = 0;
  bmauth_code code = bmauth_client_mode(client, field("project"), &mode, &is_known, &err);
  if (code == BMAUTH_OK) {
    printf("{\"mode\": \"%s\", \"is_known\": %s}", mode == BMAUTH_MODE_CLOUD ? "cloud" : "local",
           is_known ? "true" : "false");
  }
  return code;
}

static bmauth_code call(const char *verb) {
  bmauth_report *report = NULL;
  bmauth_code code = BMAUTH_OK;
  int32_t state = 0;
  int is_ready = 0;
  int64_t delay_ms = 0;
  if (strcmp(verb, "open") == 0) return open_client();
  if (strcmp(verb, "route") == 0) return route_call(0);
  if (strcmp(verb, "headers") == 0) return route_call(1);
  if (strcmp(verb, "header") == 0) return header_call();
  if (strcmp(verb, "mode") == 0) return mode_call();
  if (strcmp(verb, "projects") == 0) {
    code = bmauth_client_projects(client, &report, &err);
    return put_report(report, code);
  }
  if (strcmp(verb, "status") == 0) {
    code = bmauth_client_status(client, (int)number("offline"), cancel, &report, &err);
    return put_report(report, code);
  }
  if (strcmp(verb, "whoami") == 0) {
    code = bmauth_client_whoami(client, (int)number("offline"), cancel, &report, &err);
    return put_report(report, code);
  }
  if (strcmp(verb, "logout") == 0) {
    code = bmauth_client_logout(client, cancel, &report, &err);
    return put_report(report, code);
  }
  if (strcmp(verb, "login_report") == 0) {
    code = bmauth_login_report(login, &report, &err);
    return put_report(report, code);
  }
  if (strcmp(verb, "login_begin") == 0) {
    bmauth_login_free(login);
    login = NULL;
    code = bmauth_client_login_begin(client, (int)number("forced"), cancel, &login, &err);
    if (code == BMAUTH_OK) put_login();
  } else if (strcmp(verb, "login_poll") == 0) {
    code = bmauth_login_poll(login, cancel, &state, &delay_ms, &err);
    if (code == BMAUTH_OK) put_login();
  } else if (strcmp(verb, "login_wait") == 0) {
    code = bmauth_login_wait(login, cancel, &err);
    if (code == BMAUTH_OK) put_login();
  } else if (strcmp(verb, "token") == 0) {
    bmauth_token_free(token);
    token = NULL;
    code = bmauth_client_token(client, purpose(), number("min_validity_ms"), cancel, &token, &err);
    if (code == BMAUTH_OK) put_token();
  } else if (strcmp(verb, "fresh_token") == 0) {
    bmauth_token_free(token);
    token = NULL;
    code = bmauth_client_fresh_token(client, purpose(), &token, &err);
    if (code == BMAUTH_OK) put_token();
  } else if (strcmp(verb, "headers_for_url") == 0) {
    bmauth_token_free(token);
    token = NULL;
    code = bmauth_client_headers_for_url(client, field("url"), cancel, &token, &err);
    if (code == BMAUTH_OK) put_token();
  } else if (strcmp(verb, "invalidate") == 0) {
    code = bmauth_client_invalidate(client, token, &err);
    if (code == BMAUTH_OK) printf("{}");
  } else if (strcmp(verb, "refresh_step") == 0) {
    code = bmauth_client_refresh_step(client, number("min_validity_ms"), cancel, &is_ready,
                                      &delay_ms, &err);
    if (code == BMAUTH_OK) {
      printf("{\"is_ready\": %s, \"next_delay_ms\": %lld}", is_ready ? "true" : "false",
             (long long)delay_ms);
    }
  } else if (strcmp(verb, "close") == 0) {
    bmauth_client_close(client);
    printf("{}");
  } else {
    printf("{\"unknown_verb\": true}");
  }
  return code;
}

int main(void) {
  static char line[65536];
  while (fgets(line, sizeof line, stdin) != NULL) {
    line[strcspn(line, "\n")] = '\0';
    field_count = 0;
    for (char *part = strtok(line, "\t"); part != NULL && field_count < 32;
         part = strtok(NULL, "\t")) {
      fields[field_count++] = part;
    }
    if (field_count == 0) continue;
    pthread_t thread;
    int has_thread = field("cancel_after_ms") != NULL;
    if (has_thread) {
      bmauth_cancel_new(&cancel, NULL);
      pthread_create(&thread, NULL, trigger_later, (void *)number("cancel_after_ms"));
    }
    if (call(fields[0]) != BMAUTH_OK) put_error();
    bmauth_error_free(err);
    err = NULL;
    if (has_thread) {
      pthread_join(thread, NULL);
      bmauth_cancel_free(cancel);
      cancel = NULL;
    }
    printf("\n");
    fflush(stdout);
  }
  bmauth_token_free(token);
  bmauth_login_free(login);
  bmauth_client_free(client);
  return 0;
}
