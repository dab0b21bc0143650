/* One of many processes on one session. For each line on stdin it asks for the current token once
 * and answers with the digest-free facts: "ok <expires_at>" or "error <name>". stress.py starts it,
 * expires the session, and kills it at random. */
#include <bmauth.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  bmauth_client *client = NULL;
  bmauth_error *err = NULL;
  char line[64];
  if (bmauth_client_new(NULL, &client, &err) != BMAUTH_OK) {
    printf("error %s %s\n", bmauth_error_name(err), bmauth_error_message(err));
    return 1;
  }
  printf("ready\n");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin) != NULL) {
    bmauth_token *token = NULL;
    if (bmauth_client_token(client, BMAUTH_PURPOSE_ACCOUNT, 0, NULL, &token, &err) == BMAUTH_OK) {
      printf("ok %s\n", bmauth_token_access_token(token));
    } else {
      printf("error %s %s\n", bmauth_error_name(err), bmauth_error_message(err));
    }
    fflush(stdout);
    bmauth_token_free(token);
    bmauth_error_free(err);
    err = NULL;
  }
  bmauth_client_free(client);
  return 0;
}
