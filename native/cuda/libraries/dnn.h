// cuDNN: its handle, the descriptors that operations are made of, and the plans that are known of each problem.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "cuda/libraries/dnn_api.h"
#include "cuda/libraries/scratch.h"

namespace cotangent::cuda {

class DnnPlans;

// The first number of a problem: what is computed.
constexpr int64_t kConvolutionProblem = 0, kAttentionProblem = 1, kAttentionGradientProblem = 2;

class Dnn {
 public:
  explicit Dnn(const Context& context);
  ~Dnn();
  Dnn(const Dnn&) = delete;
  Dnn& operator=(const Dnn&) = delete;

  const dnn::Api& api() const { return api_; }
  const dnn::Handle& handle() const { return handle_; }
  int64_t version() const { return static_cast<int64_t>(api_.Version()); }
  void Check(dnn::Status status, const char* doing) const;

  // The plans of a problem, which `propose` makes when it is first met.
  DnnPlans& PlansOf(const std::vector<int64_t>& problem, const std::function<std::unique_ptr<DnnPlans>()>& propose);

 private:
  const dnn::Api& api_;
  dnn::Handle handle_ = nullptr;
  std::map<std::vector<int64_t>, std::unique_ptr<DnnPlans>> plans_;
};

// One of cuDNN's descriptors, for as long as this lives.
class DnnDescriptor {
 public:
  DnnDescriptor(const Dnn& dnn, int kind);
  ~DnnDescriptor();
  DnnDescriptor(DnnDescriptor&& other) noexcept;
  DnnDescriptor& operator=(DnnDescriptor&&) = delete;

  dnn::Raw raw() const { return raw_; }
  void Set(int attribute, int type, const void* values, int64_t count = 1);
  // One of an enumeration: `type` says which.
  void SetOne(int attribute, int type, int value) { Set(attribute, type, &value); }
  void SetFlag(int attribute, bool value) { Set(attribute, dnn::kTypeBoolean, &value); }
  void Set(int attribute, const std::vector<int64_t>& values);
  void Set(int attribute, const DnnDescriptor& other) { Set(attribute, dnn::kTypeDescriptor, &other.raw_); }
  bool TryFinish() { return dnn_.api().Finish(raw_) == dnn::kSuccess; }
  void Finish();

 private:
  const Dnn& dnn_;
  dnn::Raw raw_ = nullptr;
};

struct TensorPlace {
  std::vector<int64_t> dims, strides;
};

// Where a tensor's elements are: in an array of the card, nowhere but within its graph, or one of them on the host.
enum class TensorHome { kArray, kGraph, kHost };

int DnnDataType(DType type);
DnnDescriptor DnnTensor(const Dnn& dnn, const TensorPlace& place, int data_type, int64_t id,
                        TensorHome home = TensorHome::kArray);

}  // namespace cotangent::cuda
