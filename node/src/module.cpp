// The addon's exports: the generated classes and functions, and what only the package itself needs.
#include <napi.h>

#include <vector>

#include "arguments.h"
#include "environment.h"
#include "failure.h"
#include "generated/native.h"
#include "held.h"
#include "values.h"

namespace bmauth::node {
namespace {

// Classes are defined when somebody asks for them: most programs need two or three.
napi_value class_getter(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    return constructor_of(info.Env(), *static_cast<const ClassInfo*>(info.Data()));
  });
}

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
    return to_js(info.Env(), Environment::of(info.Env())->live_objects.load());
  });
}

constexpr Method kOwn[] = {
    {"setErrorClass", set_error_class},
    {"invalidArgument", invalid_argument},
    {"stop", stop},
    {"liveObjects", live_objects},
};

napi_property_descriptor function(const Method& method) {
  napi_property_descriptor descriptor = {};
  descriptor.utf8name = method.name;
  descriptor.method = method.callback;
  descriptor.attributes = napi_enumerable;
  return descriptor;
}

Napi::Object init(Napi::Env env, Napi::Object exports) {
  Environment::attach(env);
  std::vector<napi_property_descriptor> members;
  for (const ClassInfo* info : classes()) {
    napi_property_descriptor descriptor = {};
    descriptor.utf8name = info->name;
    descriptor.getter = class_getter;
    descriptor.attributes = napi_enumerable;
    descriptor.data = const_cast<ClassInfo*>(info);
    members.push_back(descriptor);
  }
  for (const Method& method : functions()) members.push_back(function(method));
  for (const Method& method : kOwn) members.push_back(function(method));
  if (napi_define_properties(env, exports, members.size(), members.data()) != napi_ok) {
    throw Napi::Error::New(env);
  }
  return exports;
}

NODE_API_MODULE(bmauth, init)

}  // namespace
}  // namespace bmauth::node
