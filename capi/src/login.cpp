#include "capi/src/guard.h"
#include "capi/src/results.h"
#include "core/browser.h"

using namespace bmauth::capi;
using bmauth::core::Code;
using bmauth::core::DeviceAuthorization;
using bmauth::core::Login;
using bmauth::core::make_error;
using bmauth::core::Result;

namespace {

const DeviceAuthorization* authorization_of(const bmauth_login* login) {
  return login == nullptr ? nullptr : login->login->authorization();
}

int32_t state_number(Login::State state) {
  return state == Login::State::kDone ? BMAUTH_LOGIN_DONE : BMAUTH_LOGIN_PENDING;
}

}  // namespace

void bmauth_login_free(bmauth_login* login) {
  delete login;
}

int32_t bmauth_login_state(const bmauth_login* login) {
  return login == nullptr ? BMAUTH_LOGIN_PENDING : state_number(login->login->state());
}

const char* bmauth_login_user_code(const bmauth_login* login) {
  const DeviceAuthorization* authorization = authorization_of(login);
  return authorization == nullptr ? nullptr : authorization->user_code.c_str();
}

const char* bmauth_login_verification_uri(const bmauth_login* login) {
  const DeviceAuthorization* authorization = authorization_of(login);
  return authorization == nullptr ? nullptr : authorization->verification_uri.c_str();
}

const char* bmauth_login_verification_uri_complete(const bmauth_login* login) {
  const DeviceAuthorization* authorization = authorization_of(login);
  return authorization == nullptr ? nullptr
                                  : text_or_null(authorization->verification_uri_complete);
}

int64_t bmauth_login_expires_in_s(const bmauth_login* login) {
  const DeviceAuthorization* authorization = authorization_of(login);
  return authorization == nullptr ? 0 : authorization->expires_in_s;
}

int64_t bmauth_login_interval_s(const bmauth_login* login) {
  const DeviceAuthorization* authorization = authorization_of(login);
  return authorization == nullptr ? 0 : authorization->interval_s;
}

int64_t bmauth_login_next_delay_ms(const bmauth_login* login) {
  return login == nullptr ? 0 : login->login->next_delay_ms();
}

int64_t bmauth_login_remaining_ms(const bmauth_login* login) {
  return login == nullptr ? 0 : login->login->remaining_ms();
}

bmauth_code bmauth_login_open_browser(bmauth_login* login, int* is_opened, bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (is_opened == nullptr) return null_argument("is_opened");
    *is_opened = 0;
    if (login == nullptr) return null_argument("login");
    const DeviceAuthorization* authorization = login->login->authorization();
    if (authorization == nullptr) {
      return make_error(Code::kInvalidArgument, "the session is kept: there is no page to open");
    }
    const std::string& url = authorization->verification_uri_complete.empty()
                                 ? authorization->verification_uri
                                 : authorization->verification_uri_complete;
    auto opened = bmauth::core::open_browser(url, login->login->environment());
    if (!opened) return std::move(opened).error();
    *is_opened = *opened ? 1 : 0;
    return {};
  });
}

bmauth_code bmauth_login_poll(bmauth_login* login, bmauth_cancel* cancel, int32_t* state,
                              int64_t* next_delay_ms, bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (state != nullptr) *state = BMAUTH_LOGIN_PENDING;
    if (next_delay_ms != nullptr) *next_delay_ms = 0;
    if (login == nullptr) return null_argument("login");
    if (state == nullptr) return null_argument("state");
    if (next_delay_ms == nullptr) return null_argument("next_delay_ms");
    auto poll = login->login->poll(cancel_of(cancel));
    if (!poll) return std::move(poll).error();
    *state = state_number(*poll);
    *next_delay_ms = login->login->next_delay_ms();
    return {};
  });
}

bmauth_code bmauth_login_wait(bmauth_login* login, bmauth_cancel* cancel, bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (login == nullptr) return null_argument("login");
    return login->login->wait(cancel_of(cancel));
  });
}

bmauth_code bmauth_login_report(bmauth_login* login, bmauth_report** report, bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (report == nullptr) return null_argument("report");
    *report = nullptr;
    if (login == nullptr) return null_argument("login");
    auto found = login->login->report();
    if (!found) return std::move(found).error();
    *report = make_handle(*std::move(found)).release();
    return {};
  });
}
