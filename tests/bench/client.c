// A cold C program: finds the settings and the session, prints the header, leaves.
#include <bmauth.h>
#include <stdio.h>

int main(void) {
  bmauth_client *client = NULL;
  bmauth_token *token = NULL;
  bmauth_error *error = NULL;
  if (bmauth_client_new(NULL, &client, &error) == BMAUTH_OK &&
      bmauth_client_token(client, BMAUTH_PURPOSE_ACCOUNT, 0, NULL, &token, &error) == BMAUTH_OK) {
    printf("Authorization: Bearer %s\n", bmauth_token_access_token(token));
  }
  if (error != NULL) fprintf(stderr, "bench_client: %s\n", bmauth_error_message(error));
  const int status = bmauth_error_exit_status(error);
  bmauth_error_free(error);
  bmauth_token_free(token);
  bmauth_client_free(client);
  return status;
}
