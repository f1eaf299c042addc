// cholesky: the lower factor of Hermitian positive definite matrices, of which the lower triangle is read.
// args: a, result. params: dtype, batch, n.
//
// A row-major lower triangle is the column-major upper triangle of the transpose, which is the conjugate; its factor's
// transpose is the factor wanted, and lies in memory as it should.
#include <cstring>

#include "cpu/routines/matrices.h"
#include "cpu/routines/routines.h"

namespace cotangent {
namespace {

// Matrices at least this large are factored by blocks, whose updates all threads share.
constexpr int kBlocked = 192;
constexpr int kBlock = 96;

// UᴴU = A by blocks of rows: a fixed order of operations for each element, whoever does them. False if A has no factor.
template <typename T>
bool FactorBlocked(T* a, int n) {
  const auto at = [&](int i, int j) { return a + i + static_cast<int64_t>(j) * n; };
  for (int k = 0; k < n; k += kBlock) {
    const int size = std::min(kBlock, n - k);
    if (lapack::Potrf('U', size, at(k, k), n) != 0) return false;
    const int next = k + size;
    const int blocks = (n - next + kBlock - 1) / kBlock;
    const auto start = [&](int64_t block) { return next + static_cast<int>(block) * kBlock; };
    const auto width = [&](int64_t block) { return std::min(kBlock, n - start(block)); };
    Pool::Shared().ParallelFor(blocks, 1, [&](int64_t begin, int64_t end) {
      for (int64_t j = begin; j < end; j++) {
        lapack::Trsm('L', 'U', 'C', 'N', size, width(j), at(k, k), n, at(k, start(j)), n);
      }
    });
    // Tile (i, j) of the upper triangle of what is left, numbered column by column.
    Pool::Shared().ParallelFor(blocks * (blocks + 1) / 2, 1, [&](int64_t begin, int64_t end) {
      int64_t j = 0;
      while ((j + 1) * (j + 2) / 2 <= begin) j++;
      int64_t i = begin - j * (j + 1) / 2;
      for (int64_t tile = begin; tile < end; tile++) {
        lapack::Gemm('C', 'N', width(i), width(j), size, T(-1), at(k, start(i)), n, at(k, start(j)), n, T(1),
                     at(start(i), start(j)), n);
        if (++i > j) {
          i = 0;
          j++;
        }
      }
    });
  }
  return true;
}

template <typename T>
void Factor(const T* in, T* out, int n) {
  for (int i = 0; i < n; i++) {
    const int64_t row = static_cast<int64_t>(i) * n;
    std::memcpy(out + row, in + row, (i + 1) * sizeof(T));
    std::fill(out + row + i + 1, out + row + n, T(0));
  }
  bool done = n >= kBlocked ? FactorBlocked(out, n) : lapack::Potrf('U', n, out, n) == 0;
  for (int i = 0; i < n && done; i++) done = IsFinite(out[static_cast<int64_t>(i) * n + i]);
  for (int i = 0; i < n; i++) {
    T* row = out + static_cast<int64_t>(i) * n;
    if (!done) FillNaN(row, i + 1);
    // Tiles on the diagonal are updated whole.
    std::fill(row + i + 1, row + n, T(0));
  }
}

}  // namespace

void RunCholesky(const RoutineCall& call) {
  const int64_t batch = call.params[1];
  const int n = static_cast<int>(call.params[2]);
  const double work = static_cast<double>(n) * n * n / 3;
  WithMatrixType(static_cast<DType>(call.params[0]), [&](auto type) {
    using T = decltype(type);
    const T* in = static_cast<const T*>(call.args[0]);
    T* out = static_cast<T*>(call.args[1]);
    const int64_t size = static_cast<int64_t>(n) * n;
    ForEachMatrix(batch, work, [&](int64_t b) { Factor(in + b * size, out + b * size, n); });
  });
}

}  // namespace cotangent
