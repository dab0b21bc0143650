#include "capi/src/guard.h"

using namespace bmauth::capi;

bmauth_code bmauth_cancel_new(bmauth_cancel** cancel, bmauth_error** err) {
  return guard(err, [&]() -> bmauth::core::Result<void> {
    if (cancel == nullptr) return null_argument("cancel");
    *cancel = nullptr;
    *cancel = new bmauth_cancel;
    return {};
  });
}

void bmauth_cancel_free(bmauth_cancel* cancel) {
  delete cancel;
}

void bmauth_cancel_trigger(bmauth_cancel* cancel) {
  if (cancel != nullptr) cancel->cancel.trigger();
}

int bmauth_cancel_is_triggered(bmauth_cancel* cancel) {
  return cancel != nullptr && cancel->cancel.was_triggered() ? 1 : 0;
}

bmauth_code bmauth_cancel_set_check(bmauth_cancel* cancel, bmauth_cancel_check check,
                                    void* user_data, bmauth_error** err) {
  return guard(err, [&]() -> bmauth::core::Result<void> {
    if (cancel == nullptr) return null_argument("cancel");
    cancel->check = check;
    cancel->user_data = user_data;
    if (check == nullptr) {
      cancel->cancel.set_check(nullptr, nullptr);
      return {};
    }
    cancel->cancel.set_check(
        [](void* held) {
          auto* self = static_cast<bmauth_cancel*>(held);
          return self->check(self->user_data) != 0;
        },
        cancel);
    return {};
  });
}
