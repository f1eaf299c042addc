// convolution: convolutions and their derivatives by cuDNN, y = x convolved with w. args: x, w, y. params: which of the
// three is computed from the others (y, x, w), the type, whether float32 keeps all its bits, spatial dimensions; dims and
// strides of x, w and y, which are batch (of w: y's features), features, then the spatial ones; padding before and after,
// strides and dilations of the windows.
#include "cuda/libraries/dnn_plans.h"
#include "cuda/libraries/routine.h"

namespace cotangent::cuda {
namespace {

constexpr int64_t kMostWorkspace = int64_t{1} << 30;
// Identifiers of the arrays in an operation.
constexpr int64_t kX = 1, kW = 2, kY = 3;

enum class Kind : int64_t { kForward = 0, kData, kFilter };

struct Problem {
  Kind kind;
  DType type;
  bool full;  // float32 with all its bits, not as TF32
  TensorPlace x, w, y;
  std::vector<int64_t> padding_low, padding_high, strides, dilations;
};

struct Attributes {
  int kind, alpha, beta, convolution, x, w, y;
};

Attributes AttributesOf(Kind kind) {
  switch (kind) {
    case Kind::kData:
      return {dnn::kBackwardData, dnn::kDataAlpha, dnn::kDataBeta, dnn::kDataConvolution, dnn::kDataX, dnn::kDataW,
              dnn::kDataY};
    case Kind::kFilter:
      return {dnn::kBackwardFilter, dnn::kFilterAlpha, dnn::kFilterBeta, dnn::kFilterConvolution, dnn::kFilterX,
              dnn::kFilterW, dnn::kFilterY};
    default:
      return {dnn::kForward, dnn::kForwardAlpha, dnn::kForwardBeta, dnn::kForwardConvolution, dnn::kForwardX,
              dnn::kForwardW, dnn::kForwardY};
  }
}

DnnDescriptor Operation(const Dnn& dnn, const Problem& p) {
  const bool wide = p.type == DType::kFloat64;
  DnnDescriptor convolution(dnn, dnn::kConvolution);
  convolution.SetOne(dnn::kConvolutionCompute, dnn::kTypeDataType, wide ? dnn::kDouble : dnn::kFloat);
  convolution.SetOne(dnn::kConvolutionMode, dnn::kTypeConvolutionMode, dnn::kCrossCorrelation);
  convolution.Set(dnn::kConvolutionSpatialDims, {static_cast<int64_t>(p.strides.size())});
  convolution.Set(dnn::kConvolutionPrePaddings, p.padding_low);
  convolution.Set(dnn::kConvolutionPostPaddings, p.padding_high);
  convolution.Set(dnn::kConvolutionStrides, p.strides);
  convolution.Set(dnn::kConvolutionDilations, p.dilations);
  convolution.Finish();

  const Attributes at = AttributesOf(p.kind);
  const int type = DnnDataType(p.type);
  const DnnDescriptor x = DnnTensor(dnn, p.x, type, kX), w = DnnTensor(dnn, p.w, type, kW),
                      y = DnnTensor(dnn, p.y, type, kY);
  DnnDescriptor operation(dnn, at.kind);
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
  return operation;
}

std::unique_ptr<DnnPlans> Propose(const Dnn& dnn, const Problem& p) {
  DnnProblem problem{{}, {}, nullptr, kMostWorkspace, {}};
  problem.operations.push_back(Operation(dnn, p));
  // Engines that use tensor cores round float32 to TF32, and some round more: those are only for who agrees.
  if (p.type == DType::kFloat32) {
    problem.allows = [full = p.full](const DnnNotes& notes) {
      return !notes.Has(dnn::kNoteDownConvert) && !(full && notes.Has(dnn::kNoteTensorCore));
    };
  }
  std::string text;
  for (int64_t n : p.x.dims) text += (text.empty() ? "" : "×") + std::to_string(n);
  problem.unknown = "none convolves " + text + " elements with this kernel";
  return std::make_unique<DnnPlans>(dnn, problem);
}

Problem ProblemOf(CallReader& p) {
  Problem c{};
  c.kind = static_cast<Kind>(p.Next());
  c.type = p.Type();
  c.full = p.Flag();
  const auto spatial = static_cast<size_t>(p.Next());
  const auto list = [&](std::vector<int64_t>& out, size_t count) {
    out.resize(count);
    for (int64_t& n : out) n = p.Next();
  };
  for (TensorPlace* place : {&c.x, &c.w, &c.y}) list(place->dims, spatial + 2), list(place->strides, spatial + 2);
  for (auto* numbers : {&c.padding_low, &c.padding_high, &c.strides, &c.dilations}) list(*numbers, spatial);
  return c;
}

}  // namespace

void RunConvolution(const LibraryCall& call) {
  CallReader p(call);
  std::vector<int64_t> key = p.Rest();
  key.insert(key.begin(), kConvolutionProblem);
  Dnn& dnn = call.libraries.dnn();
  DnnPlans& plans = dnn.PlansOf(key, [&] { return Propose(dnn, ProblemOf(p)); });
  DnnPack pack;
  pack.Add(kX, p.arg(0)), pack.Add(kW, p.arg(1)), pack.Add(kY, p.arg(2));
  plans.Run(pack, call.stream, call.scratch, "to convolve");
}

}  // namespace cotangent::cuda
