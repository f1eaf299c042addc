#include "runtime/pool.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "runtime/threads.h"

#if defined(__linux__)
#include <sched.h>
#endif
#if !defined(_WIN32)
#include <pthread.h>
#endif

namespace cotangent {
namespace {

// Waking a thread costs about this much, so that shorter pauses are better spent spinning.
constexpr auto kSpin = std::chrono::microseconds(50);
constexpr auto kOffer = std::chrono::microseconds(5);
constexpr int kPiecesPerThread = 8;
constexpr int kMaxThreads = 1024;

// Set on threads that are running a piece: what they call runs on them alone.
thread_local bool inside_piece = false;

// A child of fork() has none of the pool's threads.
std::atomic<bool> forked{false};

inline void Relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// Whether `done` came true within the time a wait is worth spinning for. What is waited for may need this processor,
// if others are busy: after a moment it is offered.
template <typename Done>
bool Spin(Done done) {
  const auto start = std::chrono::steady_clock::now();
  for (;;) {
    for (int i = 0; i < 32; i++) {
      if (done()) return true;
      Relax();
    }
    const auto waited = std::chrono::steady_clock::now() - start;
    if (waited > kSpin) return done();
    if (waited > kOffer) std::this_thread::yield();
  }
}

int UsableProcessors() {
#if defined(__linux__)
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return std::max(1, CPU_COUNT(&set));
#endif
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

int ConfiguredThreads() {
  const char* text = std::getenv("COTANGENT_NUM_THREADS");
  const long wanted = text == nullptr ? 0 : std::strtol(text, nullptr, 10);
  return wanted > 0 ? static_cast<int>(std::min<long>(wanted, kMaxThreads)) : std::min(UsableProcessors(), kMaxThreads);
}

}  // namespace

Pool& Pool::Shared() {
  // Never destroyed: its threads may outlive every environment, and end with the process.
  static Pool* const pool = [] {
#if !defined(_WIN32)
    pthread_atfork(nullptr, nullptr, [] { forked.store(true, std::memory_order_relaxed); });
#endif
    return new Pool(ConfiguredThreads());
  }();
  return *pool;
}

Pool::Pool(int threads)
    : threads_(std::clamp(threads, 1, kMaxThreads)), shares_(new Share[static_cast<size_t>(threads_)]) {}

Pool::~Pool() {
  {
    const std::lock_guard<std::mutex> lock(sleep_);
    closing_.store(true);
  }
  wake_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void Pool::StartWorkers() {
  started_ = true;
  // Where the system gives no more threads, those there are do the work.
  StartThreads([this] {
    while (static_cast<int>(workers_.size()) < threads_ - 1) {
      const int number = static_cast<int>(workers_.size()) + 1;
      workers_.emplace_back([this, number] { WorkerMain(number); });
    }
  });
}

void Pool::ParallelFor(int64_t n, int64_t grain, Task task) {
  if (n <= 0) return;
  grain = std::max<int64_t>(grain, 1);
  std::unique_lock<std::mutex> owner(owner_, std::defer_lock);
  if (n <= grain || threads_ == 1 || inside_piece || forked.load(std::memory_order_relaxed) || !owner.try_lock()) {
    task(0, n);
    return;
  }
  if (!started_) StartWorkers();

  // Whole grains, so that pieces begin where the kernel likes to begin.
  const int64_t wanted = n / (static_cast<int64_t>(threads_) * kPiecesPerThread);
  job_.task = &task;
  job_.n = n;
  job_.piece = std::max<int64_t>(1, wanted / grain) * grain;
  const int64_t pieces = (n + job_.piece - 1) / job_.piece;
  job_.shares = static_cast<int>(std::min<int64_t>(pieces, threads_));
  for (int i = 0; i < job_.shares; i++) {
    const auto first = static_cast<uint64_t>(pieces * i / job_.shares);
    const auto last = static_cast<uint64_t>(pieces * (i + 1) / job_.shares);
    shares_[i].range.store(first << 32 | last, std::memory_order_relaxed);
  }

  // Before this no worker is in the job, so only this thread writes the state.
  const uint64_t generation = (state_.load(std::memory_order_relaxed) & ~(kOpen | kMembers)) + kGeneration;
  state_.store(generation | kOpen);
  const int64_t helpers = std::min<int64_t>(pieces - 1, threads_ - 1);
  if (sleepers_.load() > 0) {
    const std::lock_guard<std::mutex> lock(sleep_);
    for (int64_t i = std::min<int64_t>(helpers, sleepers_.load()); i > 0; i--) wake_.notify_one();
  }

  Work(0);
  state_.fetch_and(~kOpen);
  const auto empty = [this] { return (state_.load() & kMembers) == 0; };
  if (!Spin(empty)) {
    std::unique_lock<std::mutex> lock(sleep_);
    owner_sleeps_.store(true);
    finished_.wait(lock, empty);
    owner_sleeps_.store(false);
  }
  if (job_.failed.load()) {
    job_.failed.store(false);
    std::rethrow_exception(std::exchange(job_.error, nullptr));
  }
}

int64_t Pool::Take(Share& share, bool front) {
  uint64_t range = share.range.load(std::memory_order_relaxed);
  for (;;) {
    const uint64_t first = range >> 32, last = range & 0xffffffff;
    if (first == last) return -1;
    const uint64_t rest = front ? (first + 1) << 32 | last : first << 32 | (last - 1);
    if (share.range.compare_exchange_weak(range, rest, std::memory_order_relaxed)) {
      return static_cast<int64_t>(front ? first : last - 1);
    }
  }
}

void Pool::Work(int number) {
  inside_piece = true;
  const int64_t n = job_.n, piece = job_.piece;
  for (int k = 0; k < job_.shares; k++) {
    Share& share = shares_[(number + k) % job_.shares];
    for (int64_t i = Take(share, k == 0); i >= 0; i = Take(share, k == 0)) {
      try {
        (*job_.task)(i * piece, std::min(n, (i + 1) * piece));
      } catch (...) {
        if (!job_.failed.exchange(true)) job_.error = std::current_exception();
        for (int j = 0; j < job_.shares; j++) shares_[j].range.store(0, std::memory_order_relaxed);
      }
    }
  }
  inside_piece = false;
}

bool Pool::Join(uint64_t* seen) {
  const auto try_join = [this, seen] {
    uint64_t state = state_.load();
    while ((state & kOpen) != 0 && state / kGeneration != *seen) {
      if (!state_.compare_exchange_weak(state, state + 1)) continue;
      *seen = state / kGeneration;
      return true;
    }
    return false;
  };
  bool joined = false;
  const auto done = [&] { return closing_.load() || (joined = try_join()); };
  if (!Spin(done)) {
    std::unique_lock<std::mutex> lock(sleep_);
    sleepers_.fetch_add(1);
    wake_.wait(lock, done);
    sleepers_.fetch_sub(1);
  }
  return joined;
}

void Pool::Leave() {
  const uint64_t before = state_.fetch_sub(1);
  if ((before & (kOpen | kMembers)) == 1 && owner_sleeps_.load()) {
    const std::lock_guard<std::mutex> lock(sleep_);
    finished_.notify_one();
  }
}

void Pool::WorkerMain(int number) {
  uint64_t seen = 0;
  while (Join(&seen)) {
    Work(number);
    Leave();
  }
}

}  // namespace cotangent
