// The threads that kernels and routines share: one pool for the process, sized by COTANGENT_NUM_THREADS or the
// processors this process may use.
#pragma once

#include <cstdint>
#include <type_traits>

namespace cotangent {

// A function by reference, without allocation; it must outlive the call it is passed to.
template <typename Signature>
class FunctionRef;
template <typename R, typename... Args>
class FunctionRef<R(Args...)> {
 public:
  template <typename F, typename = std::enable_if_t<!std::is_same_v<std::decay_t<F>, FunctionRef>>>
  FunctionRef(F&& f)  // NOLINT: implicit on purpose
      : object_(const_cast<void*>(static_cast<const void*>(&f))), call_([](void* object, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(args...);
        }) {}
  R operator()(Args... args) const { return call_(object_, args...); }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

class Pool {
 public:
  static Pool& Shared();

  // How many threads take part, the caller's included.
  int threads() const;

  // Calls task(begin, end) on pieces of [0, n) that are at least `grain` long (the last may be shorter), on this thread
  // and the others, and returns when all are done. Inside another ParallelFor it runs everything on this thread.
  void ParallelFor(int64_t n, int64_t grain, FunctionRef<void(int64_t begin, int64_t end)> task);
};

}  // namespace cotangent
