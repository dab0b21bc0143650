#include "capi/cli/interrupt.h"

#include <signal.h>
#include <unistd.h>

namespace bmauth::cli {
namespace {

Cancel* cancelled_by_interrupt = nullptr;
volatile sig_atomic_t was_interrupted = 0;

void on_interrupt(int) {
  if (was_interrupted != 0) _exit(kInterruptedStatus);
  was_interrupted = 1;
  cancelled_by_interrupt->trigger();
}

}  // namespace

void cancel_on_interrupt(Cancel& cancel) {
  cancelled_by_interrupt = &cancel;
  struct sigaction action = {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
}

void throw_if_interrupted(const Cancel& cancel) {
  if (cancel.is_triggered()) throw Error(Code::kCancelled, "interrupted");
}

}  // namespace bmauth::cli
