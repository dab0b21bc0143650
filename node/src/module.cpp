// The addon's one export gives its members by their names: the generated classes and functions, and
// what only the package itself needs. A member is made when it is asked for: making all of them is
// a fifth of what `require` costs, and most programs need two or three.
#include <napi.h>

#include <bit>
#include <span>
#include <string>

#include "arguments.h"
#include "environment.h"
#include "failure.h"
#include "generated/native.h"
#include "held.h"
#include "values.h"

namespace bmauth::node {
namespace {

napi_value set_error_class(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    if (!info[0].IsFunction()) throw argument_type_error(info.Env(), "a class is needed");
    Environment::of(info.Env())->error_class = Napi::Persistent(info[0].As<Napi::Function>());
    return info.Env().Undefined();
  });
}

// For the package's own layer: the error of a call that it refuses itself.
napi_value invalid_argument(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    return error_value(info.Env(), Error(Code::kInvalidArgument, text_of(info[0], "message")));
  });
}

napi_value stop(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    Environment::of(info.Env())->stop();
    return info.Env().Undefined();
  });
}

napi_value live_objects(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    return to_js(info.Env(), HeldBase::live_count());
  });
}

// The low half of the library's generation as an array, to be read without a call. Undefined where
// V8 keeps arrays in memory of its own (Electron).
napi_value generation_word(napi_env env, napi_callback_info raw) {
  static_assert(std::endian::native == std::endian::little, "its low half comes first");
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    void* word = const_cast<std::uint64_t*>(generation());  // nobody here writes to it
    napi_value bytes = nullptr;
    if (napi_create_external_arraybuffer(info.Env(), word, sizeof(std::uint64_t), nullptr, nullptr,
                                         &bytes) != napi_ok) {
      return info.Env().Undefined();
    }
    return Napi::Uint32Array::New(info.Env(), 1, {info.Env(), bytes}, 0);
  });
}

constexpr Method kOwn[] = {
    {"setErrorClass", set_error_class}, {"invalidArgument", invalid_argument}, {"stop", stop},
    {"liveObjects", live_objects},      {"generationWord", generation_word},
};

Napi::Function function_of(Napi::Env env, const Method& method) {
  napi_value function = nullptr;
  if (napi_create_function(env, method.name, NAPI_AUTO_LENGTH, method.callback, nullptr,
                           &function) != napi_ok) {
    throw Napi::Error::New(env);
  }
  return {env, function};
}

// A class or function by its name.
napi_value member(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const std::string name = text_of(info[0], "name");
    for (const ClassInfo* each : classes()) {
      if (name == each->name) return constructor_of(info.Env(), *each);
    }
    for (const auto methods : {functions(), std::span<const Method>(kOwn)}) {
      for (const Method& method : methods) {
        if (name == method.name) return function_of(info.Env(), method);
      }
    }
    throw argument_range_error(info.Env(), "name is not that of a member");
  });
}

Napi::Object init(Napi::Env env, Napi::Object /*exports*/) {
  Environment::attach(env);
  return function_of(env, {"member", member});
}

NODE_API_MODULE(bmauth, init)

}  // namespace
}  // namespace bmauth::node
