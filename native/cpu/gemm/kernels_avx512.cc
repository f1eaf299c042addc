// Kernels of 32 registers of 64 bytes.
#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

#include <cstring>
#include <type_traits>
#include <utility>

#include "cpu/gemm/kernels.h"

// To the end of the file; the library's headers are above, so that their inline functions stay plain.
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma,f16c"))), apply_to = function)
#else
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,fma,f16c")
#endif

namespace cotangent {
namespace {

// Conversions with a mask of ones: those without make GCC 12 warn of its own header's uninitialised vectors.
constexpr __mmask16 kAll = 0xffff;

struct F32 {
  using T = float;
  typedef float V __attribute__((vector_size(64)));
  static constexpr int kLanes = 16;
  static constexpr int kRows = 14;
  static V Set(float x) { return _mm512_set1_ps(x); }
  static V Fma(V a, V b, V c) { return _mm512_fmadd_ps(a, b, c); }
  static __mmask16 First(int64_t n) { return static_cast<__mmask16>((1u << n) - 1); }
  static V LoadPart(const float* p, int64_t n) { return _mm512_maskz_loadu_ps(First(n), p); }
  static void StorePart(float* p, V v, int64_t n) { _mm512_mask_storeu_ps(p, First(n), v); }
  static V Load(const float* p) { return _mm512_loadu_ps(p); }
  static V Load(const Bfloat16* p) {
    const __m256i bits = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    return _mm512_castsi512_ps(_mm512_maskz_slli_epi32(kAll, _mm512_maskz_cvtepu16_epi32(kAll, bits), 16));
  }
  static V Load(const Float16* p) {
    return _mm512_maskz_cvtph_ps(kAll, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
  }
};

struct F64 {
  using T = double;
  typedef double V __attribute__((vector_size(64)));
  static constexpr int kLanes = 8;
  static constexpr int kRows = 14;
  static V Set(double x) { return _mm512_set1_pd(x); }
  static V Fma(V a, V b, V c) { return _mm512_fmadd_pd(a, b, c); }
  static __mmask8 First(int64_t n) { return static_cast<__mmask8>((1u << n) - 1); }
  static V LoadPart(const double* p, int64_t n) { return _mm512_maskz_loadu_pd(First(n), p); }
  static void StorePart(double* p, V v, int64_t n) { _mm512_mask_storeu_pd(p, First(n), v); }
  static V Load(const double* p) { return _mm512_loadu_pd(p); }
};

#include "cpu/gemm/kernels.inc"

}  // namespace

// Constants: nothing of this file runs before somebody has asked the processor.
extern const Kernels<float> kAvx512Float;
extern const Kernels<double> kAvx512Double;
constexpr Kernels<float> kAvx512Float = MakeKernels<F32>();
constexpr Kernels<double> kAvx512Double = MakeKernels<F64>();

}  // namespace cotangent

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif
