#include <bmauth.h>

#include "claim.h"

bmauth_options *options_for(const struct surroundings *here) {
  bmauth_options *options = NULL;
  if (bmauth_options_new(&options, NULL) != BMAUTH_OK) return NULL;
  bmauth_options_set_data_dir(options, here->data_dir, NULL);
  bmauth_options_set_issuer(options, here->server_url, NULL);
  bmauth_options_set_cloud_host(options, here->server_url, NULL);
  bmauth_options_set_client_id(options, "client_test", NULL);
  return options;
}

bmauth_client *client_for(const struct surroundings *here) {
  bmauth_options *options = options_for(here);
  bmauth_client *client = NULL;
  bmauth_client_new(options, &client, NULL);
  bmauth_options_free(options);
  return client;
}
