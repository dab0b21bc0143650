// What JavaScript gave, checked: the wrong type is a TypeError, a value that cannot be used a
// RangeError, both naming the parameter and never showing what was in it.
#pragma once

#include <napi.h>

#include <bmauth.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "failure.h"
#include "held.h"

namespace bmauth::node {

struct Choice {
  const char* name;
  std::int32_t number;
};

// UTF-8 of a string without NUL and without halves of surrogate pairs.
std::string text_of(const Napi::Value& value, const char* name);
std::int64_t number_of(const Napi::Value& value, const char* name);
bool truth_of(const Napi::Value& value, const char* name);
std::int32_t choice_of(const Napi::Value& value, const char* name, std::span<const Choice> choices);

inline bool is_absent(const Napi::Value& value) {
  return value.IsUndefined() || value.IsNull();
}

inline std::optional<std::string> maybe_text_of(const Napi::Value& value, const char* name) {
  return is_absent(value) ? std::nullopt : std::optional(text_of(value, name));
}

template <class T>
std::shared_ptr<Held<T>> object_of(const Napi::Value& value, const char* name) {
  const ClassInfo& info = ClassOf<T>::kInfo;
  auto held = unwrap(value.Env(), info, value);
  if (!held) {
    throw argument_type_error(value.Env(), std::string(name) + " must be a " + info.name);
  }
  return std::static_pointer_cast<Held<T>>(held);
}

template <class T>
std::shared_ptr<Held<T>> maybe_object_of(const Napi::Value& value, const char* name) {
  return is_absent(value) ? nullptr : object_of<T>(value, name);
}

template <class T>
T* pointer_to(const std::shared_ptr<Held<T>>& held) {
  return held ? &held->value : nullptr;
}

template <class T>
std::shared_ptr<Held<T>> this_of(const Napi::CallbackInfo& info) {
  return std::static_pointer_cast<Held<T>>(self_of(info, ClassOf<T>::kInfo));
}

// One member of an object of options.
template <class T>
struct Setting {
  const char* name;
  void (*set)(T& options, const Napi::Value& value, const char* name);
};

// Options said in code. A member that is undefined is not said; one that is unknown is a mistake.
template <class T>
T options_of(const Napi::Value& value, std::span<const Setting<T>> settings) {
  T options;
  if (value.IsUndefined()) return options;
  if (!value.IsObject() || value.IsFunction() || value.IsArray()) {
    throw argument_type_error(value.Env(), "options must be an object");
  }
  const auto object = value.As<Napi::Object>();
  const Napi::Array names = object.GetPropertyNames();
  for (std::uint32_t index = 0; index < names.Length(); ++index) {
    const Napi::Value key = names[index];
    const std::string name = key.ToString().Utf8Value();
    const Setting<T>* known = nullptr;
    for (const auto& setting : settings) {
      if (name == setting.name) known = &setting;
    }
    if (known == nullptr) throw argument_type_error(value.Env(), "unknown option " + name);
    const Napi::Value member = object.Get(key);
    if (!member.IsUndefined()) known->set(options, member, known->name);
  }
  return options;
}

}  // namespace bmauth::node
