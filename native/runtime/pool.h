// The threads that kernels and routines share: one pool for the process, sized by COTANGENT_NUM_THREADS or the
// processors this process may use.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <vector>

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
  using Task = FunctionRef<void(int64_t begin, int64_t end)>;

  static Pool& Shared();

  // A pool of its own, for tests.
  explicit Pool(int threads);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // How many threads take part, the caller's included.
  int threads() const { return threads_; }

  // Calls task(begin, end) on pieces of [0, n) that are at least `grain` long (the last may be shorter), on this thread
  // and the others, and returns when all are done. Runs everything on this thread inside another ParallelFor, and
  // while another thread uses the pool. What a piece throws is thrown here; pieces that have not begun are left out.
  void ParallelFor(int64_t n, int64_t grain, Task task);

 private:
  // Pieces that one thread begins with, those from `first` to `last`, as one word: the thread takes them from the
  // front, and others, when they have none left, from the back. So in one kernel after the other a thread comes by the
  // same part of an array, which is still in its cache.
  struct alignas(64) Share {
    std::atomic<uint64_t> range{0};
  };
  struct Job {
    const Task* task = nullptr;
    int64_t n = 0;
    int64_t piece = 1;
    int shares = 0;
    std::atomic<bool> failed{false};
    std::exception_ptr error;  // of the first piece that failed
  };

  void StartWorkers();
  void WorkerMain(int number);
  // Waits for an open job other than that of `seen`; false when the pool closes.
  bool Join(uint64_t* seen);
  void Leave();
  // Takes pieces until there are none: the thread's own first. The owner's number is 0.
  void Work(int number);
  // The next piece of a share, from its front or its back; -1 when all are taken.
  static int64_t Take(Share& share, bool front);

  const int threads_;
  std::mutex owner_;  // held by the thread whose job runs
  bool started_ = false;
  std::vector<std::thread> workers_;

  // The generation of the job, whether it may still be joined, and how many workers are in it.
  static constexpr uint64_t kOpen = 1u << 16;
  static constexpr uint64_t kMembers = kOpen - 1;
  static constexpr uint64_t kGeneration = 1u << 17;
  alignas(64) std::atomic<uint64_t> state_{0};
  alignas(64) Job job_;
  const std::unique_ptr<Share[]> shares_;  // one for each thread

  std::mutex sleep_;
  std::condition_variable wake_;       // workers without work
  std::condition_variable finished_;   // the owner, waiting for the last worker
  std::atomic<int> sleepers_{0};
  std::atomic<bool> owner_sleeps_{false};
  std::atomic<bool> closing_{false};
};

}  // namespace cotangent
