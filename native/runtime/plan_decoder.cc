// Words to plans: the other half of plan-codec.ts.
#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>

#include "runtime/memory.h"
#include "runtime/plan.h"

namespace cotangent {
namespace {

constexpr int64_t kCodecVersion = 2;
constexpr size_t kAlignment = 64;

class Decoder {
 public:
  explicit Decoder(const PlanSource& source) : source_(source), plan_(std::make_shared<Plan>()) {}

  std::shared_ptr<Plan> Decode() {
    if (Next() != kCodecVersion) throw std::runtime_error("the plan is of another version");
    plan_->arena_bytes = Count();
    plan_->cost_ns = static_cast<double>(Next());
    plan_->num_parameters = Count();
    const size_t outputs = Count();
    for (size_t i = 0; i < outputs; i++) {
      const size_t bytes = Count();
      plan_->outputs.push_back({bytes, Next()});
      if (plan_->outputs.back().donated >= static_cast<int64_t>(plan_->num_parameters)) Malformed();
    }
    const size_t slots = Count();
    for (size_t i = 0; i < slots; i++) ReadSlot();
    plan_->thunks = ReadThunks();
    if (at_ != source_.num_words) Malformed();
    CopyConstants();
    return plan_;
  }

 private:
  [[noreturn]] static void Malformed() { throw std::runtime_error("the plan is malformed"); }

  [[noreturn]] static void Misplaced() { throw std::runtime_error("the plan is for another kind of device"); }

  int64_t Next() {
    if (at_ >= source_.num_words) Malformed();
    return static_cast<int64_t>(source_.words[at_++]);
  }

  size_t Count() {
    const int64_t value = Next();
    if (value < 0) Malformed();
    return static_cast<size_t>(value);
  }

  // Of a grid or a block.
  uint32_t Small() {
    const size_t value = Count();
    if (value > UINT32_MAX) Malformed();
    return static_cast<uint32_t>(value);
  }

  void ReadSlot() {
    const int64_t kind = Next();
    if (kind < 0 || kind > 3) Malformed();
    const auto home = static_cast<Plan::Home>(kind);
    const uint64_t at = Count();
    const size_t bytes = Count();
    if (home == Plan::Home::kParameter && at >= plan_->num_parameters) Malformed();
    if (home == Plan::Home::kOutput && at >= plan_->outputs.size()) Malformed();
    if (home == Plan::Home::kArena && at + bytes > plan_->arena_bytes) Malformed();
    if (home == Plan::Home::kConstant && at + bytes > source_.constant_bytes) Malformed();
    plan_->slots.push_back({home, at, bytes});
  }

  uint32_t ReadSlotId() {
    const size_t slot = Count();
    if (slot >= plan_->slots.size()) Malformed();
    return static_cast<uint32_t>(slot);
  }

  Thunk::Range ReadSlotIds(size_t count) {
    const Thunk::Range range{static_cast<uint32_t>(plan_->operands.size()), static_cast<uint32_t>(count)};
    for (size_t i = 0; i < count; i++) plan_->operands.push_back(ReadSlotId());
    return range;
  }

  Thunk::Range ReadSlotIds() { return ReadSlotIds(Count()); }

  void* ReadSymbol() {
    const size_t symbol = Count();
    if (symbol >= source_.symbols.size()) Malformed();
    return source_.symbols[symbol];
  }

  // A number of lists of thunks, one after the other in Plan::bodies.
  Thunk::Range ReadBodies(size_t count) {
    std::vector<Thunks> read;
    for (size_t i = 0; i < count; i++) read.push_back(ReadThunks());
    const Thunk::Range range{static_cast<uint32_t>(plan_->bodies.size()), static_cast<uint32_t>(count)};
    for (Thunks& thunks : read) plan_->bodies.push_back(std::move(thunks));
    return range;
  }

  Thunks ReadThunks() {
    const size_t count = Count();
    Thunks out;
    for (size_t i = 0; i < count; i++) out.push_back(ReadThunk());
    return out;
  }

  Thunk ReadThunk() {
    Thunk thunk{};
    const int64_t kind = Next();
    if (kind < 0 || kind > 6) Malformed();
    thunk.kind = static_cast<Thunk::Kind>(kind);
    switch (thunk.kind) {
      case Thunk::Kind::kKernel:
        if (source_.card_routine != nullptr) Misplaced();
        thunk.kernel = reinterpret_cast<KernelFn>(ReadSymbol());
        thunk.units = Next();
        thunk.grain = Next();
        thunk.args = ReadSlotIds();
        break;
      case Thunk::Kind::kRoutine:
        ReadRoutine(thunk);
        break;
      case Thunk::Kind::kCopy:
        thunk.bytes = static_cast<int64_t>(Count());
        thunk.args = ReadSlotIds(2);
        break;
      case Thunk::Kind::kWhile: {
        thunk.slot = ReadSlotId();
        thunk.grain = Next();
        if (thunk.grain < 0) plan_->has_choice = true;
        thunk.args = ReadSlotIds(2 * Count());
        // A slot in two pairs would not know which of them brings it home.
        std::vector<bool> seen(plan_->slots.size());
        for (uint32_t j = 0; j < thunk.args.size; j++) {
          const uint32_t slot = plan_->operands[thunk.args.begin + j];
          if (seen[slot]) throw std::runtime_error("the plan swaps a slot with two others");
          seen[slot] = true;
        }
        thunk.children = ReadBodies(2);
        return thunk;  // its slots are not arguments
      }
      case Thunk::Kind::kConditional: {
        thunk.slot = ReadSlotId();
        plan_->has_choice = true;
        const size_t branches = Count();
        if (branches == 0) Malformed();
        thunk.children = ReadBodies(branches);
        break;
      }
      case Thunk::Kind::kHost:
        plan_->has_host = true;
        thunk.grain = Next();
        thunk.units = static_cast<int64_t>(Count());
        thunk.args = ReadSlotIds();
        if (thunk.units > thunk.args.size) Malformed();
        break;
      case Thunk::Kind::kLaunch: {
        if (source_.card_routine == nullptr) Misplaced();
        Plan::Launch launch{ReadSymbol(), {Small(), Small(), Small()}, Small(), Small()};
        thunk.units = static_cast<int64_t>(plan_->launches.size());
        plan_->launches.push_back(launch);
        thunk.args = ReadSlotIds();
        break;
      }
    }
    plan_->max_args = std::max(plan_->max_args, thunk.args.size + thunk.epilogue_args.size);
    return thunk;
  }

  void ReadRoutine(Thunk& thunk) {
    const size_t name = Count();
    if (name >= source_.routines.size()) Malformed();
    const bool card = source_.card_routine != nullptr;
    if (card) thunk.card_routine = source_.card_routine(source_.routines[name].c_str());
    else thunk.routine = FindRoutine(source_.routines[name].c_str());
    if (card ? thunk.card_routine == nullptr : thunk.routine == nullptr) throw std::runtime_error("there is no routine '" + source_.routines[name] + "'");
    thunk.args = ReadSlotIds();
    const size_t params = Count();
    thunk.params = {static_cast<uint32_t>(plan_->params.size()), static_cast<uint32_t>(params)};
    for (size_t i = 0; i < params; i++) plan_->params.push_back(Next());
    const char* called = source_.routines[name].c_str();
    if (!card && !AreParamsOf(called, plan_->params.data() + thunk.params.begin, static_cast<int64_t>(params))) {
      throw std::runtime_error("the plan calls '" + source_.routines[name] +
                               "' of another version of the addon: run `npm run setup`");
    }
    if (Next() == 0) return;
    thunk.epilogue = reinterpret_cast<EpilogueFn>(ReadSymbol());
    thunk.epilogue_args = ReadSlotIds();
  }

  void CopyConstants() {
    const size_t bytes = (source_.constant_bytes + kPadding + kAlignment - 1) / kAlignment * kAlignment;
    void* copy = std::aligned_alloc(kAlignment, bytes);
    if (copy == nullptr) throw std::bad_alloc();
    plan_->constants = {static_cast<char*>(copy), std::free};
    std::memset(copy, 0, bytes);
    if (source_.constant_bytes > 0) std::memcpy(copy, source_.constants, source_.constant_bytes);
  }

  const PlanSource& source_;
  size_t at_ = 0;
  std::shared_ptr<Plan> plan_;
};

}  // namespace

std::shared_ptr<Plan> DecodePlan(const PlanSource& source) { return Decoder(source).Decode(); }

}  // namespace cotangent
