#include "failure.h"

#include "environment.h"
#include "generated/native.h"

namespace bmauth::node {
namespace {

Napi::Error with_code(Napi::Error error) {
  error.Set("code", Napi::String::New(error.Env(), "invalid_argument"));
  return error;
}

}  // namespace

Napi::Error argument_type_error(Napi::Env env, const std::string& message) {
  return with_code(Napi::TypeError::New(env, message));
}

Napi::Error argument_range_error(Napi::Env env, const std::string& message) {
  return with_code(Napi::RangeError::New(env, message));
}

Napi::Value error_value(Napi::Env env, const Error& error) {
  const auto& error_class = Environment::of(env)->error_class;
  const Napi::Object facts = error_facts(env, error);
  return error_class.IsEmpty() ? facts : error_class.Value().New({facts});
}

napi_value current_failure(napi_env env) noexcept {
  try {
    try {
      throw;
    } catch (const Napi::Error& error) {
      return error.Value();
    } catch (const Error& error) {
      return error_value(env, error);
    } catch (const std::bad_alloc&) {
      return error_value(env, Error(Code::kOutOfMemory, "memory ran out"));
    } catch (const std::exception& exception) {
      return error_value(env, Error(Code::kInternal, exception.what()));
    }
  } catch (...) {
    return nullptr;
  }
}

}  // namespace bmauth::node
