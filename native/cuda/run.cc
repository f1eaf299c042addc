#include "cuda/run.h"

#include <algorithm>

namespace cotangent::cuda {
namespace {

class Run {
 public:
  Run(const Program& program, DevicePointer* slots, const RunContext& context)
      : plan_(program.plan()),
        slots_(slots),
        args_(slots + plan_.slots.size()),
        context_(context),
        parameters_(plan_.max_args) {}

  bool All(const Thunks& thunks) {
    for (const Thunk& thunk : thunks) {
      if (!One(thunk)) return false;
    }
    return true;
  }

 private:
  bool One(const Thunk& thunk) {
    switch (thunk.kind) {
      case Thunk::Kind::kLaunch:
        Launch(thunk);
        return true;
      case Thunk::Kind::kRoutine:
        Gather(thunk.args);
        context_.hooks.Call(thunk.card_routine, args_, plan_.params.data() + thunk.params.begin, thunk.params.size);
        context_.stream.Submitted();
        return true;
      case Thunk::Kind::kCopy: {
        const DevicePointer from = Slot(thunk.args, 0), to = Slot(thunk.args, 1);
        if (from != to) context_.stream.CopyOnDevice(to, from, static_cast<size_t>(thunk.bytes));
        return true;
      }
      case Thunk::Kind::kWhile:
        return While(thunk);
      case Thunk::Kind::kConditional: {
        int32_t index = 0;
        context_.hooks.Fetch(&index, slots_[thunk.slot], sizeof(index));
        index = std::clamp<int32_t>(index, 0, static_cast<int32_t>(thunk.children.size) - 1);
        return All(plan_.bodies[thunk.children.begin + static_cast<uint32_t>(index)]);
      }
      case Thunk::Kind::kHost:
        return Host(thunk);
      case Thunk::Kind::kKernel:
        return false;  // the decoder refuses it
    }
    return false;
  }

  DevicePointer Slot(Thunk::Range range, uint32_t i) const { return slots_[plan_.operands[range.begin + i]]; }

  void Gather(Thunk::Range range) {
    for (uint32_t i = 0; i < range.size; i++) args_[i] = Slot(range, i);
  }

  void Launch(const Thunk& thunk) {
    const Plan::Launch& launch = plan_.launches[static_cast<size_t>(thunk.units)];
    const auto& kernel = *static_cast<const Kernel*>(launch.kernel);
    for (uint32_t i = 0; i < thunk.args.size; i++) parameters_[i] = &slots_[plan_.operands[thunk.args.begin + i]];
    Start(context_.stream, kernel, {{launch.grid[0], launch.grid[1], launch.grid[2]}, launch.block, launch.shared_bytes},
          parameters_.data());
    if (!context_.stepwise) return;
    const Driver& driver = context_.stream.context().driver();
    const Result result = driver.StreamSynchronize(context_.stream.handle());
    if (result != kSuccess) throw KernelError(result, "the kernel " + kernel.name + " failed: " + driver.Describe(result));
  }

  bool While(const Thunk& thunk) {
    const Thunks& condition = plan_.bodies[thunk.children.begin];
    const Thunks& body = plan_.bodies[thunk.children.begin + 1];
    const uint32_t* swaps = plan_.operands.data() + thunk.args.begin;
    const bool known = thunk.grain >= 0;
    bool away = false;
    for (int64_t turn = 0; !known || turn < thunk.grain; turn++) {
      if (!known) {
        if (!All(condition)) return false;
        char goes_on = 0;
        context_.hooks.Fetch(&goes_on, slots_[thunk.slot], 1);
        if (goes_on == 0) break;
      }
      if (!All(body)) return false;
      for (uint32_t i = 0; i < thunk.args.size; i += 2) std::swap(slots_[swaps[i]], slots_[swaps[i + 1]]);
      away = !away;
      if (context_.hooks.Ended()) return false;
    }
    if (!away) return true;
    for (uint32_t i = 0; i < thunk.args.size; i += 2) {
      const uint32_t a = swaps[i], b = swaps[i + 1];
      const size_t bytes = std::min(plan_.slots[a].bytes, plan_.slots[b].bytes);
      std::swap(slots_[a], slots_[b]);
      // What the second of a pair holds does not matter any more.
      if (bytes > 0 && slots_[a] != slots_[b]) context_.stream.CopyOnDevice(slots_[a], slots_[b], bytes);
    }
    return true;
  }

  bool Host(const Thunk& thunk) {
    Gather(thunk.args);
    std::vector<size_t> bytes(thunk.args.size);
    for (uint32_t i = 0; i < thunk.args.size; i++) bytes[i] = plan_.slots[plan_.operands[thunk.args.begin + i]].bytes;
    const auto operands = static_cast<size_t>(thunk.units);
    return context_.hooks.Host(thunk.grain, args_, bytes.data(), operands, thunk.args.size - operands);
  }

  const Plan& plan_;
  DevicePointer* const slots_;
  DevicePointer* const args_;
  const RunContext& context_;
  std::vector<void*> parameters_;  // where a launch finds its arguments
};

}  // namespace

void BindSlots(const Program& program, const DevicePointer* parameters, const DevicePointer* outputs,
               DevicePointer arena, DevicePointer* slots) {
  for (const Plan::Slot& slot : program.plan().slots) {
    switch (slot.home) {
      case Plan::Home::kParameter:
        *slots++ = parameters[slot.at];
        break;
      case Plan::Home::kOutput:
        *slots++ = outputs[slot.at];
        break;
      case Plan::Home::kArena:
        *slots++ = arena + slot.at;
        break;
      case Plan::Home::kConstant:
        *slots++ = program.constants + slot.at;
        break;
    }
  }
}

bool RunProgram(const Program& program, DevicePointer* slots, const RunContext& context) {
  return Run(program, slots, context).All(program.plan().thunks);
}

}  // namespace cotangent::cuda
