#include "environment.h"

#include "jobs.h"

namespace bmauth::node {
namespace {

// Instance data outlives its JavaScript environment's last finalizer only as a shared object.
struct Attached {
  std::shared_ptr<Environment> environment;
};

}  // namespace

Environment::Environment(napi_env env) : env_(env) {}

Environment::~Environment() = default;

std::shared_ptr<Environment> Environment::attach(Napi::Env env) {
  auto attached = std::make_unique<Attached>(Attached{std::make_shared<Environment>(env)});
  std::shared_ptr<Environment> environment = attached->environment;
  const auto finalize = [](napi_env, void* data, void*) {
    const std::unique_ptr<Attached> ended(static_cast<Attached*>(data));
    ended->environment->let_go();
  };
  if (napi_set_instance_data(env, attached.get(), finalize, nullptr) != napi_ok) {
    throw Napi::Error::New(env, "bmauth: no place for the environment's data");
  }
  (void)attached.release();  // the environment owns it now
  return environment;
}

std::shared_ptr<Environment> Environment::of(napi_env env) {
  void* data = nullptr;
  napi_get_instance_data(env, &data);
  return static_cast<Attached*>(data)->environment;
}

Jobs& Environment::jobs() {
  if (!jobs_) jobs_ = std::make_unique<Jobs>(env_, *this);
  return *jobs_;
}

void Environment::stop() noexcept {
  is_stopped_ = true;
  if (jobs_) jobs_->stop();
}

void Environment::let_go() noexcept {
  jobs_.reset();
  incoming.reset();
  classes.clear();
  error_class.Reset();
}

}  // namespace bmauth::node
