// Kernels of 16 registers of 32 bytes.
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#include <cstring>
#include <type_traits>
#include <utility>

#include "cpu/gemm/kernels.h"

// To the end of the file; the library's headers are above, so that their inline functions stay plain.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#else
#pragma GCC target("avx2,fma,f16c")
#endif

namespace cotangent {
namespace {

// n ones and then zeros: from kFirst + 8 - n on.
alignas(64) constexpr int32_t kFirst[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};

struct F32 {
  using T = float;
  typedef float V __attribute__((vector_size(32)));
  static constexpr int kLanes = 8;
  static constexpr int kRows = 6;
  static V Set(float x) { return _mm256_set1_ps(x); }
  static V Fma(V a, V b, V c) { return _mm256_fmadd_ps(a, b, c); }
  static __m256i First(int64_t n) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kFirst + 8 - n)); }
  static V LoadPart(const float* p, int64_t n) { return _mm256_maskload_ps(p, First(n)); }
  static void StorePart(float* p, V v, int64_t n) { _mm256_maskstore_ps(p, First(n), v); }
  static V Load(const float* p) { return _mm256_loadu_ps(p); }
  static V Load(const Bfloat16* p) {
    const __m128i bits = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(bits), 16));
  }
  static V Load(const Float16* p) { return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))); }
};

struct F64 {
  using T = double;
  typedef double V __attribute__((vector_size(32)));
  static constexpr int kLanes = 4;
  static constexpr int kRows = 6;
  static V Set(double x) { return _mm256_set1_pd(x); }
  static V Fma(V a, V b, V c) { return _mm256_fmadd_pd(a, b, c); }
  static __m256i First(int64_t n) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kFirst + 8 - 2 * n)); }
  static V LoadPart(const double* p, int64_t n) { return _mm256_maskload_pd(p, First(n)); }
  static void StorePart(double* p, V v, int64_t n) { _mm256_maskstore_pd(p, First(n), v); }
  static V Load(const double* p) { return _mm256_loadu_pd(p); }
};

#include "cpu/gemm/kernels.inc"

}  // namespace

// Constants: nothing of this file runs before somebody has asked the processor.
extern const Kernels<float> kAvx2Float;
extern const Kernels<double> kAvx2Double;
constexpr Kernels<float> kAvx2Float = MakeKernels<F32>();
constexpr Kernels<double> kAvx2Double = MakeKernels<F64>();

}  // namespace cotangent

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
