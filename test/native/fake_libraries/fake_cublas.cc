// Stands in for cuBLAS: triangular systems by substitution.
#include <vector>

#include "cuda/libraries/solver_api.h"
#include "fake_library.h"

namespace cotangent::cuda::blas {

struct HandleTag {
  StreamHandle stream = nullptr;
};

namespace {

using fake::Load;
using fake::Store;
using fake::Wide;

constexpr Status kInvalidValue = 7;

Status Solve(int type, Handle handle, int side, int triangle, int operation, int unit, int rows, int columns,
             const void* alpha, const void* a, int a_leading, void* b, int b_leading) {
  const Wide scale = Load(type, alpha, 0);
  const int n = side == kLeft ? rows : columns;
  if (a_leading < n || b_leading < rows) return kInvalidValue;
  const auto work = [=] {
    const bool turned = operation != kNone;
    const bool lower = (triangle == kLower) != turned;
    const auto element = [&](int i, int j) {
      const Wide x = turned ? Load(type, a, j + static_cast<int64_t>(i) * a_leading)
                            : Load(type, a, i + static_cast<int64_t>(j) * a_leading);
      return operation == kConjugateTranspose ? std::conj(x) : x;
    };
    const int lines = side == kLeft ? columns : rows;
    for (int l = 0; l < lines; l++) {
      const auto at = [&](int k) {
        return side == kLeft ? k + static_cast<int64_t>(l) * b_leading : l + static_cast<int64_t>(k) * b_leading;
      };
      std::vector<Wide> x(static_cast<size_t>(n));
      // op(A) x = b, or x op(A) = b, which is the same of the transpose.
      const bool forward = lower == (side == kLeft);
      for (int step = 0; step < n; step++) {
        const int i = forward ? step : n - 1 - step;
        Wide sum = scale * Load(type, b, at(i));
        for (int before = 0; before < step; before++) {
          const int j = forward ? before : n - 1 - before;
          sum -= (side == kLeft ? element(i, j) : element(j, i)) * x[static_cast<size_t>(j)];
        }
        x[static_cast<size_t>(i)] = unit != 0 ? sum : sum / element(i, i);
      }
      for (int i = 0; i < n; i++) Store(type, b, at(i), x[static_cast<size_t>(i)]);
    }
  };
  fake::Log("trsm");
  return fake::Submit(handle->stream, work) ? kSuccess : kInvalidValue;
}

}  // namespace

FAKE Status cublasCreate_v2(Handle* handle) {
  *handle = new HandleTag;
  fake::state().live++;
  return kSuccess;
}
FAKE Status cublasDestroy_v2(Handle handle) {
  delete handle;
  fake::state().live--;
  return kSuccess;
}
FAKE Status cublasSetStream_v2(Handle handle, StreamHandle stream) {
  handle->stream = stream;
  return kSuccess;
}
FAKE Status cublasSetWorkspace_v2(Handle, void* memory, size_t bytes) {
  return memory != nullptr && bytes > 0 ? kSuccess : kInvalidValue;
}
#define FAKE_TRSM(name, type)                                                                                       \
  FAKE Status name(Handle handle, int side, int triangle, int operation, int unit, int rows, int columns,           \
                   const void* alpha, const void* a, int a_leading, void* b, int b_leading) {                       \
    return Solve(type, handle, side, triangle, operation, unit, rows, columns, alpha, a, a_leading, b, b_leading); \
  }
FAKE_TRSM(cublasStrsm_v2, kR32F)
FAKE_TRSM(cublasDtrsm_v2, kR64F)
FAKE_TRSM(cublasCtrsm_v2, kC32F)
FAKE_TRSM(cublasZtrsm_v2, kC64F)

}  // namespace cotangent::cuda::blas
