#include "values.h"

#include <algorithm>

namespace bmauth::node {

Napi::Value to_js(Napi::Env env, std::string_view text) {
  const bool is_ascii = std::all_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  // Nearly everything is ASCII, which V8 takes as it is.
  const auto create = is_ascii ? napi_create_string_latin1 : napi_create_string_utf8;
  napi_value value = nullptr;
  if (create(env, text.data(), text.size(), &value) != napi_ok) throw Napi::Error::New(env);
  return {env, value};
}

Napi::Value to_js(Napi::Env env, bool value) {
  return Napi::Boolean::New(env, value);
}

Napi::Value to_js(Napi::Env env, std::int64_t value) {
  return Napi::Number::New(env, static_cast<double>(value));
}

Napi::Value to_js(Napi::Env env, std::int32_t value) {
  return Napi::Number::New(env, value);
}

Napi::Value to_js(Napi::Env env, const std::vector<std::array<std::string_view, 2>>& pairs) {
  Napi::Object object = Napi::Object::New(env);
  for (const auto& [name, value] : pairs) object.Set(to_js(env, name), to_js(env, value));
  return object;
}

Napi::Value to_js(Napi::Env env, const std::vector<std::string_view>& texts) {
  Napi::Array array = Napi::Array::New(env, texts.size());
  for (std::uint32_t index = 0; index < texts.size(); ++index) {
    array[index] = to_js(env, texts[index]);
  }
  return array;
}

}  // namespace bmauth::node
