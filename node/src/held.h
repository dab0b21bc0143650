// What a JavaScript object of ours holds: one object of the library, and whatever must outlive it.
#pragma once

#include <napi.h>

#include <bmauth.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "environment.h"

namespace bmauth::node {

class JobQueue;

// One for all kinds, so that finalizers and jobs need not know which.
struct HeldBase {
  // In all environments: what one leaves behind when it ends is seen in another.
  static std::int64_t live_count();

  explicit HeldBase(std::shared_ptr<Environment> the_environment);
  virtual ~HeldBase();
  HeldBase(const HeldBase&) = delete;
  HeldBase& operator=(const HeldBase&) = delete;

  const std::shared_ptr<Environment> environment;
  std::shared_ptr<HeldBase> maker;  // a login's client; freed after it
  std::shared_ptr<JobQueue> queue;  // of the client, shared by its logins; JS thread only
  bool is_in_use = false;           // by a job, where one call at a time is allowed; JS thread only
};

template <class T>
struct Held final : HeldBase {
  Held(std::shared_ptr<Environment> the_environment, T&& the_value)
      : HeldBase(std::move(the_environment)), value(std::move(the_value)) {}
  T value;
};

// What is known of a class at compile time; the generated code specialises it.
template <class T>
struct ClassOf;  // its member kInfo is a ClassInfo

struct ClassInfo;

struct Property {
  const ClassInfo* of;
  const char* name;
  Napi::Value (*read)(Napi::Env env, const HeldBase& held);
  bool is_shown;  // to people and in JSON
};

struct Method {
  const char* name;
  napi_callback callback;
};

struct ClassInfo {
  const char* name;
  napi_type_tag tag;
  bool is_one_at_a_time;
  const Property* properties;
  std::size_t property_count;
  const Method* methods;
  std::size_t method_count;
  // From JavaScript's `new`; null: only the library makes such objects.
  std::shared_ptr<HeldBase> (*make)(const Napi::CallbackInfo& info);
};

template <class T>
const T& value_of(const HeldBase& held) {
  return static_cast<const Held<T>&>(held).value;
}

// The class in this environment, defined at the first wish.
Napi::Function constructor_of(Napi::Env env, const ClassInfo& info);

// A new JavaScript object for `held`.
Napi::Value wrap(Napi::Env env, const ClassInfo& info, std::shared_ptr<HeldBase> held);

// What `value` holds; nothing if it is no object of that class.
std::shared_ptr<HeldBase> unwrap(Napi::Env env, const ClassInfo& info, napi_value value);

// What `this` holds; throws if it is no such object, or in use by a job.
std::shared_ptr<HeldBase> self_of(const Napi::CallbackInfo& info, const ClassInfo& of);

}  // namespace bmauth::node
