#include "capi/src/guard.h"
#include "capi/src/results.h"

namespace bmauth::capi {

std::unique_ptr<bmauth_token> make_handle(core::Token token) {
  auto handle = std::make_unique<bmauth_token>();
  handle->token = std::move(token);
  handle->kind = core::credential_kind_name(handle->token.kind);
  return handle;
}

}  // namespace bmauth::capi

using bmauth::capi::text_or_null;

void bmauth_token_free(bmauth_token* token) {
  delete token;
}

const char* bmauth_token_access_token(const bmauth_token* token) {
  return token == nullptr || token->token.value.empty() ? nullptr
                                                        : token->token.value.reveal_c_str();
}

const char* bmauth_token_kind(const bmauth_token* token) {
  return token == nullptr ? nullptr : token->kind.c_str();
}

const char* bmauth_token_source(const bmauth_token* token) {
  return token == nullptr ? nullptr : token->token.source.c_str();
}

const char* bmauth_token_reason(const bmauth_token* token) {
  return token == nullptr ? nullptr : token->token.reason.c_str();
}

const char* bmauth_token_origin(const bmauth_token* token) {
  return token == nullptr ? nullptr : text_or_null(token->token.origin);
}

int64_t bmauth_token_expires_at_unix_s(const bmauth_token* token) {
  return token == nullptr ? 0 : token->token.expires_at_unix_s;
}

int bmauth_token_is_persisted(const bmauth_token* token) {
  return token != nullptr && token->token.is_persisted ? 1 : 0;
}

int64_t bmauth_token_warning_count(const bmauth_token* token) {
  return token == nullptr ? 0 : static_cast<int64_t>(token->token.warnings.size());
}

const char* bmauth_token_warning(const bmauth_token* token, int64_t index) {
  if (index < 0 || index >= bmauth_token_warning_count(token)) return nullptr;
  return token->token.warnings[static_cast<std::size_t>(index)].c_str();
}

int64_t bmauth_token_header_count(const bmauth_token* token) {
  return token == nullptr ? 0 : static_cast<int64_t>(token->token.headers.size());
}

const char* bmauth_token_header_name(const bmauth_token* token, int64_t index) {
  if (index < 0 || index >= bmauth_token_header_count(token)) return nullptr;
  return token->token.headers[static_cast<std::size_t>(index)].first.c_str();
}

const char* bmauth_token_header_value(const bmauth_token* token, int64_t index) {
  if (index < 0 || index >= bmauth_token_header_count(token)) return nullptr;
  return token->token.headers[static_cast<std::size_t>(index)].second.reveal_c_str();
}
