#include "held.h"

#include <atomic>
#include <string>
#include <vector>

#include "failure.h"

namespace bmauth::node {
namespace {

std::atomic<std::int64_t> alive{0};

// The tag says that the object is ours and of this class; without it `this` could be anything.
bool has_tag(napi_env env, const ClassInfo& info, napi_value value) {
  napi_valuetype type = napi_undefined;
  bool is_tagged = false;
  return napi_typeof(env, value, &type) == napi_ok && type == napi_object &&
         napi_check_object_type_tag(env, value, &info.tag, &is_tagged) == napi_ok && is_tagged;
}

napi_value construct(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto& of = *static_cast<const ClassInfo*>(info.Data());
    const auto environment = Environment::of(info.Env());
    if (!info.IsConstructCall()) {
      throw argument_type_error(info.Env(), std::string(of.name) + " needs new");
    }
    std::shared_ptr<HeldBase> held = std::move(environment->incoming);
    environment->incoming.reset();
    if (!held && of.make == nullptr) {
      throw argument_type_error(info.Env(), std::string(of.name) + " cannot be made with new");
    }
    if (!held) held = of.make(info);
    auto kept = std::make_unique<std::shared_ptr<HeldBase>>(std::move(held));
    const auto finalize = [](napi_env, void* data, void*) {
      delete static_cast<std::shared_ptr<HeldBase>*>(data);
    };
    const napi_value self = info.This();
    if (napi_wrap(info.Env(), self, kept.get(), finalize, nullptr, nullptr) != napi_ok ||
        napi_type_tag_object(info.Env(), self, &of.tag) != napi_ok) {
      throw Napi::Error::New(info.Env());
    }
    (void)kept.release();  // the object owns it now
    return info.This();
  });
}

napi_value read_property(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto& property = *static_cast<const Property*>(info.Data());
    return property.read(info.Env(), *self_of(info, *property.of));
  });
}

// What JSON and people may see.
Napi::Object shown(const Napi::CallbackInfo& info, const ClassInfo& of) {
  const auto held = self_of(info, of);
  Napi::Object object = Napi::Object::New(info.Env());
  for (std::size_t index = 0; index < of.property_count; ++index) {
    const Property& property = of.properties[index];
    if (property.is_shown) object.Set(property.name, property.read(info.Env(), *held));
  }
  return object;
}

napi_value to_json(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    return shown(info, *static_cast<const ClassInfo*>(info.Data()));
  });
}

// util.inspect calls it with (depth, options, inspect).
napi_value inspect(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto& of = *static_cast<const ClassInfo*>(info.Data());
    const auto name = Napi::String::New(info.Env(), std::string(of.name) + " ");
    if (!info[2].IsFunction()) return name;
    const auto text = info[2].As<Napi::Function>().Call({shown(info, of), info[1]});
    return Napi::String::New(info.Env(), name.Utf8Value() + text.ToString().Utf8Value());
  });
}

napi_property_descriptor described(const char* name, napi_callback method, napi_callback getter,
                                   const void* data) {
  napi_property_descriptor descriptor = {};
  descriptor.utf8name = name;
  descriptor.method = method;
  descriptor.getter = getter;
  descriptor.attributes = method != nullptr ? napi_default_method : napi_enumerable;
  descriptor.data = const_cast<void*>(data);
  return descriptor;
}

}  // namespace

std::shared_ptr<HeldBase> self_of(const Napi::CallbackInfo& info, const ClassInfo& of) {
  auto held = unwrap(info.Env(), of, info.This());
  if (!held) throw argument_type_error(info.Env(), "this is not a " + std::string(of.name));
  if (held->is_in_use) {
    throw Error(Code::kInvalidArgument, std::string(of.name) + " is in use by a running call");
  }
  return held;
}

std::int64_t HeldBase::live_count() {
  return alive;
}

HeldBase::HeldBase(std::shared_ptr<Environment> the_environment)
    : environment(std::move(the_environment)) {
  ++alive;
}

HeldBase::~HeldBase() {
  --alive;
}

Napi::Function constructor_of(Napi::Env env, const ClassInfo& info) {
  auto& classes = Environment::of(env)->classes;
  if (const auto found = classes.find(&info); found != classes.end()) return found->second.Value();
  std::vector<napi_property_descriptor> members;
  for (std::size_t index = 0; index < info.property_count; ++index) {
    const Property& property = info.properties[index];
    members.push_back(described(property.name, nullptr, read_property, &property));
  }
  for (std::size_t index = 0; index < info.method_count; ++index) {
    members.push_back(
        described(info.methods[index].name, info.methods[index].callback, nullptr, &info));
  }
  if (info.property_count != 0) {
    members.push_back(described("toJSON", to_json, nullptr, &info));
    members.push_back(described(nullptr, inspect, nullptr, &info));
    members.back().name = Napi::Symbol::For(env, "nodejs.util.inspect.custom");
  }
  napi_value constructor = nullptr;
  const auto status =
      napi_define_class(env, info.name, NAPI_AUTO_LENGTH, construct, const_cast<ClassInfo*>(&info),
                        members.size(), members.data(), &constructor);
  if (status != napi_ok) throw Napi::Error::New(env);
  auto& kept = classes[&info];
  kept = Napi::Persistent(Napi::Function(env, constructor));
  return kept.Value();
}

Napi::Value wrap(Napi::Env env, const ClassInfo& info, std::shared_ptr<HeldBase> held) {
  const Napi::Function constructor = constructor_of(env, info);
  Environment::of(env)->incoming = std::move(held);
  return constructor.New({});
}

std::shared_ptr<HeldBase> unwrap(Napi::Env env, const ClassInfo& info, napi_value value) {
  void* data = nullptr;
  if (!has_tag(env, info, value) || napi_unwrap(env, value, &data) != napi_ok) return nullptr;
  return *static_cast<std::shared_ptr<HeldBase>*>(data);
}

}  // namespace bmauth::node
