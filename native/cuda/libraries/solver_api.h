// The parts of cuSOLVER and cuBLAS that are called, as cusolverDn.h and cublas_api.h of CUDA 12.6 have them; libraries of
// CUDA 12 and 13 share this binary interface. Matrices lie column by column.
#pragma once

#include "cuda/libraries/data_types.h"
#include "cuda/libraries/library.h"

namespace cotangent::cuda {
namespace solver {

using Status = int;
using Handle = struct HandleTag*;
using Params = struct ParamsTag*;

constexpr Status kSuccess = 0;
constexpr int kLower = 0, kUpper = 1;
constexpr int kWithoutVectors = 0, kWithVectors = 1;

#define COTANGENT_CUSOLVER_FUNCTIONS(F)                                                                                \
  F(Create, cusolverDnCreate, (Handle * handle))                                                                       \
  F(Destroy, cusolverDnDestroy, (Handle handle))                                                                       \
  F(SetStream, cusolverDnSetStream, (Handle handle, StreamHandle stream))                                              \
  F(CreateParams, cusolverDnCreateParams, (Params * params))                                                           \
  F(DestroyParams, cusolverDnDestroyParams, (Params params))                                                           \
  F(PotrfBytes, cusolverDnXpotrf_bufferSize,                                                                           \
    (Handle handle, Params params, int triangle, int64_t n, int type, const void* a, int64_t leading, int compute,     \
     size_t* device_bytes, size_t* host_bytes))                                                                        \
  F(Potrf, cusolverDnXpotrf,                                                                                           \
    (Handle handle, Params params, int triangle, int64_t n, int type, void* a, int64_t leading, int compute,           \
     void* device, size_t device_bytes, void* host, size_t host_bytes, int* info))                                     \
  F(GetrfBytes, cusolverDnXgetrf_bufferSize,                                                                           \
    (Handle handle, Params params, int64_t rows, int64_t columns, int type, const void* a, int64_t leading,            \
     int compute, size_t* device_bytes, size_t* host_bytes))                                                           \
  F(Getrf, cusolverDnXgetrf,                                                                                           \
    (Handle handle, Params params, int64_t rows, int64_t columns, int type, void* a, int64_t leading, int64_t* pivots, \
     int compute, void* device, size_t device_bytes, void* host, size_t host_bytes, int* info))                        \
  F(GeqrfBytes, cusolverDnXgeqrf_bufferSize,                                                                           \
    (Handle handle, Params params, int64_t rows, int64_t columns, int type, const void* a, int64_t leading,            \
     int factor_type, const void* factors, int compute, size_t* device_bytes, size_t* host_bytes))                     \
  F(Geqrf, cusolverDnXgeqrf,                                                                                           \
    (Handle handle, Params params, int64_t rows, int64_t columns, int type, void* a, int64_t leading, int factor_type, \
     void* factors, int compute, void* device, size_t device_bytes, void* host, size_t host_bytes, int* info))         \
  F(SyevdBytes, cusolverDnXsyevd_bufferSize,                                                                           \
    (Handle handle, Params params, int vectors, int triangle, int64_t n, int type, const void* a, int64_t leading,     \
     int value_type, const void* values, int compute, size_t* device_bytes, size_t* host_bytes))                       \
  F(Syevd, cusolverDnXsyevd,                                                                                           \
    (Handle handle, Params params, int vectors, int triangle, int64_t n, int type, void* a, int64_t leading,           \
     int value_type, void* values, int compute, void* device, size_t device_bytes, void* host, size_t host_bytes,      \
     int* info))                                                                                                       \
  F(GesvdBytes, cusolverDnXgesvd_bufferSize,                                                                           \
    (Handle handle, Params params, signed char u_job, signed char vt_job, int64_t rows, int64_t columns, int type,     \
     const void* a, int64_t leading, int value_type, const void* values, int u_type, const void* u, int64_t u_leading, \
     int vt_type, const void* vt, int64_t vt_leading, int compute, size_t* device_bytes, size_t* host_bytes))          \
  F(Gesvd, cusolverDnXgesvd,                                                                                           \
    (Handle handle, Params params, signed char u_job, signed char vt_job, int64_t rows, int64_t columns, int type,     \
     void* a, int64_t leading, int value_type, void* values, int u_type, void* u, int64_t u_leading, int vt_type,      \
     void* vt, int64_t vt_leading, int compute, void* device, size_t device_bytes, void* host, size_t host_bytes,      \
     int* info))                                                                                                       \
  COTANGENT_CUSOLVER_ORGQR(F, Sorgqr, cusolverDnSorgqr)                                                                \
  COTANGENT_CUSOLVER_ORGQR(F, Dorgqr, cusolverDnDorgqr)                                                                \
  COTANGENT_CUSOLVER_ORGQR(F, Cungqr, cusolverDnCungqr)                                                                \
  COTANGENT_CUSOLVER_ORGQR(F, Zungqr, cusolverDnZungqr)
#define COTANGENT_CUSOLVER_ORGQR(F, name, symbol)                                                                      \
  F(name##Length, symbol##_bufferSize,                                                                                 \
    (Handle handle, int rows, int columns, int reflections, const void* a, int leading, const void* factors,           \
     int* length))                                                                                                     \
  F(name, symbol,                                                                                                      \
    (Handle handle, int rows, int columns, int reflections, void* a, int leading, const void* factors, void* device,   \
     int length, int* info))

// Of CUDA 12.6 and later.
#define COTANGENT_CUSOLVER_OPTIONAL_FUNCTIONS(F)                                                                       \
  F(GeevBytes, cusolverDnXgeev_bufferSize,                                                                             \
    (Handle handle, Params params, int left, int right, int64_t n, int type, const void* a, int64_t leading,           \
     int value_type, const void* values, int left_type, const void* vl, int64_t left_leading, int right_type,          \
     const void* vr, int64_t right_leading, int compute, size_t* device_bytes, size_t* host_bytes))                    \
  F(Geev, cusolverDnXgeev,                                                                                             \
    (Handle handle, Params params, int left, int right, int64_t n, int type, void* a, int64_t leading, int value_type, \
     void* values, int left_type, void* vl, int64_t left_leading, int right_type, void* vr, int64_t right_leading,     \
     int compute, void* device, size_t device_bytes, void* host, size_t host_bytes, int* info))

struct Api {
  COTANGENT_CUSOLVER_FUNCTIONS(COTANGENT_LIBRARY_FIELD)
  COTANGENT_CUSOLVER_OPTIONAL_FUNCTIONS(COTANGENT_LIBRARY_FIELD)
  const char* Resolve(void* library) {
    COTANGENT_CUSOLVER_OPTIONAL_FUNCTIONS(COTANGENT_LIBRARY_RESOLVE_OPTIONAL)
    COTANGENT_CUSOLVER_FUNCTIONS(COTANGENT_LIBRARY_RESOLVE)
    return nullptr;
  }
  static LibrarySpec Spec() {
    return {"cuSOLVER",
            {{"libcusolver.so.12", 13}, {"libcusolver.so.11", 12}},
            {{{"libnvJitLink.so.13", 13}, {"libnvJitLink.so.12", 12}},
             {{"libcublasLt.so.13", 13}, {"libcublasLt.so.12", 12}},
             {{"libcublas.so.13", 13}, {"libcublas.so.12", 12}},
             {{"libcusparse.so.12", 12}}},
            "nvidia-cusolver-cu12"};
  }
};

}  // namespace solver

namespace blas {

using Status = int;
using Handle = struct HandleTag*;

constexpr Status kSuccess = 0;
constexpr int kLeft = 0, kRight = 1;
constexpr int kLower = 0, kUpper = 1;
constexpr int kNone = 0, kTranspose = 1, kConjugateTranspose = 2;

#define COTANGENT_CUBLAS_TRSM(F, name, symbol)                                                                       \
  F(name, symbol,                                                                                                    \
    (Handle handle, int side, int triangle, int operation, int unit, int rows, int columns, const void* alpha,       \
     const void* a, int a_leading, void* b, int b_leading))
#define COTANGENT_CUBLAS_FUNCTIONS(F)                                 \
  F(Create, cublasCreate_v2, (Handle * handle))                       \
  F(Destroy, cublasDestroy_v2, (Handle handle))                       \
  F(SetStream, cublasSetStream_v2, (Handle handle, StreamHandle stream)) \
  F(SetWorkspace, cublasSetWorkspace_v2, (Handle handle, void* memory, size_t bytes)) \
  COTANGENT_CUBLAS_TRSM(F, Strsm, cublasStrsm_v2)                     \
  COTANGENT_CUBLAS_TRSM(F, Dtrsm, cublasDtrsm_v2)                     \
  COTANGENT_CUBLAS_TRSM(F, Ctrsm, cublasCtrsm_v2)                     \
  COTANGENT_CUBLAS_TRSM(F, Ztrsm, cublasZtrsm_v2)

struct Api {
  COTANGENT_CUBLAS_FUNCTIONS(COTANGENT_LIBRARY_FIELD)
  const char* Resolve(void* library) {
    COTANGENT_CUBLAS_FUNCTIONS(COTANGENT_LIBRARY_RESOLVE)
    return nullptr;
  }
  static LibrarySpec Spec() {
    return {"cuBLAS",
            {{"libcublas.so.13", 13}, {"libcublas.so.12", 12}},
            {{{"libcublasLt.so.13", 13}, {"libcublasLt.so.12", 12}}},
            "nvidia-cublas-cu12"};
  }
};

}  // namespace blas
}  // namespace cotangent::cuda
