// The parts of LAPACK and BLAS that routines use, by type; matrices lie column by column. OpenBLAS provides them, here
// always on the calling thread, so that results do not depend on how many threads there are.
#pragma once

#include <algorithm>
#include <complex>
#include <cstddef>

#include "runtime/routine.h"

namespace cotangent::lapack {

using C64 = std::complex<float>;
using C128 = std::complex<double>;

template <typename T>
struct RealOf {
  using Type = T;
};
template <typename R>
struct RealOf<std::complex<R>> {
  using Type = R;
};
template <typename T>
using Real = typename RealOf<T>::Type;
template <typename T>
constexpr bool kIsComplex = !std::is_same_v<T, Real<T>>;

extern "C" {
void openblas_set_num_threads(int threads);

// Fortran passes everything by address, and the lengths of strings behind all else.
#define COTANGENT_LAPACK_COMMON(T, p, orgqr, orghr)                                                                    \
  void p##potrf_(const char*, const int*, T*, const int*, int*, size_t);                                               \
  void p##gemm_(const char*, const char*, const int*, const int*, const int*, const T*, const T*, const int*,          \
                const T*, const int*, const T*, T*, const int*, size_t, size_t);                                       \
  void p##trsm_(const char*, const char*, const char*, const char*, const int*, const int*, const T*, const T*,        \
                const int*, T*, const int*, size_t, size_t, size_t, size_t);                                           \
  void p##getrf_(const int*, const int*, T*, const int*, int*, int*);                                                  \
  void p##geqrf_(const int*, const int*, T*, const int*, T*, T*, const int*, int*);                                    \
  void orgqr##_(const int*, const int*, const int*, T*, const int*, const T*, T*, const int*, int*);                   \
  void p##gehrd_(const int*, const int*, const int*, T*, const int*, T*, T*, const int*, int*);                        \
  void orghr##_(const int*, const int*, const int*, T*, const int*, const T*, T*, const int*, int*);
#define COTANGENT_LAPACK_REAL(T, p, orgqr, orghr)                                                                      \
  COTANGENT_LAPACK_COMMON(T, p, orgqr, orghr)                                                                          \
  void p##gesdd_(const char*, const int*, const int*, T*, const int*, T*, T*, const int*, T*, const int*, T*,          \
                 const int*, int*, int*, size_t);                                                                      \
  void p##syevd_(const char*, const char*, const int*, T*, const int*, T*, T*, const int*, int*, const int*, int*,     \
                 size_t, size_t);                                                                                      \
  void p##geev_(const char*, const char*, const int*, T*, const int*, T*, T*, T*, const int*, T*, const int*, T*,      \
                const int*, int*, size_t, size_t);                                                                     \
  void p##gees_(const char*, const char*, void*, const int*, T*, const int*, int*, T*, T*, T*, const int*, T*,         \
                const int*, int*, int*, size_t, size_t);
#define COTANGENT_LAPACK_COMPLEX(T, R, p, orgqr, orghr)                                                                \
  COTANGENT_LAPACK_COMMON(T, p, orgqr, orghr)                                                                          \
  void p##gesdd_(const char*, const int*, const int*, T*, const int*, R*, T*, const int*, T*, const int*, T*,          \
                 const int*, R*, int*, int*, size_t);                                                                  \
  void p##heevd_(const char*, const char*, const int*, T*, const int*, R*, T*, const int*, R*, const int*, int*,       \
                 const int*, int*, size_t, size_t);                                                                    \
  void p##geev_(const char*, const char*, const int*, T*, const int*, T*, T*, const int*, T*, const int*, T*,          \
                const int*, R*, int*, size_t, size_t);                                                                 \
  void p##gees_(const char*, const char*, void*, const int*, T*, const int*, int*, T*, T*, const int*, T*,             \
                const int*, R*, int*, int*, size_t, size_t);
COTANGENT_LAPACK_REAL(float, s, sorgqr, sorghr)
COTANGENT_LAPACK_REAL(double, d, dorgqr, dorghr)
COTANGENT_LAPACK_COMPLEX(C64, float, c, cungqr, cunghr)
COTANGENT_LAPACK_COMPLEX(C128, double, z, zungqr, zunghr)
#undef COTANGENT_LAPACK_COMMON
#undef COTANGENT_LAPACK_REAL
#undef COTANGENT_LAPACK_COMPLEX
}

// Lanes of Scratch for the workspaces below; the routines use those before.
enum Lane { kWork = 10, kRealWork, kIntegerWork };

template <typename T>
T* Workspace(Lane lane, int64_t n) {
  return static_cast<T*>(Scratch(lane, static_cast<size_t>(std::max<int64_t>(1, n)) * sizeof(T)));
}

// Calls call(work, length) twice: asking with length -1 how long the workspace should be, then with it.
template <typename T, typename F>
int WithWork(F&& call) {
  T best;
  int info = call(&best, -1);
  if (info != 0) return info;
  // A float may have rounded the length down.
  const int length = static_cast<int>(std::real(best) * 1.00001) + 1;
  return call(Workspace<T>(kWork, length), length);
}

// Overloads that differ in the first letter only; each returns LAPACK's `info`.
#define COTANGENT_LAPACK_OVERLOADS(T, p, orgqr, orghr)                                                                 \
  inline int Potrf(char uplo, int n, T* a, int lda) {                                                                  \
    int info;                                                                                                          \
    p##potrf_(&uplo, &n, a, &lda, &info, 1);                                                                           \
    return info;                                                                                                       \
  }                                                                                                                    \
  inline void Gemm(char ta, char tb, int m, int n, int k, T alpha, const T* a, int lda, const T* b, int ldb, T beta,   \
                   T* c, int ldc) {                                                                                    \
    p##gemm_(&ta, &tb, &m, &n, &k, &alpha, a, &lda, b, &ldb, &beta, c, &ldc, 1, 1);                                    \
  }                                                                                                                    \
  inline void Trsm(char side, char uplo, char trans, char diag, int m, int n, const T* a, int lda, T* b, int ldb) {    \
    const T one = 1;                                                                                                   \
    p##trsm_(&side, &uplo, &trans, &diag, &m, &n, &one, a, &lda, b, &ldb, 1, 1, 1, 1);                                 \
  }                                                                                                                    \
  inline int Getrf(int m, int n, T* a, int lda, int* pivots) {                                                         \
    int info;                                                                                                          \
    p##getrf_(&m, &n, a, &lda, pivots, &info);                                                                         \
    return info;                                                                                                       \
  }                                                                                                                    \
  inline int Geqrf(int m, int n, T* a, int lda, T* tau) {                                                              \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      p##geqrf_(&m, &n, a, &lda, tau, work, &length, &info);                                                           \
      return info;                                                                                                     \
    });                                                                                                                \
  }                                                                                                                    \
  inline int Orgqr(int m, int n, int k, T* a, int lda, const T* tau) {                                                 \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      orgqr##_(&m, &n, &k, a, &lda, tau, work, &length, &info);                                                        \
      return info;                                                                                                     \
    });                                                                                                                \
  }                                                                                                                    \
  inline int Gehrd(int n, T* a, int lda, T* tau) {                                                                     \
    const int one = 1;                                                                                                 \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      p##gehrd_(&n, &one, &n, a, &lda, tau, work, &length, &info);                                                     \
      return info;                                                                                                     \
    });                                                                                                                \
  }                                                                                                                    \
  inline int Orghr(int n, T* a, int lda, const T* tau) {                                                               \
    const int one = 1;                                                                                                 \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      orghr##_(&n, &one, &n, a, &lda, tau, work, &length, &info);                                                      \
      return info;                                                                                                     \
    });                                                                                                                \
  }
COTANGENT_LAPACK_OVERLOADS(float, s, sorgqr, sorghr)
COTANGENT_LAPACK_OVERLOADS(double, d, dorgqr, dorghr)
COTANGENT_LAPACK_OVERLOADS(C64, c, cungqr, cunghr)
COTANGENT_LAPACK_OVERLOADS(C128, z, zungqr, zunghr)
#undef COTANGENT_LAPACK_OVERLOADS

// Decompositions whose real and complex versions differ. `jobz` of Gesdd is A, S or N, as LAPACK has it.
#define COTANGENT_LAPACK_REAL(T, p)                                                                                    \
  inline int Gesdd(char jobz, int m, int n, T* a, T* s, T* u, int ldu, T* vt, int ldvt) {                              \
    int* integers = Workspace<int>(kIntegerWork, 8 * std::min(m, n));                                                  \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      p##gesdd_(&jobz, &m, &n, a, &m, s, u, &ldu, vt, &ldvt, work, &length, integers, &info, 1);                       \
      return info;                                                                                                     \
    });                                                                                                                \
  }                                                                                                                    \
  inline int Heevd(char uplo, int n, T* a, T* values) {                                                                \
    const int integer_length = 3 + 5 * n;                                                                              \
    int* integers = Workspace<int>(kIntegerWork, integer_length);                                                      \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      p##syevd_("V", &uplo, &n, a, &n, values, work, &length, integers, &integer_length, &info, 1, 1);                 \
      return info;                                                                                                     \
    });                                                                                                                \
  }                                                                                                                    \
  inline int Geev(char left, char right, int n, T* a, T* re, T* im, T* vl, T* vr) {                                    \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      p##geev_(&left, &right, &n, a, &n, re, im, vl, &n, vr, &n, work, &length, &info, 1, 1);                          \
      return info;                                                                                                     \
    });                                                                                                                \
  }                                                                                                                    \
  inline int Gees(int n, T* a, T* q) {                                                                                 \
    T* values = Workspace<T>(kRealWork, 2 * n);                                                                        \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info, unused;                                                                                                \
      p##gees_("V", "N", nullptr, &n, a, &n, &unused, values, values + n, q, &n, work, &length, nullptr, &info, 1, 1); \
      return info;                                                                                                     \
    });                                                                                                                \
  }
#define COTANGENT_LAPACK_COMPLEX(T, R, p)                                                                              \
  inline int Gesdd(char jobz, int m, int n, T* a, R* s, T* u, int ldu, T* vt, int ldvt) {                              \
    const int64_t small = std::min(m, n), large = std::max(m, n);                                                      \
    int* integers = Workspace<int>(kIntegerWork, 8 * small);                                                           \
    R* reals = Workspace<R>(kRealWork, small * std::max(5 * small + 7, 2 * large + 2 * small + 1));                    \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      p##gesdd_(&jobz, &m, &n, a, &m, s, u, &ldu, vt, &ldvt, work, &length, reals, integers, &info, 1);                \
      return info;                                                                                                     \
    });                                                                                                                \
  }                                                                                                                    \
  inline int Heevd(char uplo, int n, T* a, R* values) {                                                                \
    const int integer_length = 3 + 5 * n;                                                                              \
    const int real_length = 1 + 5 * n + 2 * n * n;                                                                     \
    int* integers = Workspace<int>(kIntegerWork, integer_length);                                                      \
    R* reals = Workspace<R>(kRealWork, real_length);                                                                   \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      p##heevd_("V", &uplo, &n, a, &n, values, work, &length, reals, &real_length, integers, &integer_length, &info,   \
                1, 1);                                                                                                 \
      return info;                                                                                                     \
    });                                                                                                                \
  }                                                                                                                    \
  inline int Geev(char left, char right, int n, T* a, T* values, T* vl, T* vr) {                                       \
    R* reals = Workspace<R>(kRealWork, 2 * n);                                                                         \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info;                                                                                                        \
      p##geev_(&left, &right, &n, a, &n, values, vl, &n, vr, &n, work, &length, reals, &info, 1, 1);                   \
      return info;                                                                                                     \
    });                                                                                                                \
  }                                                                                                                    \
  inline int Gees(int n, T* a, T* q) {                                                                                 \
    R* reals = Workspace<R>(kRealWork, n);                                                                             \
    T* values = Workspace<T>(kIntegerWork, n);                                                                         \
    return WithWork<T>([&](T* work, int length) {                                                                      \
      int info, unused;                                                                                                \
      p##gees_("V", "N", nullptr, &n, a, &n, &unused, values, q, &n, work, &length, reals, nullptr, &info, 1, 1);      \
      return info;                                                                                                     \
    });                                                                                                                \
  }
COTANGENT_LAPACK_REAL(float, s)
COTANGENT_LAPACK_REAL(double, d)
COTANGENT_LAPACK_COMPLEX(C64, float, c)
COTANGENT_LAPACK_COMPLEX(C128, double, z)
#undef COTANGENT_LAPACK_REAL
#undef COTANGENT_LAPACK_COMPLEX

// Must run before the first call: OpenBLAS is told to stay on the thread that calls it.
inline void StayOnThisThread() {
  static const bool once = (openblas_set_num_threads(1), true);
  static_cast<void>(once);
}

}  // namespace cotangent::lapack
