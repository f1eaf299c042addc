// The pool, the allocator, plans and the stream, from C++: what the sanitizers watch. Prints what fails and exits with 1.
// Sources: runtime/pool.cc runtime/memory.cc runtime/copy.cc runtime/plan.cc runtime/plan_decoder.cc runtime/stream.cc
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "expect.h"
#include "runtime/memory.h"
#include "runtime/plan.h"
#include "runtime/pool.h"
#include "runtime/stream.h"

namespace cotangent {

// The addon's table is of no use here.
void AddOne(const RoutineCall& call) {
  auto* x = static_cast<int32_t*>(call.args[0]);
  *x += static_cast<int32_t>(call.params[0]);
  if (call.epilogue != nullptr) call.epilogue(call.epilogue_args, 0, 0, 1, 0, 1);
}
// Finds no memory on whichever thread comes to a negative number.
void Refuse(const RoutineCall& call) {
  const auto* x = static_cast<const int32_t*>(call.args[0]);
  Pool::Shared().ParallelFor(64, 1, [x](int64_t, int64_t) {
    if (*x < 0) throw OutOfScratch(12345);
  });
}
Routine FindRoutine(const char* name) {
  return std::string(name) == "add" ? AddOne : std::string(name) == "refuse" ? Refuse : nullptr;
}
bool AreParamsOf(const char*, const int64_t*, int64_t count) { return count == 1; }

namespace {

void TestPoolCoversEveryPieceOnce() {
  Pool pool(3);
  std::mt19937 random(1);
  for (int round = 0; round < 2000; round++) {
    const auto n = static_cast<int64_t>(random() % 3000), grain = static_cast<int64_t>(1 + random() % 50);
    std::vector<std::atomic<int>> seen(static_cast<size_t>(n));
    pool.ParallelFor(n, grain, [&](int64_t begin, int64_t end) {
      EXPECT(begin % grain == 0 && (end == n || end - begin >= grain));
      for (int64_t i = begin; i < end; i++) seen[static_cast<size_t>(i)]++;
    });
    for (const auto& count : seen) EXPECT(count == 1);
    // Long enough now and then for the others to fall asleep.
    if (round % 200 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

void TestPoolNestsAndIsShared() {
  Pool pool(2);
  std::atomic<int64_t> total{0};
  std::vector<std::thread> users;
  for (int t = 0; t < 4; t++) {
    users.emplace_back([&] {
      for (int round = 0; round < 200; round++) {
        pool.ParallelFor(64, 1, [&](int64_t begin, int64_t end) {
          pool.ParallelFor(end - begin, 1, [&](int64_t b, int64_t e) { total += e - b; });
        });
      }
    });
  }
  for (std::thread& user : users) user.join();
  EXPECT(total == 4 * 200 * 64);
  EXPECT(Pool(0).threads() == 1);
}

void TestPoolPassesErrorsOn() {
  Pool pool(3);
  for (int round = 0; round < 300; round++) {
    std::atomic<int64_t> done{0};
    bool caught = false;
    try {
      pool.ParallelFor(200, 1, [&](int64_t begin, int64_t end) {
        if (begin <= round && round < end) throw std::bad_alloc();
        done += end - begin;
      });
    } catch (const std::bad_alloc&) {
      caught = true;
    }
    EXPECT(caught == (round < 200));
    EXPECT(caught ? done < 200 : done == 200);
  }
  // Where the pool is not used at all.
  bool caught = false;
  try {
    pool.ParallelFor(1, 1, [](int64_t, int64_t) { throw OutOfScratch(7); });
  } catch (const std::bad_alloc& error) {
    caught = BytesOf(error) == 7;
  }
  EXPECT(caught);
}

void TestMemoryReusesAndPads() {
  Memory memory;
  std::mt19937 random(2);
  std::vector<std::pair<unsigned char*, size_t>> blocks;
  for (int round = 0; round < 5000; round++) {
    if (blocks.size() < 40 || random() % 2 == 0) {
      const size_t bytes = random() % 4 == 0 ? random() % 5000000 : random() % 3000;
      auto* block = static_cast<unsigned char*>(memory.Allocate(bytes, random() % 2 == 0));
      EXPECT(block != nullptr && reinterpret_cast<uintptr_t>(block) % 64 == 0);
      // Its padding is its own: written here, and nobody else's below.
      block[0] = static_cast<unsigned char>(bytes);
      std::memset(block + bytes, 0xAB, kPadding);
      if (bytes > 0) block[bytes - 1] = static_cast<unsigned char>(bytes);
      blocks.emplace_back(block, bytes);
    } else {
      const size_t i = random() % blocks.size();
      const auto [block, bytes] = blocks[i];
      if (bytes > 0) EXPECT(block[bytes - 1] == static_cast<unsigned char>(bytes));
      EXPECT(block[bytes] == 0xAB && block[bytes + kPadding - 1] == 0xAB);
      memory.Free(block, 0);
      blocks[i] = blocks.back();
      blocks.pop_back();
    }
    if (round % 1000 == 0) memory.Trim(round % 2000 == 0 ? 0 : size_t{16} << 20);
    EXPECT(memory.held() <= memory.reserved());
  }
  for (const auto& [block, bytes] : blocks) memory.Free(block, 0);
  EXPECT(memory.held() == 0);
  void* first = memory.Allocate(1 << 20, false);
  memory.Free(first, 0);
  EXPECT(memory.Allocate(1 << 20, false) == first);
  EXPECT(memory.Allocate(SIZE_MAX / 2, false) == nullptr);
}

void TestMemoryInFlightIsNotForTheHost() {
  uint64_t completed = 0;
  Memory memory([](const void* count) { return *static_cast<const uint64_t*>(count); }, &completed);
  void* block = memory.Allocate(100000, false);
  memory.Free(block, 1);
  void* fresh = memory.Allocate(100000, true);
  EXPECT(fresh != block);
  memory.Trim(0);
  void* again = memory.Allocate(100000, false);
  EXPECT(again == block);
  memory.Free(again, 1);
  completed = 1;
  EXPECT(memory.Allocate(100000, true) == block);
}

void TestMemoryLimit() {
  Memory memory;
  memory.set_soft_limit(size_t{8} << 20);
  for (int i = 0; i < 100; i++) {
    void* block = memory.Allocate(size_t{1} << (14 + i % 9), false);
    memory.Free(block, 0);
  }
  EXPECT(memory.reserved() <= size_t{16} << 20);
}

// ---- Plans over int32 scalars, decoded from words as JavaScript writes them.

void Double(void* const* args, int64_t begin, int64_t end) {
  const auto* in = static_cast<const int32_t*>(args[0]);
  auto* out = static_cast<int32_t*>(args[1]);
  for (int64_t i = begin; i < end; i++) out[i] = 2 * in[i];
}

void Less(void* const* args, int64_t, int64_t) {
  *static_cast<unsigned char*>(args[1]) = *static_cast<int32_t*>(args[0]) < 1000;
}

void Epilogue(void* const* args, int64_t, int64_t, int64_t, int64_t, int64_t) {
  *static_cast<int32_t*>(args[0]) += 100;
}

enum Symbol { kDouble, kLess, kEpilogue };

PlanSource SourceOf(const std::vector<double>& words) {
  PlanSource source{words.data(), words.size(), {}, {"add", "refuse"}, nullptr, 0};
  source.symbols = {reinterpret_cast<void*>(Double), reinterpret_cast<void*>(Less), reinterpret_cast<void*>(Epilogue)};
  return source;
}

constexpr int64_t kLength = 20000;

// Doubles kLength numbers, in parallel; then adds to the first, doubles it while it is below 1000, and adds by a branch.
std::vector<double> Program() {
  const double bytes = kLength * 4;
  return {2, 2048, 5, 1, 1, bytes, -1,                     // version, arena, cost, parameters, outputs
          4, 0, 0, bytes, 1, 0, bytes, 2, 0, 4, 2, 512, 1,  // slots: parameter, output, number, flag
          4,                                               // thunks
          0, kDouble, kLength, 512, 2, 0, 1,               // kernel
          1, 0, 1, 1, 1, 5, 1, kEpilogue, 1, 1,            // routine with an epilogue
          3, 3, -1, 1, 1, 2,                               // while flag, swapping the output and the number
          1, 0, kLess, 1, 1, 2, 1, 3,                      // … condition
          1, 0, kDouble, 1, 1, 2, 1, 2,                    // … body
          4, 1, 2, 1, 1, 0, 1, 1, 1, 7, 0, 0};             // conditional on the output: a routine, or nothing
}

Control never{[](Control*) { return false; }};

struct Runner {
  explicit Runner(std::shared_ptr<const Plan> plan) : plan(std::move(plan)) {}
  Job Make(int32_t* in, int32_t* out, void* arena) const {
    std::vector<void*> pointers(FramePointers(*plan));
    void* parameters[] = {in};
    void* outputs[] = {out};
    BindSlots(*plan, parameters, outputs, arena, pointers.data());
    return Job{plan, std::move(pointers)};
  }
  std::shared_ptr<const Plan> plan;
};

int32_t Expected(int32_t x) {
  int32_t y = 2 * x + 105;
  while (y < 1000) y *= 2;
  // The branch is chosen by a large number, clamped to the last, which is empty; or by a small one.
  return y <= 0 ? y + 7 : y;
}

void TestPlans() {
  const std::vector<double> words = Program();
  const Runner runner(DecodePlan(SourceOf(words)));
  Memory memory;
  auto* in = static_cast<int32_t*>(memory.Allocate(kLength * 4, false));
  auto* out = static_cast<int32_t*>(memory.Allocate(kLength * 4, false));
  void* arena = memory.Allocate(runner.plan->arena_bytes, false);
  for (int32_t x = 0; x < 300; x++) {
    for (int64_t i = 0; i < kLength; i++) in[i] = x + static_cast<int32_t>(i);
    Job job = runner.Make(in, out, arena);
    Frame frame{job.plan.get(), job.pointers.data(), nullptr, &never};
    EXPECT(RunPlan(frame));
    EXPECT(out[0] == Expected(x));
    EXPECT(out[kLength - 1] == 2 * (x + kLength - 1));
  }
}

void TestMalformedPlans() {
  const std::vector<double> words = Program();
  const auto refused = [](const std::vector<double>& changed) {
    try {
      DecodePlan(SourceOf(changed));
      return false;
    } catch (const std::runtime_error&) {
      return true;
    }
  };
  EXPECT(!refused(words));
  for (size_t n = 0; n < words.size(); n++) {
    EXPECT(refused(std::vector<double>(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(n))));
  }
  // Any single word may be wrong: refused or not, nothing outside may be touched.
  for (size_t i = 0; i < words.size(); i++) {
    for (const double wrong : {-1.0, 3.0, 1e6}) {
      std::vector<double> changed = words;
      changed[i] = wrong;
      refused(changed);
    }
  }
}

void TestStream() {
  const std::vector<double> words = Program();
  const Runner runner(DecodePlan(SourceOf(words)));
  Memory memory;
  std::atomic<int> heard{0};
  double mirror = 0;
  {
    Stream stream([&] { heard++; }, &mirror, nullptr);
    Patience patience([] { return true; });
    auto* a = static_cast<int32_t*>(memory.Allocate(kLength * 4, false));
    auto* b = static_cast<int32_t*>(memory.Allocate(kLength * 4, false));
    void* arena = memory.Allocate(runner.plan->arena_bytes, false);
    std::memset(a, 0, kLength * 4);
    int32_t value = 0;
    for (int i = 0; i < 300; i++) {
      const uint64_t sequence = stream.Submit(runner.Make(a, b, arena));
      std::swap(a, b);
      value = Expected(value % 500);
      if (i % 7 == 0) stream.Notify(sequence);
      if (i % 3 == 0) {
        stream.Wait(sequence, patience);
        EXPECT(a[0] == value);
        a[0] = value %= 500;
      } else {
        stream.Wait(sequence, patience);
        a[0] = value % 500;
      }
    }
    // In line, all at once.
    for (int i = 0; i < 200; i++) stream.Submit(runner.Make(a, b, arena));
    EXPECT(stream.submitted() == 500);
    stream.Wait(500, patience);
    EXPECT(stream.idle() && stream.completed() == 500 && mirror == 500);
    EXPECT(b[0] == Expected(a[0]));
    EXPECT(heard == 43);
    for (int i = 0; i < 60; i++) stream.Submit(runner.Make(a, b, arena));
    // The stream goes away while plans run and wait.
  }
  EXPECT(mirror >= 500);
}

void TestFailuresPassOverWhatIsBehindThem() {
  // A routine that finds no memory for negative numbers, then one that adds one to the output.
  const std::vector<double> words = {2, 0, 1e12, 1, 1, 4, -1, 2, 0, 0, 4, 1, 0, 4,
                                     2, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 0};
  const Runner runner(DecodePlan(SourceOf(words)));
  Memory memory;
  auto* good = static_cast<int32_t*>(memory.Allocate(4, false));
  auto* bad = static_cast<int32_t*>(memory.Allocate(4, false));
  auto* out = static_cast<int32_t*>(memory.Allocate(4, false));
  *good = 1;
  *bad = -1;
  double mirror = 0, failed = 0;
  Patience patience([] { return true; });
  Stream stream([] {}, &mirror, &failed);
  for (int round = 0; round < 50; round++) {
    *out = 0;
    const uint64_t before = stream.Submit(runner.Make(good, out, nullptr));
    stream.Wait(before, patience);
    EXPECT(*out == 1 && failed == 0 && !stream.failed());
    const uint64_t first = stream.Submit(runner.Make(bad, out, nullptr));
    const uint64_t last = stream.Submit(runner.Make(good, out, nullptr));
    stream.Wait(last, patience);
    EXPECT(*out == 1 && failed == 1 && stream.failed() && mirror == static_cast<double>(last));
    const Failure failure = stream.TakeFailure();
    EXPECT(failure.first == first && failure.last == last && failure.bytes == 12345);
    EXPECT(failed == 0 && !stream.failed());
    stream.Wait(stream.Submit(runner.Make(good, out, nullptr)), patience);
    EXPECT(*out == 2);
  }
  const uint64_t here = stream.Fail(7);
  EXPECT(stream.completed() == here && stream.failed());
  const Failure failure = stream.TakeFailure();
  EXPECT(failure.first == here && failure.last == here && failure.bytes == 7);
}

void TestPatienceEndsRunsAndWaits() {
  // A loop without an end: the flag is never written again.
  const std::vector<double> words = {2, 512, 0, 1, 0, 2, 0, 0, 4, 2, 0, 1,  // a parameter, a flag
                                     2, 0, kLess, 1, 1, 2, 0, 1,            // is it less?
                                     3, 1, -1, 0, 0, 0};                    // while it is: nothing
  for (const double cost : {0.0, 1e12}) {
    std::vector<double> changed = words;
    changed[2] = cost;
    const Runner runner(DecodePlan(SourceOf(changed)));
    Memory memory;
    auto* in = static_cast<int32_t*>(memory.Allocate(4, false));
    void* arena = memory.Allocate(runner.plan->arena_bytes, false);
    *in = 1;
    std::atomic<int> asked{0};
    Patience patience([&asked] { return ++asked < 3; });
    Stream stream([] {}, nullptr, nullptr);
    stream.Submit(runner.Make(in, nullptr, arena));
    const uint64_t sequence = stream.Submit(runner.Make(in, nullptr, arena));
    stream.Wait(sequence, patience);
    EXPECT(asked == 3);
    EXPECT(stream.completed() < sequence);
  }
}

}  // namespace
}  // namespace cotangent

int main() {
  using namespace cotangent;
  TestPoolCoversEveryPieceOnce();
  TestPoolNestsAndIsShared();
  TestPoolPassesErrorsOn();
  TestMemoryReusesAndPads();
  TestMemoryInFlightIsNotForTheHost();
  TestMemoryLimit();
  TestPlans();
  TestMalformedPlans();
  TestStream();
  TestFailuresPassOverWhatIsBehindThem();
  TestPatienceEndsRunsAndWaits();
  if (failures == 0) std::puts("ok");
  return failures == 0 ? 0 : 1;
}
