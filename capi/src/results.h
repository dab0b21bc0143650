// From the core's values to handles.
#pragma once

#include <memory>

#include "capi/src/handles.h"

namespace bmauth::capi {

std::unique_ptr<bmauth_token> make_handle(core::Token token);
std::unique_ptr<bmauth_route> make_handle(core::Route route, core::CredentialKind kind);
std::unique_ptr<bmauth_report> make_handle(core::Json json);

}  // namespace bmauth::capi
