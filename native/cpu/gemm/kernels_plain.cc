// Kernels for any processor: vectors of 16 bytes, which compilers map to SSE2, NEON or scalars.
#include <cstring>
#include <type_traits>
#include <utility>

#include "cpu/gemm/kernels.h"

namespace cotangent {
namespace {

template <typename Element>
struct Plain {
  using T = Element;
  typedef Element V __attribute__((vector_size(16)));
  static constexpr int kLanes = 16 / sizeof(Element);
  static constexpr int kRows = 6;
  static V Set(T x) {
    V v = {};
    for (int i = 0; i < kLanes; i++) v[i] = x;
    return v;
  }
  static V Fma(V a, V b, V c) { return a * b + c; }
  static V LoadPart(const T* p, int64_t n) {
    V v = {};
    std::memcpy(&v, p, n * sizeof(T));
    return v;
  }
  static void StorePart(T* p, V v, int64_t n) { std::memcpy(p, &v, n * sizeof(T)); }
  static V Load(const T* p) {
    V v;
    std::memcpy(&v, p, sizeof(v));
    return v;
  }
};

struct F32 : Plain<float> {
  using Plain<float>::Load;
  template <typename Half>
  static V Load(const Half* p) {
    V v = {};
    for (int i = 0; i < kLanes; i++) v[i] = ToFloat(p[i]);
    return v;
  }
};
using F64 = Plain<double>;

#include "cpu/gemm/kernels.inc"

}  // namespace

extern const Kernels<float> kPlainFloat;
extern const Kernels<double> kPlainDouble;
constexpr Kernels<float> kPlainFloat = MakeKernels<F32>();
constexpr Kernels<double> kPlainDouble = MakeKernels<F64>();

}  // namespace cotangent
