// The one door between C and the core: no exception leaves, NULL is an error, every failure becomes
// an owned error object.
#pragma once

#include <bmauth.h>

#include <new>
#include <string>
#include <utility>

#include "capi/src/handles.h"
#include "core/error.h"

namespace bmauth::capi {

inline core::Error null_argument(const char* name) {
  return core::make_error(core::Code::kInvalidArgument, std::string(name) + " is NULL");
}

// The error object for out of memory exists from the start: there may be no memory for one later.
bmauth_error* out_of_memory_error() noexcept;
bmauth_code report(core::Error&& error, bmauth_error** err) noexcept;

// Runs `body`, which returns Result<void>.
template <class Body>
bmauth_code guard(bmauth_error** err, Body&& body) noexcept {
  if (err != nullptr) *err = nullptr;
  try {
    core::Result<void> result = body();
    if (result) return BMAUTH_OK;
    return report(std::move(result).error(), err);
  } catch (const std::bad_alloc&) {
    if (err != nullptr) *err = out_of_memory_error();
    return BMAUTH_E_OUT_OF_MEMORY;
  } catch (const std::exception& exception) {
    return report(core::make_error(core::Code::kInternal, exception.what()), err);
  } catch (...) {
    return report(core::make_error(core::Code::kInternal, "an unknown exception"), err);
  }
}

// A text that the caller may read as long as the handle lives; NULL for an empty one.
inline const char* text_or_null(const std::string& text) {
  return text.empty() ? nullptr : text.c_str();
}

inline core::Cancel* cancel_of(bmauth_cancel* cancel) {
  return cancel == nullptr ? nullptr : &cancel->cancel;
}

}  // namespace bmauth::capi
