// A plan made ready to run: what plan-codec.ts encodes, with its symbols and routines looked up once. Immutable, so
// that a plan may run on any thread; a run keeps what changes in its Frame.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "runtime/pool.h"
#include "runtime/routine.h"

namespace cotangent {

// Whether a run is to end early, as its environment goes away.
struct Control {
  bool (*ended)(Control*);
};

// After its arguments a kernel finds the address of the run's Control, which one that loops asks every now and then.
using KernelFn = void (*)(void* const* args, int64_t begin, int64_t end);

struct Thunk;
using Thunks = std::vector<Thunk>;

struct Thunk {
  enum class Kind : uint8_t { kKernel, kRoutine, kCopy, kWhile, kConditional, kHost, kLaunch };
  struct Range {
    uint32_t begin = 0, size = 0;
  };
  Kind kind;
  Range args;           // slots, in Plan::operands; of `while` the swaps, in pairs; of `host` operands and results
  Range epilogue_args;  // slots
  Range params;         // in Plan::params
  union {
    KernelFn kernel;
    Routine routine;
    void* card_routine;
    int64_t bytes;  // of a copy
  };
  EpilogueFn epilogue;
  int64_t units;  // of `host` the number of operands, of `launch` its place in Plan::launches
  int64_t grain;  // of `host` the callback, of `while` its turns, or -1 where they are not known
  uint32_t slot;  // the predicate of `while`, the index of `conditional`
  Range children; // in Plan::bodies: condition and body of `while`, the branches of `conditional`
};

struct Plan {
  enum class Home : uint8_t { kParameter, kOutput, kArena, kConstant };
  struct Slot {
    Home home;
    uint64_t at;  // an index, or an offset
    size_t bytes;
  };
  struct Output {
    size_t bytes;
    int64_t donated;  // the parameter whose memory it takes, or -1
  };

  // A card's kernel, as PlanSource::symbols has it, and its grid.
  struct Launch {
    void* kernel;
    uint32_t grid[3];
    uint32_t block;
    uint32_t shared_bytes;
  };

  std::vector<Slot> slots;
  std::vector<Output> outputs;
  size_t num_parameters = 0;
  size_t arena_bytes = 0;
  double cost_ns = 0;
  bool has_host = false;
  bool has_choice = false;  // what runs depends on data: a loop of unknown turns, a conditional
  std::vector<Launch> launches;
  uint32_t max_args = 0;  // of any thunk, operands and epilogue's together
  std::vector<uint32_t> operands;
  std::vector<int64_t> params;
  std::deque<Thunks> bodies;
  Thunks thunks;
  std::unique_ptr<char, void (*)(void*)> constants{nullptr, nullptr};

  std::shared_ptr<void> code;  // keeps the kernels loaded
};

// What a plan is decoded from.
struct PlanSource {
  const double* words;
  size_t num_words;
  std::vector<void*> symbols;        // kernels' addresses, by the numbers that words use
  std::vector<std::string> routines;  // names, likewise
  const void* constants;
  size_t constant_bytes;
  // Whether thunks are for a card: launches and its libraries' routines, which are looked up by this.
  void* (*card_routine)(const char* name) = nullptr;
};

// Throws std::runtime_error when the words are no plan, or a routine is not known.
std::shared_ptr<Plan> DecodePlan(const PlanSource& source);

// One run of a plan.
struct Frame {
  const Plan* plan;
  void** slots;  // FramePointers(*plan) of them: the slots', and room for the arguments of thunks
  // A host thunk: false when it failed, which ends the run.
  FunctionRef<bool(int64_t callback, void* const* args, const size_t* bytes, size_t operands, size_t results)>* host;
  Control* control;
};

// How many pointers a frame's slots need.
inline size_t FramePointers(const Plan& plan) { return plan.slots.size() + plan.max_args + 1; }

// Fills in where the slots are.
void BindSlots(const Plan& plan, void* const* parameters, void* const* outputs, void* arena, void** slots);

// False when a host thunk failed or the run was stopped. Throws std::bad_alloc when a routine found no memory to work in.
bool RunPlan(Frame& frame);

}  // namespace cotangent
