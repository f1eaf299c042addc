// The order in which an environment's programs run on a card. What depends on no data is submitted to the stream where it
// is called; what must wait for the card stands in line for a thread of the queue's own, and so does all that comes after,
// until the line is empty.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cuda/run.h"
#include "runtime/stream.h"

namespace cotangent::cuda {

struct Submission {
  std::shared_ptr<const Program> program;
  std::vector<DevicePointer> pointers;  // the slots', and room for arguments: RunPointers
};

// Submissions without results: the first one that failed, and what may have been meant to use its results.
struct CardFailure {
  uint64_t first = 0, last = 0;
  size_t bytes = 0;  // that there was no room for, if that is why
  std::string message;
  bool is_final = false;  // the card's context is lost: nothing runs in this process any more
};

class Queue {
 public:
  // `progress` is called, on any thread, when a submission is over that somebody asked to hear of. How many points of the
  // stream are reached is also written to `completed`, and to `failed` whether there is a failure; JavaScript reads that.
  // `call` is RunHooks::Call.
  using Call = std::function<void(void* routine, const DevicePointer* args, const int64_t* params, int64_t count)>;
  Queue(Stream& stream, Call call, std::function<void()> progress, double* completed, double* failed);
  // Ends what runs as soon as it can, and drops what waits.
  ~Queue();
  Queue(const Queue&) = delete;
  Queue& operator=(const Queue&) = delete;

  // The point at which it is over.
  uint64_t Submit(Submission submission);
  // Runs a program that calls the host, on this thread, when everything before it is over: false when a call failed.
  // Nothing may be in line.
  bool RunHere(const Submission& submission, RunHooks& hooks, uint64_t* point);
  // Returns early once `patience` is over, which ends everything, as destruction does.
  void Wait(uint64_t point, Patience& patience);
  // Asks for a call of `progress` once the point is reached.
  void Notify(uint64_t point);
  // Looks how far the card is.
  void Poll();
  // After a failure nothing runs until it is taken, and after a final one nothing at all.
  bool failed() const { return has_failed_.load(std::memory_order_acquire); }
  bool lost() const { return lost_.load(std::memory_order_acquire); }
  CardFailure TakeFailure();
  // For failures that are found elsewhere, on this thread.
  void Fail(const DriverError& error);

 private:
  class Hooks;
  struct Running {
    uint64_t point;
    std::shared_ptr<const Program> program;
  };

  void ExecutorMain();
  void WaiterMain();
  void RunNext(std::unique_lock<std::mutex>& lock);
  bool RunNow(const Submission& submission, RunHooks& hooks);
  void Stop();
  void AwaitLoops(uint64_t point, Patience& patience);
  // Called with the lock.
  void SetFailed(uint64_t point, const std::string& message, Result code, size_t bytes);
  void SetLost(const DriverError& error);
  void Publish();
  std::string Suspects() const;

  Stream& stream_;
  const Call call_;
  const std::function<void()> progress_;
  double* const completed_;
  double* const failed_;
  const bool stepwise_;

  std::mutex mutex_;
  std::condition_variable work_;     // for the executor
  std::condition_variable ended_;    // a submission is in the stream, or over
  std::condition_variable waiting_;  // for the waiter
  std::deque<Submission> line_;
  std::deque<Running> running_;  // not known to be over
  bool executing_ = false;
  std::atomic<bool> stop_{false};
  std::atomic<bool> has_failed_{false};
  std::atomic<bool> lost_{false};
  CardFailure failure_;
  std::vector<uint64_t> notify_;
  std::thread executor_;
  std::thread waiter_;
  void* fetched_ = nullptr;  // pinned memory of the executor's
  std::atomic<unsigned char*> stop_flag_{nullptr};  // pinned: RunHooks::StopFlag, once there are loops that read it
};

}  // namespace cotangent::cuda
