// Stands in for NVIDIA's driver library where there is none. A card's memory is the host's; copies copy; nothing that is
// submitted runs before somebody waits for it, or fakeRun does, so that work which is ordered by chance only comes in the
// wrong order. A module is PTX, or its text lists its kernels: `// kernel NAME BYTES…`, the bytes of each argument; `add_one`
// (address, count) adds 1 to bytes, and other kernels do nothing. Calls are logged, up to a point.
// With `simulate=1` it is a card that computes: a module's text is `// fibres RUNNER` and lines `NAME ADDRESS COUNT`, kernels
// that were compiled for this processor, run by the fibres' runner (native/fibres), in an order of threads that changes from
// launch to launch. Blocks of memory have guards behind them, which are looked at when they are given back.
// FAKE_CUDA_LOG names a file for the log.
// Settings come from FAKE_CUDA=`name=value,…` and from fakeSet: devices, version, init (cuInit's result), memory (the
// card's bytes), pinned (the host's), launch (cuLaunchKernel's result), kernel (what a kernel that runs ends with),
// link (of cuLinkComplete), simulate, kernelafter (so many kernels run before `kernel` holds), major (of the compute
// capability); what cuGraphInstantiate, cuGraphExecUpdate, cuStreamEndCapture and loading kernels that set conditions end
// with: instantiate, update, capture, conditions.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>
#include <vector>

#include "cuda/driver_api.h"

#define FAKE extern "C" __attribute__((visibility("default")))

namespace cotangent::cuda {

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
struct LinkTag {
  std::string text;
};
struct GraphExecTag {
  GraphHandle graph;                                // a copy
  std::map<GraphNodeHandle, GraphNodeHandle> copy;  // of the graph's nodes
};
struct StreamTag {
  int number;
  std::deque<Op> queue;
  size_t submitted = 0, done = 0;
  GraphHandle capture = nullptr;
};
struct EventTag {
  StreamHandle stream = nullptr;
  size_t count = 0;
  long long time = 0;
  int queries = 0;
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
struct ModuleTag {
  std::vector<std::unique_ptr<FunctionTag>> functions;
};

namespace {

constexpr Result kErrorNotInitialized = 3;
constexpr Result kErrorInvalidDevice = 101;
constexpr Result kErrorInvalidContext = 201;
constexpr Result kErrorUpdateFailed = 910;
constexpr size_t kCardBytes = size_t{1} << 30;
constexpr size_t kGuardBytes = 512;
constexpr int kManyQueries = 200;
constexpr unsigned char kGuard = 0xA7;
constexpr size_t kLongestLog = size_t{1} << 20;

struct Block {
  size_t bytes;
  int number;
};

struct State {
  std::map<std::string, long long> settings{{"devices", 2}, {"version", 12040}, {"init", 0},
                                            {"memory", kCardBytes}, {"pinned", kCardBytes}, {"launch", 0}, {"link", 0},
                                            {"kernel", 0}, {"kernelafter", 0}, {"simulate", 0}, {"major", 9},
                                            {"instantiate", 0}, {"update", 0}, {"capture", 0}, {"conditions", 0}};
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

  State() {
    if (const char* path = std::getenv("FAKE_CUDA_LOG")) file = std::fopen(path, "a");
    const char* text = std::getenv("FAKE_CUDA");
    std::istringstream in(text == nullptr ? "" : text);
    for (std::string item; std::getline(in, item, ',');) {
      const size_t at = item.find('=');
      if (at != std::string::npos) settings[item.substr(0, at)] = std::atoll(item.c_str() + at + 1);
    }
  }
};

State& state() {
  // Never destroyed: the threads of those who use it may end later.
  static State& the = *new State;
  return the;
}
// What the driver's own locks are for.
std::recursive_mutex& mutex() {
  static auto& the = *new std::recursive_mutex;
  return the;
}
#define LOCKED const std::lock_guard<std::recursive_mutex> locked(mutex())

thread_local ContextHandle current = nullptr;

void Log(const std::string& line) {
  if (state().log.size() < kLongestLog) state().log += line + "\n";
  if (state().file == nullptr) return;
  std::fprintf(state().file, "%s\n", line.c_str());
  std::fflush(state().file);
}
Result Setting(const char* name) { return static_cast<Result>(state().settings[name]); }
std::string Name(StreamHandle stream) { return "stream" + std::to_string(stream->number); }

// `block2+16` for an address on the card.
std::string Place(DevicePointer pointer) {
  auto at = state().memory.upper_bound(pointer);
  if (at == state().memory.begin()) return "nowhere";
  --at;
  const size_t offset = pointer - at->first;
  if (offset >= at->second.bytes) return "nowhere";
  return "block" + std::to_string(at->second.number) + (offset == 0 ? "" : "+" + std::to_string(offset));
}

void Run(StreamHandle stream, size_t count) {
  while (stream->done < count) {
    Op op = std::move(stream->queue.front());
    stream->queue.pop_front();
    if (op.other != nullptr) Run(op.other, op.count);
    if (op.run && state().error == kSuccess) op.run();
    stream->done++;
  }
}

void RunAll() {
  for (const auto& stream : state().streams) Run(stream.get(), stream->submitted);
}

// Null where a node that is to come before is not of this graph.
GraphNodeHandle Append(GraphHandle graph, GraphNodeTag::Kind kind, const GraphNodeHandle* after, size_t count) {
  std::vector<size_t> numbers;
  for (size_t i = 0; i < count; i++) {
    const auto is_it = [&](const auto& node) { return node.get() == after[i]; };
    if (std::none_of(graph->nodes.begin(), graph->nodes.end(), is_it)) return nullptr;
    numbers.push_back(after[i]->number);
  }
  auto node = std::make_unique<GraphNodeTag>();
  node->kind = kind;
  node->number = graph->nodes.size();
  node->after = std::move(numbers);
  graph->nodes.push_back(std::move(node));
  return graph->nodes.back().get();
}

GraphHandle CopyOf(const GraphTag& graph, std::map<GraphNodeHandle, GraphNodeHandle>* copies) {
  auto* out = new GraphTag;
  for (const auto& node : graph.nodes) {
    out->nodes.push_back(std::make_unique<GraphNodeTag>(*node));
    if (node->body != nullptr) out->nodes.back()->body = CopyOf(*node->body, nullptr);
    if (copies != nullptr) (*copies)[node.get()] = out->nodes.back().get();
  }
  return out;
}

void Destroy(GraphHandle graph) {
  for (const auto& node : graph->nodes) {
    if (node->body != nullptr) Destroy(node->body);
  }
  delete graph;
}

size_t CountOf(const GraphTag& graph) {
  size_t out = 0;
  for (const auto& node : graph.nodes) out += 1 + (node->body == nullptr ? 0 : CountOf(*node->body));
  return out;
}

void RunGraph(const GraphTag& graph);

void RunNode(const GraphNodeTag& node) {
  if (state().error != kSuccess) return;
  if (node.run) node.run();
  if (node.kind == GraphNodeTag::kChild) RunGraph(*node.body);
  if (node.kind != GraphNodeTag::kCondition) return;
  unsigned& condition = state().conditions[node.condition];
  if (node.type == kConditionIf && condition != 0) RunGraph(*node.body);
  while (node.type == kConditionWhile && condition != 0 && state().error == kSuccess) RunGraph(*node.body);
}

void RunGraph(const GraphTag& graph) {
  std::vector<bool> done(graph.nodes.size());
  for (size_t left = done.size(); left > 0; left--) {
    for (size_t i = done.size(); i-- > 0;) {
      const auto& after = graph.nodes[i]->after;
      if (done[i] || !std::all_of(after.begin(), after.end(), [&](size_t n) { return done[n]; })) continue;
      RunNode(*graph.nodes[i]);
      done[i] = true;
      break;
    }
  }
}

// Alike but for what kernels and copies are given.
bool CanBecome(const GraphTag& a, const GraphTag& b) {
  if (a.nodes.size() != b.nodes.size()) return false;
  for (size_t i = 0; i < a.nodes.size(); i++) {
    const GraphNodeTag &x = *a.nodes[i], &y = *b.nodes[i];
    if (x.kind != y.kind || x.after != y.after || x.kind == GraphNodeTag::kCondition) return false;
    if (x.body != nullptr && !CanBecome(*x.body, *y.body)) return false;
  }
  return true;
}

Result Submit(StreamHandle stream, Op op) {
  if (state().error != kSuccess) return state().error;
  if (stream->capture != nullptr) {
    Append(stream->capture, GraphNodeTag::kOp, nullptr, 0)->run = std::move(op.run);
    GraphNodeTag& node = *stream->capture->nodes.back();
    if (node.number > 0) node.after.push_back(node.number - 1);
    return kSuccess;
  }
  stream->queue.push_back(std::move(op));
  stream->submitted++;
  return kSuccess;
}

Result Copy(StreamHandle stream, void* to, const void* from, size_t bytes) {
  return Submit(stream, {[=] { std::memcpy(to, from, bytes); }});
}

void* Pointer(DevicePointer pointer) { return reinterpret_cast<void*>(static_cast<uintptr_t>(pointer)); }

size_t Used(const std::map<DevicePointer, Block>& memory) {
  size_t sum = 0;
  for (const auto& entry : memory) sum += entry.second.bytes;
  return sum;
}

// An entry of PTX: its name, then an argument a line.
bool ReadEntry(const std::string& line, std::istringstream& lines, ModuleTag& module) {
  const std::string mark = ".entry ";
  const size_t at = line.find(mark);
  if (at == std::string::npos) return false;
  auto function = std::make_unique<FunctionTag>();
  function->name = line.substr(at + mark.size(), line.find('(', at) - at - mark.size());
  for (std::string parameter; std::getline(lines, parameter) && parameter.find(".param") != std::string::npos;) {
    function->bytes.push_back(parameter.find(".u32") != std::string::npos ? 4 : 8);
  }
  module.functions.push_back(std::move(function));
  return true;
}

// A line of a module of fibres.
void ReadFibres(const std::string& line, uintptr_t* runner, ModuleTag& module) {
  std::istringstream words(line);
  std::string name, kind;
  if (line.rfind("// fibres ", 0) == 0) {
    words >> name >> kind >> *runner;
    return;
  }
  uintptr_t kernel = 0;
  size_t count = 0;
  if (!(words >> name >> kernel >> count)) return;
  auto function = std::make_unique<FunctionTag>();
  function->name = name;
  function->bytes.assign(count, sizeof(DevicePointer));
  function->runner = reinterpret_cast<FibreRunner>(*runner);
  function->kernel = reinterpret_cast<void*>(kernel);
  module.functions.push_back(std::move(function));
}

// An entry of PTX that sets a condition: its name, and the sizes of its arguments.
void ReadSetter(const std::string& line, ModuleTag& module) {
  const std::string entry = ".visible .entry ";
  if (line.rfind(entry, 0) != 0) return;
  auto function = std::make_unique<FunctionTag>();
  function->name = line.substr(entry.size(), line.find(' ', entry.size()) - entry.size());
  for (size_t at = line.find(".param .u"); at != std::string::npos; at = line.find(".param .u", at + 1)) {
    function->bytes.push_back(std::strtoul(line.c_str() + at + 9, nullptr, 10) / 8);
  }
  module.functions.push_back(std::move(function));
}

// What those kernels do.
void SetCondition(const std::string& name, const std::vector<unsigned long long>& args) {
  if (name == "ct_set_while") {
    const auto* stop = static_cast<const volatile unsigned char*>(Pointer(args[2]));
    state().conditions[args[0]] = *stop != 0 ? 0 : *static_cast<const unsigned char*>(Pointer(args[1]));
  } else {
    int index = 0;
    std::memcpy(&index, Pointer(args[1]), sizeof(index));
    index = std::clamp(index, 0, static_cast<int>(args[3]) - 1);
    state().conditions[args[0]] = index == static_cast<int>(args[2]) ? 1 : 0;
  }
}

}  // namespace

// ---- What tests call.

FAKE void fakeSet(const char* name, long long value) { state().settings[name] = value; }
FAKE const char* fakeLog() { return state().log.c_str(); }
FAKE void fakeClear() { state().log.clear(); }
FAKE void fakeRun() { RunAll(); }
FAKE void fakeAdvance(long long milliseconds) { state().clock += milliseconds; }
FAKE void fakeHeal() { state().error = kSuccess; }
// What was made and not given back.
FAKE int fakeLive() {
  const State& s = state();
  return s.live_streams + s.contexts + s.modules + s.events + s.graphs + static_cast<int>(s.memory.size()) +
         static_cast<int>(s.pinned.size());
}

// ---- The driver's functions.

FAKE Result cuInit(unsigned) {
  LOCKED;
  if (Setting("init") != kSuccess) return Setting("init");
  if (Setting("devices") == 0) return kErrorNoDevice;
  state().started = true;
  return kSuccess;
}
FAKE Result cuDriverGetVersion(int* version) {
  LOCKED;
  *version = Setting("version");
  return kSuccess;
}
FAKE Result cuGetErrorName(Result error, const char** name) {
  LOCKED;
  static const std::map<Result, const char*> names{
      {kErrorInvalidValue, "CUDA_ERROR_INVALID_VALUE"}, {kErrorOutOfMemory, "CUDA_ERROR_OUT_OF_MEMORY"},
      {kErrorNoDevice, "CUDA_ERROR_NO_DEVICE"},         {kErrorInvalidPtx, "CUDA_ERROR_INVALID_PTX"},
      {kErrorNotFound, "CUDA_ERROR_NOT_FOUND"},         {kErrorLaunchFailed, "CUDA_ERROR_LAUNCH_FAILED"},
      {kErrorInvalidContext, "CUDA_ERROR_INVALID_CONTEXT"}};
  const auto found = names.find(error);
  *name = found == names.end() ? nullptr : found->second;
  return found == names.end() ? kErrorInvalidValue : kSuccess;
}
FAKE Result cuGetErrorString(Result error, const char** text) {
  LOCKED;
  *text = error == kErrorLaunchFailed ? "unspecified launch failure" : nullptr;
  return *text == nullptr ? kErrorInvalidValue : kSuccess;
}

FAKE Result cuDeviceGetCount(int* count) {
  LOCKED;
  if (!state().started) return kErrorNotInitialized;
  *count = Setting("devices");
  return kSuccess;
}
FAKE Result cuDeviceGet(DeviceHandle* device, int ordinal) {
  LOCKED;
  if (ordinal >= Setting("devices")) return kErrorInvalidDevice;
  *device = ordinal;
  return kSuccess;
}
FAKE Result cuDeviceGetName(char* name, int length, DeviceHandle device) {
  LOCKED;
  std::snprintf(name, static_cast<size_t>(length), "%s card %d", Setting("simulate") ? "Simulated" : "Recording", device);
  return kSuccess;
}
FAKE Result cuDeviceGetAttribute(int* value, int attribute, DeviceHandle) {
  LOCKED;
  static const std::map<int, int> values{{kAttributeMultiprocessors, 132},
                                         {kAttributeMajor, 9},
                                         {kAttributeMinor, 0},
                                         {kAttributeSharedPerBlockOptin, 227 << 10}};
  const auto found = values.find(attribute);
  if (found == values.end()) return kErrorInvalidValue;
  *value = attribute == kAttributeMajor ? Setting("major") : found->second;
  return kSuccess;
}
FAKE Result cuDeviceTotalMem_v2(size_t* bytes, DeviceHandle) {
  LOCKED;
  *bytes = static_cast<size_t>(state().settings["memory"]);
  return kSuccess;
}
FAKE Result cuDevicePrimaryCtxRetain(ContextHandle* context, DeviceHandle device) {
  LOCKED;
  *context = &state().context_of[static_cast<size_t>(device)];
  state().contexts++;
  return kSuccess;
}
FAKE Result cuDevicePrimaryCtxRelease_v2(DeviceHandle) {
  LOCKED;
  state().contexts--;
  return kSuccess;
}
FAKE Result cuCtxSetCurrent(ContextHandle context) {
  LOCKED;
  current = context;
  return kSuccess;
}

FAKE Result cuStreamCreate(StreamHandle* stream, unsigned flags) {
  LOCKED;
  if (current == nullptr) return kErrorInvalidContext;
  auto made = std::make_unique<StreamTag>();
  made->number = static_cast<int>(state().streams.size());
  *stream = made.get();
  state().streams.push_back(std::move(made));
  state().live_streams++;
  Log("create " + Name(*stream) + (flags == kStreamNonBlocking ? " non-blocking" : ""));
  return kSuccess;
}
FAKE Result cuStreamDestroy_v2(StreamHandle stream) {
  LOCKED;
  Run(stream, stream->submitted);
  state().live_streams--;
  return kSuccess;
}
FAKE Result cuStreamSynchronize(StreamHandle stream) {
  LOCKED;
  Run(stream, stream->submitted);
  return state().error;
}
FAKE Result cuStreamWaitEvent(StreamHandle stream, EventHandle event, unsigned) {
  LOCKED;
  Log(Name(stream) + " waits for " + Name(event->stream) + " at " + std::to_string(event->count));
  return Submit(stream, {nullptr, event->stream, event->count});
}
FAKE Result cuEventCreate(EventHandle* event, unsigned) {
  LOCKED;
  *event = new EventTag;
  state().events++;
  return kSuccess;
}
FAKE Result cuEventRecord(EventHandle event, StreamHandle stream) {
  LOCKED;
  if (state().error != kSuccess) return state().error;
  *event = {stream, stream->submitted, state().clock, 0};
  Log(Name(stream) + " marks " + std::to_string(event->count));
  return kSuccess;
}
FAKE Result cuEventQuery(EventHandle event) {
  LOCKED;
  if (state().error != kSuccess) return state().error;
  // Who asks again and again is waiting.
  if (event->stream != nullptr && ++event->queries >= kManyQueries) Run(event->stream, event->count);
  if (state().error != kSuccess) return state().error;
  return event->stream == nullptr || event->stream->done >= event->count ? kSuccess : kErrorNotReady;
}
FAKE Result cuEventSynchronize(EventHandle event) {
  LOCKED;
  if (event->stream != nullptr) Run(event->stream, event->count);
  return state().error;
}
// Time passes where fakeAdvance says so.
FAKE Result cuEventElapsedTime(float* milliseconds, EventHandle start, EventHandle end) {
  *milliseconds = static_cast<float>(end->time - start->time);
  return kSuccess;
}
FAKE Result cuEventDestroy_v2(EventHandle event) {
  LOCKED;
  delete event;
  state().events--;
  return kSuccess;
}

FAKE Result cuMemGetInfo_v2(size_t* free_bytes, size_t* total_bytes) {
  LOCKED;
  *total_bytes = static_cast<size_t>(state().settings["memory"]);
  *free_bytes = *total_bytes - Used(state().memory);
  return kSuccess;
}
FAKE Result cuMemAlloc_v2(DevicePointer* pointer, size_t bytes) {
  LOCKED;
  if (current == nullptr) return kErrorInvalidContext;
  if (Used(state().memory) + bytes > static_cast<size_t>(state().settings["memory"])) {
    Log("no memory for " + std::to_string(bytes));
    return kErrorOutOfMemory;
  }
  void* memory = std::aligned_alloc(512, (bytes + 511) / 512 * 512 + kGuardBytes);
  std::memset(memory, 0xCD, bytes);
  std::memset(static_cast<char*>(memory) + bytes, kGuard, kGuardBytes);
  *pointer = reinterpret_cast<uintptr_t>(memory);
  state().memory[*pointer] = {bytes, state().blocks++};
  Log("allocate " + std::to_string(bytes));
  return kSuccess;
}
// As the driver's, it waits for the whole card.
FAKE Result cuMemFree_v2(DevicePointer pointer) {
  LOCKED;
  RunAll();
  const auto found = state().memory.find(pointer);
  if (found == state().memory.end()) return kErrorInvalidValue;
  Log("free " + std::to_string(found->second.bytes));
  const auto* guard = static_cast<const unsigned char*>(Pointer(pointer)) + found->second.bytes;
  for (size_t i = 0; i < kGuardBytes; i++) {
    if (guard[i] == kGuard) continue;
    std::fprintf(stderr, "the simulated card: something wrote behind a block of %zu bytes\n", found->second.bytes);
    std::abort();
  }
  std::free(Pointer(pointer));
  state().memory.erase(found);
  return kSuccess;
}
FAKE Result cuMemAllocHost_v2(void** pointer, size_t bytes) {
  LOCKED;
  if (bytes > static_cast<size_t>(state().settings["pinned"])) return kErrorOutOfMemory;
  *pointer = std::malloc(bytes);
  state().pinned[*pointer] = bytes;
  Log("pin " + std::to_string(bytes));
  return kSuccess;
}
FAKE Result cuMemFreeHost(void* pointer) {
  LOCKED;
  if (state().pinned.erase(pointer) == 0) return kErrorInvalidValue;
  std::free(pointer);
  return kSuccess;
}
FAKE Result cuMemcpyHtoDAsync_v2(DevicePointer to, const void* from, size_t bytes, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " copies " + std::to_string(bytes) + " bytes to " + Place(to));
  return Copy(stream, Pointer(to), from, bytes);
}
FAKE Result cuMemcpyDtoHAsync_v2(void* to, DevicePointer from, size_t bytes, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " copies " + std::to_string(bytes) + " bytes from " + Place(from));
  return Copy(stream, to, Pointer(from), bytes);
}
FAKE Result cuMemcpyDtoDAsync_v2(DevicePointer to, DevicePointer from, size_t bytes, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " copies " + std::to_string(bytes) + " bytes from " + Place(from) + " to " + Place(to));
  return Copy(stream, Pointer(to), Pointer(from), bytes);
}
FAKE Result cuMemsetD8Async(DevicePointer to, unsigned char value, size_t bytes, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " fills " + std::to_string(bytes) + " bytes of " + Place(to));
  return Submit(stream, {[=] { std::memset(Pointer(to), value, bytes); }});
}

FAKE Result cuModuleLoadDataEx(ModuleHandle* module, const void* image, unsigned count, int* options, void** values) {
  LOCKED;
  std::istringstream lines(static_cast<const char*>(image));
  auto made = std::make_unique<ModuleTag>();
  uintptr_t runner = 0;
  const bool sets_conditions = std::strstr(static_cast<const char*>(image), ".func cudaGraphSetConditional") != nullptr;
  if (sets_conditions && Setting("conditions") != kSuccess) return Setting("conditions");
  for (std::string line; std::getline(lines, line);) {
    if (sets_conditions) {
      ReadSetter(line, *made);
      continue;
    }
    if (Setting("simulate")) {
      ReadFibres(line, &runner, *made);
      continue;
    }
    if (ReadEntry(line, lines, *made)) continue;
    std::istringstream words(line);
    std::string slashes, kernel;
    auto function = std::make_unique<FunctionTag>();
    if (!(words >> slashes >> kernel >> function->name) || slashes != "//" || kernel != "kernel") continue;
    for (size_t bytes = 0; words >> bytes;) function->bytes.push_back(bytes);
    made->functions.push_back(std::move(function));
  }
  if (made->functions.empty()) {
    for (unsigned i = 0; i < count; i++) {
      if (options[i] == kJitErrorLogBuffer) std::strcpy(static_cast<char*>(values[i]), "line 1: no kernel");
    }
    return kErrorInvalidPtx;
  }
  *module = made.release();
  state().modules++;
  return kSuccess;
}
// Machine code is the text again.
FAKE Result cuLinkCreate_v2(unsigned, int*, void**, LinkHandle* link) {
  LOCKED;
  *link = new LinkTag;
  return kSuccess;
}
FAKE Result cuLinkAddData_v2(LinkHandle link, int type, void* data, size_t bytes, const char*, unsigned, int*, void**) {
  LOCKED;
  if (type != kJitInputPtx || static_cast<const char*>(data)[bytes - 1] != '\0') return kErrorInvalidValue;
  link->text = "// machine code\n" + std::string(static_cast<const char*>(data));
  return kSuccess;
}
FAKE Result cuLinkComplete(LinkHandle link, void** image, size_t* bytes) {
  LOCKED;
  if (Setting("link") != kSuccess) return Setting("link");
  *image = link->text.data();
  *bytes = link->text.size() + 1;
  Log("assemble " + std::to_string(link->text.size()));
  return kSuccess;
}
FAKE Result cuLinkDestroy(LinkHandle link) {
  LOCKED;
  delete link;
  return kSuccess;
}
FAKE Result cuModuleUnload(ModuleHandle module) {
  LOCKED;
  RunAll();
  delete module;
  state().modules--;
  return kSuccess;
}
FAKE Result cuModuleGetFunction(FunctionHandle* function, ModuleHandle module, const char* name) {
  LOCKED;
  for (const auto& candidate : module->functions) {
    if (candidate->name != name) continue;
    *function = candidate.get();
    return kSuccess;
  }
  return kErrorNotFound;
}
FAKE Result cuFuncSetAttribute(FunctionHandle function, int attribute, int value) {
  LOCKED;
  if (attribute != kFunctionMaxDynamicShared || value > 227 << 10) return kErrorInvalidValue;
  function->shared = value;
  return kSuccess;
}
namespace {

std::vector<unsigned long long> ArgumentsOf(const FunctionTag& function, void** parameters) {
  std::vector<unsigned long long> out;
  for (size_t i = 0; i < function.bytes.size(); i++) {
    unsigned long long value = 0;
    std::memcpy(&value, parameters[i], function.bytes[i]);
    out.push_back(value);
  }
  return out;
}

std::string LaunchText(const FunctionTag& function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block,
                       unsigned shared_bytes, const std::vector<unsigned long long>& args) {
  std::ostringstream text;
  text << function.name << " grid " << grid_x << "," << grid_y << "," << grid_z << " block " << block << " shared "
       << shared_bytes << " (";
  for (size_t i = 0; i < args.size() && function.runner == nullptr; i++) {
    text << (i == 0 ? "" : ", ") << (function.bytes[i] == 8 ? Place(args[i]) : std::to_string(args[i]));
  }
  return text.str() + ")";
}

// What a launch does when its turn comes.
std::function<void()> RunOf(FunctionHandle function, unsigned grid, unsigned block, unsigned shared_bytes,
                            const std::vector<unsigned long long>& args) {
  return [=, name = function->name, runner = function->runner, kernel = function->kernel] {
    if (Setting("kernel") != kSuccess && state().settings["kernelafter"]-- <= 0) {
      state().error = Setting("kernel");
    } else if (runner != nullptr) {
      std::vector<void*> pointers;
      for (unsigned long long arg : args) pointers.push_back(Pointer(arg));
      char error[256] = {};
      if (runner(name.c_str(), kernel, static_cast<int>(grid), static_cast<int>(block), shared_bytes,
                 state().launches++, pointers.data(), error, sizeof(error)) != 0) {
        std::fprintf(stderr, "the simulated card: %s\n", error);
        state().error = kErrorLaunchFailed;
      }
    } else if (name == "add_one") {
      auto* bytes = static_cast<unsigned char*>(Pointer(args[0]));
      for (unsigned long long i = 0; i < args[1]; i++) bytes[i]++;
    } else if (name.rfind("ct_set_", 0) == 0) {
      SetCondition(name, args);
    }
  };
}

}  // namespace

FAKE Result cuLaunchKernel(FunctionHandle function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
                           unsigned block_y, unsigned block_z, unsigned shared_bytes, StreamHandle stream,
                           void** parameters, void** extra) {
  LOCKED;
  if (grid_x == 0 || grid_y == 0 || grid_z == 0 || block_x == 0) return kErrorInvalidValue;
  if (extra != nullptr || block_x * block_y * block_z > 1024 || static_cast<int>(shared_bytes) > function->shared) {
    return kErrorInvalidValue;
  }
  const std::vector<unsigned long long> args = ArgumentsOf(*function, parameters);
  Log(Name(stream) + " launches " + LaunchText(*function, grid_x, grid_y, grid_z, block_x, shared_bytes, args));
  if (Setting("launch") != kSuccess) return Setting("launch");
  return Submit(stream, {RunOf(function, grid_x, block_x, shared_bytes, args)});
}

FAKE Result cuLaunchHostFunc(StreamHandle stream, void (*function)(void*), void* data) {
  Log(Name(stream) + " calls the host");
  return Submit(stream, {[=] { function(data); }});
}

FAKE Result cuStreamBeginCapture_v2(StreamHandle stream, int) {
  LOCKED;
  stream->capture = new GraphTag;
  state().graphs++;
  return kSuccess;
}
FAKE Result cuStreamEndCapture(StreamHandle stream, GraphHandle* graph) {
  LOCKED;
  *graph = stream->capture;
  stream->capture = nullptr;
  if (Setting("capture") == kSuccess) return kSuccess;
  Destroy(*graph);
  state().graphs--;
  *graph = nullptr;
  return Setting("capture");
}
FAKE Result cuGraphCreate(GraphHandle* graph, unsigned) {
  LOCKED;
  *graph = new GraphTag;
  state().graphs++;
  return kSuccess;
}
FAKE Result cuGraphAddKernelNode_v2(GraphNodeHandle* node, GraphHandle graph, const GraphNodeHandle* after, size_t count,
                                    const KernelNode* k) {
  LOCKED;
  *node = Append(graph, GraphNodeTag::kKernel, after, count);
  if (*node == nullptr || k->extra != nullptr || static_cast<int>(k->shared_bytes) > k->function->shared) {
    return kErrorInvalidValue;
  }
  const auto args = ArgumentsOf(*k->function, k->parameters);
  Log("a graph gets " + LaunchText(*k->function, k->grid_x, k->grid_y, k->grid_z, k->block_x, k->shared_bytes, args));
  (*node)->run = RunOf(k->function, k->grid_x, k->block_x, k->shared_bytes, args);
  return kSuccess;
}
FAKE Result cuGraphExecKernelNodeSetParams_v2(GraphExecHandle exec, GraphNodeHandle node, const KernelNode* k) {
  LOCKED;
  const auto found = exec->copy.find(node);
  if (found == exec->copy.end() || node->kind != GraphNodeTag::kKernel) return kErrorInvalidValue;
  const auto args = ArgumentsOf(*k->function, k->parameters);
  Log("a graph changes " + LaunchText(*k->function, k->grid_x, k->grid_y, k->grid_z, k->block_x, k->shared_bytes, args));
  found->second->run = RunOf(k->function, k->grid_x, k->block_x, k->shared_bytes, args);
  return kSuccess;
}

namespace {

bool IsPlainCopy(const MemcpyNode& m) {
  return m.from.kind == kMemoryDevice && m.to.kind == kMemoryDevice && m.height == 1 && m.depth == 1;
}
std::function<void()> RunOf(const MemcpyNode& m) {
  return [=] { std::memcpy(Pointer(m.to.device), Pointer(m.from.device), m.width); };
}
std::string CopyText(const MemcpyNode& m) {
  return "a copy of " + std::to_string(m.width) + " bytes from " + Place(m.from.device) + " to " + Place(m.to.device);
}

}  // namespace

FAKE Result cuGraphAddMemcpyNode(GraphNodeHandle* node, GraphHandle graph, const GraphNodeHandle* after, size_t count,
                                 const MemcpyNode* copy, ContextHandle context) {
  LOCKED;
  *node = Append(graph, GraphNodeTag::kCopy, after, count);
  if (*node == nullptr || context == nullptr || !IsPlainCopy(*copy)) return kErrorInvalidValue;
  Log("a graph gets " + CopyText(*copy));
  (*node)->run = RunOf(*copy);
  return kSuccess;
}
FAKE Result cuGraphExecMemcpyNodeSetParams(GraphExecHandle exec, GraphNodeHandle node, const MemcpyNode* copy,
                                           ContextHandle) {
  LOCKED;
  const auto found = exec->copy.find(node);
  if (found == exec->copy.end() || node->kind != GraphNodeTag::kCopy) return kErrorInvalidValue;
  Log("a graph changes " + CopyText(*copy));
  found->second->run = RunOf(*copy);
  return kSuccess;
}
FAKE Result cuGraphAddChildGraphNode(GraphNodeHandle* node, GraphHandle graph, const GraphNodeHandle* after, size_t count,
                                     GraphHandle child) {
  LOCKED;
  *node = Append(graph, GraphNodeTag::kChild, after, count);
  if (*node == nullptr) return kErrorInvalidValue;
  Log("a graph gets a child of " + std::to_string(CountOf(*child)));
  (*node)->body = CopyOf(*child, nullptr);
  return kSuccess;
}
FAKE Result cuGraphConditionalHandleCreate(ConditionHandle* handle, GraphHandle graph, ContextHandle, unsigned initial,
                                           unsigned flags) {
  LOCKED;
  *handle = state().conditions.size() + 1;
  state().conditions[*handle] = flags == kConditionAssignDefault ? initial : 77;
  graph->conditions.push_back(*handle);
  return kSuccess;
}
FAKE Result cuGraphAddNode_v2(GraphNodeHandle* node, GraphHandle graph, const GraphNodeHandle* after, const void*,
                              size_t count, ConditionalNode* given) {
  LOCKED;
  const auto& made = graph->conditions;
  if (given->type != kNodeConditional || std::count(made.begin(), made.end(), given->handle) == 0) {
    return kErrorInvalidValue;
  }
  *node = Append(graph, GraphNodeTag::kCondition, after, count);
  if (*node == nullptr) return kErrorInvalidValue;
  (*node)->body = new GraphTag;
  (*node)->type = given->condition_type;
  (*node)->condition = given->handle;
  given->bodies = &(*node)->body;
  Log(given->condition_type == kConditionWhile ? "a graph gets a loop" : "a graph gets a branch");
  return kSuccess;
}
FAKE Result cuGraphInstantiateWithFlags(GraphExecHandle* exec, GraphHandle graph, unsigned long long) {
  LOCKED;
  if (Setting("instantiate") != kSuccess) return Setting("instantiate");
  auto made = std::make_unique<GraphExecTag>();
  made->graph = CopyOf(*graph, &made->copy);
  *exec = made.release();
  Log("a graph of " + std::to_string(CountOf(*graph)) + " is instantiated");
  state().graphs++;
  return kSuccess;
}
#ifndef FAKE_CUDA_WITHOUT_GRAPHS
FAKE Result cuGraphLaunch(GraphExecHandle exec, StreamHandle stream) {
  LOCKED;
  Log(Name(stream) + " launches a graph of " + std::to_string(CountOf(*exec->graph)));
  if (Setting("launch") != kSuccess) return Setting("launch");
  // As it is now: what changes it or ends it later is none of this launch's.
  const std::shared_ptr<GraphTag> graph(CopyOf(*exec->graph, nullptr), Destroy);
  return Submit(stream, {[=] { RunGraph(*graph); }});
}
#endif
FAKE Result cuGraphExecUpdate_v2(GraphExecHandle exec, GraphHandle graph, GraphUpdateInfo* info) {
  LOCKED;
  *info = {0, nullptr, nullptr};
  if (Setting("update") != kSuccess || !CanBecome(*exec->graph, *graph)) return kErrorUpdateFailed;
  Log("a graph becomes another");
  for (size_t i = 0; i < graph->nodes.size(); i++) {
    GraphNodeTag& mine = *exec->graph->nodes[i];
    mine.run = graph->nodes[i]->run;
    if (mine.body == nullptr) continue;
    Destroy(mine.body);
    mine.body = CopyOf(*graph->nodes[i]->body, nullptr);
  }
  return kSuccess;
}
FAKE Result cuGraphExecDestroy(GraphExecHandle exec) {
  LOCKED;
  Destroy(exec->graph);
  delete exec;
  state().graphs--;
  return kSuccess;
}
FAKE Result cuGraphDestroy(GraphHandle graph) {
  LOCKED;
  Destroy(graph);
  state().graphs--;
  return kSuccess;
}

}  // namespace cotangent::cuda
