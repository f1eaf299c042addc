// What a runtime that JavaScript started owns: its memory, its stream and its plans. It goes away with the JavaScript
// environment. The fast calls take their arguments from, and leave their results in, two arrays shared with JavaScript:
// `io` for addresses, `state` for counts; addresses are exact in doubles.
#pragma once

#include <node_api.h>

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "runtime/javascript.h"
#include "runtime/memory.h"
#include "runtime/plan.h"
#include "runtime/state.h"
#include "runtime/stream.h"

namespace cotangent {

class Environment {
 public:
  Environment(napi_env env, double* io, double* state, napi_threadsafe_function progress);
  ~Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

  size_t AddPlan(std::shared_ptr<Plan> plan);
  void RemovePlan(size_t id);

  // io: the plan, whether to ignore the budget, the parameters' addresses, the outputs' (0 to allocate them here).
  // Returns false with a JavaScript exception pending.
  bool Execute(napi_env env);
  // A block, null with the status set; `now` as in Memory.
  void* Allocate(size_t bytes, bool now, bool ignore_budget);
  void Free(napi_env env, void* address);
  // The block lives as long as `owner`, or until it is freed.
  void Track(napi_env env, void* address, napi_value owner);
  // Frees the blocks whose owners were collected.
  size_t Sweep(napi_env env);
  void Trim();
  // Until the submission is finished, or the environment is told to end.
  void Wait(uint64_t sequence) { stream_.Wait(sequence, patience_); }

  void Notify(uint64_t sequence) { stream_.Notify(sequence); }

  // io: → the submissions from the first to the last that failed, and the bytes that there was no room for.
  std::string TakeFailure();

  void Read(void* to, const void* from, size_t bytes) { std::memcpy(to, from, bytes); }
  void Write(void* to, const void* from, size_t bytes) { std::memcpy(to, from, bytes); }

  double* io() { return io_; }
  void set_io(double* io) { io_ = io; }
  void set_host(napi_ref host) { host_ = host; }
  void keep(napi_ref ref) { kept_.push_back(ref); }
  napi_threadsafe_function progress() { return progress_; }

 private:
  bool OverBudget(size_t bytes);
  // False, with nothing allocated and the status set, when there is no room.
  bool AllocateOutputs(const Plan& plan, const double* given, void** parameters, void** outputs, void** arena);
  // Frees the first `count` outputs that were allocated here: those given as 0 and not donated.
  void FreeOutputs(const Plan& plan, const double* given, void** outputs, size_t count);
  // False when a callback threw. A run without memory to work in counts as a submission that failed.
  bool RunInline(napi_env env, const Plan& plan, void** slots);
  bool CallHost(napi_env env, int64_t callback, void* const* args, const size_t* bytes, size_t operands, size_t results);
  void Untrack(napi_env env, Memory::Header* block);
  void Report();

  napi_env env_;
  double* io_;
  double* state_;
  napi_threadsafe_function progress_;
  napi_ref host_ = nullptr;
  std::vector<napi_ref> kept_;
  std::vector<std::shared_ptr<Plan>> plans_;
  std::vector<size_t> free_plans_;
  std::vector<Memory::Header*> tracked_;
  size_t young_ = 0;      // bytes that came since the last sweep, see kYoungBudget
  Memory memory_;
  Patience patience_{[this] { return JavaScriptMayRun(env_); }};
  Stream stream_;  // after the memory, so that nothing runs any more when that goes
};

}  // namespace cotangent
