#include <bmauth.h>

const char* bmauth_version(void) {
  return BMAUTH_VERSION;
}

int32_t bmauth_version_number(void) {
  return BMAUTH_VERSION_NUMBER;
}
