// Generated from bindings/spec by bmauth_gen; do not edit.
#include "generated/native.h"

#include <cstdint>
#include <string_view>
#include <utility>

#include "arguments.h"
#include "failure.h"
#include "jobs.h"
#include "values.h"

namespace bmauth::node {
namespace {

using node::to_js;  // beside those for the enumerations below

constexpr Choice kColorChoices[] = {
    {"red", 0},
    {"blue", 1},
};

// A number that this addon does not know has no name.
[[maybe_unused]] Napi::Value to_js(Napi::Env env, Color value) {
  for (const Choice& choice : kColorChoices) {
    if (choice.number == static_cast<std::int32_t>(value)) {
      return to_js(env, std::string_view(choice.name));
    }
  }
  return env.Null();
}

// ---- Cancel

std::shared_ptr<HeldBase> make_cancel(const Napi::CallbackInfo& info) {
  return made(info, Cancel());
}

napi_value cancel_trigger(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Cancel>(info);
    self->value.trigger();
    return info.Env().Undefined();
  });
}

constexpr Method kCancelMethods[] = {
    {"trigger", cancel_trigger},
};

// ---- Box

std::shared_ptr<HeldBase> make_box(const Napi::CallbackInfo& info) {
  const auto model = maybe_object_of<Box>(info[0], "model");
  return made(info, Box(pointer_to(model)));
}

napi_value box_set_label(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Box>(info);
    const auto value = text_of(info[0], "value");
    self->value.set_label(value);
    return info.Env().Undefined();
  });
}

napi_value box_put(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Box>(info);
    const auto thing = maybe_text_of(info[0], "thing");
    const auto color = static_cast<Color>(choice_of(info[1], "color", kColorChoices));
    const auto is_heavy = truth_of(info[2], "isHeavy");
    const auto patience_ms = number_of(info[3], "patienceMs");
    auto given = maybe_object_of<Cancel>(info[4], "cancel");
    return start(info, ClassOf<Box>::kInfo, self, std::move(given),
                 [self, thing, color, is_heavy, patience_ms](Cancel& cancel) -> Answer {
                   auto made = self->value.put(thing, color, is_heavy, patience_ms, &cancel);
                   return made_by(self, std::move(made));
                 });
  });
}

napi_value box_weigh(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto self = this_of<Box>(info);
    const auto call = [&]() -> Answer {
      const auto result = self->value.weigh();
      return [result](Napi::Env env) -> Napi::Value {
        Napi::Object object = Napi::Object::New(env);
        object.Set("isHeavy", to_js(env, result.is_heavy));
        object.Set("settleMs", to_js(env, result.settle_ms));
        return object;
      };
    };
    return call()(info.Env());
  });
}

constexpr Property kBoxProperties[] = {
    {&ClassOf<Box>::kInfo, "label",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Box& self = value_of<Box>(held);
       return to_js(env, self.label());
     },
     true},
    {&ClassOf<Box>::kInfo, "secret",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Box& self = value_of<Box>(held);
       return to_js(env, self.secret());
     },
     false},
    {&ClassOf<Box>::kInfo, "color",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Box& self = value_of<Box>(held);
       return to_js(env, self.color());
     },
     true},
    {&ClassOf<Box>::kInfo, "pairs",
     [](Napi::Env env, const HeldBase& held) -> Napi::Value {
       const Box& self = value_of<Box>(held);
       return to_js(env, self.pairs());
     },
     true},
};

constexpr Method kBoxMethods[] = {
    {"setLabel", box_set_label},
    {"put", box_put},
    {"weigh", box_weigh},
};

// ---- Functions

napi_value function_version_number(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const Napi::Env env = info.Env();
    return to_js(env, bmauth::version_number());
  });
}

napi_value function_code_name(napi_env env, napi_callback_info raw) {
  return guarded(env, raw, [](const Napi::CallbackInfo& info) -> Napi::Value {
    const auto code = static_cast<Code>(number_of(info[0], "code"));
    const Napi::Env env = info.Env();
    return to_js(env, bmauth::code_name(code));
  });
}

constexpr Method kFunctions[] = {
    {"versionNumber", function_version_number},
    {"codeName", function_code_name},
};

constexpr const ClassInfo* kClasses[] = {
    &ClassOf<Cancel>::kInfo,
    &ClassOf<Box>::kInfo,
};

}  // namespace

const ClassInfo ClassOf<Cancel>::kInfo = {
    "Cancel",
    {0x5f0f49ff21cb371f, 0xbad0501d9060cecc},
    false,
    nullptr,
    0,
    kCancelMethods,
    1,
    make_cancel,
};

const ClassInfo ClassOf<Box>::kInfo = {
    "Box",
    {0x56ee882f4d08e40b, 0x175b13cc0eaea782},
    true,
    kBoxProperties,
    4,
    kBoxMethods,
    3,
    make_box,
};

std::span<const ClassInfo* const> classes() {
  return kClasses;
}

std::span<const Method> functions() {
  return kFunctions;
}

Napi::Object error_facts(Napi::Env env, const Error& error) {
  Napi::Object facts = Napi::Object::New(env);
  facts.Set("number", to_js(env, static_cast<std::int32_t>(error.code())));
  facts.Set("code", to_js(env, error.name()));
  facts.Set("message", to_js(env, error.message()));
  facts.Set("retryAfterMs", to_js(env, known(error.retry_after_ms(), -1)));
  return facts;
}

}  // namespace bmauth::node
