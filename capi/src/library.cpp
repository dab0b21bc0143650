#include <bmauth.h>

#include "core/generation.h"

const char* bmauth_version(void) {
  return BMAUTH_VERSION;
}

int32_t bmauth_version_number(void) {
  return BMAUTH_VERSION_NUMBER;
}

const uint64_t* bmauth_generation(void) {
  return &bmauth::core::generation_word;
}
