#include "cpu/gemm/product.h"

#include <algorithm>

namespace cotangent {

namespace {

// How many params a product has that begins with these; -1 when they begin none.
int64_t NumProductParams(const int64_t* params, int64_t available) {
  constexpr int64_t kHeader = 11;
  if (available < kHeader) return -1;
  for (int64_t k = 7; k < kHeader; k++) {
    if (params[k] < 0 || params[k] > available) return -1;
  }
  return kHeader + 7 * params[7] + 3 * (params[8] + params[9] + params[10]);
}

}  // namespace

bool AreDotParams(const int64_t* params, int64_t count) { return NumProductParams(params, count) == count; }

bool AreConvolutionParams(const int64_t* params, int64_t count) {
  int64_t copy = 1;
  if (count < 1) return false;
  if (params[0] >= 0) {
    if (count < 5 || params[4] < 0 || params[4] > count) return false;
    copy = 5 + 3 * params[4];
  }
  return count > copy && AreDotParams(params + copy, count - copy);
}

void Axis::Fill(int64_t first, int64_t n, int64_t* out) const {
  if (n <= 0) return;
  if (rank <= 1) {
    const int64_t by = step();
    for (int64_t i = 0; i < n; i++) out[i] = (first + i) * by;
    return;
  }
  // The place of `first`, then runs along the last dimension.
  constexpr int kMaxRank = 64;
  int64_t at[kMaxRank];
  int64_t offset = 0;
  int64_t rest = first;
  for (int64_t d = rank - 1; d >= 0; d--) {
    const int64_t size = sizes[d * pitch];
    at[d] = rest % size;
    rest /= size;
    offset += at[d] * strides[d * pitch];
  }
  const int64_t last = rank - 1;
  const int64_t size = sizes[last * pitch];
  const int64_t stride = strides[last * pitch];
  for (int64_t i = 0; i < n;) {
    const int64_t run = std::min(n - i, size - at[last]);
    for (int64_t j = 0; j < run; j++) out[i + j] = offset + j * stride;
    i += run;
    offset += run * stride;
    at[last] += run;
    for (int64_t d = last; d > 0 && at[d] == sizes[d * pitch]; d--) {
      offset += strides[(d - 1) * pitch] - at[d] * strides[d * pitch];
      at[d] = 0;
      at[d - 1]++;
    }
  }
}

Item Product::ItemAt(int64_t index) const {
  Item item = {lhs_offset, rhs_offset, out_offset, 0, 0, 0, next_lhs, next_rhs};
  for (int64_t d = batch_rank - 1; d >= 0; d--) {
    const int64_t* dim = batch_dims + 7 * d;
    const int64_t i = index % dim[0];
    index /= dim[0];
    item.lhs += i * dim[1];
    item.rhs += i * dim[2];
    item.out += i * dim[3];
    item.batch += i * dim[4];
    item.row += i * dim[5];
    item.column += i * dim[6];
  }
  return item;
}

namespace {

// The axes of two arrays along one list of dimensions: a size and two strides each.
const int64_t* ReadAxes(const int64_t* at, int64_t rank, Axis& first, Axis& second, int64_t& count) {
  count = 1;
  for (int64_t d = 0; d < rank; d++) count *= at[3 * d];
  first = {rank, at, at + 1, 3, count};
  second = {rank, at, at + 2, 3, count};
  return at + 3 * rank;
}

}  // namespace

Product ReadProduct(const RoutineCall& call, const int64_t* params) {
  Product p;
  p.lhs_type = static_cast<DType>(params[0]);
  p.rhs_type = static_cast<DType>(params[1]);
  p.out_type = static_cast<DType>(params[2]);
  p.compute = static_cast<DType>(params[3]);
  p.lhs_offset = params[4];
  p.rhs_offset = params[5];
  p.out_offset = params[6];
  p.lhs = static_cast<const char*>(call.args[0]);
  p.rhs = static_cast<const char*>(call.args[1]);
  p.out = static_cast<char*>(call.args[2]);
  p.batch_rank = params[7];
  p.batch_dims = params + 11;
  p.batch = 1;
  for (int64_t d = 0; d < p.batch_rank; d++) p.batch *= p.batch_dims[7 * d];
  const int64_t* at = p.batch_dims + 7 * p.batch_rank;
  at = ReadAxes(at, params[8], p.lhs_rows, p.out_rows, p.rows);
  at = ReadAxes(at, params[9], p.rhs_columns, p.out_columns, p.columns);
  ReadAxes(at, params[10], p.lhs_depth, p.rhs_depth, p.depth);
  p.epilogue = call.epilogue;
  p.epilogue_args = call.epilogue_args;
  return p;
}

}  // namespace cotangent
