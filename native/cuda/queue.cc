#include "cuda/queue.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "runtime/threads.h"

namespace cotangent::cuda {
namespace {

// A run of more launches is submitted by another thread.
constexpr double kMostSteps = 4096;
// Memory is given out when a program gets in line.
constexpr size_t kLongestLine = 64;
// So many submissions are looked after without asking the card how far it is.
constexpr size_t kMostRunning = 32;
constexpr size_t kFetchBytes = 64;
constexpr auto kLookEvery = std::chrono::microseconds(50);
constexpr size_t kMostSuspects = 4;

void PublishTo(double* cell, double value) {
  if (cell != nullptr) __atomic_store(cell, &value, __ATOMIC_RELEASE);
}

// Whether the card goes on after a call failed with this: what is asked for was refused, and nothing else is hurt.
bool IsRefusal(Result code) {
  return code == kErrorInvalidValue || code == kErrorOutOfMemory || code == kErrorNotFound ||
         code == kErrorLaunchOutOfResources;
}

bool WaitsAfterEveryKernel() {
  const char* text = std::getenv("COTANGENT_CUDA_STEPWISE");
  return text != nullptr && std::strcmp(text, "1") == 0;
}

}  // namespace

// Of runs that the queue does itself.
class Queue::Hooks : public RunHooks {
 public:
  explicit Hooks(Queue& queue) : queue_(queue) {}

  void Fetch(void* to, DevicePointer from, size_t bytes) override {
    const Context& context = queue_.stream_.context();
    const Driver& driver = context.driver();
    void*& memory = queue_.fetched_;
    if (memory == nullptr) driver.Check(driver.MemAllocHost(&memory, kFetchBytes), "to allocate pinned memory");
    queue_.stream_.CopyToHost(memory, from, bytes);
    driver.Check(driver.StreamSynchronize(queue_.stream_.handle()), "in work submitted before");
    std::memcpy(to, memory, bytes);
  }
  bool Ended() override { return queue_.stop_.load(std::memory_order_relaxed); }
  DevicePointer StopFlag() override {
    if (queue_.stop_flag_ == nullptr) {
      const Driver& driver = queue_.stream_.context().driver();
      void* memory = nullptr;
      driver.Check(driver.MemAllocHost(&memory, 1), "to allocate pinned memory");
      *static_cast<unsigned char*>(memory) = 0;
      queue_.stop_flag_ = static_cast<unsigned char*>(memory);
    }
    // The card sees pinned memory where the host does.
    return reinterpret_cast<uintptr_t>(queue_.stop_flag_.load());
  }
  void Call(void* routine, const DevicePointer* args, const int64_t* params, int64_t count) override {
    queue_.call_(routine, args, params, count);
  }
  bool Host(int64_t, const DevicePointer*, const size_t*, size_t, size_t) override { return false; }

 private:
  Queue& queue_;
};

Queue::Queue(Stream& stream, Call call, std::function<void()> progress, double* completed, double* failed)
    : stream_(stream),
      call_(std::move(call)),
      progress_(std::move(progress)),
      completed_(completed),
      failed_(failed),
      stepwise_(WaitsAfterEveryKernel()) {}

Queue::~Queue() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    Stop();
    line_.clear();
    notify_.clear();
  }
  work_.notify_all();
  waiting_.notify_all();
  if (executor_.joinable()) executor_.join();
  if (waiter_.joinable()) waiter_.join();
  const Driver& driver = stream_.context().driver();
  driver.StreamSynchronize(stream_.handle());
  if (fetched_ != nullptr) driver.MemFreeHost(fetched_);
  if (stop_flag_ != nullptr) driver.MemFreeHost(stop_flag_.load());
}

void Queue::Stop() {
  stop_.store(true);
  if (stop_flag_ != nullptr) __atomic_store_n(stop_flag_.load(), 1, __ATOMIC_RELEASE);
}

bool Queue::RunNow(const Submission& submission, RunHooks& hooks) {
  auto* pointers = const_cast<DevicePointer*>(submission.pointers.data());
  if (!stepwise_ && submission.program->graphs().Launch(pointers, stream_, hooks)) return true;
  return RunProgram(*submission.program, pointers, {stream_, hooks, stepwise_});
}

uint64_t Queue::Submit(Submission submission) {
  std::unique_lock<std::mutex> lock(mutex_);
  const Program& program = *submission.program;
  const auto waits = [&] {
    if (program.plan().has_choice) return !program.graphs().Has(submission.pointers.data());
    return program.steps() > kMostSteps;
  };
  if (line_.empty() && !executing_ && !waits()) {
    Hooks hooks(*this);
    try {
      RunNow(submission, hooks);
      const uint64_t point = stream_.Mark();
      running_.push_back({point, std::move(submission.program)});
      if (running_.size() > kMostRunning) Publish();
      return point;
    } catch (const OutOfMemoryError& error) {
      stream_.Submitted();
      const uint64_t point = stream_.Mark();
      SetFailed(point, error.what(), error.code, error.bytes);
      return point;
    } catch (const DriverError& error) {
      running_.push_back({stream_.reached() + 1, std::move(submission.program)});
      if (!IsRefusal(error.code)) {
        SetLost(error);
        return failure_.first;
      }
      stream_.Submitted();
      const uint64_t point = stream_.Mark();
      SetFailed(point, error.what(), error.code, 0);
      return point;
    }
  }
  if (!executor_.joinable()) StartThreads([this] { executor_ = std::thread([this] { ExecutorMain(); }); });
  ended_.wait(lock, [this] { return line_.size() < kLongestLine || !executor_.joinable(); });
  const uint64_t point = stream_.Promise();
  running_.push_back({point, submission.program});
  line_.push_back(std::move(submission));
  if (!executor_.joinable()) {
    // Where the system gives no more threads, it runs here.
    RunNext(lock);
    return point;
  }
  lock.unlock();
  work_.notify_one();
  return point;
}

bool Queue::RunHere(const Submission& submission, RunHooks& hooks, uint64_t* point) {
  bool ok = false;
  try {
    ok = RunNow(submission, hooks);
    *point = stream_.Mark();
  } catch (const DriverError& error) {
    Fail(error);
    *point = failure_.first;
    return true;
  }
  const std::lock_guard<std::mutex> lock(mutex_);
  running_.push_back({*point, submission.program});
  return ok;
}

void Queue::RunNext(std::unique_lock<std::mutex>& lock) {
  Submission submission = std::move(line_.front());
  line_.pop_front();
  executing_ = true;
  const uint64_t point = stream_.kept() + 1;
  lock.unlock();
  Hooks hooks(*this);
  std::unique_ptr<DriverError> error;
  size_t bytes = 0;
  try {
    if (!failed()) RunNow(submission, hooks);
  } catch (const OutOfMemoryError& thrown) {
    error = std::make_unique<DriverError>(thrown);
    bytes = thrown.bytes;
  } catch (const DriverError& thrown) {
    error = std::make_unique<DriverError>(thrown);
  } catch (const std::runtime_error& thrown) {
    // A library that is missing, or refuses.
    error = std::make_unique<DriverError>(kErrorInvalidValue, thrown.what());
  }
  lock.lock();
  try {
    if (error != nullptr && IsRefusal(error->code)) SetFailed(point, error->what(), error->code, bytes);
    if (error != nullptr && !IsRefusal(error->code)) SetLost(*error);
    stream_.Submitted();
    stream_.Keep();
  } catch (const DriverError& thrown) {
    SetLost(thrown);
  }
  executing_ = false;
  // What it held may be the last of a program.
  submission = {};
  ended_.notify_all();
  waiting_.notify_all();
  if (!line_.empty()) work_.notify_one();
}

void Queue::ExecutorMain() {
  try {
    stream_.context().MakeCurrent();
  } catch (const DriverError& error) {
    const std::lock_guard<std::mutex> lock(mutex_);
    SetLost(error);
  }
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    work_.wait(lock, [this] { return stop_.load() || (!executing_ && !line_.empty()); });
    if (stop_.load()) return;
    RunNext(lock);
  }
}

void Queue::Wait(uint64_t point, Patience& patience) {
  {
    std::unique_lock<std::mutex> lock(mutex_);
    while (stream_.kept() < point && !stop_.load() && !lost()) {
      if (ended_.wait_for(lock, Patience::kAskEvery) == std::cv_status::timeout) {
        lock.unlock();
        patience.Over();
        lock.lock();
      }
      if (patience.over()) Stop();
    }
    // What was stopped still uses its memory until it is out.
    ended_.wait(lock, [this] { return !stop_.load() || !executing_; });
    if (stop_.load() || lost()) return;
  }
  try {
    if (stop_flag_ != nullptr) AwaitLoops(point, patience);
    stream_.Await(point);
  } catch (const DriverError& error) {
    const std::lock_guard<std::mutex> lock(mutex_);
    SetLost(error);
  }
  Poll();
}

// Waits for loops that the card runs by itself, which may have no end of their own.
void Queue::AwaitLoops(uint64_t point, Patience& patience) {
  auto ask = std::chrono::steady_clock::now() + Patience::kAskEvery;
  while (!stop_.load() && !stream_.Reached(point)) {
    std::this_thread::sleep_for(kLookEvery);
    if (std::chrono::steady_clock::now() < ask) continue;
    if (patience.Over()) Stop();
    ask = std::chrono::steady_clock::now() + Patience::kAskEvery;
  }
}

void Queue::Poll() {
  const std::lock_guard<std::mutex> lock(mutex_);
  Publish();
}

// Called with the lock: how far the card is known to be, for JavaScript.
void Queue::Publish() {
  try {
    if (!running_.empty()) stream_.Reached(running_.back().point);
  } catch (const DriverError& error) {
    SetLost(error);
    return;
  }
  const uint64_t reached = stream_.reached();
  while (!running_.empty() && running_.front().point <= reached) running_.pop_front();
  if (!lost()) PublishTo(completed_, static_cast<double>(reached));
}

void Queue::Notify(uint64_t point) {
  std::unique_lock<std::mutex> lock(mutex_);
  Publish();
  if (stream_.reached() >= point || lost()) {
    lock.unlock();
    progress_();
    return;
  }
  notify_.push_back(point);
  if (!waiter_.joinable()) StartThreads([this] { waiter_ = std::thread([this] { WaiterMain(); }); });
  const bool waits = waiter_.joinable();
  lock.unlock();
  if (waits) {
    waiting_.notify_one();
  } else {
    stream_.Await(point);
    Poll();
    progress_();
  }
}

void Queue::WaiterMain() {
  try {
    stream_.context().MakeCurrent();
  } catch (const DriverError& error) {
    const std::lock_guard<std::mutex> lock(mutex_);
    SetLost(error);
  }
  std::unique_lock<std::mutex> lock(mutex_);
  const auto next = [this] { return *std::min_element(notify_.begin(), notify_.end()); };
  for (;;) {
    waiting_.wait(lock, [&] {
      return stop_.load() || (!notify_.empty() && (lost() || next() <= stream_.kept()));
    });
    if (stop_.load()) return;
    const uint64_t point = next();
    if (!lost()) {
      lock.unlock();
      try {
        stream_.Await(point);
        lock.lock();
      } catch (const DriverError& error) {
        lock.lock();
        SetLost(error);
      }
      Publish();
    }
    const auto heard = std::remove_if(notify_.begin(), notify_.end(), [&](uint64_t p) { return lost() || p <= point; });
    notify_.erase(heard, notify_.end());
    if (!stop_.load()) progress_();
  }
}

void Queue::SetFailed(uint64_t point, const std::string& message, Result code, size_t bytes) {
  if (has_failed_.load()) return;
  failure_ = {point, point, bytes, code == kErrorOutOfMemory ? "" : message, false};
  has_failed_.store(true, std::memory_order_release);
  PublishTo(failed_, 1);
}

void Queue::SetLost(const DriverError& error) {
  if (lost()) return;
  const bool is_named = dynamic_cast<const KernelError*>(&error) != nullptr;
  const std::string suspects = is_named ? "" : Suspects();
  const uint64_t first = running_.empty() ? stream_.reached() + 1 : running_.front().point;
  failure_ = {first, UINT64_MAX, 0, suspects.empty() ? error.what() : suspects + ": " + error.what(), true};
  lost_.store(true, std::memory_order_release);
  has_failed_.store(true, std::memory_order_release);
  stream_.GiveUp();
  // Nothing is computed any more, and nobody needs to wait for it.
  PublishTo(completed_, static_cast<double>(UINT32_MAX));
  PublishTo(failed_, 1);
  ended_.notify_all();
  waiting_.notify_all();
}

// Which kernels may have failed: those of the programs that are not known to be over.
std::string Queue::Suspects() const {
  std::vector<std::string> names;
  std::string programs;
  for (const Running& running : running_) {
    const std::string& name = running.program->name();
    if (programs.find(name) == std::string::npos) programs += (programs.empty() ? "" : ", ") + name;
    for (const auto& kernel : running.program->kernels()) {
      if (std::find(names.begin(), names.end(), kernel->name) == names.end()) names.push_back(kernel->name);
    }
  }
  if (names.empty()) return "";
  if (names.size() == 1) return "the kernel " + names[0] + " of " + programs + " failed";
  std::string list;
  for (size_t i = 0; i < std::min(names.size(), kMostSuspects); i++) list += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > kMostSuspects) list += " and " + std::to_string(names.size() - kMostSuspects) + " more";
  return "one of the kernels of " + programs + " failed (" + list +
         "; with COTANGENT_CUDA_STEPWISE=1 the one is named)";
}

CardFailure Queue::TakeFailure() {
  std::unique_lock<std::mutex> lock(mutex_);
  // What was in line is passed over.
  ended_.wait(lock, [this] { return stop_.load() || (line_.empty() && !executing_); });
  CardFailure out = failure_;
  if (out.is_final) {
    PublishTo(failed_, 0);
    return out;
  }
  out.last = std::max(out.first, stream_.Mark());
  has_failed_.store(false, std::memory_order_release);
  PublishTo(failed_, 0);
  return out;
}

void Queue::Fail(const DriverError& error) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (!IsRefusal(error.code)) {
    SetLost(error);
    return;
  }
  stream_.Submitted();
  SetFailed(stream_.Mark(), error.what(), error.code, 0);
}

}  // namespace cotangent::cuda
