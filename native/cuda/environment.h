// What a runtime for one card that JavaScript started owns: streams, memory and programs. It goes away with the JavaScript
// environment, and its primary context with the last that uses it. The calls, `io` and `state` are those of the CPU's
// Environment; addresses are the card's. Used by the thread that runs JavaScript.
#pragma once

#include <node_api.h>

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "cuda/libraries/routine.h"
#include "cuda/pool.h"
#include "cuda/queue.h"
#include "cuda/staging.h"
#include "cuda/workspace.h"
#include "runtime/javascript.h"
#include "runtime/state.h"
#include "runtime/stream.h"

namespace cotangent::cuda {

class CardEnvironment {
 public:
  CardEnvironment(napi_env env, const Driver& driver, const DeviceInfo& device, double* io, double* state,
                  napi_threadsafe_function progress);
  ~CardEnvironment();
  CardEnvironment(const CardEnvironment&) = delete;
  CardEnvironment& operator=(const CardEnvironment&) = delete;

  // Machine code of the card's, see module.h.
  std::string Assemble(const std::string& ptx);
  size_t AddProgram(const ProgramSource& source);
  void RemoveProgram(size_t id);

  void Execute(napi_env env);
  void* Allocate(size_t bytes, bool now, bool ignore_budget);
  void Free(napi_env env, void* address);
  void Track(napi_env env, void* address, napi_value owner);
  size_t Sweep(napi_env env);
  void Trim();
  void Read(void* to, const void* from, size_t bytes);
  void Write(void* to, const void* from, size_t bytes);
  void Wait(uint64_t point);
  void Notify(uint64_t point) { queue_.Notify(point); }
  std::string TakeFailure();

  double* io() { return io_; }
  void set_io(double* io) { io_ = io; }
  void set_host(napi_ref host) { host_ = host; }
  void keep(napi_ref ref) { kept_.push_back(ref); }
  napi_threadsafe_function progress() { return progress_; }

 private:
  class HostHooks;
  // A block that JavaScript knows of.
  struct Block {
    size_t bytes;
    napi_ref owner = nullptr;
    size_t position = 0;  // in tracked_
  };

  void Call(void* routine, const DevicePointer* args, const int64_t* params, int64_t count);
  // This card's context for what this thread does next.
  void Enter() { context_.MakeCurrent(); }
  // Throws once the card is lost.
  void CheckNotLost();
  bool OverBudget(size_t bytes);
  DevicePointer TakeBlock(size_t bytes, Stream& stream);
  void GiveBlock(DevicePointer address);
  void Untrack(napi_env env, DevicePointer address, Block& block);
  // The compute stream comes after the upload of an address, if there is one.
  void AwaitUpload(DevicePointer address);
  void Report();
  bool CallHost(napi_env env, int64_t callback, const DevicePointer* args, const size_t* bytes, size_t operands,
                size_t results);

  napi_env env_;
  double* io_;
  double* state_;
  napi_threadsafe_function progress_;
  napi_ref host_ = nullptr;
  std::vector<napi_ref> kept_;
  const Context context_;
  Stream compute_;
  Stream copy_;
  Pool pool_;
  Staging staging_;
  Libraries libraries_;
  Workspace workspace_;
  Patience patience_{[this] { return JavaScriptMayRun(env_); }};
  Queue queue_;  // after all that its runs use
  std::vector<std::shared_ptr<Program>> programs_;
  std::vector<size_t> free_programs_;
  std::unordered_map<DevicePointer, Block> blocks_;
  std::vector<DevicePointer> tracked_;
  size_t young_ = 0;  // bytes that came since the last sweep
  // Blocks of the copy stream that no run has used yet, and when they are written.
  std::map<DevicePointer, uint64_t> uploads_;
  std::string lost_;  // why the card is lost
};

}  // namespace cotangent::cuda
