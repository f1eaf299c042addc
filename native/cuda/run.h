// Runs a plan on a card: everything is submitted to one stream, in order, and only loops and conditionals that depend on
// data wait for it.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "cuda/program.h"
#include "cuda/run_hooks.h"
#include "cuda/stream.h"

namespace cotangent::cuda {

// What went wrong with one kernel, by its name.
class KernelError : public DriverError {
 public:
  KernelError(Result code, const std::string& message) : DriverError(code, message) {}
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
