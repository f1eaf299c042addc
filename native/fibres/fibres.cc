#include "fibres/switch.h"
// The switch comes first: it says what the system's headers are to declare.
#include "fibres/fibres.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>
#include <random>
#include <stdexcept>

namespace cotangent {
namespace {

constexpr int kWarp = 32;
constexpr int kPoison = 0xCD;
constexpr size_t kGuard = 256;  // bytes after shared memory that must stay as they are
constexpr size_t kSharedAlign = 128;

enum class State { kReady, kBarrier, kShuffle, kVote, kDone };

struct Fibre {
  Place place;
  State state = State::kDone;
  int32_t thread = 0;
  // What it waits for.
  int32_t site = 0, kind = 0, value = 0, by = 0;
  int32_t answer = 0;
};

const char* Doing(State state) {
  switch (state) {
    case State::kBarrier: return "waits at barrier";
    case State::kShuffle: return "shuffles at site";
    case State::kVote: return "votes at site";
    case State::kReady: return "runs at site";
    case State::kDone: return "has ended";
  }
  return "";
}

std::string Describe(const Fibre& f) {
  std::string out = "thread " + std::to_string(f.thread) + " " + Doing(f.state);
  if (f.state != State::kDone) out += " " + std::to_string(f.site);
  return out;
}

// The thread's stacks, kept from launch to launch: making them takes longer than most kernels.
Stacks& StacksFor(size_t count) {
  thread_local std::unique_ptr<Stacks> kept;
  thread_local size_t kept_count = 0;
  if (kept_count < count) {
    kept = nullptr;
    kept = std::make_unique<Stacks>(count);
    kept_count = count;
  }
  return *kept;
}

// One launch: blocks one after the other, all on the same stacks.
class Grid {
 public:
  Grid(const GridLaunch& launch, void** args)
      : launch_(launch),
        args_(args),
        random_(launch.order.seed),
        stacks_(StacksFor(static_cast<size_t>(launch.block))),
        fibres_(new Fibre[static_cast<size_t>(launch.block)]),
        memory_(launch.shared_bytes + kGuard + kSharedAlign) {
    const auto address = reinterpret_cast<uintptr_t>(memory_.data());
    shared_ = memory_.data() + (kSharedAlign - address % kSharedAlign) % kSharedAlign;
  }

  void Run();

  // Of the fibre that runs.
  Fibre& current() { return *current_; }
  int32_t block() const { return block_; }
  void* shared() { return shared_; }
  int32_t Wait(State state, int32_t site, int32_t kind = 0, int32_t value = 0, int32_t by = 0) {
    Fibre& f = *current_;
    f.state = state;
    f.site = site;
    f.kind = kind;
    f.value = value;
    f.by = by;
    scheduler_.Enter(f.place);
    return f.answer;
  }
  [[noreturn]] void Main() {
    current_->place.Arrived();
    launch_.kernel(args_);
    current_->state = State::kDone;
    scheduler_.Enter(current_->place, true);
    std::abort();  // nobody enters a fibre that has ended
  }

 private:
  void RunBlock();
  void RunWarp(int warp);
  void Exchange(int first, int count);
  std::vector<int> Order(int count);
  [[noreturn]] void Fail(const std::string& what) const {
    throw std::runtime_error("kernel '" + launch_.name + "', block " + std::to_string(block_) + ": " + what);
  }

  const GridLaunch& launch_;
  void** args_;
  std::mt19937_64 random_;
  Stacks& stacks_;
  std::unique_ptr<Fibre[]> fibres_;
  std::vector<unsigned char> memory_;
  unsigned char* shared_ = nullptr;
  Place scheduler_;
  Fibre* current_ = nullptr;
  int32_t block_ = 0;
};

thread_local Grid* running = nullptr;

std::vector<int> Grid::Order(int count) {
  std::vector<int> out(static_cast<size_t>(count));
  std::iota(out.begin(), out.end(), 0);
  if (launch_.order.kind == FibreOrder::Kind::kReverse) std::reverse(out.begin(), out.end());
  if (launch_.order.kind == FibreOrder::Kind::kShuffled) {
    // Not std::shuffle: the same order everywhere.
    for (size_t k = out.size(); k > 1; k--) std::swap(out[k - 1], out[random_() % k]);
  }
  return out;
}

void Grid::Run() {
  for (const int b : Order(launch_.grid)) {
    block_ = b;
    RunBlock();
  }
}

void Grid::RunBlock() {
  std::memset(shared_, kPoison, launch_.shared_bytes + kGuard);
  for (int t = 0; t < launch_.block; t++) {
    Fibre& f = fibres_[t];
    f.state = State::kReady;
    f.thread = t;
    f.place.Begin(stacks_.At(static_cast<size_t>(t)), [] { running->Main(); });
  }
  const int warps = (launch_.block + kWarp - 1) / kWarp;
  for (;;) {
    for (const int w : Order(warps)) RunWarp(w);
    const Fibre& first = fibres_[0];
    for (int t = 1; t < launch_.block; t++) {
      const Fibre& f = fibres_[t];
      if (f.state == first.state && (f.state == State::kDone || f.site == first.site)) continue;
      Fail("not all threads come to the same barrier: " + Describe(first) + ", " + Describe(f));
    }
    if (first.state == State::kDone) break;
    for (int t = 0; t < launch_.block; t++) fibres_[t].state = State::kReady;
  }
  const unsigned char* end = shared_ + launch_.shared_bytes;
  if (!std::all_of(end, end + kGuard, [](unsigned char byte) { return byte == kPoison; })) {
    Fail("wrote beyond its " + std::to_string(launch_.shared_bytes) + " bytes of shared memory");
  }
}

// Until all lanes are at a barrier or have ended.
void Grid::RunWarp(int warp) {
  const int first = warp * kWarp, count = std::min(kWarp, launch_.block - first);
  for (;;) {
    for (const int lane : Order(count)) {
      Fibre& f = fibres_[first + lane];
      if (f.state != State::kReady) continue;
      current_ = &f;
      f.place.Enter(scheduler_);
    }
    const Fibre* waiting = std::find_if(&fibres_[first], &fibres_[first] + count, [](const Fibre& f) {
      return f.state == State::kShuffle || f.state == State::kVote;
    });
    if (waiting == &fibres_[first] + count) return;
    for (int lane = 0; lane < count; lane++) {
      const Fibre& f = fibres_[first + lane];
      if (f.state == waiting->state && f.site == waiting->site && f.kind == waiting->kind) continue;
      Fail("not all lanes of a warp come to the same exchange: " + Describe(*waiting) + ", " + Describe(f));
    }
    if (count < kWarp) Fail("a warp of " + std::to_string(count) + " threads cannot exchange: " + Describe(*waiting));
    Exchange(first, count);
  }
}

void Grid::Exchange(int first, int count) {
  Fibre* lanes = &fibres_[first];
  uint32_t ballot = 0;
  for (int lane = 0; lane < count; lane++) ballot |= (lanes[lane].value != 0 ? 1u : 0u) << lane;
  for (int lane = 0; lane < count; lane++) {
    Fibre& f = lanes[lane];
    if (f.state == State::kVote) {
      const auto kind = static_cast<VoteKind>(f.kind);
      f.answer = kind == VoteKind::kBallot ? static_cast<int32_t>(ballot)
                 : kind == VoteKind::kAll  ? (ballot == ~0u ? 1 : 0)
                                           : (ballot != 0 ? 1 : 0);
      continue;
    }
    // Five bits of `by` count for lanes and masks, as on the card; beyond the warp a lane has its own.
    const auto kind = static_cast<ShuffleKind>(f.kind);
    const int by = f.by & (kWarp - 1);
    const int from = kind == ShuffleKind::kXor ? lane ^ by : kind == ShuffleKind::kIndex ? by : lane + by;
    f.answer = lanes[from < count ? from : lane].value;
  }
  for (int lane = 0; lane < count; lane++) lanes[lane].state = State::kReady;
}

}  // namespace

void RunGrid(const GridLaunch& launch, void** args) {
  if (launch.grid < 0 || launch.block < 1 || launch.block > 1024) {
    throw std::runtime_error("kernel '" + launch.name + "': no grid of " + std::to_string(launch.grid) + " blocks of " +
                             std::to_string(launch.block) + " threads");
  }
  if (running != nullptr) throw std::runtime_error("kernel '" + launch.name + "': another grid is running");
  Grid grid(launch, args);
  running = &grid;
  try {
    grid.Run();
  } catch (...) {
    running = nullptr;
    throw;
  }
  running = nullptr;
}

std::vector<std::pair<std::string, void*>> FibreSymbols() {
  return {{"ct_fibre_thread", reinterpret_cast<void*>(ct_fibre_thread)},
          {"ct_fibre_block", reinterpret_cast<void*>(ct_fibre_block)},
          {"ct_fibre_shared", reinterpret_cast<void*>(ct_fibre_shared)},
          {"ct_fibre_barrier", reinterpret_cast<void*>(ct_fibre_barrier)},
          {"ct_fibre_shuffle", reinterpret_cast<void*>(ct_fibre_shuffle)},
          {"ct_fibre_vote", reinterpret_cast<void*>(ct_fibre_vote)}};
}

}  // namespace cotangent

using cotangent::running;
using cotangent::State;

extern "C" int ct_fibre_run(const char* name, void* kernel, int grid, int block, size_t shared_bytes, uint64_t seed,
                            void** args, char* error, size_t error_bytes) {
  using cotangent::FibreOrder;
  const auto kind = seed % 4 == 0   ? FibreOrder::Kind::kForward
                    : seed % 4 == 1 ? FibreOrder::Kind::kReverse
                                    : FibreOrder::Kind::kShuffled;
  try {
    cotangent::RunGrid({name, reinterpret_cast<cotangent::GridKernel>(kernel), grid, block, shared_bytes, {kind, seed}},
                       args);
    return 0;
  } catch (const std::exception& failure) {
    if (error_bytes > 0) {
      std::strncpy(error, failure.what(), error_bytes - 1);
      error[error_bytes - 1] = '\0';
    }
    return 1;
  }
}

extern "C" {
int32_t ct_fibre_thread() { return running->current().thread; }
int32_t ct_fibre_block() { return running->block(); }
void* ct_fibre_shared() { return running->shared(); }
void ct_fibre_barrier(int32_t site) { running->Wait(State::kBarrier, site); }
int32_t ct_fibre_shuffle(int32_t kind, int32_t value, int32_t by, int32_t site) {
  return running->Wait(State::kShuffle, site, kind, value, by);
}
int32_t ct_fibre_vote(int32_t kind, int32_t predicate, int32_t site) {
  return running->Wait(State::kVote, site, kind, predicate);
}
}
