#include "cuda/libraries/dnn_graph.h"

namespace cotangent::cuda {
namespace {

DnnDescriptor Mode(const Dnn& dnn, dnn::PointwiseKind kind, int compute) {
  DnnDescriptor out(dnn, dnn::kPointwiseMode);
  out.SetOne(dnn::kPointwiseModeKind, dnn::kTypePointwiseKind, kind);
  out.SetOne(dnn::kPointwiseModeCompute, dnn::kTypeDataType, compute);
  return out;
}

}  // namespace

DnnGraph::Tensor DnnGraph::Keep(TensorPlace place, int type, int64_t id, TensorHome home) {
  places_.push_back(std::move(place));
  tensors_.push_back(DnnTensor(dnn_, places_.back(), type, id, home));
  return {&tensors_.back(), &places_.back()};
}

DnnGraph::Tensor DnnGraph::Array(int64_t id, TensorPlace place, int type) {
  return Keep(std::move(place), type, id, TensorHome::kArray);
}

DnnGraph::Tensor DnnGraph::Constant(float value) {
  constants_.emplace_back(next_, value);
  return Keep({{1, 1, 1, 1}, {1, 1, 1, 1}}, dnn::kFloat, next_++, TensorHome::kHost);
}

DnnGraph::Tensor DnnGraph::Within(TensorPlace place, int type) {
  return Keep(std::move(place), type, next_++, TensorHome::kGraph);
}

void DnnGraph::Apply(DnnDescriptor mode, const Operands& operands, const Tensor& out) {
  mode.Finish();
  DnnDescriptor operation(dnn_, dnn::kPointwise);
  operation.Set(dnn::kPointwiseBy, mode);
  operation.Set(dnn::kPointwiseX, *operands.x.descriptor);
  if (operands.b != nullptr) operation.Set(dnn::kPointwiseB, *operands.b->descriptor);
  if (operands.t != nullptr) operation.Set(dnn::kPointwiseT, *operands.t->descriptor);
  operation.Set(dnn::kPointwiseY, *out.descriptor);
  operation.Finish();
  operations_.push_back(std::move(operation));
}

void DnnGraph::Write(dnn::PointwiseKind kind, const Operands& operands, const Tensor& out, int compute) {
  Apply(Mode(dnn_, kind, compute), operands, out);
}

DnnGraph::Tensor DnnGraph::Pointwise(dnn::PointwiseKind kind, const Tensor& x) {
  const Tensor out = Within(*x.place);
  Write(kind, {x}, out);
  return out;
}

DnnGraph::Tensor DnnGraph::Pointwise(dnn::PointwiseKind kind, const Tensor& x, const Tensor& b) {
  const Tensor out = Within(*x.place);
  Write(kind, {x, &b}, out);
  return out;
}

DnnGraph::Tensor DnnGraph::Index(const Tensor& x, int64_t axis, int compute) {
  const Tensor out = Within(*x.place, dnn::kInt32);
  DnnDescriptor mode = Mode(dnn_, dnn::kIndex, compute);
  mode.Set(dnn::kPointwiseModeAxis, {axis});
  Apply(std::move(mode), {x}, out);
  return out;
}

DnnGraph::Tensor DnnGraph::Select(const Tensor& x, const Tensor& otherwise, const Tensor& holds) {
  const Tensor out = Within(*x.place);
  Write(dnn::kSelect, {x, &otherwise, &holds}, out);
  return out;
}

DnnGraph::Tensor DnnGraph::Compare(dnn::PointwiseKind kind, const Tensor& x, const Tensor& b) {
  const Tensor out = Within(*x.place, dnn::kBoolean);
  Write(kind, {x, &b}, out, dnn::kBoolean);
  return out;
}

void DnnGraph::Matmul(const Tensor& a, const Tensor& b, const Tensor& c, const Lengths& lengths) {
  DnnDescriptor mode(dnn_, dnn::kMatmulMode);
  mode.SetOne(dnn::kMatmulModeCompute, dnn::kTypeDataType, dnn::kFloat);
  mode.Finish();
  DnnDescriptor operation(dnn_, dnn::kMatmul);
  operation.Set(dnn::kMatmulA, *a.descriptor);
  operation.Set(dnn::kMatmulB, *b.descriptor);
  operation.Set(dnn::kMatmulC, *c.descriptor);
  operation.Set(dnn::kMatmulBy, mode);
  if (lengths.rows != nullptr) operation.Set(dnn::kMatmulRows, *lengths.rows->descriptor);
  if (lengths.columns != nullptr) operation.Set(dnn::kMatmulColumns, *lengths.columns->descriptor);
  if (lengths.depth != nullptr) operation.Set(dnn::kMatmulDepth, *lengths.depth->descriptor);
  operation.Finish();
  operations_.push_back(std::move(operation));
}

void DnnGraph::Reduce(int kind, const Tensor& x, const Tensor& out) {
  DnnDescriptor mode(dnn_, dnn::kReductionMode);
  mode.SetOne(dnn::kReductionModeKind, dnn::kTypeReductionKind, kind);
  mode.SetOne(dnn::kReductionModeCompute, dnn::kTypeDataType, dnn::kFloat);
  mode.Finish();
  DnnDescriptor operation(dnn_, dnn::kReduction);
  operation.Set(dnn::kReductionBy, mode);
  operation.Set(dnn::kReductionX, *x.descriptor);
  operation.Set(dnn::kReductionY, *out.descriptor);
  operation.Finish();
  operations_.push_back(std::move(operation));
}

void DnnGraph::Reshape(const Tensor& x, const Tensor& out) {
  DnnDescriptor operation(dnn_, dnn::kReshape);
  operation.Set(dnn::kReshapeX, *x.descriptor);
  operation.Set(dnn::kReshapeY, *out.descriptor);
  operation.Finish();
  operations_.push_back(std::move(operation));
}

}  // namespace cotangent::cuda
