#include "cuda/environment.h"

#include <algorithm>

namespace cotangent::cuda {
namespace {

DevicePointer PointerOf(double address) { return static_cast<DevicePointer>(address); }
double AddressOf(DevicePointer pointer) { return static_cast<double>(pointer); }
DevicePointer PointerOf(const void* address) { return reinterpret_cast<uintptr_t>(address); }
void* Opaque(DevicePointer pointer) { return reinterpret_cast<void*>(static_cast<uintptr_t>(pointer)); }

// So many uploads may wait for their first use before it is looked which of them are done.
constexpr size_t kManyUploads = 64;

}  // namespace

// Of runs on JavaScript's own thread, which call the host.
class CardEnvironment::HostHooks : public RunHooks {
 public:
  HostHooks(CardEnvironment& card, napi_env env) : card_(card), env_(env) {}

  void Fetch(void* to, DevicePointer from, size_t bytes) override {
    card_.compute_.Await(card_.compute_.Mark());
    card_.staging_.Download(to, from, bytes);
  }
  bool Ended() override { return card_.patience_.Over(); }
  DevicePointer StopFlag() override { return 0; }
  void Call(void* routine, const DevicePointer* args, const int64_t* params, int64_t count) override {
    card_.Call(routine, args, params, count);
  }
  bool Host(int64_t callback, const DevicePointer* args, const size_t* bytes, size_t operands,
            size_t results) override {
    card_.compute_.Await(card_.compute_.Mark());
    if (!card_.CallHost(env_, callback, args, bytes, operands, results)) return false;
    // It may have used other cards.
    card_.Enter();
    return true;
  }

 private:
  CardEnvironment& card_;
  const napi_env env_;
};

CardEnvironment::CardEnvironment(napi_env env, const Driver& driver, const DeviceInfo& device, double* io, double* state,
                                 napi_threadsafe_function progress)
    : env_(env),
      io_(io),
      state_(state),
      progress_(progress),
      context_(driver, device),
      compute_(context_),
      copy_(context_),
      pool_(context_),
      staging_(copy_),
      libraries_(context_),
      workspace_(context_),
      queue_(
          compute_,
          [this](void* routine, const DevicePointer* args, const int64_t* params, int64_t count) {
            Call(routine, args, params, count);
          },
          [progress] { napi_call_threadsafe_function(progress, nullptr, napi_tsfn_nonblocking); }, state + kCompleted,
          state + kFailed) {}

CardEnvironment::~CardEnvironment() {
  try {
    Enter();
  } catch (const DriverError&) {
    // The card is lost: what follows does what it can.
  }
  for (DevicePointer address : tracked_) napi_delete_reference(env_, blocks_.at(address).owner);
  for (napi_ref ref : kept_) napi_delete_reference(env_, ref);
}

std::string CardEnvironment::Assemble(const std::string& ptx) {
  CheckNotLost();
  Enter();
  return cuda::Assemble(context_, ptx);
}

size_t CardEnvironment::AddProgram(const ProgramSource& source) {
  CheckNotLost();
  Enter();
  auto program = std::make_shared<Program>(context_, source);
  if (program->constant_bytes() > 0) {
    program->constants = pool_.Allocate(program->constant_bytes(), copy_);
    staging_.Upload(program->constants, program->host_constants(), program->constant_bytes());
    compute_.After(copy_);
    pool_.HandOver(program->constants, compute_);
    program->ForgetHostConstants();
    Report();
  }
  if (free_programs_.empty()) {
    programs_.push_back(std::move(program));
    return programs_.size() - 1;
  }
  const size_t id = free_programs_.back();
  free_programs_.pop_back();
  programs_[id] = std::move(program);
  return id;
}

void CardEnvironment::RemoveProgram(size_t id) {
  if (id >= programs_.size() || programs_[id] == nullptr) return;
  Enter();
  // Runs that are under way keep the program, and come before what uses this memory next.
  if (programs_[id]->constants != 0) pool_.Free(programs_[id]->constants);
  programs_[id] = nullptr;
  free_programs_.push_back(id);
  Report();
}

void CardEnvironment::Call(void* routine, const DevicePointer* args, const int64_t* params, int64_t count) {
  workspace_.Begin();
  reinterpret_cast<LibraryRoutine>(routine)({compute_, libraries_, workspace_, args, params, count});
}

void CardEnvironment::CheckNotLost() {
  if (!lost_.empty()) throw std::runtime_error(lost_);
}

bool CardEnvironment::OverBudget(size_t bytes) {
  const double budget = state_[kBudgetBytes];
  const bool enough = budget <= 0 || static_cast<double>(pool_.stats().held + bytes) <= budget;
  if (enough && static_cast<double>(young_) <= state_[kYoungBudget]) return false;
  state_[kStatus] = kCollect;
  return true;
}

void CardEnvironment::Report() {
  state_[kHeldBytes] = static_cast<double>(pool_.stats().held);
  state_[kReservedBytes] = static_cast<double>(pool_.stats().reserved);
}

DevicePointer CardEnvironment::TakeBlock(size_t bytes, Stream& stream) {
  const DevicePointer address = pool_.Allocate(bytes, stream);
  blocks_.emplace(address, Block{bytes});
  return address;
}

void CardEnvironment::GiveBlock(DevicePointer address) {
  blocks_.erase(address);
  if (!uploads_.empty()) uploads_.erase(address);
  try {
    pool_.Free(address);
  } catch (const DriverError& error) {
    // The card is lost, and its memory with it.
    queue_.Fail(error);
  }
}

void* CardEnvironment::Allocate(size_t bytes, bool now, bool ignore_budget) {
  CheckNotLost();
  Enter();
  if (!ignore_budget && OverBudget(bytes)) return nullptr;
  DevicePointer address = 0;
  try {
    address = TakeBlock(bytes, now ? copy_ : compute_);
    state_[kStatus] = kDone;
  } catch (const OutOfMemoryError&) {
    state_[kStatus] = kOutOfMemory;
  }
  Report();
  return Opaque(address);
}

void CardEnvironment::Free(napi_env env, void* address) {
  Enter();
  const DevicePointer pointer = PointerOf(address);
  const auto found = blocks_.find(pointer);
  if (found == blocks_.end()) return;
  Untrack(env, pointer, found->second);
  GiveBlock(pointer);
  Report();
}

void CardEnvironment::Track(napi_env env, void* address, napi_value owner) {
  const DevicePointer pointer = PointerOf(address);
  Block& block = blocks_.at(pointer);
  napi_ref ref = nullptr;
  if (napi_create_reference(env, owner, 0, &ref) != napi_ok) return;
  block.owner = ref;
  block.position = tracked_.size();
  tracked_.push_back(pointer);
  young_ += block.bytes;
  state_[kTracked] = static_cast<double>(tracked_.size());
}

void CardEnvironment::Untrack(napi_env env, DevicePointer address, Block& block) {
  if (block.owner == nullptr) return;
  napi_delete_reference(env, block.owner);
  block.owner = nullptr;
  young_ -= std::min(young_, block.bytes);
  const DevicePointer last = tracked_.back();
  tracked_[block.position] = last;
  blocks_.at(last).position = block.position;
  tracked_.pop_back();
  state_[kTracked] = static_cast<double>(tracked_.size());
}

size_t CardEnvironment::Sweep(napi_env env) {
  Enter();
  queue_.Poll();
  const auto owner = [&](size_t i) { return blocks_.at(tracked_[i]).owner; };
  const size_t freed = SweepReferences(env, tracked_.size(), owner, [&](size_t i) {
    const DevicePointer address = tracked_[i];
    Block& block = blocks_.at(address);
    state_[kLiveBuffers] -= 1;
    state_[kBytesInUse] -= static_cast<double>(block.bytes);
    Untrack(env, address, block);
    GiveBlock(address);
  });
  young_ = 0;
  Report();
  return freed;
}

void CardEnvironment::Wait(uint64_t point) {
  Enter();
  queue_.Wait(point, patience_);
}

void CardEnvironment::Trim() {
  if (!lost_.empty()) return;
  Wait(compute_.Mark());
  pool_.Trim(true);
  Report();
}

void CardEnvironment::AwaitUpload(DevicePointer address) {
  const auto found = uploads_.find(address);
  if (found == uploads_.end()) return;
  compute_.After(copy_, found->second);
  pool_.HandOver(address, compute_);
  uploads_.erase(found);
}

void CardEnvironment::Read(void* to, const void* from, size_t bytes) {
  CheckNotLost();
  Enter();
  // Whoever reads has waited for the run that writes it; uploads are this stream's own.
  staging_.Download(to, PointerOf(from), bytes);
}

void CardEnvironment::Write(void* to, const void* from, size_t bytes) {
  CheckNotLost();
  Enter();
  const DevicePointer address = PointerOf(to);
  staging_.Upload(address, from, bytes);
  // What goes inside of a block, a part of an array or what a host function gives, is waited for by all that comes next.
  if (blocks_.find(address) == blocks_.end()) {
    compute_.After(copy_);
    return;
  }
  if (uploads_.size() >= kManyUploads) {
    for (auto at = uploads_.begin(); at != uploads_.end();) {
      if (copy_.Reached(at->second)) {
        pool_.HandOver(at->first, compute_);
        at = uploads_.erase(at);
      } else {
        ++at;
      }
    }
  }
  uploads_[address] = copy_.Mark();
}

void CardEnvironment::Execute(napi_env env) {
  Enter();
  const std::shared_ptr<Program> program = programs_[static_cast<size_t>(io_[0])];
  const Plan& plan = program->plan();
  const size_t num_parameters = plan.num_parameters, num_outputs = plan.outputs.size();
  if (queue_.failed()) {
    CheckNotLost();
    // What this would use may not be there.
    state_[kStatus] = kHearOfFailure;
    return;
  }
  const double* given = io_ + 2;
  const bool ignore_budget = io_[1] != 0;
  size_t bytes = plan.arena_bytes;
  for (const Plan::Output& output : plan.outputs) bytes += output.donated < 0 ? output.bytes : 0;
  if (bytes > 0 && !ignore_budget && OverBudget(bytes)) return;

  std::vector<DevicePointer> places(num_parameters + num_outputs);
  DevicePointer* const outputs = places.data() + num_parameters;
  for (size_t i = 0; i < num_parameters; i++) {
    places[i] = PointerOf(given[i]);
    if (!uploads_.empty()) AwaitUpload(places[i]);
  }
  DevicePointer arena = 0;
  size_t taken = 0;
  const auto give_outputs = [&] {
    for (size_t i = 0; i < taken; i++) {
      if (plan.outputs[i].donated < 0) GiveBlock(outputs[i]);
    }
  };
  try {
    for (; taken < num_outputs; taken++) {
      const Plan::Output& output = plan.outputs[taken];
      outputs[taken] = output.donated >= 0 ? places[static_cast<size_t>(output.donated)]
                                           : TakeBlock(output.bytes, compute_);
    }
    if (plan.arena_bytes > 0) arena = pool_.Allocate(plan.arena_bytes, compute_);
  } catch (const OutOfMemoryError&) {
    give_outputs();
    state_[kStatus] = kOutOfMemory;
    Report();
    return;
  }
  Submission submission{program, std::vector<DevicePointer>(RunPointers(plan))};
  BindSlots(*program, places.data(), outputs, arena, submission.pointers.data());

  uint64_t point = 0;
  bool ok = true;
  try {
    if (plan.has_host) {
      Wait(compute_.Mark());
      HostHooks hooks(*this, env);
      ok = queue_.RunHere(submission, hooks, &point);
      Enter();
    } else {
      point = queue_.Submit(std::move(submission));
    }
  } catch (...) {
    // A library that is missing. What was submitted before the call stays in the stream.
    compute_.Submitted();
    if (arena != 0) pool_.Free(arena);
    give_outputs();
    throw;
  }
  state_[kSubmitted] = state_[kSequence] = static_cast<double>(point);
  if (arena != 0) pool_.Free(arena);
  if (!ok) {
    give_outputs();
    Report();
    return;
  }
  double* results = io_ + 2 + num_parameters;
  for (size_t i = 0; i < num_outputs; i++) results[i] = AddressOf(outputs[i]);
  state_[kStatus] = kDone;
  if (bytes > 0) Report();
}

std::string CardEnvironment::TakeFailure() {
  const CardFailure failure = queue_.TakeFailure();
  io_[0] = static_cast<double>(failure.first);
  io_[1] = failure.is_final ? 1e300 : static_cast<double>(failure.last);
  io_[2] = static_cast<double>(failure.bytes);
  if (failure.is_final) {
    lost_ = failure.message;
    copy_.GiveUp();
  }
  return failure.message;
}

bool CardEnvironment::CallHost(napi_env env, int64_t callback, const DevicePointer* args, const size_t* bytes,
                               size_t operands, size_t results) {
  for (size_t i = 0; i < operands + results; i++) {
    io_[2 * i] = AddressOf(args[i]);
    io_[2 * i + 1] = static_cast<double>(bytes[i]);
  }
  return CallHostFunction(env, host_, callback, operands, results);
}

}  // namespace cotangent::cuda
