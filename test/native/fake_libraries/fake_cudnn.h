// What the stand-in for cuDNN is made of: descriptors, and tensors over strided memory.
#pragma once

#include <algorithm>
#include <vector>

#include "cuda/libraries/dnn_api.h"
#include "fake_library.h"

namespace cotangent::cuda::dnn {

using fake::Load;
using fake::Setting;
using fake::Store;
using fake::Wide;

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
  bool Has(int attribute) const { return values.count(attribute) > 0; }
  const Descriptor& At(int attribute) const { return *static_cast<const Descriptor*>(One<void*>(attribute)); }
};

inline int LibraryTypeOf(int type) {
  if (type == kInt32) return kR32I;
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

}  // namespace cotangent::cuda::dnn
