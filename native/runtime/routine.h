// Routines: what a plan calls by name besides emitted kernels. Each is one file in native/cpu/routines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>

namespace cotangent {

// Emitted code that finishes a block of a product while it is in the cache.
using EpilogueFn = void (*)(void* const* args, int64_t batch, int64_t row0, int64_t row1, int64_t col0, int64_t col1);

struct RoutineCall {
  void* const* args;       // the memory of the thunk's slots, in order
  const int64_t* params;   // the thunk's params
  int64_t num_params;
  EpilogueFn epilogue;     // null when there is none
  void* const* epilogue_args;
};

// May use Pool::Shared(). Memory it needs for itself comes from Scratch; std::bad_alloc is all it may throw.
using Routine = void (*)(const RoutineCall& call);

// The routine of a name, or null.
Routine FindRoutine(const char* name);

// Whether a routine can be called with these params, as far as their number tells: what was compiled for another version
// of a routine must not run.
bool AreParamsOf(const char* name, const int64_t* params, int64_t count);

// Memory of this thread that lives until the next request of the same lane: aligned to 64 bytes, uninitialised. Throws
// OutOfScratch where there is none.
void* Scratch(int lane, size_t bytes);

struct OutOfScratch : std::bad_alloc {
  explicit OutOfScratch(size_t bytes) : bytes(bytes) {}
  const char* what() const noexcept override { return "no memory for a routine to work in"; }
  size_t bytes;
};

}  // namespace cotangent
