// The end of a block of a product: sums become elements of the result, and the epilogue runs on them.
#pragma once

#include <cstdint>
#include <type_traits>

#include "cpu/half.h"
#include "cpu/gemm/lanes.h"
#include "cpu/gemm/product.h"

namespace cotangent {

// Rows and columns of one matrix.
struct Range {
  int64_t row0, row1, column0, column1;
  int64_t rows() const { return row1 - row0; }
  int64_t columns() const { return column1 - column0; }
};

template <typename Out, typename T>
inline Out Rounded(T x) {
  if constexpr (std::is_same_v<Out, Bfloat16>) {
    return ToBfloat16(static_cast<float>(x));
  } else if constexpr (std::is_same_v<Out, Float16>) {
    return ToFloat16(static_cast<float>(x));
  } else {
    return static_cast<Out>(x);
  }
}

template <typename Out, typename T>
void StoreBlock(const Product& p, const Item& item, const Range& at, const T* sums, int64_t pitch) {
  int64_t* rows = static_cast<int64_t*>(Scratch(kOwnTablesLane, (at.rows() + at.columns()) * sizeof(int64_t)));
  int64_t* columns = rows + at.rows();
  p.out_rows.Fill(at.row0, at.rows(), rows);
  p.out_columns.Fill(at.column0, at.columns(), columns);
  Out* to = reinterpret_cast<Out*>(p.out) + item.out;
  for (int64_t i = 0; i < at.rows(); i++) {
    const T* from = sums + i * pitch;
    if (p.out_columns.dense()) {
      Out* row = to + rows[i] + columns[0];
      for (int64_t j = 0; j < at.columns(); j++) row[j] = Rounded<Out>(from[j]);
    } else {
      for (int64_t j = 0; j < at.columns(); j++) to[rows[i] + columns[j]] = Rounded<Out>(from[j]);
    }
  }
}

// Stores a block of real sums as `out_type`.
template <typename T>
void StoreReal(const Product& p, const Item& item, const Range& at, const T* sums, int64_t pitch) {
  switch (p.out_type) {
    case DType::kFloat32: return StoreBlock<float>(p, item, at, sums, pitch);
    case DType::kFloat64: return StoreBlock<double>(p, item, at, sums, pitch);
    case DType::kBfloat16: return StoreBlock<Bfloat16>(p, item, at, sums, pitch);
    case DType::kFloat16: return StoreBlock<Float16>(p, item, at, sums, pitch);
    default: return;
  }
}

inline void RunEpilogue(const Product& p, const Item& item, const Range& at) {
  if (p.epilogue == nullptr) return;
  p.epilogue(p.epilogue_args, item.batch, item.row + at.row0, item.row + at.row1, item.column + at.column0,
             item.column + at.column1);
}

}  // namespace cotangent
