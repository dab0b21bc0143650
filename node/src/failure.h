// Failures on their way to JavaScript. No C++ exception leaves, and nothing ends the process: an
// environment that is being terminated refuses to throw, and then nobody is there to be told.
#pragma once

#include <napi.h>

#include <bmauth.hpp>
#include <exception>
#include <new>
#include <string>
#include <utility>

namespace bmauth::node {

// Mistakes in arguments: JavaScript's own classes, with the code of the error table. The message
// names the parameter and never shows the value, which may be a secret.
Napi::Error argument_type_error(Napi::Env env, const std::string& message);
Napi::Error argument_range_error(Napi::Env env, const std::string& message);

// A BmauthError with everything that the library knows.
Napi::Value error_value(Napi::Env env, const Error& error);

// The failure that is being handled, as a value of JavaScript; call it in a catch block. Nothing:
// the environment cannot even make an object.
napi_value current_failure(napi_env env) noexcept;

// Every function that JavaScript calls runs in here.
template <class Body>
napi_value guarded(napi_env env, napi_callback_info raw, Body&& body) noexcept {
  try {
    const Napi::CallbackInfo info(env, raw);
    return body(info);
  } catch (...) {
    if (const napi_value failure = current_failure(env)) napi_throw(env, failure);
    return nullptr;
  }
}

}  // namespace bmauth::node
