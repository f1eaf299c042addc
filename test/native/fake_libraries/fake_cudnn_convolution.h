// Convolutions and their derivatives by plain loops, for the stand-in for cuDNN.
#pragma once

#include "fake_cudnn.h"

namespace cotangent::cuda::dnn {

struct Convolution {
  int kind;
  Tensor x, w, y;
  std::vector<int64_t> padding, strides, dilations;
  bool rounds;
};

inline void Convolve(const Convolution& j) {
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

// The operation, and the attributes of its parts.
struct Parts {
  int convolution, x, w, y;
};
inline Parts PartsOf(int kind) {
  if (kind == kBackwardData) return {kDataConvolution, kDataX, kDataW, kDataY};
  if (kind == kBackwardFilter) return {kFilterConvolution, kFilterX, kFilterW, kFilterY};
  return {kForwardConvolution, kForwardX, kForwardW, kForwardY};
}

// As engines do: dense tensors, features first or last.
inline bool IsDense(const Tensor& t, bool features_last) {
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

inline bool IsKnownConvolution(const Descriptor& operation) {
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

inline bool IsConvolution(const Descriptor& operation) {
  return operation.kind == kForward || operation.kind == kBackwardData || operation.kind == kBackwardFilter;
}

inline Convolution ConvolutionOf(const Descriptor& operation, const Descriptor& pack) {
  const Parts parts = PartsOf(operation.kind);
  const Descriptor& convolution = operation.At(parts.convolution);
  Convolution job{operation.kind,
          Tensor(operation.At(parts.x)),
          Tensor(operation.At(parts.w)),
          Tensor(operation.At(parts.y)),
          convolution.All<int64_t>(kConvolutionPrePaddings),
          convolution.All<int64_t>(kConvolutionStrides),
          convolution.All<int64_t>(kConvolutionDilations),
          false};
  const auto ids = pack.All<int64_t>(kPackIds);
  const auto pointers = pack.All<char*>(kPackPointers);
  for (size_t k = 0; k < ids.size(); k++) {
    for (auto [tensor, part] : {std::pair(&job.x, parts.x), std::pair(&job.w, parts.w), std::pair(&job.y, parts.y)}) {
      if (operation.At(part).One<int64_t>(kTensorId) == ids[k]) tensor->memory = pointers[k];
    }
  }
  return job;
}

}  // namespace cotangent::cuda::dnn
