// What belongs to one JavaScript environment (the main thread, or a worker): nothing of ours is
// global, so that environments come and go on their own.
#pragma once

#include <napi.h>

#include <map>
#include <memory>

namespace bmauth::node {

struct ClassInfo;
struct HeldBase;
class Jobs;

class Environment : public std::enable_shared_from_this<Environment> {
 public:
  explicit Environment(napi_env env);
  ~Environment();

  static std::shared_ptr<Environment> attach(Napi::Env env);
  static std::shared_ptr<Environment> of(napi_env env);

  // Made with the first job; a program that makes none has no thread-safe function.
  Jobs& jobs();
  bool is_stopped() const { return is_stopped_; }
  // Cancels what runs and waits for it. Later calls are refused. Touches no JavaScript.
  void stop() noexcept;
  // Of what leads back to it, and of references, which Node.js takes back while its environment is
  // still there. After `stop`; no call can come any more.
  void let_go() noexcept;

  std::map<const ClassInfo*, Napi::FunctionReference> classes;
  Napi::FunctionReference error_class;
  // What a constructor takes, when it is the library that makes the object.
  std::shared_ptr<HeldBase> incoming;

 private:
  const napi_env env_;
  std::unique_ptr<Jobs> jobs_;
  bool is_stopped_ = false;
};

}  // namespace bmauth::node
