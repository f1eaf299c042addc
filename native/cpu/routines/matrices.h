// Batches of matrices that lie row by row, and the way to LAPACK's, which lie column by column.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <limits>

#include "cpu/dtypes.h"
#include "cpu/routines/lapack.h"
#include "runtime/pool.h"

namespace cotangent {

// out[j, i] = in[i, j], conjugated if asked; `in` has `rows` rows of `columns`, each row `stride` after the last.
template <typename T>
void Transpose(const T* in, int64_t rows, int64_t columns, int64_t stride, T* out, int64_t out_stride,
               bool conjugate = false) {
  constexpr int64_t kTile = 32;
  for (int64_t i0 = 0; i0 < rows; i0 += kTile) {
    const int64_t i1 = std::min(rows, i0 + kTile);
    for (int64_t j0 = 0; j0 < columns; j0 += kTile) {
      const int64_t j1 = std::min(columns, j0 + kTile);
      for (int64_t j = j0; j < j1; j++) {
        for (int64_t i = i0; i < i1; i++) {
          T x = in[i * stride + j];
          if constexpr (lapack::kIsComplex<T>) {
            if (conjugate) x = std::conj(x);
          }
          out[j * out_stride + i] = x;
        }
      }
    }
  }
}

template <typename T>
bool IsFinite(T x) {
  if constexpr (lapack::kIsComplex<T>) {
    return std::isfinite(x.real()) && std::isfinite(x.imag());
  } else {
    return std::isfinite(x);
  }
}

template <typename T>
bool AllFinite(const T* x, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    if (!IsFinite(x[i])) return false;
  }
  return true;
}

template <typename T>
void FillNaN(T* x, int64_t n) {
  std::fill(x, x + n, T(std::numeric_limits<lapack::Real<T>>::quiet_NaN()));
}

// Calls f(T{}) for the type of a matrix's elements.
template <typename F>
void WithMatrixType(DType dtype, F&& f) {
  switch (dtype) {
    case DType::kFloat32:
      return f(float{});
    case DType::kFloat64:
      return f(double{});
    case DType::kComplex64:
      return f(lapack::C64{});
    case DType::kComplex128:
      return f(lapack::C128{});
    default:
      return;
  }
}

// Calls f(matrix) for each of a batch, in parallel; `work` is roughly how many operations one takes.
template <typename F>
void ForEachMatrix(int64_t batch, double work, F&& f) {
  lapack::StayOnThisThread();
  if (batch == 1) return f(0);
  const int64_t grain = std::max<int64_t>(1, static_cast<int64_t>(20000 / std::max(1.0, work)));
  Pool::Shared().ParallelFor(batch, grain, [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; b++) f(b);
  });
}

}  // namespace cotangent
