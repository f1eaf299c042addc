// Stands in for cuDNN: convolutions and their derivatives, and graphs of products, reductions and arithmetic, by plain
// loops over strided tensors. It proposes three engines: one that rounds float32 to TF32 (and says that it gives other
// bits every time), one that does not, one that rounds more; the second asks for a workspace. Settings:
// engines (how many), cost0, cost1, … (the milliseconds that each takes), version.
#include "fake_cudnn.h"
#include "fake_cudnn_convolution.h"
#include "fake_cudnn_graph.h"

namespace cotangent::cuda::dnn {

struct HandleTag {
  StreamHandle stream = nullptr;
};

namespace {

using fake::Log;
using fake::state;

constexpr Status kBadParam = 2000;
constexpr int64_t kWorkspace = 2048;
constexpr int kEngineNumber = -1, kGraphOf = -2;

size_t BytesOfAttribute(int type) {
  switch (type) {
    case kTypeBoolean: return sizeof(bool);
    case kTypeDataType:
    case kTypeConvolutionMode:
    case kTypeHeuristicMode:
    case kTypeNote:
    case kTypePointwiseKind:
    case kTypeReductionKind:
    case kTypeFloat: return 4;
    default: return 8;
  }
}

Descriptor* Of(Raw raw) { return static_cast<Descriptor*>(raw); }

std::vector<const Descriptor*> OperationsOf(const Descriptor& graph) {
  std::vector<const Descriptor*> out;
  for (const Raw raw : graph.All<Raw>(kGraphOperations)) out.push_back(Of(raw));
  return out;
}

bool IsKnown(const Descriptor& graph) {
  const auto operations = OperationsOf(graph);
  return IsConvolution(*operations[0]) ? operations.size() == 1 && IsKnownConvolution(*operations[0])
                                       : IsKnownGraph(operations);
}

}  // namespace

FAKE size_t cudnnGetVersion() { return static_cast<size_t>(Version()); }
FAKE Status cudnnCreate(Handle* handle) {
  *handle = new HandleTag;
  state().live++;
  return kSuccess;
}
FAKE Status cudnnDestroy(Handle handle) {
  delete handle;
  state().live--;
  return kSuccess;
}
FAKE Status cudnnSetStream(Handle handle, StreamHandle stream) {
  handle->stream = stream;
  return kSuccess;
}
FAKE Status cudnnBackendCreateDescriptor(int kind, Raw* descriptor) {
  *descriptor = new Descriptor{kind, {}, false};
  state().live++;
  return kSuccess;
}
// Kept: what was made of a descriptor knows it for good.
FAKE Status cudnnBackendDestroyDescriptor(Raw descriptor) {
  static std::vector<std::unique_ptr<Descriptor>> kept;
  kept.emplace_back(Of(descriptor));
  state().live--;
  return kSuccess;
}
FAKE Status cudnnBackendSetAttribute(Raw descriptor, int attribute, int type, int64_t count, const void* values) {
  if (Of(descriptor)->finished) return kBadParam;
  const char* bytes = static_cast<const char*>(values);
  Of(descriptor)->values[attribute].assign(bytes, bytes + static_cast<size_t>(count) * BytesOfAttribute(type));
  return kSuccess;
}
FAKE Status cudnnBackendFinalize(Raw descriptor) {
  Descriptor& d = *Of(descriptor);
  if (IsConvolution(d)) {
    if (d.At(PartsOf(d.kind).convolution).One<int>(kConvolutionMode) != kCrossCorrelation) return kBadParam;
  }
  d.finished = true;
  return kSuccess;
}
FAKE Status cudnnBackendGetAttribute(Raw descriptor, int attribute, int, int64_t wanted, int64_t* count, void* values) {
  const Descriptor& d = *Of(descriptor);
  *count = 0;
  if (attribute == kHeuristicResults) {
    const Raw graph = d.One<Raw>(kHeuristicGraph);
    if (!IsKnown(*Of(graph))) return kSuccess;
    *count = std::min<int64_t>(wanted, Setting("engines", 3));
    for (int64_t k = 0; k < *count; k++) {
      Descriptor& config = *static_cast<Descriptor**>(values)[k];
      config.values[kEngineNumber].assign(reinterpret_cast<const char*>(&k), reinterpret_cast<const char*>(&k + 1));
      config.values[kGraphOf].assign(reinterpret_cast<const char*>(&graph), reinterpret_cast<const char*>(&graph + 1));
      config.finished = true;
    }
  } else if (attribute == kConfigEngine) {
    (*static_cast<Descriptor**>(values))->values = d.values;
    *count = 1;
  } else if (attribute == kEngineNotes) {
    const int64_t engine = d.One<int64_t>(kEngineNumber);
    int* notes = static_cast<int*>(values);
    if (engine == 0) notes[(*count)++] = kNoteNondeterministic;
    if (engine != 1) notes[(*count)++] = kNoteTensorCore;
    if (engine == 2) notes[(*count)++] = kNoteDownConvert;
  } else if (attribute == kPlanWorkspaceBytes) {
    *count = 1;
    *static_cast<int64_t*>(values) = d.At(kPlanConfig).One<int64_t>(kEngineNumber) == 1 ? kWorkspace : 0;
  } else {
    return kBadParam;
  }
  return kSuccess;
}
FAKE Status cudnnBackendExecute(Handle handle, Raw plan, Raw pack) {
  const Descriptor& config = Of(plan)->At(kPlanConfig);
  const int64_t engine = config.One<int64_t>(kEngineNumber);
  if (engine == 1 && Of(pack)->One<void*>(kPackWorkspace) == nullptr) return kBadParam;
  const auto operations = OperationsOf(config.At(kGraphOf));
  const auto submit = [&](const std::string& what, std::function<void()> work) {
    Log(what + " engine " + std::to_string(engine));
    fake::Advance(Setting(("cost" + std::to_string(engine)).c_str(), 1));
    return fake::Submit(handle->stream, std::move(work)) ? kSuccess : kBadParam;
  };
  if (IsConvolution(*operations[0])) {
    Convolution job = ConvolutionOf(*operations[0], *Of(pack));
    job.rounds = job.x.type == kR32F && engine != 1;
    return submit("convolve kind " + std::to_string(job.kind), [job] { Convolve(job); });
  }
  const std::vector<Step> steps = StepsOf(operations, *Of(pack));
  if (steps.empty()) return kBadParam;
  return submit("graph of " + std::to_string(steps.size()), [steps] { RunSteps(steps); });
}

}  // namespace cotangent::cuda::dnn
