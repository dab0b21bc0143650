// Generated from bindings/spec by bmauth_gen; do not edit.
#include "../arguments.h"
#include "../calls.h"
#include "../errors.h"
#include "../settings.h"
#include "../values.h"
#include "classes.h"
#include "enums.h"
#include "objects.h"

namespace bmauth::python {
namespace {

int client_init(PyObject* self, PyObject* args, PyObject* names) {
  static Parameter parameters[] = {
      {"data_dir", true, true},
      {"token_file", true, true},
      {"issuer", true, true},
      {"client_id", true, true},
      {"cloud_host", true, true},
      {"api_key", true, true},
      {"default_project", true, true},
      {"default_workspace", true, true},
      {"project_constraint", true, true},
      {"ca_file", true, true},
      {"proxy", true, true},
      {"user_agent_suffix", true, true},
      {"local_base_url", true, true},
      {"language", true, true},
      {"force_local", true, true},
      {"force_cloud", true, true},
      {"explicit_routing", true, true},
      {"connect_timeout_ms", true, true},
      {"auth_timeout_ms", true, true},
      {"refresh_try_timeout_ms", true, true},
      {"refresh_budget_ms", true, true},
      {"api_timeout_ms", true, true},
      {"lock_timeout_ms", true, true},
      {"login_timeout_ms", true, true},
  };
  PyObject* slots[24];
  if (!is_empty(self, class_of<Client>) ||
      !bind_init("Client", parameters, args, names, slots)) {
    return -1;
  }
  bmauth_options* options = nullptr;
  bmauth_error* err = nullptr;
  if (bmauth_options_new(&options, &err) != BMAUTH_OK ||
      preset(options, &err) != BMAUTH_OK) {
    bmauth_options_free(options);
    raise(err);
    return -1;
  }
  const bool is_set =
      set_path(options, slots[0], "data_dir", bmauth_options_set_data_dir) &&
      set_path(options, slots[1], "token_file", bmauth_options_set_token_file) &&
      set_text(options, slots[2], "issuer", bmauth_options_set_issuer) &&
      set_text(options, slots[3], "client_id", bmauth_options_set_client_id) &&
      set_text(options, slots[4], "cloud_host", bmauth_options_set_cloud_host) &&
      set_text(options, slots[5], "api_key", bmauth_options_set_api_key) &&
      set_text(options, slots[6], "default_project", bmauth_options_set_default_project) &&
      set_text(options, slots[7], "default_workspace", bmauth_options_set_default_workspace) &&
      set_text(options, slots[8], "project_constraint", bmauth_options_set_project_constraint) &&
      set_path(options, slots[9], "ca_file", bmauth_options_set_ca_file) &&
      set_text(options, slots[10], "proxy", bmauth_options_set_proxy) &&
      set_text(options, slots[11], "user_agent_suffix", bmauth_options_set_user_agent_suffix) &&
      set_text(options, slots[12], "local_base_url", bmauth_options_set_local_base_url) &&
      set_text(options, slots[13], "language", bmauth_options_set_language) &&
      set_flag(options, slots[14], "force_local", bmauth_options_set_force_local) &&
      set_flag(options, slots[15], "force_cloud", bmauth_options_set_force_cloud) &&
      set_flag(options, slots[16], "explicit_routing", bmauth_options_set_explicit_routing) &&
      set_int64(options, slots[17], "connect_timeout_ms", bmauth_options_set_connect_timeout_ms) &&
      set_int64(options, slots[18], "auth_timeout_ms", bmauth_options_set_auth_timeout_ms) &&
      set_int64(options, slots[19], "refresh_try_timeout_ms",
                bmauth_options_set_refresh_try_timeout_ms) &&
      set_int64(options, slots[20], "refresh_budget_ms", bmauth_options_set_refresh_budget_ms) &&
      set_int64(options, slots[21], "api_timeout_ms", bmauth_options_set_api_timeout_ms) &&
      set_int64(options, slots[22], "lock_timeout_ms", bmauth_options_set_lock_timeout_ms) &&
      set_int64(options, slots[23], "login_timeout_ms", bmauth_options_set_login_timeout_ms);
  if (!is_set) {
    bmauth_options_free(options);
    return -1;
  }
  bmauth_client* out_client = nullptr;
  bmauth_client_new(options, &out_client, &err);
  bmauth_options_free(options);
  if (err != nullptr) {
    raise(err);
    return -1;
  }
  return fill_object<Client>(self, out_client) ? 0 : -1;
}

PyObject* client_close(PyObject* self, PyObject*) {
  auto* client = object_in<Client>(self);
  if (client == nullptr) return nullptr;
  bmauth_client_close(client->get());
  client->forget();
  Py_RETURN_NONE;
}

PyObject* client_token(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"purpose"}, {"min_validity_ms"}, {"cancel", true}};
  PyObject* slots[3];
  if (client == nullptr ||
      !bind("token", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  std::int32_t purpose = 0;
  std::int64_t min_validity_ms = 0;
  Cancel* cancel = nullptr;
  if (!read_enum(slots[0], "purpose", kPurposeTable, purpose) ||
      !read_int64(slots[1], "min_validity_ms", min_validity_ms) ||
      !(is_absent(slots[2]) || read(slots[2], "cancel", cancel))) {
    return nullptr;
  }
  bmauth_token* out_token = nullptr;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*client, false, cancel, [&](bmauth_cancel* stop) {
    bmauth_client_token(client->get(), purpose, min_validity_ms, stop, &out_token, &err);
  });
  if (!is_done) {
    bmauth_token_free(out_token);
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return made<Token>(out_token, class_of<Client>.share(self));
}

PyObject* client_fresh_token(PyObject* self, PyObject* const* values, Py_ssize_t count,
                             PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"purpose"}};
  PyObject* slots[1];
  if (client == nullptr ||
      !bind("fresh_token", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  std::int32_t purpose = 0;
  if (!read_enum(slots[0], "purpose", kPurposeTable, purpose)) return nullptr;
  bmauth_token* out_token = nullptr;
  bmauth_error* err = nullptr;
  bmauth_client_fresh_token(client->get(), purpose, &out_token, &err);
  if (err != nullptr) return raise(err);
  return made<Token>(out_token, class_of<Client>.share(self));
}

PyObject* client_headers(PyObject* self, PyObject* const* values, Py_ssize_t count,
                         PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"route"}, {"cancel", true}};
  PyObject* slots[2];
  if (client == nullptr ||
      !bind("headers", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  Route* route = nullptr;
  Cancel* cancel = nullptr;
  if (!read(slots[0], "route", route) ||
      !(is_absent(slots[1]) || read(slots[1], "cancel", cancel))) {
    return nullptr;
  }
  bmauth_token* out_token = nullptr;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*client, false, cancel, [&](bmauth_cancel* stop) {
    bmauth_client_headers(client->get(), route->get(), stop, &out_token, &err);
  });
  if (!is_done) {
    bmauth_token_free(out_token);
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return made<Token>(out_token, class_of<Client>.share(self));
}

PyObject* client_headers_for_url(PyObject* self, PyObject* const* values, Py_ssize_t count,
                                 PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"url"}, {"cancel", true}};
  PyObject* slots[2];
  if (client == nullptr ||
      !bind("headers_for_url", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  const char* url = nullptr;
  Cancel* cancel = nullptr;
  if (!read_text(slots[0], "url", url) ||
      !(is_absent(slots[1]) || read(slots[1], "cancel", cancel))) {
    return nullptr;
  }
  bmauth_token* out_token = nullptr;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*client, false, cancel, [&](bmauth_cancel* stop) {
    bmauth_client_headers_for_url(client->get(), url, stop, &out_token, &err);
  });
  if (!is_done) {
    bmauth_token_free(out_token);
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return made<Token>(out_token, class_of<Client>.share(self));
}

PyObject* client_refresh_step(PyObject* self, PyObject* const* values, Py_ssize_t count,
                              PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"min_validity_ms"}, {"cancel", true}};
  PyObject* slots[2];
  if (client == nullptr ||
      !bind("refresh_step", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  std::int64_t min_validity_ms = 0;
  Cancel* cancel = nullptr;
  if (!read_int64(slots[0], "min_validity_ms", min_validity_ms) ||
      !(is_absent(slots[1]) || read(slots[1], "cancel", cancel))) {
    return nullptr;
  }
  int out_is_ready = 0;
  int64_t out_next_delay_ms = 0;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*client, false, cancel, [&](bmauth_cancel* stop) {
    bmauth_client_refresh_step(client->get(), min_validity_ms, stop, &out_is_ready,
                               &out_next_delay_ms, &err);
  });
  if (!is_done) {
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return pack(PyBool_FromLong(out_is_ready), PyLong_FromLongLong(out_next_delay_ms));
}

PyObject* client_invalidate(PyObject* self, PyObject* const* values, Py_ssize_t count,
                            PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"token"}};
  PyObject* slots[1];
  if (client == nullptr ||
      !bind("invalidate", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  Token* token = nullptr;
  if (!read(slots[0], "token", token)) return nullptr;
  bmauth_error* err = nullptr;
  bmauth_client_invalidate(client->get(), token->get(), &err);
  if (err != nullptr) return raise(err);
  Py_RETURN_NONE;
}

PyObject* client_route(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {
      {"project"},
      {"workspace"},
      {"override"},
      {"use_default_project"},
  };
  PyObject* slots[4];
  if (client == nullptr ||
      !bind("route", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  const char* project = nullptr;
  const char* workspace = nullptr;
  std::int32_t override = 0;
  int use_default_project = 0;
  if (!(is_absent(slots[0]) || read_text(slots[0], "project", project)) ||
      !(is_absent(slots[1]) || read_text(slots[1], "workspace", workspace)) ||
      !read_enum(slots[2], "override", kOverrideTable, override) ||
      !read_flag(slots[3], "use_default_project", use_default_project)) {
    return nullptr;
  }
  bmauth_route* out_route = nullptr;
  bmauth_error* err = nullptr;
  bmauth_client_route(client->get(), project, workspace, override, use_default_project, &out_route,
                      &err);
  if (err != nullptr) return raise(err);
  return made<Route>(out_route, class_of<Client>.share(self));
}

PyObject* client_mode(PyObject* self, PyObject* const* values, Py_ssize_t count, PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"project", true}};
  PyObject* slots[1];
  if (client == nullptr || !bind("mode", parameters, {values, count, names}, slots)) return nullptr;
  const char* project = nullptr;
  if (!(is_absent(slots[0]) || read_text(slots[0], "project", project))) return nullptr;
  bmauth_mode out_mode = 0;
  int out_is_known = 0;
  bmauth_error* err = nullptr;
  bmauth_client_mode(client->get(), project, &out_mode, &out_is_known, &err);
  if (err != nullptr) return raise(err);
  return pack(text_of(kModeTable, out_mode), PyBool_FromLong(out_is_known));
}

PyObject* client_projects(PyObject* self, PyObject*) {
  auto* client = object_in<Client>(self);
  if (client == nullptr) return nullptr;
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  bmauth_client_projects(client->get(), &out_report, &err);
  if (err != nullptr) return raise(err);
  return made<Report>(out_report, class_of<Client>.share(self));
}

PyObject* client_status(PyObject* self, PyObject* const* values, Py_ssize_t count,
                        PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"is_offline"}, {"cancel", true}};
  PyObject* slots[2];
  if (client == nullptr ||
      !bind("status", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  int is_offline = 0;
  Cancel* cancel = nullptr;
  if (!read_flag(slots[0], "is_offline", is_offline) ||
      !(is_absent(slots[1]) || read(slots[1], "cancel", cancel))) {
    return nullptr;
  }
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*client, false, cancel, [&](bmauth_cancel* stop) {
    bmauth_client_status(client->get(), is_offline, stop, &out_report, &err);
  });
  if (!is_done) {
    bmauth_report_free(out_report);
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return made<Report>(out_report, class_of<Client>.share(self));
}

PyObject* client_whoami(PyObject* self, PyObject* const* values, Py_ssize_t count,
                        PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"is_offline"}, {"cancel", true}};
  PyObject* slots[2];
  if (client == nullptr ||
      !bind("whoami", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  int is_offline = 0;
  Cancel* cancel = nullptr;
  if (!read_flag(slots[0], "is_offline", is_offline) ||
      !(is_absent(slots[1]) || read(slots[1], "cancel", cancel))) {
    return nullptr;
  }
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*client, false, cancel, [&](bmauth_cancel* stop) {
    bmauth_client_whoami(client->get(), is_offline, stop, &out_report, &err);
  });
  if (!is_done) {
    bmauth_report_free(out_report);
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return made<Report>(out_report, class_of<Client>.share(self));
}

PyObject* client_logout(PyObject* self, PyObject* const* values, Py_ssize_t count,
                        PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"cancel", true}};
  PyObject* slots[1];
  if (client == nullptr ||
      !bind("logout", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  Cancel* cancel = nullptr;
  if (!(is_absent(slots[0]) || read(slots[0], "cancel", cancel))) return nullptr;
  bmauth_report* out_report = nullptr;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*client, false, cancel, [&](bmauth_cancel* stop) {
    bmauth_client_logout(client->get(), stop, &out_report, &err);
  });
  if (!is_done) {
    bmauth_report_free(out_report);
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return made<Report>(out_report, class_of<Client>.share(self));
}

PyObject* client_login_begin(PyObject* self, PyObject* const* values, Py_ssize_t count,
                             PyObject* names) {
  auto* client = object_in<Client>(self);
  static Parameter parameters[] = {{"is_forced"}, {"cancel", true}};
  PyObject* slots[2];
  if (client == nullptr ||
      !bind("login_begin", parameters, {values, count, names}, slots)) {
    return nullptr;
  }
  int is_forced = 0;
  Cancel* cancel = nullptr;
  if (!read_flag(slots[0], "is_forced", is_forced) ||
      !(is_absent(slots[1]) || read(slots[1], "cancel", cancel))) {
    return nullptr;
  }
  bmauth_login* out_login = nullptr;
  bmauth_error* err = nullptr;
  const bool is_done = run_outside(*client, false, cancel, [&](bmauth_cancel* stop) {
    bmauth_client_login_begin(client->get(), is_forced, stop, &out_login, &err);
  });
  if (!is_done) {
    bmauth_login_free(out_login);
    bmauth_error_free(err);
    return nullptr;
  }
  if (err != nullptr) return raise(err);
  return made<Login>(out_login, class_of<Client>.share(self));
}

PyObject* client_repr(PyObject* self) {
  return describe(self, class_of<Client>, nullptr, 0);
}

PyMethodDef client_methods[] = {
    {"close", client_close, METH_NOARGS,
     "close($self)\n--\n\n"
     "Ends the client: connections are closed and secrets in memory wiped as soon as no call uses"
     " them. Calls that run go on to their end, later ones fail with InvalidArgumentError "
     "(\"client is closed\"). Closing twice is harmless."},
    {"token", as_function(client_token), METH_FASTCALL | METH_KEYWORDS,
     "token($self, purpose, min_validity_ms, cancel=None)\n--\n\n"
     "The bearer to send now for a purpose. A session is refreshed first if it is due, once for "
     "all threads and processes; a network fault never costs a token that still lives. purpose: "
     "What the credential is for, which decides the kind that is preferred. min_validity_ms: How "
     "long the token should live at least, 0 for no wish. Beyond its lifetime: one refresh, then "
     "whatever came. Network."},
    {"fresh_token", as_function(client_fresh_token), METH_FASTCALL | METH_KEYWORDS,
     "fresh_token($self, purpose)\n--\n\n"
     "The bearer to send now if it is fresh: small files are read, but there is no request, no "
     "lock and no waiting. Otherwise NeedsRefreshError: ask Client.token, which may refresh. An "
     "API key is always fresh. For callers that may not block, and as the short way before the "
     "long one. purpose: As for Client.token."},
    {"headers", as_function(client_headers), METH_FASTCALL | METH_KEYWORDS,
     "headers($self, route, cancel=None)\n--\n\n"
     "The HTTP headers that a request on a route needs, for the route's origin alone. On a local "
     "route the answer is of kind \"none\" and has no headers. For an unknown project without an "
     "override: UnknownProjectError, with near names in the message. route: The route, of this "
     "client. Network."},
    {"headers_for_url", as_function(client_headers_for_url), METH_FASTCALL | METH_KEYWORDS,
     "headers_for_url($self, url, cancel=None)\n--\n\n"
     "The HTTP headers that a request to a URL of the cloud host needs. A URL under /proxy has "
     "purpose project, any other purpose account. Another origin than the cloud host in force: "
     "CredentialNotForOriginError. url: The absolute URL; plain http only to loopback. Network."},
    {"refresh_step", as_function(client_refresh_step), METH_FASTCALL | METH_KEYWORDS,
     "refresh_step($self, min_validity_ms, cancel=None)\n--\n\n"
     "One step of a refresh, for runtimes that may not block a thread: at most one request, and "
     "no waiting for the lock of another process. Call again after next_delay_ms until is_ready; "
     "then Client.token and Client.headers answer without waiting. min_validity_ms: As for "
     "Client.token. Network."},
    {"invalidate", as_function(client_invalidate), METH_FASTCALL | METH_KEYWORDS,
     "invalidate($self, token)\n--\n\n"
     "Says that the cloud answered 401 to this token: it is refreshed once at the next use, "
     "whatever its clock says. A token that is not the current one changes nothing, and an API "
     "key neither. Send the request again once; never after a 403. token: The token that was "
     "refused."},
    {"route", as_function(client_route), METH_FASTCALL | METH_KEYWORDS,
     "route($self, project, workspace, override, use_default_project)\n--\n\n"
     "Decides where a project's requests go, and why. No network, no credential is read. An "
     "unknown project routes local, with is_known false. project: The project; None if none is "
     "named. workspace: The workspace asked for; None if none. override: Local or cloud by the "
     "caller's will, before anything else. use_default_project: True: without a project, take the"
     " default project."},
    {"mode", as_function(client_mode), METH_FASTCALL | METH_KEYWORDS,
     "mode($self, project=None)\n--\n\n"
     "What Client.route decides for a project without workspace, override and default, and "
     "nothing else of it: for callers that ask often. A project that is configured by exactly "
     "this name is found in memory; what another process changes in the config files is seen when"
     " the wall clock's second is over. project: The project; None if none is named."},
    {"projects", client_projects, METH_NOARGS,
     "projects($self)\n--\n\n"
     "The configured projects: a report whose root is an array of objects with name, mode, path, "
     "workspace and file (where its mode stands)."},
    {"status", as_function(client_status), METH_FASTCALL | METH_KEYWORDS,
     "status($self, is_offline, cancel=None)\n--\n\n"
     "What is configured, stored and reachable. Trouble with a session or the network is part of "
     "the report, not an error. is_offline: True: ask nobody, report what is on this machine. "
     "Network."},
    {"whoami", as_function(client_whoami), METH_FASTCALL | METH_KEYWORDS,
     "whoami($self, is_offline, cancel=None)\n--\n\n"
     "Who is logged in: identity, issuer and workspace. is_offline: True: ask nobody, report what"
     " the session recorded. Network."},
    {"logout", as_function(client_logout), METH_FASTCALL | METH_KEYWORDS,
     "logout($self, cancel=None)\n--\n\n"
     "Removes every session that this data directory may read, after a running refresh. API keys "
     "stay. The report says each thing that was done and each that was left. Network."},
    {"login_begin", as_function(client_login_begin), METH_FASTCALL | METH_KEYWORDS,
     "login_begin($self, is_forced, cancel=None)\n--\n\n"
     "Begins a login with the device authorization grant. A session that is valid or can be "
     "refreshed is kept, unless is_forced: the login then has no user_code, and one poll verifies"
     " access and ends it. is_forced: True: a new login whatever is stored. Network."},
    {"__reduce_ex__", refuse_reduce, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

}  // namespace

ClassSlots client_slots() {
  ClassSlots slots;
  slots.methods = client_methods;
  slots.init = client_init;
  slots.repr = client_repr;
  return slots;
}

}  // namespace bmauth::python
