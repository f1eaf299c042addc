// The numbers that the runtimes of all devices share with JavaScript: cells of one array, written by both.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cotangent {

// Cells of `state`; runtime-state.ts has the same list.
enum StateCell : size_t {
  kStatus,     // of the latest call
  kSequence,   // of the latest execution; 0 when it is finished already
  kCompleted,  // submissions that are finished
  kSubmitted,
  kBytesInUse,  // of live buffers, as JavaScript counts them
  kPeakBytes,
  kLiveBuffers,
  kHeldBytes,  // of blocks in use
  kReservedBytes,
  kBudgetBytes,  // above it, allocation asks for a collection
  kTracked,
  kYoungBudget,  // likewise for what came since the last sweep
  kFailed,  // whether submissions failed that JavaScript has not heard of
  kStateCells,
};

// Blocks of this kind hold many buffers: their first two doubles say how many live ones, and their bytes.
constexpr uint32_t kSlab = 1;

enum Status { kDone, kCollect, kOutOfMemory, kHearOfFailure };

}  // namespace cotangent
