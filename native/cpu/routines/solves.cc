// triangular-solve, lu and qr.
#include <cstring>

#include "cpu/routines/matrices.h"
#include "cpu/routines/routines.h"

namespace cotangent {
namespace {

enum Lane { kMatrix, kFactor, kPivots };

// Right-hand sides are solved for so many at a time, on any thread.
constexpr int kSides = 64;

struct Triangular {
  bool left, lower, transpose, conjugate, unit;
};

template <typename T>
void Conjugate(T* x, int64_t n) {
  if constexpr (lapack::kIsComplex<T>) {
    for (int64_t i = 0; i < n; i++) x[i] = std::conj(x[i]);
  }
}

// op(A) X = B or X op(A) = B in row-major order: in column-major order all are transposed, and sides change places.
// x is B and becomes X; it has `rows` rows of `columns`.
template <typename T>
void Solve(const Triangular& how, const T* a, T* x, int rows, int columns) {
  const int n = how.left ? rows : columns;
  // There is no A conjugated but not transposed: then all else is conjugated instead.
  const bool turned = lapack::kIsComplex<T> && how.conjugate && !how.transpose;
  const char uplo = how.lower ? 'U' : 'L';
  const char trans = !how.transpose ? 'N' : how.conjugate ? 'C' : 'T';
  const char diag = how.unit ? 'U' : 'N';
  const int64_t size = static_cast<int64_t>(rows) * columns;
  if (turned) Conjugate(x, size);
  const int sides = how.left ? columns : rows;
  const int64_t chunks = (sides + kSides - 1) / kSides;
  Pool::Shared().ParallelFor(chunks, 1, [&](int64_t begin, int64_t end) {
    for (int64_t c = begin; c < end; c++) {
      const int first = static_cast<int>(c) * kSides;
      const int count = std::min(kSides, sides - first);
      if (how.left) {
        lapack::Trsm('R', uplo, trans, diag, count, n, a, std::max(1, n), x + first, std::max(1, columns));
      } else {
        lapack::Trsm('L', uplo, trans, diag, n, count, a, std::max(1, n), x + static_cast<int64_t>(first) * columns,
                     std::max(1, columns));
      }
    }
  });
  if (turned) Conjugate(x, size);
}

template <typename T>
void FactorLU(const T* in, T* out, int32_t* pivots, int32_t* permutation, int rows, int columns) {
  const int steps = std::min(rows, columns);
  T* a = lapack::Workspace<T>(lapack::Lane(kMatrix), static_cast<int64_t>(rows) * columns);
  Transpose(in, rows, columns, columns, a, rows);
  lapack::Getrf(rows, columns, a, rows, pivots);
  Transpose(a, columns, rows, rows, out, columns);
  for (int i = 0; i < rows; i++) permutation[i] = i;
  for (int i = 0; i < steps; i++) {
    pivots[i] -= 1;
    std::swap(permutation[i], permutation[pivots[i]]);
  }
}

// q has `rows` rows and r `columns` columns; the other dimension of both is rows if `full`, else at most columns.
template <typename T>
void FactorQR(const T* in, T* q, T* r, int rows, int columns, bool full) {
  const int steps = std::min(rows, columns);
  const int size = full ? rows : steps;
  T* a = lapack::Workspace<T>(lapack::Lane(kMatrix), static_cast<int64_t>(rows) * std::max(columns, size));
  T* tau = lapack::Workspace<T>(lapack::Lane(kFactor), steps);
  Transpose(in, rows, columns, columns, a, rows);
  lapack::Geqrf(rows, columns, a, rows, tau);
  for (int i = 0; i < size; i++) {
    T* row = r + static_cast<int64_t>(i) * columns;
    for (int j = 0; j < columns; j++) row[j] = j < i ? T(0) : a[i + static_cast<int64_t>(j) * rows];
  }
  lapack::Orgqr(rows, size, steps, a, rows, tau);
  Transpose(a, size, rows, rows, q, size);
}

}  // namespace

// args: a, b, result. params: dtype, batch, rows and columns of b, left, lower, transpose, conjugate, unit.
void RunTriangularSolve(const RoutineCall& call) {
  const int64_t* p = call.params;
  const int rows = static_cast<int>(p[2]), columns = static_cast<int>(p[3]);
  const Triangular how{p[4] != 0, p[5] != 0, p[6] != 0, p[7] != 0, p[8] != 0};
  WithMatrixType(static_cast<DType>(p[0]), [&](auto type) {
    using T = decltype(type);
    const T* a = static_cast<const T*>(call.args[0]);
    const T* b = static_cast<const T*>(call.args[1]);
    T* x = static_cast<T*>(call.args[2]);
    const int64_t n = how.left ? rows : columns;
    const int64_t size = static_cast<int64_t>(rows) * columns;
    if (size == 0) return;
    ForEachMatrix(p[1], static_cast<double>(n) * static_cast<double>(size), [&](int64_t i) {
      std::memcpy(x + i * size, b + i * size, size * sizeof(T));
      Solve(how, a + i * n * n, x + i * size, rows, columns);
    });
  });
}

// args: a, lu, pivots, permutation. params: dtype, batch, rows, columns.
void RunLU(const RoutineCall& call) {
  const int64_t* p = call.params;
  const int rows = static_cast<int>(p[2]), columns = static_cast<int>(p[3]);
  const int64_t steps = std::min(rows, columns), size = static_cast<int64_t>(rows) * columns;
  WithMatrixType(static_cast<DType>(p[0]), [&](auto type) {
    using T = decltype(type);
    const T* a = static_cast<const T*>(call.args[0]);
    T* lu = static_cast<T*>(call.args[1]);
    int32_t* pivots = static_cast<int32_t*>(call.args[2]);
    int32_t* permutation = static_cast<int32_t*>(call.args[3]);
    ForEachMatrix(p[1], static_cast<double>(size) * static_cast<double>(steps), [&](int64_t i) {
      int32_t* order = permutation + i * rows;
      for (int k = 0; k < rows; k++) order[k] = k;
      if (size != 0) FactorLU(a + i * size, lu + i * size, pivots + i * steps, order, rows, columns);
    });
  });
}

// args: a, q, r. params: dtype, batch, rows, columns, full.
void RunQR(const RoutineCall& call) {
  const int64_t* p = call.params;
  const int rows = static_cast<int>(p[2]), columns = static_cast<int>(p[3]);
  const bool full = p[4] != 0;
  const int64_t size = full ? rows : std::min(rows, columns);
  WithMatrixType(static_cast<DType>(p[0]), [&](auto type) {
    using T = decltype(type);
    const T* a = static_cast<const T*>(call.args[0]);
    T* q = static_cast<T*>(call.args[1]);
    T* r = static_cast<T*>(call.args[2]);
    if (size == 0) return;
    ForEachMatrix(p[1], 2.0 * rows * columns * static_cast<double>(size), [&](int64_t i) {
      FactorQR(a + i * rows * columns, q + i * rows * size, r + i * size * columns, rows, columns, full);
    });
  });
}

}  // namespace cotangent
