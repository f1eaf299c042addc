// Calls of libraries, by name: what a plan for a card does besides launching its kernels.
#pragma once

#include <vector>

#include "cuda/libraries/libraries.h"

namespace cotangent::cuda {

struct LibraryCall {
  Stream& stream;
  Libraries& libraries;
  Scratch& scratch;
  const DevicePointer* args;  // the memory of the thunk's slots, in order
  // How many args there are, where in the memory of each the array begins, in bytes; the rest is the routine's affair.
  // xla-like/5-emit/cuda writes them.
  const int64_t* params;
  int64_t num_params;
};

// A call's params, one after the other.
class CallReader {
 public:
  explicit CallReader(const LibraryCall& call)
      : call_(call), next_(call.params + 1 + call.params[0]), end_(call.params + call.num_params) {}

  DevicePointer arg(int k) const { return call_.args[k] + static_cast<DevicePointer>(call_.params[1 + k]); }
  int64_t Next() { return next_ < end_ ? *next_++ : 0; }
  bool Flag() { return Next() != 0; }
  DType Type() { return static_cast<DType>(Next()); }
  // All that are left, which stay to be read.
  std::vector<int64_t> Rest() const { return {next_, end_}; }

 private:
  const LibraryCall& call_;
  const int64_t* next_;
  const int64_t* end_;
};

// Submits to the call's stream. Throws LibraryUnavailable where the library is missing, LibraryError where it fails,
// DriverError and OutOfMemoryError.
using LibraryRoutine = void (*)(const LibraryCall& call);

// The routine of a name, or null.
LibraryRoutine FindLibraryRoutine(const char* name);

void RunAttention(const LibraryCall& call);
void RunAttentionGradient(const LibraryCall& call);
void RunConvolution(const LibraryCall& call);
void RunFft(const LibraryCall& call);
void RunMatmul(const LibraryCall& call);

}  // namespace cotangent::cuda
