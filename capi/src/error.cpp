#include "capi/src/guard.h"

namespace bmauth::capi {
namespace {

bmauth_error make_static_error() {
  bmauth_error error;
  error.error.code = core::Code::kOutOfMemory;
  error.is_static = true;
  return error;
}

bmauth_error static_error = make_static_error();

}  // namespace

bmauth_error* out_of_memory_error() noexcept {
  return &static_error;
}

bmauth_code report(core::Error&& error, bmauth_error** err) noexcept {
  const auto code = static_cast<bmauth_code>(error.code);
  if (err == nullptr) return code;
  *err = new (std::nothrow) bmauth_error{std::move(error)};
  if (*err == nullptr) {
    *err = out_of_memory_error();
    return BMAUTH_E_OUT_OF_MEMORY;
  }
  return code;
}

}  // namespace bmauth::capi

using bmauth::capi::text_or_null;
using bmauth::core::code_info;

void bmauth_error_free(bmauth_error* error) {
  if (error != nullptr && !error->is_static) delete error;
}

bmauth_code bmauth_error_code(const bmauth_error* error) {
  return error == nullptr ? BMAUTH_OK : static_cast<bmauth_code>(error->error.code);
}

const char* bmauth_error_name(const bmauth_error* error) {
  return error == nullptr ? nullptr : bmauth_code_name(bmauth_error_code(error));
}

const char* bmauth_error_message(const bmauth_error* error) {
  if (error == nullptr) return nullptr;
  const std::string& message = error->error.message;
  return message.empty() ? code_info(error->error.code).meaning : message.c_str();
}

const char* bmauth_error_remedy(const bmauth_error* error) {
  if (error == nullptr) return nullptr;
  const std::string& remedy = error->error.remedy;
  return remedy.empty() ? code_info(error->error.code).remedy : remedy.c_str();
}

int32_t bmauth_error_http_status(const bmauth_error* error) {
  return error == nullptr ? 0 : error->error.http_status;
}

const char* bmauth_error_oauth_error(const bmauth_error* error) {
  return error == nullptr ? nullptr : text_or_null(error->error.oauth_error);
}

const char* bmauth_error_oauth_error_description(const bmauth_error* error) {
  return error == nullptr ? nullptr : text_or_null(error->error.oauth_error_description);
}

int bmauth_error_is_retryable(const bmauth_error* error) {
  return bmauth_code_is_retryable(bmauth_error_code(error));
}

int64_t bmauth_error_retry_after_ms(const bmauth_error* error) {
  return error == nullptr ? -1 : error->error.retry_after_ms;
}

int32_t bmauth_error_exit_status(const bmauth_error* error) {
  return bmauth_code_exit_status(bmauth_error_code(error));
}
