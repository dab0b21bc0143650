// Values of the library as JavaScript has them.
#pragma once

#include <napi.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bmauth::node {

Napi::Value to_js(Napi::Env env, std::string_view text);
Napi::Value to_js(Napi::Env env, bool value);
Napi::Value to_js(Napi::Env env, std::int64_t value);
Napi::Value to_js(Napi::Env env, std::int32_t value);
// Pairs of names and values become one plain object.
Napi::Value to_js(Napi::Env env, const std::vector<std::array<std::string_view, 2>>& pairs);
Napi::Value to_js(Napi::Env env, const std::vector<std::string_view>& texts);

template <class T>
Napi::Value to_js(Napi::Env env, const std::optional<T>& value) {
  return value ? to_js(env, *value) : env.Null();
}

// A number that stands for "unknown" becomes nothing.
inline std::optional<std::int64_t> known(std::int64_t value, std::int64_t absent) {
  return value == absent ? std::nullopt : std::optional(value);
}

}  // namespace bmauth::node
