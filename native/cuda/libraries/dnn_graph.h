// A graph of cuDNN's operations on tensors of four dimensions, written in the order in which they are computed.
#pragma once

#include <deque>
#include <utility>
#include <vector>

#include "cuda/libraries/dnn.h"

namespace cotangent::cuda {

class DnnGraph {
 public:
  struct Tensor {
    const DnnDescriptor* descriptor;
    const TensorPlace* place;
  };
  // What an operation reads, in order; the second and third may be left out.
  struct Operands {
    const Tensor& x;
    const Tensor* b = nullptr;
    const Tensor* t = nullptr;
  };
  // How many rows, columns and terms of each batch count, where that is in the card's memory; null where all do.
  struct Lengths {
    const Tensor* rows = nullptr;
    const Tensor* columns = nullptr;
    const Tensor* depth = nullptr;
  };

  explicit DnnGraph(const Dnn& dnn) : dnn_(dnn) {}
  DnnGraph(const DnnGraph&) = delete;
  DnnGraph& operator=(const DnnGraph&) = delete;

  // Memory that a pack names by its identifier.
  Tensor Array(int64_t id, TensorPlace place, int type);
  Tensor Constant(float value);
  // What is known within the graph only.
  Tensor Within(TensorPlace place, int type = dnn::kFloat);

  // Each computes in float32, and gives a tensor within the graph that lies as the first operand does.
  Tensor Pointwise(dnn::PointwiseKind kind, const Tensor& x);
  Tensor Pointwise(dnn::PointwiseKind kind, const Tensor& x, const Tensor& b);
  void Write(dnn::PointwiseKind kind, const Operands& operands, const Tensor& out, int compute = dnn::kFloat);
  // Each element's place along an axis, as int32.
  Tensor Index(const Tensor& x, int64_t axis, int compute);
  // `x` where `holds`, else `otherwise`.
  Tensor Select(const Tensor& x, const Tensor& otherwise, const Tensor& holds);
  // Truth values.
  Tensor Compare(dnn::PointwiseKind kind, const Tensor& x, const Tensor& b);

  void Matmul(const Tensor& a, const Tensor& b, const Tensor& c, const Lengths& lengths);
  // Combines what lies along dimensions of which `out` has fewer, in groups of neighbours.
  void Reduce(int kind, const Tensor& x, const Tensor& out);
  // Other dimensions over the same memory.
  void Reshape(const Tensor& x, const Tensor& out);

  std::vector<DnnDescriptor> TakeOperations() { return std::move(operations_); }
  const std::vector<std::pair<int64_t, float>>& constants() const { return constants_; }

 private:
  Tensor Keep(TensorPlace place, int type, int64_t id, TensorHome home);
  void Apply(DnnDescriptor mode, const Operands& operands, const Tensor& out);

  const Dnn& dnn_;
  // Identifiers above those of arrays.
  int64_t next_ = 1000;
  std::deque<TensorPlace> places_;
  std::deque<DnnDescriptor> tensors_;
  std::vector<DnnDescriptor> operations_;
  std::vector<std::pair<int64_t, float>> constants_;
};

}  // namespace cotangent::cuda
