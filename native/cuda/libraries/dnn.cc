#include "cuda/libraries/dnn.h"

#include <algorithm>
#include <utility>

#include "cuda/libraries/routine.h"
#include "cuda/libraries/tuner.h"

namespace cotangent::cuda {
namespace {

constexpr size_t kProposals = 8;
constexpr int64_t kMostWorkspace = int64_t{1} << 30;
// Identifiers of the arrays in an operation.
constexpr int64_t kX = 1, kW = 2, kY = 3;
// Of what every array starts at; those within a block may start anywhere.
constexpr int64_t kAlignment = 16;

int DataType(DType type) {
  switch (type) {
    case DType::kFloat16: return dnn::kHalf;
    case DType::kBfloat16: return dnn::kBfloat16;
    case DType::kFloat64: return dnn::kDouble;
    default: return dnn::kFloat;
  }
}

struct Attributes {
  int kind, alpha, beta, convolution, x, w, y;
};

Attributes AttributesOf(ConvolutionKind kind) {
  switch (kind) {
    case ConvolutionKind::kData:
      return {dnn::kBackwardData, dnn::kDataAlpha, dnn::kDataBeta, dnn::kDataConvolution, dnn::kDataX, dnn::kDataW,
              dnn::kDataY};
    case ConvolutionKind::kFilter:
      return {dnn::kBackwardFilter, dnn::kFilterAlpha, dnn::kFilterBeta, dnn::kFilterConvolution, dnn::kFilterX,
              dnn::kFilterW, dnn::kFilterY};
    default:
      return {dnn::kForward, dnn::kForwardAlpha, dnn::kForwardBeta, dnn::kForwardConvolution, dnn::kForwardX,
              dnn::kForwardW, dnn::kForwardY};
  }
}

std::vector<int64_t> KeyOf(const ConvolutionProblem& p) {
  std::vector<int64_t> key{static_cast<int64_t>(p.kind), static_cast<int64_t>(p.type), p.full};
  for (const auto* list : {&p.x.dims, &p.x.strides, &p.w.dims, &p.w.strides, &p.y.dims, &p.y.strides, &p.padding_low,
                           &p.padding_high, &p.strides, &p.dilations}) {
    key.insert(key.end(), list->begin(), list->end());
  }
  return key;
}

}  // namespace

// One of cuDNN's descriptors, for as long as this lives.
class Dnn::Descriptor {
 public:
  Descriptor(const Dnn& dnn, int kind) : dnn_(&dnn) { Check(dnn.api_.Make(kind, &raw_)); }
  ~Descriptor() {
    if (raw_ != nullptr) dnn_->api_.Unmake(raw_);
  }
  Descriptor(Descriptor&& other) noexcept : dnn_(other.dnn_), raw_(std::exchange(other.raw_, nullptr)) {}
  Descriptor& operator=(Descriptor&&) = delete;

  dnn::Raw raw() const { return raw_; }
  void Set(int attribute, int type, const void* values, int64_t count = 1) {
    Check(dnn_->api_.Set(raw_, attribute, type, count, values));
  }
  void Set(int attribute, const std::vector<int64_t>& values) {
    Set(attribute, dnn::kTypeInt64, values.data(), static_cast<int64_t>(values.size()));
  }
  void Set(int attribute, const Descriptor& other) { Set(attribute, dnn::kTypeDescriptor, &other.raw_); }
  bool TryFinish() { return dnn_->api_.Finish(raw_) == dnn::kSuccess; }
  void Finish() { Check(dnn_->api_.Finish(raw_)); }

 private:
  void Check(dnn::Status status) const { dnn_->Check(status, "to describe a convolution"); }

  const Dnn* dnn_;
  dnn::Raw raw_ = nullptr;
};

struct Dnn::Plan {
  Descriptor plan;
  int64_t workspace_bytes;
};

// What is known of a shape.
struct Dnn::Shape {
  std::vector<Plan> plans;  // the best first, once it is chosen
  bool chosen = false;
};

Dnn::Dnn(const Context& context) : api_(ApiOf<dnn::Api>(context.driver())) { Check(api_.Create(&handle_), "to start"); }

Dnn::~Dnn() {
  shapes_.clear();
  api_.Destroy(handle_);
}

void Dnn::Check(dnn::Status status, const char* doing) const {
  if (status != dnn::kSuccess) throw LibraryError("cuDNN", doing, "status " + std::to_string(status));
}

Dnn::Descriptor Dnn::Tensor(const TensorPlace& place, DType type, int64_t id) const {
  Descriptor out(*this, dnn::kTensor);
  const int data_type = DataType(type);
  out.Set(dnn::kTensorDataType, dnn::kTypeDataType, &data_type);
  out.Set(dnn::kTensorDims, place.dims);
  out.Set(dnn::kTensorStrides, place.strides);
  out.Set(dnn::kTensorId, {id});
  out.Set(dnn::kTensorAlignment, {kAlignment});
  out.Finish();
  return out;
}

// Engines that use tensor cores round float32 to TF32, and some round more: those are only for who agrees. Some give other
// bits in every run.
bool Dnn::IsAllowed(const Descriptor& config, const ConvolutionProblem& p) const {
  const bool repeats = MustRepeat();
  if (p.type != DType::kFloat32 && !repeats) return true;
  Descriptor engine(*this, dnn::kEngine);
  dnn::Raw raw = engine.raw();
  int64_t count = 0;
  if (api_.Get(config.raw(), dnn::kConfigEngine, dnn::kTypeDescriptor, 1, &count, &raw) != dnn::kSuccess) return false;
  int notes[dnn::kNotes] = {};
  if (api_.Get(raw, dnn::kEngineNotes, dnn::kTypeNote, dnn::kNotes, &count, notes) != dnn::kSuccess) return false;
  const int* end = notes + std::min<int64_t>(count, dnn::kNotes);
  const auto has = [&](int note) { return std::find(static_cast<const int*>(notes), end, note) != end; };
  if (repeats && has(dnn::kNoteNondeterministic)) return false;
  return p.type != DType::kFloat32 || (!has(dnn::kNoteDownConvert) && !(p.full && has(dnn::kNoteTensorCore)));
}

std::unique_ptr<Dnn::Shape> Dnn::Propose(const ConvolutionProblem& p) {
  const bool wide = p.type == DType::kFloat64;
  Descriptor convolution(*this, dnn::kConvolution);
  const int compute = wide ? dnn::kDouble : dnn::kFloat, mode = dnn::kCrossCorrelation;
  convolution.Set(dnn::kConvolutionCompute, dnn::kTypeDataType, &compute);
  convolution.Set(dnn::kConvolutionMode, dnn::kTypeConvolutionMode, &mode);
  convolution.Set(dnn::kConvolutionSpatialDims, {static_cast<int64_t>(p.strides.size())});
  convolution.Set(dnn::kConvolutionPrePaddings, p.padding_low);
  convolution.Set(dnn::kConvolutionPostPaddings, p.padding_high);
  convolution.Set(dnn::kConvolutionStrides, p.strides);
  convolution.Set(dnn::kConvolutionDilations, p.dilations);
  convolution.Finish();

  const Attributes at = AttributesOf(p.kind);
  const Descriptor x = Tensor(p.x, p.type, kX), w = Tensor(p.w, p.type, kW), y = Tensor(p.y, p.type, kY);
  Descriptor operation(*this, at.kind);
  operation.Set(at.convolution, convolution);
  operation.Set(at.x, x);
  operation.Set(at.w, w);
  operation.Set(at.y, y);
  const double one = 1, zero = 0;
  const float narrow_one = 1, narrow_zero = 0;
  const int scale = wide ? dnn::kTypeDouble : dnn::kTypeFloat;
  operation.Set(at.alpha, scale, wide ? static_cast<const void*>(&one) : &narrow_one);
  operation.Set(at.beta, scale, wide ? static_cast<const void*>(&zero) : &narrow_zero);
  operation.Finish();

  Descriptor graph(*this, dnn::kGraph);
  graph.Set(dnn::kGraphOperations, operation);
  graph.Set(dnn::kGraphHandle, dnn::kTypeHandle, &handle_);
  graph.Finish();

  auto shape = std::make_unique<Shape>();
  for (const int heuristic_mode : {dnn::kModeA, dnn::kModeFallback}) {
    Descriptor heuristic(*this, dnn::kHeuristic);
    heuristic.Set(dnn::kHeuristicGraph, graph);
    heuristic.Set(dnn::kHeuristicMode, dnn::kTypeHeuristicMode, &heuristic_mode);
    if (!heuristic.TryFinish()) continue;
    std::vector<Descriptor> configs;
    std::vector<dnn::Raw> raw;
    // More than are tried: some are not allowed, and some do not run here.
    for (size_t k = 0; k < 4 * kProposals; k++) {
      configs.emplace_back(*this, dnn::kEngineConfig);
      raw.push_back(configs.back().raw());
    }
    int64_t count = 0;
    if (api_.Get(heuristic.raw(), dnn::kHeuristicResults, dnn::kTypeDescriptor, static_cast<int64_t>(raw.size()), &count,
                 raw.data()) != dnn::kSuccess) {
      continue;
    }
    for (int64_t k = 0; k < count && shape->plans.size() < kProposals; k++) {
      const Descriptor& config = configs[static_cast<size_t>(k)];
      if (!IsAllowed(config, p)) continue;
      Descriptor plan(*this, dnn::kPlan);
      plan.Set(dnn::kPlanConfig, config);
      plan.Set(dnn::kPlanHandle, dnn::kTypeHandle, &handle_);
      if (!plan.TryFinish()) continue;
      int64_t bytes = 0, found = 0;
      Check(api_.Get(plan.raw(), dnn::kPlanWorkspaceBytes, dnn::kTypeInt64, 1, &found, &bytes), "to plan a convolution");
      if (bytes <= kMostWorkspace) shape->plans.push_back({std::move(plan), bytes});
    }
    // What lies behind the fallback is slow: it is for shapes that have nothing else.
    if (!shape->plans.empty()) return shape;
  }
  std::string text;
  for (int64_t n : p.x.dims) text += (text.empty() ? "" : "×") + std::to_string(n);
  throw LibraryError("cuDNN", "to find an engine", "none convolves " + text + " elements with this kernel");
}

bool Dnn::Run(const Plan& plan, DevicePointer x, DevicePointer w, DevicePointer y, DevicePointer workspace,
              Stream& stream) {
  const auto host = [](DevicePointer address) { return reinterpret_cast<void*>(static_cast<uintptr_t>(address)); };
  void* const pointers[] = {host(x), host(w), host(y)};
  void* const work = host(workspace);
  Descriptor pack(*this, dnn::kPack);
  pack.Set(dnn::kPackPointers, dnn::kTypePointer, pointers, 3);
  pack.Set(dnn::kPackIds, {kX, kW, kY});
  pack.Set(dnn::kPackWorkspace, dnn::kTypePointer, &work);
  pack.Finish();
  stream.Submitted();
  return api_.Execute(handle_, plan.plan.raw(), pack.raw()) == dnn::kSuccess;
}

void Dnn::Convolve(const ConvolutionProblem& p, DevicePointer x, DevicePointer w, DevicePointer y, Stream& stream,
                   Scratch& scratch) {
  Check(api_.SetStream(handle_, stream.handle()), "to take a stream");
  auto& shape = shapes_[KeyOf(p)];
  if (shape == nullptr) shape = Propose(p);
  auto& plans = shape->plans;
  if (!shape->chosen && MayTry(stream)) {
    shape->chosen = true;
    int64_t most = 0;
    for (const Plan& plan : plans) most = std::max(most, plan.workspace_bytes);
    const DevicePointer workspace = scratch.Get(static_cast<size_t>(most));
    const size_t best = Fastest(stream, plans.size(), [&](size_t k) { return Run(plans[k], x, w, y, workspace, stream); });
    std::vector<Plan> kept;
    kept.push_back(std::move(plans[best]));
    for (size_t k = 0; k < plans.size(); k++) {
      if (k != best) kept.push_back(std::move(plans[k]));
    }
    plans.swap(kept);
  }
  for (const Plan& plan : plans) {
    if (Run(plan, x, w, y, scratch.Get(static_cast<size_t>(plan.workspace_bytes)), stream)) return;
  }
  throw LibraryError("cuDNN", "to convolve", "none of its engines runs here");
}

// convolution: args: x, w, y. params: the kind, the type, whether float32 keeps all its bits, spatial dimensions; dims and
// strides of x, w and y; padding before and after, strides and dilations of the windows.
void RunConvolution(const LibraryCall& call) {
  CallReader p(call);
  ConvolutionProblem c{};
  c.kind = static_cast<ConvolutionKind>(p.Next());
  c.type = p.Type();
  c.full = p.Flag();
  const auto spatial = static_cast<size_t>(p.Next());
  const auto list = [&](std::vector<int64_t>& out, size_t count) {
    out.resize(count);
    for (int64_t& n : out) n = p.Next();
  };
  for (TensorPlace* place : {&c.x, &c.w, &c.y}) list(place->dims, spatial + 2), list(place->strides, spatial + 2);
  for (auto* numbers : {&c.padding_low, &c.padding_high, &c.strides, &c.dilations}) list(*numbers, spatial);
  call.libraries.dnn().Convolve(c, p.arg(0), p.arg(1), p.arg(2), call.stream, call.scratch);
}

}  // namespace cotangent::cuda
