// Runs a plan on a card: everything is submitted to one stream, in order, and only loops and conditionals that depend on
// data wait for it.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "cuda/program.h"
#include "cuda/stream.h"

namespace cotangent::cuda {

// What went wrong with one kernel, by its name.
class KernelError : public DriverError {
 public:
  KernelError(Result code, const std::string& message) : DriverError(code, message) {}
};

// What a run asks of whoever runs it.
class RunHooks {
 public:
  virtual ~RunHooks() = default;
  // Copies from the card and waits for everything before. Only runs of plans that depend on data ask for it.
  virtual void Fetch(void* to, DevicePointer from, size_t bytes) = 0;
  // Whether the run is to end early; asked in loops.
  virtual bool Ended() = 0;
  // A call of a library's routine, which submits to the run's stream.
  virtual void Call(void* routine, const DevicePointer* args, const int64_t* params, int64_t num_params) = 0;
  // A call of the host's: false when it failed, which ends the run.
  virtual bool Host(int64_t callback, const DevicePointer* args, const size_t* bytes, size_t operands,
                    size_t results) = 0;
};

struct RunContext {
  Stream& stream;
  RunHooks& hooks;
  // Waits after every kernel, so that what fails can be told.
  bool stepwise = false;
};

// How many pointers a run needs: the slots', and room for the arguments of a call.
inline size_t RunPointers(const Plan& plan) { return plan.slots.size() + plan.max_args; }

// Fills in where the slots are.
void BindSlots(const Program& program, const DevicePointer* parameters, const DevicePointer* outputs,
               DevicePointer arena, DevicePointer* slots);

// False when the run ended early. Throws DriverError.
bool RunProgram(const Program& program, DevicePointer* slots, const RunContext& context);

}  // namespace cotangent::cuda
