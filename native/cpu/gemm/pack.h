// Panels of one operand of a product.
#pragma once

#include <algorithm>
#include <cstdint>

#include "cpu/gemm/kernels.h"
#include "cpu/gemm/product.h"

namespace cotangent {

struct PackedOperand {
  const Axis &depth, &lanes;
  const char* data;  // where this matrix begins
  int64_t bytes;     // of an element
  Source type;
  int64_t width;  // of a panel
  bool filled;    // the last panel is as wide as the others
};

// One thread's packing, with its tables of where the depth lies: `block` of them at most, in a lane of Scratch.
template <typename T>
class Packer {
 public:
  Packer(const Kernels<T>& kernels, const PackedOperand& operand, int64_t block, int lane)
      : kernels_(kernels),
        operand_(operand),
        offsets_(static_cast<int64_t*>(Scratch(lane, block * (sizeof(int64_t) + sizeof(int32_t))))),
        runs_(reinterpret_cast<int32_t*>(offsets_ + block)) {}

  // Packs `n` panels from `panel` on, and of the depth [k, k + size).
  void Run(int64_t panel, int64_t n, int64_t k, int64_t size, T* to) {
    Fill(k, size);
    const PackedOperand& o = operand_;
    if (o.lanes.dense()) {
      const int64_t whole = std::min(n, o.lanes.count / o.width - panel);
      if (whole > 0) {
        kernels_.pack_dense[o.type](o.data + panel * o.width * o.bytes, offsets_, size, o.width, whole, to);
        panel += whole;
        n -= whole;
        to += whole * o.width * size;
      }
    }
    for (; n > 0; n--, panel++, to += o.width * size) {
      int64_t at[64];
      const int64_t count = std::min(o.width, o.lanes.count - panel * o.width);
      o.lanes.Fill(panel * o.width, count, at);
      kernels_.pack[o.type]({o.data, at, count, o.filled ? o.width : count, offsets_, runs_, size, to});
    }
  }

 private:
  void Fill(int64_t k, int64_t size) {
    if (first_ == k) return;
    first_ = k;
    operand_.depth.Fill(k, size, offsets_);
    int32_t run = 0;
    for (int64_t i = size - 1; i >= 0; i--) {
      run = i + 1 < size && offsets_[i + 1] == offsets_[i] + 1 ? run + 1 : 1;
      runs_[i] = run;
    }
  }

  const Kernels<T>& kernels_;
  const PackedOperand operand_;
  int64_t* offsets_;
  int32_t* runs_;
  int64_t first_ = -1;
};

}  // namespace cotangent
