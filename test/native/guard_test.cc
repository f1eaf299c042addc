// The guarded build: whoever writes over the end of a block or before it is found, and memory holds not-a-numbers until
// somebody writes to it. Prints what fails and exits with 1.
// Sources: runtime/guard.cc runtime/memory.cc runtime/pool.cc runtime/copy.cc runtime/plan.cc runtime/plan_guard.cc
// Defines: COTANGENT_GUARD
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstring>

#include "expect.h"
#include "runtime/memory.h"
#include "runtime/plan.h"

namespace cotangent {
namespace {

// Whether a child that does this is ended for it.
template <typename F>
bool Aborts(F&& f) {
  const pid_t child = fork();
  if (child == 0) {
    std::freopen("/dev/null", "w", stderr);
    f();
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  return !(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

void TestBlocks() {
  for (const size_t bytes : {size_t{0}, size_t{1}, size_t{256}, size_t{5000}, size_t{200000}}) {
    const auto write = [bytes](std::ptrdiff_t at) {
      return Aborts([=] {
        Memory memory;
        auto* block = static_cast<char*>(memory.Allocate(bytes, true));
        std::memset(block, 1, bytes + kPadding);
        block[at] = 1;
        memory.Free(block, 0);
      });
    };
    const auto end = static_cast<std::ptrdiff_t>(bytes + kPadding);
    EXPECT(!write(0));
    EXPECT(!write(end - 1));
    EXPECT(write(end));
    EXPECT(write(end + 255));
    EXPECT(write(-1));
    EXPECT(write(-64));
  }
}

constexpr size_t kSize = 64;

void WriteNothing(void* const*, int64_t, int64_t) {}
void WriteSecond(void* const* args, int64_t, int64_t) { std::memset(args[1], 1, kSize); }
void WriteFirst(void* const* args, int64_t, int64_t) { std::memset(args[0], 1, kSize); }
void WriteFar(void* const* args, int64_t, int64_t) { static_cast<char*>(args[1])[kSize + kPadding] = 1; }

// A kernel of a parameter and a slot of the arena, beside which lies another slot.
float RunOne(KernelFn kernel) {
  Plan plan;
  plan.num_parameters = 1;
  plan.arena_bytes = 1024;
  plan.slots = {{Plan::Home::kParameter, 0, kSize}, {Plan::Home::kArena, 0, kSize}, {Plan::Home::kArena, 512, kSize}};
  plan.operands = {0, 1};
  plan.max_args = 2;
  Thunk thunk{};
  thunk.kind = Thunk::Kind::kKernel;
  thunk.kernel = kernel;
  thunk.units = thunk.grain = 1;
  thunk.args = {0, 2};
  plan.thunks = {thunk};
  alignas(64) static char parameter[kSize + kPadding], arena[1024];
  void* slots[6];
  void* const parameters[] = {parameter};
  BindSlots(plan, parameters, nullptr, arena, slots);
  Control control{[](Control*) { return false; }};
  Frame frame{&plan, slots, nullptr, &control};
  EXPECT(RunPlan(frame));
  float first;
  std::memcpy(&first, arena, sizeof(first));
  return first;
}

void TestPlans() {
  EXPECT(std::isnan(RunOne(WriteNothing)));
  EXPECT(!std::isnan(RunOne(WriteSecond)));
  EXPECT(Aborts([] { RunOne(WriteFirst); }));
  EXPECT(Aborts([] { RunOne(WriteFar); }));
  EXPECT(!Aborts([] { RunOne(WriteSecond); }));
}

}  // namespace
}  // namespace cotangent

int main() {
  cotangent::TestBlocks();
  cotangent::TestPlans();
  return cotangent::failures == 0 ? 0 : 1;
}
