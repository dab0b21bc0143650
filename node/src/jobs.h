// Calls that may wait: each runs on a thread of its own and settles a promise.
//
// They take none of libuv's threads, for two reasons. A stalled server must not hold back the file
// system and the name look-ups of the host. And an environment that ends waits for libuv's work
// before it runs any cleanup hook, so that nobody could tell the work to stop: terminating a worker
// thread would take as long as the server stalls.
//
// The jobs of one client, its logins' included, run one after the other.
#pragma once

#include <napi.h>

#include <bmauth.hpp>
#include <deque>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "held.h"

namespace bmauth::node {

// Makes the value that a promise is resolved with, on the JavaScript thread.
using Answer = std::function<Napi::Value(Napi::Env env)>;

struct Job {
  std::shared_ptr<HeldBase> self;
  std::shared_ptr<Held<Cancel>> cancel;
  std::function<Answer()> work;  // on the job's thread; throws bmauth::Error
  napi_deferred deferred = nullptr;
  Answer answer;
  std::exception_ptr failure;
  std::thread thread;
};

// Of one client. JavaScript thread only.
class JobQueue {
 public:
  std::deque<std::unique_ptr<Job>> waiting;
  bool is_busy = false;
};

// Of one environment. JavaScript thread only, but for `finished`.
class Jobs {
 public:
  Jobs(napi_env env, Environment& environment);
  // Drops the calls that were never settled. A call and its object hold each other.
  ~Jobs();

  void add(std::unique_ptr<Job> job);
  // Cancels what runs and waits for its threads. Touches no JavaScript.
  void stop() noexcept;

 private:
  void launch(std::unique_ptr<Job> job);
  void run(Job& job) noexcept;
  void finished(Job& job) noexcept;
  void settle_finished(napi_env env) noexcept;
  void settle(napi_env env, Job& job) noexcept;

  const napi_env env_;
  napi_threadsafe_function wake_ = nullptr;
  std::size_t unsettled_ = 0;  // while there are any, the process stays
  bool is_stopped_ = false;
  std::list<std::unique_ptr<Job>> running_;
  std::mutex mutex_;
  std::vector<Job*> finished_;  // guarded by the mutex
};

// The promise of a job on `self`. Without a cancel it gets one, for the end of the environment.
Napi::Value start(const Napi::CallbackInfo& info, const ClassInfo& of,
                  const std::shared_ptr<HeldBase>& self, std::shared_ptr<Held<Cancel>> cancel,
                  std::function<Answer(Cancel& cancel)> work);

// An object that `maker` made: it keeps its maker alive and shares its queue.
template <class T>
Answer made_by(const std::shared_ptr<HeldBase>& maker, T&& value) {
  auto held = std::make_shared<Held<T>>(maker->environment, std::forward<T>(value));
  held->maker = maker;
  held->queue = maker->queue;
  return [held](Napi::Env env) { return wrap(env, ClassOf<T>::kInfo, held); };
}

// An object that JavaScript makes with `new`, with a queue of its own.
template <class T>
std::shared_ptr<HeldBase> made(const Napi::CallbackInfo& info, T&& value) {
  auto held = std::make_shared<Held<T>>(Environment::of(info.Env()), std::forward<T>(value));
  held->queue = std::make_shared<JobQueue>();
  return held;
}

}  // namespace bmauth::node
