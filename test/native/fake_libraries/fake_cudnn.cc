// Stands in for cuDNN: convolutions and their derivatives by plain loops over strided tensors. It proposes three engines:
// one that rounds float32 to TF32 (and says that it gives other bits every time), one that does not, one that rounds more;
// the second asks for a workspace. Settings:
// engines (how many), cost0, cost1, … (the milliseconds that each takes).
#include <algorithm>
#include <vector>

#include "cuda/libraries/dnn_api.h"
#include "fake_library.h"

namespace cotangent::cuda::dnn {

struct HandleTag {
  StreamHandle stream = nullptr;
};

namespace {

using fake::Load;
using fake::Log;
using fake::Setting;
using fake::state;
using fake::Store;
using fake::Wide;

constexpr Status kBadParam = 2000;
constexpr int64_t kWorkspace = 2048;

struct Descriptor {
  int kind;
  std::map<int, std::vector<char>> values;
  bool finished = false;

  template <typename T>
  std::vector<T> All(int attribute) const {
    const auto found = values.find(attribute);
    if (found == values.end()) return {};
    std::vector<T> out(found->second.size() / sizeof(T));
    std::memcpy(out.data(), found->second.data(), out.size() * sizeof(T));
    return out;
  }
  template <typename T>
  T One(int attribute) const {
    const std::vector<T> all = All<T>(attribute);
    return all.empty() ? T{} : all[0];
  }
  const Descriptor& At(int attribute) const { return *static_cast<const Descriptor*>(One<void*>(attribute)); }
};

constexpr int kEngineNumber = -1, kOperation = -2;

size_t BytesOfAttribute(int type) {
  switch (type) {
    case kTypeDataType:
    case kTypeConvolutionMode:
    case kTypeHeuristicMode:
    case kTypeNote:
    case kTypeFloat: return 4;
    default: return 8;
  }
}

int LibraryTypeOf(int type) {
  return type == kDouble ? kR64F : type == kHalf ? kR16F : type == kBfloat16 ? kR16BF : kR32F;
}

struct Tensor {
  int type;
  std::vector<int64_t> dims, strides;
  char* memory = nullptr;

  explicit Tensor(const Descriptor& d)
      : type(LibraryTypeOf(d.One<int>(kTensorDataType))),
        dims(d.All<int64_t>(kTensorDims)),
        strides(d.All<int64_t>(kTensorStrides)) {}
  int64_t Place(const std::vector<int64_t>& at) const {
    int64_t out = 0;
    for (size_t d = 0; d < at.size(); d++) out += at[d] * strides[d];
    return out;
  }
};

// Calls f with the numbers of every element of some dimensions.
template <typename F>
void ForEach(const std::vector<int64_t>& dims, F&& f) {
  std::vector<int64_t> at(dims.size(), 0);
  if (std::find(dims.begin(), dims.end(), 0) != dims.end()) return;
  for (;;) {
    f(at);
    size_t d = dims.size();
    while (d > 0 && ++at[d - 1] == dims[d - 1]) at[--d] = 0;
    if (d == 0) return;
  }
}

struct Job {
  int kind;
  Tensor x, w, y;
  std::vector<int64_t> padding, strides, dilations;
  bool rounds;
};

void Convolve(const Job& j) {
  const size_t spatial = j.strides.size();
  const Tensor& result = j.kind == kForward ? j.y : j.kind == kBackwardData ? j.x : j.w;
  std::map<int64_t, Wide> sums;
  ForEach(result.dims, [&](const std::vector<int64_t>& at) { sums[result.Place(at)] = 0; });
  const int64_t group_features = j.w.dims[1], group_results = j.w.dims[0] / (j.x.dims[1] / group_features);
  const auto rounded = [&](Wide x) { return j.rounds ? fake::AsTF32(x) : x; };
  ForEach(j.y.dims, [&](const std::vector<int64_t>& y) {
    ForEach(j.w.dims, [&](const std::vector<int64_t>& tap) {
      if (tap[0] != y[1]) return;
      std::vector<int64_t> x{y[0], y[1] / group_results * group_features + tap[1]};
      for (size_t s = 0; s < spatial; s++) {
        const int64_t at = y[2 + s] * j.strides[s] + tap[2 + s] * j.dilations[s] - j.padding[s];
        if (at < 0 || at >= j.x.dims[2 + s]) return;
        x.push_back(at);
      }
      const auto read = [&](const Tensor& t, const std::vector<int64_t>& at) {
        return rounded(Load(t.type, t.memory, t.Place(at)));
      };
      if (j.kind == kForward) sums[j.y.Place(y)] += read(j.x, x) * read(j.w, tap);
      if (j.kind == kBackwardData) sums[j.x.Place(x)] += read(j.y, y) * read(j.w, tap);
      if (j.kind == kBackwardFilter) sums[j.w.Place(tap)] += read(j.x, x) * read(j.y, y);
    });
  });
  for (const auto& [at, sum] : sums) Store(result.type, result.memory, at, sum);
}

Descriptor* Of(Raw raw) { return static_cast<Descriptor*>(raw); }

// The operation, and the attributes of its parts.
struct Parts {
  int convolution, x, w, y;
};
Parts PartsOf(int kind) {
  if (kind == kBackwardData) return {kDataConvolution, kDataX, kDataW, kDataY};
  if (kind == kBackwardFilter) return {kFilterConvolution, kFilterX, kFilterW, kFilterY};
  return {kForwardConvolution, kForwardX, kForwardW, kForwardY};
}

// As engines do: dense tensors, features first or last.
bool IsDense(const Tensor& t, bool features_last) {
  std::vector<size_t> order{0};
  if (!features_last) order.push_back(1);
  for (size_t d = 2; d < t.dims.size(); d++) order.push_back(d);
  if (features_last) order.push_back(1);
  int64_t step = 1;
  for (size_t k = order.size(); k-- > 0; step *= t.dims[order[k]]) {
    if (t.dims[order[k]] != 1 && t.strides[order[k]] != step) return false;
  }
  return true;
}

bool IsKnown(const Descriptor& operation) {
  const Parts parts = PartsOf(operation.kind);
  const Tensor x(operation.At(parts.x)), w(operation.At(parts.w)), y(operation.At(parts.y));
  const auto all = [&](bool last) { return IsDense(x, last) && IsDense(w, last) && IsDense(y, last); };
  const bool half = x.type == kR16F || x.type == kR16BF;
  if (x.type != w.type || x.type != y.type || x.dims.size() < 4 || x.dims.size() > 5) return false;
  const Descriptor& c = operation.At(parts.convolution);
  const auto low = c.All<int64_t>(kConvolutionPrePaddings), high = c.All<int64_t>(kConvolutionPostPaddings);
  const auto strides = c.All<int64_t>(kConvolutionStrides), dilations = c.All<int64_t>(kConvolutionDilations);
  for (size_t s = 0; s < low.size(); s++) {
    const int64_t reach = (w.dims[2 + s] - 1) * dilations[s] + 1;
    if (low[s] < 0 || high[s] < 0 || (x.dims[2 + s] + low[s] + high[s] - reach) / strides[s] + 1 != y.dims[2 + s]) {
      return false;
    }
  }
  return x.type == kR64F ? all(false) : half ? all(true) : all(true) || all(false);
}

}  // namespace

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
  if (d.kind == kForward || d.kind == kBackwardData || d.kind == kBackwardFilter) {
    if (d.At(PartsOf(d.kind).convolution).One<int>(kConvolutionMode) != kCrossCorrelation) return kBadParam;
  }
  d.finished = true;
  return kSuccess;
}
FAKE Status cudnnBackendGetAttribute(Raw descriptor, int attribute, int, int64_t wanted, int64_t* count, void* values) {
  const Descriptor& d = *Of(descriptor);
  *count = 0;
  if (attribute == kHeuristicResults) {
    const Raw operation = d.At(kHeuristicGraph).One<Raw>(kGraphOperations);
    if (!IsKnown(*Of(operation))) return kSuccess;
    *count = std::min<int64_t>(wanted, Setting("engines", 3));
    for (int64_t k = 0; k < *count; k++) {
      Descriptor& config = *static_cast<Descriptor**>(values)[k];
      config.values[kEngineNumber].assign(reinterpret_cast<const char*>(&k), reinterpret_cast<const char*>(&k + 1));
      config.values[kOperation].assign(reinterpret_cast<const char*>(&operation),
                                       reinterpret_cast<const char*>(&operation + 1));
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
  const Descriptor& operation = config.At(kOperation);
  const int64_t engine = config.One<int64_t>(kEngineNumber);
  if (engine == 1 && Of(pack)->One<void*>(kPackWorkspace) == nullptr) return kBadParam;
  const Parts parts = PartsOf(operation.kind);
  const Descriptor& convolution = operation.At(parts.convolution);
  Job job{operation.kind,
          Tensor(operation.At(parts.x)),
          Tensor(operation.At(parts.w)),
          Tensor(operation.At(parts.y)),
          convolution.All<int64_t>(kConvolutionPrePaddings),
          convolution.All<int64_t>(kConvolutionStrides),
          convolution.All<int64_t>(kConvolutionDilations),
          false};
  job.rounds = job.x.type == kR32F && engine != 1;
  const auto ids = Of(pack)->All<int64_t>(kPackIds);
  const auto pointers = Of(pack)->All<char*>(kPackPointers);
  for (size_t k = 0; k < ids.size(); k++) {
    for (auto [tensor, part] : {std::pair(&job.x, parts.x), std::pair(&job.w, parts.w), std::pair(&job.y, parts.y)}) {
      if (operation.At(part).One<int64_t>(kTensorId) == ids[k]) tensor->memory = pointers[k];
    }
  }
  Log("convolve kind " + std::to_string(operation.kind) + " engine " + std::to_string(engine));
  fake::Advance(Setting(("cost" + std::to_string(engine)).c_str(), 1));
  return fake::Submit(handle->stream, [job] { Convolve(job); }) ? kSuccess : kBadParam;
}

}  // namespace cotangent::cuda::dnn
