#include "cuda/libraries/dnn.h"

#include <utility>

#include "cuda/libraries/dnn_plans.h"

namespace cotangent::cuda {
namespace {

// Of what every array starts at; those within a block may start anywhere.
constexpr int64_t kAlignment = 16;

}  // namespace

Dnn::Dnn(const Context& context) : api_(ApiOf<dnn::Api>(context.driver())) { Check(api_.Create(&handle_), "to start"); }

Dnn::~Dnn() {
  plans_.clear();
  api_.Destroy(handle_);
}

void Dnn::Check(dnn::Status status, const char* doing) const {
  if (status != dnn::kSuccess) throw LibraryError("cuDNN", doing, "status " + std::to_string(status));
}

DnnPlans& Dnn::PlansOf(const std::vector<int64_t>& problem, const std::function<std::unique_ptr<DnnPlans>()>& propose) {
  auto found = plans_.find(problem);
  if (found == plans_.end()) found = plans_.emplace(problem, propose()).first;
  return *found->second;
}

DnnDescriptor::DnnDescriptor(const Dnn& dnn, int kind) : dnn_(dnn) {
  dnn_.Check(dnn_.api().Make(kind, &raw_), "to make a descriptor");
}

DnnDescriptor::~DnnDescriptor() {
  if (raw_ != nullptr) dnn_.api().Unmake(raw_);
}

DnnDescriptor::DnnDescriptor(DnnDescriptor&& other) noexcept
    : dnn_(other.dnn_), raw_(std::exchange(other.raw_, nullptr)) {}

void DnnDescriptor::Set(int attribute, int type, const void* values, int64_t count) {
  dnn_.Check(dnn_.api().Set(raw_, attribute, type, count, values), "to describe an operation");
}

void DnnDescriptor::Set(int attribute, const std::vector<int64_t>& values) {
  Set(attribute, dnn::kTypeInt64, values.data(), static_cast<int64_t>(values.size()));
}

void DnnDescriptor::Finish() { dnn_.Check(dnn_.api().Finish(raw_), "to describe an operation"); }

int DnnDataType(DType type) {
  switch (type) {
    case DType::kFloat16: return dnn::kHalf;
    case DType::kBfloat16: return dnn::kBfloat16;
    case DType::kFloat64: return dnn::kDouble;
    default: return dnn::kFloat;
  }
}

DnnDescriptor DnnTensor(const Dnn& dnn, const TensorPlace& place, int data_type, int64_t id, TensorHome home) {
  DnnDescriptor out(dnn, dnn::kTensor);
  out.SetOne(dnn::kTensorDataType, dnn::kTypeDataType, data_type);
  out.Set(dnn::kTensorDims, place.dims);
  out.Set(dnn::kTensorStrides, place.strides);
  out.Set(dnn::kTensorId, {id});
  out.Set(dnn::kTensorAlignment, {kAlignment});
  if (home == TensorHome::kGraph) out.SetFlag(dnn::kTensorVirtual, true);
  if (home == TensorHome::kHost) out.SetFlag(dnn::kTensorByValue, true);
  out.Finish();
  return out;
}

}  // namespace cotangent::cuda
