// cholesky: the lower factor of Hermitian positive definite matrices, of which the lower triangle is read.
// args: a, result. params: dtype, batch, n.
//
// A row-major lower triangle is the column-major upper triangle of the transpose, which is the conjugate; its factor's
// transpose is the factor wanted, and lies in memory as it should.
#include <cstring>

#include "cpu/gemm/kernels.h"
#include "cpu/routines/matrices.h"
#include "cpu/routines/routines.h"
#include "cpu/routines/targets.h"

#define COTANGENT_KERNELS "cpu/routines/panel_kernels.h"
#include "cpu/routines/for_targets.inc"

namespace cotangent {
namespace {

enum Lane { kPanel, kRows };

// Matrices at least this large are factored by blocks, whose updates all threads share. Each element has a fixed order
// of operations, whoever does them. False if A has no factor.
constexpr int kBlocked = 96;

// Real matrices, in row-major order: a block of columns of L at a time, with the tiles that products are made of.
template <typename T>
class RealFactor {
 public:
  RealFactor(T* a, int n) : a_(a), n_(n), kernels_(KernelsOf<T>()), width_(kernels_.lanes * Kernels<T>::kVectors) {
    pitch_ = (n + width_ - 1) / width_ * width_;
    panel_ = static_cast<T*>(Scratch(kPanel, kBlock * pitch_ * sizeof(T)));
    for (int k = 0; k < kBlock; k++) depth_[k] = k;
    for (int i = 0; i < kernels_.rows; i++) rows_[i] = static_cast<int64_t>(i) * n;
  }

  bool Run() {
    for (int k = 0; k < n_; k += kBlock) {
      const int size = std::min(kBlock, n_ - k);
      if (lapack::Potrf('U', size, At(k, k), n_) != 0) return false;
      const int next = k + size;
      const int left = n_ - next;
      Pool::Shared().ParallelFor((left + kSolved - 1) / kSolved, 1, [&](int64_t begin, int64_t end) {
        for (int64_t c = begin; c < end; c++) Solve(k, size, next, static_cast<int>(c) * kSolved);
      });
      const int tile = kernels_.rows;
      // The last tiles have most columns: they go first.
      const int tiles = (left + tile - 1) / tile;
      Pool::Shared().ParallelFor(tiles, 1, [&](int64_t begin, int64_t end) {
        for (int64_t t = begin; t < end; t++) Update(k, size, next, (tiles - 1 - static_cast<int>(t)) * tile);
      });
    }
    return true;
  }

 private:
  static constexpr int kBlock = 64;
  // Rows solved for side by side.
  static constexpr int kSolved = 64;

  T* At(int i, int j) const { return a_ + static_cast<int64_t>(i) * n_ + j; }

  // L21 = A21 L11⁻ᵀ for some rows, and its negative transpose into the panel.
  void Solve(int k, int size, int next, int first) {
    const int count = std::min(kSolved, n_ - next - first);
    T* x = static_cast<T*>(Scratch(kRows, kBlock * kSolved * sizeof(T)));
    if (count < kSolved) std::fill(x, x + kBlock * kSolved, T(0));
    Transpose(At(next + first, k), count, size, n_, x, kSolved);
    COTANGENT_DISPATCH(SolveRows<kSolved, T>)(At(k, k), n_, size, x);
    Transpose(x, size, count, kSolved, At(next + first, k), n_);
    for (int r = 0; r < size; r++) {
      T* to = panel_ + r * pitch_ + first;
      for (int i = 0; i < count; i++) to[i] = -x[r * kSolved + i];
    }
  }

  // A22 -= L21 L21ᵀ for some rows, up to the diagonal and a little beyond.
  void Update(int k, int size, int next, int first) {
    const int rows = std::min(kernels_.rows, n_ - next - first);
    Tile<T> tile{};
    tile.depth = size;
    tile.a = At(next + first, k);
    tile.a_rows = rows_;
    tile.a_depth = depth_;
    tile.b_step = pitch_;
    tile.c_rows = rows_;
    tile.accumulate = true;
    for (int column = 0; column < first + rows; column += width_) {
      tile.b = panel_ + column;
      tile.c = At(next + first, next + column);
      tile.columns = std::min(width_, first + rows - column);
      kernels_.table[(tile.columns + kernels_.lanes - 1) / kernels_.lanes][rows](tile);
    }
  }

  T* a_;
  int n_;
  const Kernels<T>& kernels_;
  int width_;
  int64_t pitch_;
  T* panel_;
  int64_t depth_[kBlock];
  int64_t rows_[Kernels<T>::kMaxRows];
};

// Complex ones: UᴴU = A by blocks of rows in column-major order.
template <typename T>
bool FactorComplex(T* a, int n) {
  constexpr int kBlock = 96;
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
  bool done;
  if (n < kBlocked) {
    done = lapack::Potrf('U', n, out, n) == 0;
  } else if constexpr (lapack::kIsComplex<T>) {
    done = FactorComplex(out, n);
  } else {
    done = RealFactor<T>(out, n).Run();
  }
  for (int i = 0; i < n && done; i++) done = IsFinite(out[static_cast<int64_t>(i) * n + i]);
  for (int i = 0; i < n; i++) {
    T* row = out + static_cast<int64_t>(i) * n;
    if (!done) FillNaN(row, i + 1);
    // Tiles on the diagonal reach beyond it.
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
