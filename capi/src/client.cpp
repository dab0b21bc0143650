#include "capi/src/guard.h"
#include "capi/src/purpose.h"
#include "capi/src/results.h"

using namespace bmauth::capi;
using bmauth::core::Client;
using bmauth::core::Code;
using bmauth::core::make_error;
using bmauth::core::Result;

namespace {

// The engine behind an open client, held for the length of one call.
Result<std::shared_ptr<Client>> open_client(const bmauth_client* client) {
  if (client == nullptr) return null_argument("client");
  return client->client;
}

// Runs `body` with the engine and stores what it returns in `*out`, which the header calls `name`.
template <class Handle, class Body>
bmauth_code produce(bmauth_client* client, Handle** out, const char* name, bmauth_error** err,
                    Body&& body) {
  return guard(err, [&]() -> Result<void> {
    if (out == nullptr) return null_argument(name);
    *out = nullptr;
    auto engine = open_client(client);
    if (!engine) return std::move(engine).error();
    auto result = body(**engine);
    if (!result) return std::move(result).error();
    *out = make_handle(*std::move(result)).release();
    return {};
  });
}

Result<void> check_min_validity(int64_t min_validity_ms) {
  if (min_validity_ms >= 0) return {};
  return make_error(Code::kInvalidArgument, "min_validity_ms is negative");
}

}  // namespace

bmauth_code bmauth_client_new(const bmauth_options* options, bmauth_client** client,
                              bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (client == nullptr) return null_argument("client");
    *client = nullptr;
    auto engine = Client::open(options == nullptr ? bmauth::core::Options() : options->options,
                               bmauth::core::system_seams());
    if (!engine) return std::move(engine).error();
    *client = new bmauth_client{*std::move(engine)};
    return {};
  });
}

void bmauth_client_close(bmauth_client* client) {
  if (client != nullptr) client->client->close();
}

void bmauth_client_free(bmauth_client* client) {
  delete client;
}

bmauth_code bmauth_client_token(bmauth_client* client, int32_t purpose, int64_t min_validity_ms,
                                bmauth_cancel* cancel, bmauth_token** token, bmauth_error** err) {
  return produce(client, token, "token", err, [&](Client& engine) -> Result<bmauth::core::Token> {
    auto wanted = purpose_of(purpose);
    if (!wanted) return std::move(wanted).error();
    if (auto check = check_min_validity(min_validity_ms); !check) return std::move(check).error();
    return engine.token(*wanted, min_validity_ms, cancel_of(cancel));
  });
}

bmauth_code bmauth_client_fresh_token(bmauth_client* client, int32_t purpose, bmauth_token** token,
                                      bmauth_error** err) {
  return produce(client, token, "token", err, [&](Client& engine) -> Result<bmauth::core::Token> {
    auto wanted = purpose_of(purpose);
    if (!wanted) return std::move(wanted).error();
    return engine.fresh_token(*wanted);
  });
}

bmauth_code bmauth_client_headers(bmauth_client* client, const bmauth_route* route,
                                  bmauth_cancel* cancel, bmauth_token** token, bmauth_error** err) {
  return produce(client, token, "token", err, [&](Client& engine) -> Result<bmauth::core::Token> {
    if (route == nullptr) return null_argument("route");
    return engine.headers(route->route, cancel_of(cancel));
  });
}

bmauth_code bmauth_client_headers_for_url(bmauth_client* client, const char* url,
                                          bmauth_cancel* cancel, bmauth_token** token,
                                          bmauth_error** err) {
  return produce(client, token, "token", err, [&](Client& engine) -> Result<bmauth::core::Token> {
    if (url == nullptr) return null_argument("url");
    return engine.headers_for_url(url, cancel_of(cancel));
  });
}

bmauth_code bmauth_client_refresh_step(bmauth_client* client, int64_t min_validity_ms,
                                       bmauth_cancel* cancel, int* is_ready, int64_t* next_delay_ms,
                                       bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (is_ready != nullptr) *is_ready = 0;
    if (next_delay_ms != nullptr) *next_delay_ms = 0;
    if (is_ready == nullptr) return null_argument("is_ready");
    if (next_delay_ms == nullptr) return null_argument("next_delay_ms");
    auto engine = open_client(client);
    if (!engine) return std::move(engine).error();
    if (auto check = check_min_validity(min_validity_ms); !check) return check;
    auto step = (*engine)->refresh_step(min_validity_ms, cancel_of(cancel));
    if (!step) return std::move(step).error();
    *is_ready = step->is_ready ? 1 : 0;
    *next_delay_ms = step->next_delay_ms;
    return {};
  });
}

bmauth_code bmauth_client_invalidate(bmauth_client* client, const bmauth_token* token,
                                     bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (token == nullptr) return null_argument("token");
    auto engine = open_client(client);
    if (!engine) return std::move(engine).error();
    return (*engine)->invalidate(token->token);
  });
}

bmauth_code bmauth_client_route(bmauth_client* client, const char* project, const char* workspace,
                                int32_t override_mode, int use_default_project,
                                bmauth_route** route, bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (route == nullptr) return null_argument("route");
    *route = nullptr;
    auto engine = open_client(client);
    if (!engine) return std::move(engine).error();
    if (override_mode < BMAUTH_OVERRIDE_NONE || override_mode > BMAUTH_OVERRIDE_CLOUD) {
      return make_error(Code::kInvalidArgument, "override is no bmauth_override");
    }
    bmauth::core::RouteRequest request;
    if (project != nullptr) request.project = project;
    if (workspace != nullptr) request.workspace = workspace;
    request.is_local_forced = override_mode == BMAUTH_OVERRIDE_LOCAL;
    request.is_cloud_forced = override_mode == BMAUTH_OVERRIDE_CLOUD;
    request.is_default_project_used = use_default_project != 0;
    auto decided = (*engine)->route(request);
    if (!decided) return std::move(decided).error();
    const auto kind = (*engine)->credential_kind(*decided);
    *route = make_handle(*std::move(decided), kind).release();
    return {};
  });
}

bmauth_code bmauth_client_projects(bmauth_client* client, bmauth_report** report,
                                   bmauth_error** err) {
  return produce(client, report, "report", err, [](Client& engine) { return engine.projects(); });
}

bmauth_code bmauth_client_status(bmauth_client* client, int is_offline, bmauth_cancel* cancel,
                                 bmauth_report** report, bmauth_error** err) {
  return produce(client, report, "report", err,
                 [&](Client& engine) { return engine.status(is_offline != 0, cancel_of(cancel)); });
}

bmauth_code bmauth_client_whoami(bmauth_client* client, int is_offline, bmauth_cancel* cancel,
                                 bmauth_report** report, bmauth_error** err) {
  return produce(client, report, "report", err,
                 [&](Client& engine) { return engine.whoami(is_offline != 0, cancel_of(cancel)); });
}

bmauth_code bmauth_client_logout(bmauth_client* client, bmauth_cancel* cancel,
                                 bmauth_report** report, bmauth_error** err) {
  return produce(client, report, "report", err,
                 [&](Client& engine) { return engine.logout(cancel_of(cancel)); });
}

bmauth_code bmauth_client_login_begin(bmauth_client* client, int is_forced, bmauth_cancel* cancel,
                                      bmauth_login** login, bmauth_error** err) {
  return guard(err, [&]() -> Result<void> {
    if (login == nullptr) return null_argument("login");
    *login = nullptr;
    auto engine = open_client(client);
    if (!engine) return std::move(engine).error();
    auto begun = bmauth::core::Login::begin(*engine, is_forced != 0, cancel_of(cancel));
    if (!begun) return std::move(begun).error();
    *login = new bmauth_login{*std::move(begun)};
    return {};
  });
}
