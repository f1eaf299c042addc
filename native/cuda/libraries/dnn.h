// Convolutions and their derivatives by cuDNN. Of the engines that it proposes, each is timed once a shape on the card, and
// the best is kept while the process runs (tuner.h).
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "cuda/libraries/dnn_api.h"
#include "cuda/libraries/scratch.h"

namespace cotangent::cuda {

// Dimensions are batch (of the kernel: result's features), features, then the spatial ones.
struct TensorPlace {
  std::vector<int64_t> dims, strides;
};

enum class ConvolutionKind : int64_t { kForward = 0, kData, kFilter };

// y = x convolved with w; which of the three is computed from the others, the kind says.
struct ConvolutionProblem {
  ConvolutionKind kind;
  DType type;
  bool full;  // float32 with all its bits, not as TF32
  TensorPlace x, w, y;
  std::vector<int64_t> padding_low, padding_high, strides, dilations;
};

class Dnn {
 public:
  explicit Dnn(const Context& context);
  ~Dnn();
  Dnn(const Dnn&) = delete;
  Dnn& operator=(const Dnn&) = delete;

  void Convolve(const ConvolutionProblem& problem, DevicePointer x, DevicePointer w, DevicePointer y, Stream& stream,
                Scratch& scratch);

 private:
  class Descriptor;
  struct Plan;
  struct Shape;
  std::unique_ptr<Shape> Propose(const ConvolutionProblem& problem);
  Descriptor Tensor(const TensorPlace& place, DType type, int64_t id) const;
  bool IsAllowed(const Descriptor& config, const ConvolutionProblem& problem) const;
  bool Run(const Plan& plan, DevicePointer x, DevicePointer w, DevicePointer y, DevicePointer workspace, Stream& stream);
  void Check(dnn::Status status, const char* doing) const;

  const dnn::Api& api_;
  dnn::Handle handle_ = nullptr;
  std::map<std::vector<int64_t>, std::unique_ptr<Shape>> shapes_;
};

}  // namespace cotangent::cuda
