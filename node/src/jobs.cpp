#include "jobs.h"

#include <pthread.h>
#include <signal.h>

#include <utility>

#include "failure.h"

namespace bmauth::node {
namespace {

// Signals are the host's business: none may be delivered to a thread of ours.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

}  // namespace

Jobs::Jobs(napi_env env, Environment& environment) : env_(env) {
  const auto on_wake = [](napi_env live_env, napi_value, void* jobs, void*) {
    if (live_env != nullptr) static_cast<Jobs*>(jobs)->settle_finished(live_env);
  };
  const Napi::String name = Napi::String::New(env, "bmauth");
  if (napi_create_threadsafe_function(env, nullptr, nullptr, name, 0, 1, nullptr, nullptr, this,
                                      on_wake, &wake_) != napi_ok) {
    throw Napi::Error::New(env);
  }
  napi_unref_threadsafe_function(env, wake_);
  // Hooks run in reverse order: this one before that of the thread-safe function, which no thread
  // may call afterwards.
  const auto on_end = [](void* held) { static_cast<Environment*>(held)->stop(); };
  if (napi_add_env_cleanup_hook(env, on_end, &environment) != napi_ok) throw Napi::Error::New(env);
}

Jobs::~Jobs() {
  for (const auto& job : running_) job->self->queue->waiting.clear();
}

void Jobs::add(std::unique_ptr<Job> job) {
  if (unsettled_++ == 0) napi_ref_threadsafe_function(env_, wake_);
  JobQueue& queue = *job->self->queue;
  if (queue.is_busy) {
    queue.waiting.push_back(std::move(job));
    return;
  }
  queue.is_busy = true;
  launch(std::move(job));
}

void Jobs::launch(std::unique_ptr<Job> job) {
  Job& started = *running_.emplace_back(std::move(job));
  try {
    if (started.cancel->value.is_triggered()) {
      throw Error(Code::kCancelled, "the call was cancelled before it began");
    }
    const SignalsBlocked blocked;
    started.thread = std::thread([this, &started] { run(started); });
  } catch (...) {
    started.failure = std::current_exception();
    finished(started);
  }
}

void Jobs::run(Job& job) noexcept {
  try {
    job.answer = job.work();
  } catch (...) {
    job.failure = std::current_exception();
  }
  finished(job);
}

void Jobs::finished(Job& job) noexcept {
  {
    const std::lock_guard lock(mutex_);
    finished_.push_back(&job);
  }
  napi_call_threadsafe_function(wake_, nullptr, napi_tsfn_nonblocking);
}

void Jobs::settle_finished(napi_env env) noexcept {
  std::vector<Job*> finished;
  {
    const std::lock_guard lock(mutex_);
    finished.swap(finished_);
  }
  for (Job* job : finished) {
    if (is_stopped_) return;
    if (job->thread.joinable()) job->thread.join();
    job->self->is_in_use = false;
    settle(env, *job);
    const std::shared_ptr<JobQueue> queue = job->self->queue;
    running_.remove_if([job](const auto& kept) { return kept.get() == job; });
    if (--unsettled_ == 0) napi_unref_threadsafe_function(env, wake_);
    if (queue->waiting.empty()) {
      queue->is_busy = false;
    } else {
      std::unique_ptr<Job> next = std::move(queue->waiting.front());
      queue->waiting.pop_front();
      launch(std::move(next));
    }
  }
}

// An environment that is being terminated refuses all of this; then nobody waits for the promise.
void Jobs::settle(napi_env env, Job& job) noexcept {
  napi_value value = nullptr;
  bool is_failure = job.failure != nullptr;
  try {
    const Napi::HandleScope scope(env);
    if (is_failure) std::rethrow_exception(job.failure);
    napi_resolve_deferred(env, job.deferred, job.answer(env));
  } catch (...) {
    napi_handle_scope scope = nullptr;
    napi_open_handle_scope(env, &scope);
    value = current_failure(env);
    if (value != nullptr) napi_reject_deferred(env, job.deferred, value);
    napi_close_handle_scope(env, scope);
  }
}

void Jobs::stop() noexcept {
  is_stopped_ = true;
  for (const auto& job : running_) job->cancel->value.trigger();
  for (const auto& job : running_) {
    if (job->thread.joinable()) job->thread.join();
  }
}

Napi::Value start(const Napi::CallbackInfo& info, const ClassInfo& of,
                  const std::shared_ptr<HeldBase>& self, std::shared_ptr<Held<Cancel>> cancel,
                  std::function<Answer(Cancel& cancel)> work) {
  const auto environment = self->environment;
  if (environment->is_stopped()) {
    throw Error(Code::kInvalidArgument, "the process is ending: no call can be started");
  }
  if (!cancel) cancel = std::make_shared<Held<Cancel>>(environment, Cancel());
  auto job = std::make_unique<Job>();
  job->self = self;
  job->cancel = std::move(cancel);
  job->work = [raw = job->cancel.get(), work = std::move(work)] { return work(raw->value); };
  napi_value promise = nullptr;
  if (napi_create_promise(info.Env(), &job->deferred, &promise) != napi_ok) {
    throw Napi::Error::New(info.Env());
  }
  self->is_in_use = of.is_one_at_a_time;
  environment->jobs().add(std::move(job));
  return {info.Env(), promise};
}

}  // namespace bmauth::node
