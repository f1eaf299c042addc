#include "runtime/plan.h"

#include <algorithm>
#include <cstring>

#include "runtime/copy.h"
#include "runtime/plan_guard.h"

namespace cotangent {
namespace {

void ExchangeBytes(char* a, char* b, size_t bytes) {
  if (a != b) std::swap_ranges(a, a + bytes, b);
}

class Run {
 public:
  explicit Run(Frame& frame)
      : frame_(frame), plan_(*frame.plan), slots_(frame.slots), args_(frame.slots + frame.plan->slots.size()) {}

  bool All(const Thunks& thunks) {
#ifdef COTANGENT_GUARD
    for (const Thunk& thunk : thunks) {
      const bool leaf = thunk.kind != Thunk::Kind::kWhile && thunk.kind != Thunk::Kind::kConditional;
      if (leaf) guard_.Before();
      if (!Other(thunk)) return false;
      if (leaf) guard_.After(thunk);
    }
    return true;
#endif
    for (const Thunk& thunk : thunks) {
      if (thunk.kind == Thunk::Kind::kKernel) {
        Kernel(thunk);
      } else if (!Other(thunk)) {
        return false;
      }
    }
    return true;
  }

 private:
  void Gather(Thunk::Range range, void** out) const {
    const uint32_t* operand = plan_.operands.data() + range.begin;
    for (uint32_t i = 0; i < range.size; i++) out[i] = slots_[operand[i]];
  }

  bool Ended() { return frame_.control->ended(frame_.control); }

  void Kernel(const Thunk& thunk) {
    Gather(thunk.args, args_);
    args_[thunk.args.size] = frame_.control;
    if (thunk.units <= thunk.grain) {
      thunk.kernel(args_, 0, thunk.units);
      return;
    }
    Pool::Shared().ParallelFor(thunk.units, thunk.grain,
                               [&](int64_t begin, int64_t end) { thunk.kernel(args_, begin, end); });
  }

  bool Other(const Thunk& thunk) {
    if (Ended()) return false;
    switch (thunk.kind) {
      case Thunk::Kind::kKernel:
        Kernel(thunk);
        return true;
      case Thunk::Kind::kRoutine: {
        void** epilogue_args = args_ + thunk.args.size;
        Gather(thunk.args, args_);
        Gather(thunk.epilogue_args, epilogue_args);
        thunk.routine(RoutineCall{args_, plan_.params.data() + thunk.params.begin, thunk.params.size, thunk.epilogue,
                                  epilogue_args});
        return true;
      }
      case Thunk::Kind::kCopy:
        Copy(thunk);
        return true;
      case Thunk::Kind::kWhile:
        return While(thunk);
      case Thunk::Kind::kConditional: {
        int32_t index;
        std::memcpy(&index, slots_[thunk.slot], sizeof(index));
        index = std::clamp<int32_t>(index, 0, static_cast<int32_t>(thunk.children.size) - 1);
        return All(plan_.bodies[thunk.children.begin + static_cast<uint32_t>(index)]);
      }
      case Thunk::Kind::kHost:
        return Host(thunk);
      case Thunk::Kind::kLaunch:
        return false;  // the decoder refuses it
    }
    return false;
  }

  void Copy(const Thunk& thunk) {
    Gather(thunk.args, args_);
    if (args_[0] != args_[1]) CopyArray(args_[1], args_[0], static_cast<size_t>(thunk.bytes));
  }

  bool While(const Thunk& thunk) {
    const Thunks& condition = plan_.bodies[thunk.children.begin];
    const Thunks& body = plan_.bodies[thunk.children.begin + 1];
    const uint32_t* swaps = plan_.operands.data() + thunk.args.begin;
    bool away = false;
    for (;;) {
      if (!All(condition)) return false;
      if (*static_cast<const volatile char*>(slots_[thunk.slot]) == 0) break;
      if (!All(body)) return false;
      for (uint32_t i = 0; i < thunk.args.size; i += 2) std::swap(slots_[swaps[i]], slots_[swaps[i + 1]]);
      away = !away;
      if (Ended()) return false;
    }
    if (!away) return true;
    for (uint32_t i = 0; i < thunk.args.size; i += 2) {
      const uint32_t a = swaps[i], b = swaps[i + 1];
      ExchangeBytes(static_cast<char*>(slots_[a]), static_cast<char*>(slots_[b]),
                    std::min(plan_.slots[a].bytes, plan_.slots[b].bytes));
      std::swap(slots_[a], slots_[b]);
    }
    return true;
  }

  bool Host(const Thunk& thunk) {
    if (frame_.host == nullptr) return false;
    Gather(thunk.args, args_);
    std::vector<size_t> bytes(thunk.args.size);
    const uint32_t* operand = plan_.operands.data() + thunk.args.begin;
    for (uint32_t i = 0; i < thunk.args.size; i++) bytes[i] = plan_.slots[operand[i]].bytes;
    const auto operands = static_cast<size_t>(thunk.units);
    return (*frame_.host)(thunk.grain, args_, bytes.data(), operands, thunk.args.size - operands);
  }

  Frame& frame_;
  const Plan& plan_;
  void** const slots_;
  void** const args_;
#ifdef COTANGENT_GUARD
  PlanGuard guard_{frame_};
#endif
};

}  // namespace

void BindSlots(const Plan& plan, void* const* parameters, void* const* outputs, void* arena, void** slots) {
  for (const Plan::Slot& slot : plan.slots) {
    switch (slot.home) {
      case Plan::Home::kParameter:
        *slots++ = parameters[slot.at];
        break;
      case Plan::Home::kOutput:
        *slots++ = outputs[slot.at];
        break;
      case Plan::Home::kArena:
        *slots++ = static_cast<char*>(arena) + slot.at;
        break;
      case Plan::Home::kConstant:
        *slots++ = plan.constants.get() + slot.at;
        break;
    }
  }
}

bool RunPlan(Frame& frame) { return Run(frame).All(frame.plan->thunks); }

}  // namespace cotangent
