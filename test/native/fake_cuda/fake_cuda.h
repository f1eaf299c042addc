// Stands in for NVIDIA's driver library where there is none. A card's memory is the host's; copies copy; nothing that is
// submitted runs before somebody waits for it, or fakeRun does, so that work which is ordered by chance only comes in the
// wrong order. A module is PTX, or its text lists its kernels: `// kernel NAME BYTES…`, the bytes of each argument; `add_one`
// (address, count) adds 1 to bytes, and other kernels do nothing. Calls are logged, up to a point.
// With `simulate=1` it is a card that computes: a module's text is `// fibres RUNNER` and lines `NAME ADDRESS COUNT`, kernels
// that were compiled for this processor, run by the fibres' runner (native/fibres), in an order of threads that changes from
// launch to launch. Blocks of memory have guards behind them, which are looked at when they are given back.
// Settings come from FAKE_CUDA=`name=value,…` and from fakeSet: devices, version, init (cuInit's result), memory (the
// card's bytes), pinned (the host's), launch (cuLaunchKernel's result), kernel (what a kernel that runs ends with),
// link (of cuLinkComplete), simulate, kernelafter (so many kernels run before `kernel` holds), major (of the compute
// capability); what cuGraphInstantiate, cuGraphExecUpdate, cuStreamEndCapture and loading kernels that set conditions end
// with: instantiate, update, capture, conditions.
// FAKE_CUDA_LOG names a file for the log. This header is what the parts of the stand-in share.
#pragma once

#include <cstdio>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cuda/driver_api.h"

#define FAKE extern "C" __attribute__((visibility("default")))

namespace cotangent::cuda {

// ---- What the driver's handles stand for.

// What a stream does in its turn.
struct Op {
  std::function<void()> run;
  StreamHandle other = nullptr;  // whose work up to `count` comes first
  size_t count = 0;
};
struct GraphNodeTag {
  enum Kind { kOp, kKernel, kCopy, kChild, kCondition } kind;
  size_t number;              // among its graph's
  std::vector<size_t> after;  // the numbers of those that come before it
  std::function<void()> run;
  GraphHandle body = nullptr;  // a child, or a condition's
  int type = 0;                // a condition's
  ConditionHandle condition = 0;
};
// What a graph runs does not depend on what was built first: nodes run as late as their order allows.
struct GraphTag {
  std::vector<std::unique_ptr<GraphNodeTag>> nodes;
  std::vector<ConditionHandle> conditions;  // made for it
};
struct StreamTag {
  int number;
  std::deque<Op> queue;
  size_t submitted = 0, done = 0;
  GraphHandle capture = nullptr;
};
struct ContextTag {
  int device;
};
using FibreRunner = int (*)(const char* name, void* kernel, int grid, int block, size_t shared_bytes, uint64_t seed,
                            void** args, char* error, size_t error_bytes);
struct FunctionTag {
  std::string name;
  std::vector<size_t> bytes;
  FibreRunner runner = nullptr;
  void* kernel = nullptr;
  int shared = 48 << 10;
};

// Hidden, as other stand-ins in the process have functions of these names.
namespace fake __attribute__((visibility("hidden"))) {

constexpr Result kErrorInvalidContext = 201;

struct Block {
  size_t bytes;
  int number;
};

struct State {
  std::map<std::string, long long> settings;
  bool started = false;
  long long clock = 0;  // milliseconds
  Result error = kSuccess;  // of a kernel: everything fails with it from there on
  std::string log;
  std::map<DevicePointer, Block> memory;
  std::map<void*, size_t> pinned;
  std::vector<std::unique_ptr<StreamTag>> streams;  // destroyed ones too: others may have waited for them
  uint64_t launches = 0;
  std::map<ConditionHandle, unsigned> conditions;
  int live_streams = 0, contexts = 0, modules = 0, events = 0, graphs = 0, blocks = 0;
  std::vector<ContextTag> context_of{{0}, {1}};

  FILE* file = nullptr;  // that the log is written to as well

  State();
};

State& state();
// What the driver's own locks are for.
std::recursive_mutex& mutex();
#define LOCKED const std::lock_guard<std::recursive_mutex> locked(mutex())

void Log(const std::string& line);
Result Setting(const char* name);
// Whether the thread has a context.
bool HasContext();

// ---- Streams.

std::string Name(StreamHandle stream);
Result Submit(StreamHandle stream, Op op);
void Run(StreamHandle stream, size_t count);
void RunAll();

// ---- Memory.

// `block2+16` for an address on the card.
std::string Place(DevicePointer pointer);
inline void* Pointer(DevicePointer pointer) { return reinterpret_cast<void*>(static_cast<uintptr_t>(pointer)); }

// ---- Launches.

std::vector<unsigned long long> ArgumentsOf(const FunctionTag& function, void** parameters);
std::string LaunchText(const FunctionTag& function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block,
                       unsigned shared_bytes, const std::vector<unsigned long long>& args);
// What a launch does when its turn comes.
std::function<void()> RunOf(FunctionHandle function, unsigned grid, unsigned block, unsigned shared_bytes,
                            const std::vector<unsigned long long>& args);

// ---- Graphs.

// Null where a node that is to come before is not of this graph.
GraphNodeHandle Append(GraphHandle graph, GraphNodeTag::Kind kind, const GraphNodeHandle* after, size_t count);

}  // namespace fake
}  // namespace cotangent::cuda
