#include "runtime/environment.h"

#include <algorithm>
#include <cstdlib>

namespace cotangent {
namespace {

// A plan that takes less runs where it is called: handing it over would cost as much.
constexpr double kInlineNs = 100e3;
// How many pointers an execution keeps on the stack.
constexpr size_t kStackPointers = 1024;
// No cache holds larger blocks, so that less is gained by reusing them soon: they count as a part of their size.
constexpr size_t kYoungLargest = size_t{8} << 20;
constexpr size_t kYoungPart = 4;

void* PointerOf(double address) { return reinterpret_cast<void*>(static_cast<uintptr_t>(address)); }
size_t YoungBytes(const Memory::Header& block) {
  return block.total > kYoungLargest ? block.total / kYoungPart : block.total;
}
double AddressOf(const void* pointer) { return static_cast<double>(reinterpret_cast<uintptr_t>(pointer)); }

}  // namespace

Environment::Environment(napi_env env, double* io, double* state, napi_threadsafe_function progress)
    : env_(env),
      io_(io),
      state_(state),
      progress_(progress),
      memory_([](const void* stream) { return static_cast<const Stream*>(stream)->completed(); }, &stream_),
      stream_([progress] { napi_call_threadsafe_function(progress, nullptr, napi_tsfn_nonblocking); },
              state + kCompleted, state + kFailed) {}

Environment::~Environment() {
  for (Memory::Header* block : tracked_) napi_delete_reference(env_, static_cast<napi_ref>(block->owner));
  for (napi_ref ref : kept_) napi_delete_reference(env_, ref);
}

size_t Environment::AddPlan(std::shared_ptr<Plan> plan) {
  if (free_plans_.empty()) {
    plans_.push_back(std::move(plan));
    return plans_.size() - 1;
  }
  const size_t id = free_plans_.back();
  free_plans_.pop_back();
  plans_[id] = std::move(plan);
  return id;
}

void Environment::RemovePlan(size_t id) {
  if (id >= plans_.size() || plans_[id] == nullptr) return;
  plans_[id] = nullptr;
  free_plans_.push_back(id);
}

bool Environment::OverBudget(size_t bytes) {
  const double budget = state_[kBudgetBytes];
  const bool enough = budget <= 0 || static_cast<double>(memory_.held() + bytes) <= budget;
  if (enough && static_cast<double>(young_) <= state_[kYoungBudget]) return false;
  state_[kStatus] = kCollect;
  return true;
}

// V8 is told nothing of this memory: it would answer every 64 MB with a marking of the whole heap, where a minor
// collection, which the budgets bring about, finds what there is to find.
void Environment::Report() {
  state_[kHeldBytes] = static_cast<double>(memory_.held());
  state_[kReservedBytes] = static_cast<double>(memory_.reserved());
}

void* Environment::Allocate(size_t bytes, bool now, bool ignore_budget) {
  if (!ignore_budget && OverBudget(bytes)) return nullptr;
  memory_.set_soft_limit(static_cast<size_t>(state_[kBudgetBytes]));
  void* block = memory_.Allocate(bytes, now);
  state_[kStatus] = block == nullptr ? kOutOfMemory : kDone;
  Report();
  return block;
}

void Environment::Untrack(napi_env env, Memory::Header* block) {
  if (block->owner == nullptr) return;
  napi_delete_reference(env, static_cast<napi_ref>(block->owner));
  block->owner = nullptr;
  young_ -= std::min(young_, YoungBytes(*block));
  Memory::Header* last = tracked_.back();
  tracked_[block->tracked] = last;
  last->tracked = block->tracked;
  tracked_.pop_back();
  state_[kTracked] = static_cast<double>(tracked_.size());
}

void Environment::Free(napi_env env, void* address) {
  Untrack(env, Memory::HeaderOf(address));
  memory_.Free(address, stream_.submitted());
  Report();
}

void Environment::Track(napi_env env, void* address, napi_value owner) {
  Memory::Header* block = Memory::HeaderOf(address);
  napi_ref ref = nullptr;
  if (napi_create_reference(env, owner, 0, &ref) != napi_ok) return;
  block->owner = ref;
  block->tracked = tracked_.size();
  tracked_.push_back(block);
  young_ += YoungBytes(*block);
  state_[kTracked] = static_cast<double>(tracked_.size());
}

size_t Environment::Sweep(napi_env env) {
  const auto owner = [&](size_t i) { return static_cast<napi_ref>(tracked_[i]->owner); };
  const size_t freed = SweepReferences(env, tracked_.size(), owner, [&](size_t i) {
    Memory::Header* block = tracked_[i];
    const auto* counts = reinterpret_cast<const double*>(block + 1);
    const bool slab = block->kind == kSlab;
    state_[kLiveBuffers] -= slab ? counts[0] : 1;
    state_[kBytesInUse] -= slab ? counts[1] : static_cast<double>(block->bytes);
    Untrack(env, block);
    memory_.Free(block + 1, stream_.submitted());
  });
  young_ = 0;
  Report();
  return freed;
}

void Environment::Trim() {
  Wait(stream_.submitted());
  memory_.Trim(0);
  Report();
}

bool Environment::AllocateOutputs(const Plan& plan, const double* given, void** parameters, void** outputs,
                                  void** arena) {
  memory_.set_soft_limit(static_cast<size_t>(state_[kBudgetBytes]));
  for (size_t i = 0; i < plan.outputs.size(); i++) {
    const Plan::Output& output = plan.outputs[i];
    if (outputs[i] != nullptr) continue;
    outputs[i] = output.donated >= 0 ? parameters[output.donated] : memory_.Allocate(output.bytes, false);
    if (outputs[i] == nullptr) {
      FreeOutputs(plan, given, outputs, i);
      return false;
    }
  }
  *arena = nullptr;
  if (plan.arena_bytes == 0) return true;
  *arena = memory_.Allocate(plan.arena_bytes, false);
  if (*arena != nullptr) return true;
  FreeOutputs(plan, given, outputs, plan.outputs.size());
  return false;
}

void Environment::FreeOutputs(const Plan& plan, const double* given, void** outputs, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (plan.outputs[i].donated < 0 && given[i] == 0) memory_.Free(outputs[i], stream_.submitted());
  }
}

bool Environment::Execute(napi_env env) {
  const std::shared_ptr<Plan>& held = plans_[static_cast<size_t>(io_[0])];
  const Plan& plan = *held;
  const size_t num_parameters = plan.num_parameters, num_outputs = plan.outputs.size();
  const bool ignore_budget = io_[1] != 0;

  void* stack[kStackPointers];
  std::unique_ptr<void*[]> heap;
  const size_t wanted = num_parameters + num_outputs + FramePointers(plan);
  if (wanted > kStackPointers) heap.reset(new void*[wanted]);
  void** const parameters = heap ? heap.get() : stack;
  void** const outputs = parameters + num_parameters;
  void** const slots = outputs + num_outputs;

  const double* given = io_ + 2;
  for (size_t i = 0; i < num_parameters; i++) parameters[i] = PointerOf(given[i]);
  given += num_parameters;
  size_t bytes = plan.arena_bytes;
  for (size_t i = 0; i < num_outputs; i++) {
    outputs[i] = PointerOf(given[i]);
    if (outputs[i] == nullptr && plan.outputs[i].donated < 0) bytes += plan.outputs[i].bytes;
  }
  if (bytes > 0 && !ignore_budget && OverBudget(bytes)) return true;
  void* arena = nullptr;
  if (!AllocateOutputs(plan, given, parameters, outputs, &arena)) {
    state_[kStatus] = kOutOfMemory;
    return true;
  }
  BindSlots(plan, parameters, outputs, arena, slots);

  bool ok = true, heard = true;
  state_[kSequence] = 0;
  const bool here = plan.has_host || (plan.cost_ns < kInlineNs && stream_.idle());
  // What the host calls may drop the plan, and use `io` itself.
  const std::shared_ptr<Plan> keep = plan.has_host ? held : nullptr;
  const std::vector<double> brought(given, plan.has_host ? given + num_outputs : given);
  if (plan.has_host) Wait(stream_.submitted());
  if (stream_.failed()) {
    // What this would use may not be there.
    FreeOutputs(plan, given, outputs, num_outputs);
    heard = false;
  } else if (here) {
    ok = RunInline(env, plan, slots);
    if (!ok) FreeOutputs(plan, brought.data(), outputs, num_outputs);
  } else {
    const uint64_t sequence = stream_.Submit(Job{held, std::vector<void*>(slots, slots + FramePointers(plan))});
    state_[kSubmitted] = state_[kSequence] = static_cast<double>(sequence);
  }
  if (arena != nullptr) memory_.Free(arena, stream_.submitted());
  double* taken = io_ + 2 + num_parameters;
  for (size_t i = 0; i < num_outputs; i++) taken[i] = AddressOf(outputs[i]);
  state_[kStatus] = heard ? kDone : kHearOfFailure;
  if (bytes > 0) Report();
  return ok;
}

bool Environment::RunInline(napi_env env, const Plan& plan, void** slots) {
  const auto call = [&](int64_t callback, void* const* args, const size_t* bytes, size_t operands, size_t results) {
    return CallHost(env, callback, args, bytes, operands, results);
  };
  FunctionRef<bool(int64_t, void* const*, const size_t*, size_t, size_t)> host(call);
  Frame frame{&plan, slots, &host, &patience_};
  uint64_t sequence = 0;
  bool ok = true;
  try {
    // Where nothing calls the host, a run that is ended early is one that nobody waits for any more.
    ok = RunPlan(frame) || !plan.has_host;
  } catch (const std::bad_alloc& error) {
    sequence = stream_.Fail(BytesOf(error));
    state_[kSubmitted] = static_cast<double>(sequence);
  }
  // The host's calls may have executed plans themselves.
  state_[kSequence] = static_cast<double>(sequence);
  return ok;
}

std::string Environment::TakeFailure() {
  const Failure failure = stream_.TakeFailure();
  io_[0] = static_cast<double>(failure.first);
  io_[1] = static_cast<double>(failure.last);
  io_[2] = static_cast<double>(failure.bytes);
  return "";
}

// io: for each operand and then each result its address and how many bytes it has.
bool Environment::CallHost(napi_env env, int64_t callback, void* const* args, const size_t* bytes, size_t operands,
                           size_t results) {
  for (size_t i = 0; i < operands + results; i++) {
    io_[2 * i] = AddressOf(args[i]);
    io_[2 * i + 1] = static_cast<double>(bytes[i]);
  }
  return CallHostFunction(env, host_, callback, operands, results);
}

}  // namespace cotangent
