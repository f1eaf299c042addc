// What the checks and the benchmark of products share: params of a product from dimensions and strides, and memory.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "cpu/gemm/product.h"

namespace cotangent {

struct BatchDim {
  int64_t size, lhs, rhs, out, batch, row, column;
};
struct SharedDim {  // of rows (lhs, out), columns (rhs, out) or the depth (lhs, rhs)
  int64_t size, first, second;
};

struct ProductSpec {
  DType lhs = DType::kFloat32, rhs = DType::kFloat32, out = DType::kFloat32, compute = DType::kFloat32;
  int64_t lhs_offset = 0, rhs_offset = 0, out_offset = 0;
  std::vector<BatchDim> batch;
  std::vector<SharedDim> rows, columns, depth;

  std::vector<int64_t> Params() const {
    std::vector<int64_t> p = {static_cast<int64_t>(lhs), static_cast<int64_t>(rhs), static_cast<int64_t>(out),
                              static_cast<int64_t>(compute), lhs_offset, rhs_offset, out_offset,
                              static_cast<int64_t>(batch.size()), static_cast<int64_t>(rows.size()),
                              static_cast<int64_t>(columns.size()), static_cast<int64_t>(depth.size())};
    for (const BatchDim& d : batch) p.insert(p.end(), {d.size, d.lhs, d.rhs, d.out, d.batch, d.row, d.column});
    for (const auto* dims : {&rows, &columns, &depth}) {
      for (const SharedDim& d : *dims) p.insert(p.end(), {d.size, d.first, d.second});
    }
    return p;
  }
};

// lhs [batch, m, k] (or [batch, k, m] if transposed), rhs [batch, k, n] (or [batch, n, k]), out [batch, m, n].
inline ProductSpec Dense(int64_t batch, int64_t m, int64_t n, int64_t k, bool lhs_t, bool rhs_t) {
  ProductSpec s;
  if (batch > 1) s.batch = {{batch, m * k, k * n, m * n, 1, 0, 0}};
  s.rows = {{m, lhs_t ? 1 : k, n}};
  s.columns = {{n, rhs_t ? k : 1, 1}};
  s.depth = {{k, lhs_t ? m : 1, rhs_t ? 1 : n}};
  return s;
}

// Memory as the runtime gives it: aligned, and padded by 256 bytes.
class Memory {
 public:
  explicit Memory(size_t bytes)
      : data_(static_cast<char*>(std::aligned_alloc(64, (bytes + 511) / 256 * 256)), std::free), bytes_(bytes) {}
  char* data() const { return data_.get(); }
  size_t bytes() const { return bytes_; }
  template <typename T>
  T* as() const {
    return reinterpret_cast<T*>(data_.get());
  }

 private:
  std::unique_ptr<char, void (*)(void*)> data_;
  size_t bytes_;
};

// What routines work in, which the runtime gives them else.
void* Scratch(int lane, size_t bytes) {
  static thread_local std::vector<std::unique_ptr<Memory>> lanes(16);
  if (lanes[lane] == nullptr || lanes[lane]->bytes() < bytes) lanes[lane] = std::make_unique<Memory>(bytes);
  return lanes[lane]->data();
}

}  // namespace cotangent
