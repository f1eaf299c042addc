#include "runtime/stream.h"

#include <algorithm>
#include <system_error>

#if !defined(_WIN32)
#include <pthread.h>
#include <signal.h>
#endif

namespace cotangent {
namespace {

// Memory is given out at submission: a program that runs far ahead of its results would hold much of it.
constexpr size_t kLongestLine = 64;
// Who waits for longer plans does not run them: another thread can do that as well, and is ended sooner.
constexpr double kShortNs = 10e6;
// The clock is read at every so many questions.
constexpr unsigned kQuestions = 16;

}  // namespace

Patience::Patience(std::function<bool()> goes_on) : Control{Ended}, goes_on_(std::move(goes_on)) {}

bool Patience::Ended(Control* control) {
  auto& mine = *static_cast<Patience*>(control);
  if (mine.over_ || ++mine.calls_ % kQuestions != 0) return mine.over_;
  const auto now = std::chrono::steady_clock::now();
  if (now < mine.next_) return false;
  mine.next_ = now + kAskEvery;
  return mine.Over();
}

Stream::Stream(std::function<void()> progress, double* mirror)
    : progress_(std::move(progress)),
      mirror_(mirror),
      stop_{{[](Control* control) { return static_cast<Stop*>(control)->set.load(std::memory_order_relaxed); }}} {}

Stream::~Stream() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_.set.store(true);
    line_.clear();
  }
  work_.notify_all();
  if (executor_.joinable()) executor_.join();
}

uint64_t Stream::Submit(Job job) {
  std::unique_lock<std::mutex> lock(mutex_);
  if (!executor_.joinable()) {
#if !defined(_WIN32)
    // Signals are for the threads that run JavaScript.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
#endif
    try {
      executor_ = std::thread([this] { ExecutorMain(); });
    } catch (const std::system_error&) {
      // The system gives no more threads: the job runs here, below.
    }
#if !defined(_WIN32)
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
#endif
  }
  ended_.wait(lock, [this] { return line_.size() < kLongestLine; });
  line_.push_back(std::move(job));
  submitted_++;
  if (!executor_.joinable()) {
    RunNext(lock, stop_);
    return submitted_;
  }
  lock.unlock();
  work_.notify_one();
  return submitted_;
}

void Stream::Wait(uint64_t sequence, Patience& patience) {
  if (completed() >= sequence) return;
  std::unique_lock<std::mutex> lock(mutex_);
  while (completed() < sequence && !stop_.set.load()) {
    if (!running_ && !line_.empty() && line_.front().plan->cost_ns < kShortNs) {
      RunNext(lock, patience);
    } else if (ended_.wait_for(lock, Patience::kAskEvery) == std::cv_status::timeout) {
      lock.unlock();
      patience.Over();
      lock.lock();
    }
    if (patience.over()) stop_.set.store(true);
  }
  // What was stopped still uses its memory until it is out.
  ended_.wait(lock, [this] { return !stop_.set.load() || !running_; });
}

void Stream::Notify(uint64_t sequence) {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (completed() < sequence) {
      notify_.push_back(sequence);
      return;
    }
  }
  progress_();
}

void Stream::RunNext(std::unique_lock<std::mutex>& lock, Control& control) {
  Job job = std::move(line_.front());
  line_.pop_front();
  running_ = true;
  lock.unlock();
  Frame frame{job.plan.get(), job.pointers.data(), nullptr, &control};
  RunPlan(frame);
  lock.lock();
  running_ = false;
  const uint64_t now = completed() + 1;
  completed_.store(now, std::memory_order_release);
  if (mirror_ != nullptr) {
    const auto value = static_cast<double>(now);
    __atomic_store(mirror_, &value, __ATOMIC_RELEASE);
  }
  const auto heard = std::remove_if(notify_.begin(), notify_.end(), [now](uint64_t s) { return s <= now; });
  const bool tell = heard != notify_.end();
  notify_.erase(heard, notify_.end());
  ended_.notify_all();
  if (!line_.empty()) work_.notify_one();
  if (tell && !stop_.set.load()) progress_();
}

void Stream::ExecutorMain() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    work_.wait(lock, [this] { return stop_.set.load() || (!running_ && !line_.empty()); });
    if (stop_.set.load()) return;
    RunNext(lock, stop_);
  }
}

}  // namespace cotangent
