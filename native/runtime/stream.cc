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

}  // namespace

Stream::~Stream() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    stop_.store(true);
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
    RunNext(lock);
    return submitted_;
  }
  lock.unlock();
  work_.notify_one();
  return submitted_;
}

void Stream::Wait(uint64_t sequence) {
  if (completed() >= sequence) return;
  std::unique_lock<std::mutex> lock(mutex_);
  while (completed() < sequence) {
    if (!running_ && !line_.empty()) {
      RunNext(lock);
    } else {
      ended_.wait(lock);
    }
  }
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

void Stream::RunNext(std::unique_lock<std::mutex>& lock) {
  Job job = std::move(line_.front());
  line_.pop_front();
  running_ = true;
  lock.unlock();
  Frame frame{job.plan.get(), job.pointers.data(), nullptr, &stop_};
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
  if (tell && !stop_.load()) progress_();
}

void Stream::ExecutorMain() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    work_.wait(lock, [this] { return stop_.load() || (!running_ && !line_.empty()); });
    if (stop_.load()) return;
    RunNext(lock);
  }
}

}  // namespace cotangent
