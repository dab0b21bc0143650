#include "capi/src/guard.h"

using bmauth::core::Code;
using bmauth::core::code_info;

const char* bmauth_code_name(bmauth_code code) {
  return code_info(static_cast<Code>(code)).name;
}

const char* bmauth_code_meaning(bmauth_code code) {
  return code_info(static_cast<Code>(code)).meaning;
}

const char* bmauth_code_remedy(bmauth_code code) {
  return code_info(static_cast<Code>(code)).remedy;
}

int bmauth_code_is_retryable(bmauth_code code) {
  return code_info(static_cast<Code>(code)).is_retryable ? 1 : 0;
}

int32_t bmauth_code_exit_status(bmauth_code code) {
  return code_info(static_cast<Code>(code)).exit_status;
}
