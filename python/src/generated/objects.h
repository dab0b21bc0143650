// Generated from bindings/spec by bmauth_gen; do not edit.
// One owning type for each handle that is a class in Python.
#pragma once

#include "../objects.h"

namespace bmauth::python {

struct Client : Owned<bmauth_client, bmauth_client_free> {};
struct Login : Owned<bmauth_login, bmauth_login_free> {};
struct Token : Owned<bmauth_token, bmauth_token_free> {};
struct Route : Owned<bmauth_route, bmauth_route_free> {};
struct Report : Owned<bmauth_report, bmauth_report_free> {};
struct Cancel : Owned<bmauth_cancel, bmauth_cancel_free> {};

}  // namespace bmauth::python
