// The order in which an environment's plans run. Large plans wait in line for the executor thread; while anything
// waits or runs, small ones get in line too. Whoever waits for a submission runs it, if nobody does yet and it is short.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "runtime/plan.h"

namespace cotangent {

struct Job {
  std::shared_ptr<const Plan> plan;
  std::vector<void*> pointers;  // the slots', and room for arguments: what a Frame needs
};

// The control of what JavaScript's own thread runs and waits for: it asks now and then whether there is still anybody who
// wants that.
class Patience : public Control {
 public:
  explicit Patience(std::function<bool()> goes_on);
  // Asks at once, unless the answer was no before.
  bool Over() { return over_ = over_ || !goes_on_(); }
  bool over() const { return over_; }

  static constexpr auto kAskEvery = std::chrono::milliseconds(20);

 private:
  static bool Ended(Control* control);

  std::function<bool()> goes_on_;
  bool over_ = false;
  unsigned calls_ = 0;
  std::chrono::steady_clock::time_point next_{};
};

// Submissions without results, as one of them found no memory to work in: the first one, and what was in line behind it,
// perhaps for its results.
struct Failure {
  uint64_t first = 0, last = 0;
  size_t bytes = 0;  // that there was no room for, if known
};

// How much a routine asked for in vain, or 0 if that is not known.
size_t BytesOf(const std::bad_alloc& error);

class Stream {
 public:
  // `progress` is called, on any thread, after submissions that somebody asked to hear of. How many are finished is
  // also written to `mirror`, and to `failed` whether there is a failure: JavaScript reads that.
  Stream(std::function<void()> progress, double* mirror, double* failed);
  // Ends what runs as soon as it can, and drops what waits.
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // The number of the submission; they count from 1.
  uint64_t Submit(Job job);
  // Returns early once `patience` is over, which ends everything, as destruction does.
  void Wait(uint64_t sequence, Patience& patience);
  // After a failure nothing runs until it is taken.
  bool failed() const { return first_failed_.load(std::memory_order_acquire) != 0; }
  Failure TakeFailure();
  // Counts something as submitted, finished and failed; nothing else may be in line.
  uint64_t Fail(size_t bytes);
  // Asks for a call of `progress` once `sequence` is finished.
  void Notify(uint64_t sequence);

  uint64_t submitted() const { return submitted_; }
  uint64_t completed() const { return completed_.load(std::memory_order_acquire); }
  bool idle() const { return completed() == submitted_; }

 private:
  void ExecutorMain();
  // Runs the job at the head of the line; `lock` is held before and after.
  void RunNext(std::unique_lock<std::mutex>& lock, Control& control);
  void SetFailed(uint64_t sequence, size_t bytes);
  void SetCompleted(uint64_t sequence);

  std::function<void()> progress_;
  double* mirror_;
  double* failed_;
  uint64_t submitted_ = 0;  // the environment's thread alone
  std::atomic<uint64_t> completed_{0};
  std::atomic<uint64_t> first_failed_{0};
  size_t failed_bytes_ = 0;
  struct Stop : Control {
    std::atomic<bool> set{false};
  };
  Stop stop_;

  std::mutex mutex_;
  std::condition_variable work_;   // for the executor
  std::condition_variable ended_;  // for those who wait
  std::deque<Job> line_;
  bool running_ = false;
  std::vector<uint64_t> notify_;
  std::thread executor_;
};

}  // namespace cotangent
