#include "runtime/stream.h"

#include <algorithm>

#include "runtime/threads.h"

namespace cotangent {
namespace {

// Memory is given out at submission: a program that runs far ahead of its results would hold much of it.
constexpr size_t kLongestLine = 64;
// Who waits for longer plans does not run them: another thread can do that as well, and is ended sooner.
constexpr double kShortNs = 10e6;
// The clock is read at every so many questions.
constexpr unsigned kQuestions = 16;

// What JavaScript reads at any time.
void Publish(double* cell, double value) {
  if (cell != nullptr) __atomic_store(cell, &value, __ATOMIC_RELEASE);
}

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

size_t BytesOf(const std::bad_alloc& error) {
  const auto* scratch = dynamic_cast<const OutOfScratch*>(&error);
  return scratch == nullptr ? 0 : scratch->bytes;
}

Stream::Stream(std::function<void()> progress, double* mirror, double* failed)
    : progress_(std::move(progress)),
      mirror_(mirror),
      failed_(failed),
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
    // Where the system gives no more threads, the job runs here, below.
    StartThreads([this] { executor_ = std::thread([this] { ExecutorMain(); }); });
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
  const uint64_t now = completed() + 1;
  Frame frame{job.plan.get(), job.pointers.data(), nullptr, &control};
  try {
    if (!failed()) RunPlan(frame);
  } catch (const std::bad_alloc& error) {
    SetFailed(now, BytesOf(error));
  }
  lock.lock();
  running_ = false;
  SetCompleted(now);
  const auto heard = std::remove_if(notify_.begin(), notify_.end(), [now](uint64_t s) { return s <= now; });
  const bool tell = heard != notify_.end();
  notify_.erase(heard, notify_.end());
  ended_.notify_all();
  if (!line_.empty()) work_.notify_one();
  if (tell && !stop_.set.load()) progress_();
}

void Stream::SetFailed(uint64_t sequence, size_t bytes) {
  failed_bytes_ = bytes;
  first_failed_.store(sequence, std::memory_order_release);
  Publish(failed_, 1);
}

void Stream::SetCompleted(uint64_t sequence) {
  // Who has waited for a plan finds it in JavaScript's cell as well.
  Publish(mirror_, static_cast<double>(sequence));
  completed_.store(sequence, std::memory_order_release);
}

Failure Stream::TakeFailure() {
  std::unique_lock<std::mutex> lock(mutex_);
  // What was in line is passed over.
  ended_.wait(lock, [this] { return stop_.set.load() || completed() == submitted_; });
  const Failure out{first_failed_.load(), submitted_, failed_bytes_};
  first_failed_.store(0, std::memory_order_release);
  Publish(failed_, 0);
  return out;
}

uint64_t Stream::Fail(size_t bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  submitted_++;
  SetFailed(submitted_, bytes);
  SetCompleted(submitted_);
  return submitted_;
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
