#pragma once

#include <cstddef>
#include <cstdint>

#include "cuda/driver_api.h"

namespace cotangent::cuda {

// What a run asks of whoever runs it.
class RunHooks {
 public:
  virtual ~RunHooks() = default;
  // Copies from the card and waits for everything before. Only runs of plans that depend on data ask for it.
  virtual void Fetch(void* to, DevicePointer from, size_t bytes) = 0;
  // Whether the run is to end early; asked in loops.
  virtual bool Ended() = 0;
  // A byte for loops that the card runs by itself, which it can read: not zero once runs are to end early.
  virtual DevicePointer StopFlag() = 0;
  // A call of a library's routine, which submits to the run's stream.
  virtual void Call(void* routine, const DevicePointer* args, const int64_t* params, int64_t num_params) = 0;
  // A call of the host's: false when it failed, which ends the run.
  virtual bool Host(int64_t callback, const DevicePointer* args, const size_t* bytes, size_t operands,
                    size_t results) = 0;
};

}  // namespace cotangent::cuda
