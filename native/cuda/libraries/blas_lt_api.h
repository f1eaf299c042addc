// The part of cuBLASLt that is called, as cublasLt.h of CUDA 12.6 has it; libraries of CUDA 12 and 13 share this binary
// interface.
#pragma once

#include <cstddef>
#include <cstdint>

#include "cuda/libraries/data_types.h"
#include "cuda/libraries/library.h"

namespace cotangent::cuda::blas_lt {

using Status = int;
using Handle = struct HandleTag*;
using Layout = struct LayoutTag*;
using Operation = struct OperationTag*;
using Preference = struct PreferenceTag*;

constexpr Status kSuccess = 0;
constexpr Status kNotSupported = 15;

// What products are computed in.
constexpr int kCompute32F = 68;
constexpr int kCompute64F = 70;
constexpr int kCompute32FFastTF32 = 77;

constexpr int kOperationNone = 0;
constexpr int kOperationTranspose = 1;

constexpr int kDescTransposeA = 3;
constexpr int kDescTransposeB = 4;
constexpr int kDescEpilogue = 7;
constexpr int kDescBiasPointer = 8;
constexpr int kDescBiasDataType = 26;

constexpr int kLayoutBatchCount = 5;
constexpr int kLayoutBatchStride = 6;

constexpr int kPreferenceWorkspaceBytes = 1;
constexpr int kPreferenceAlignmentA = 5;
constexpr int kPreferenceAlignmentB = 6;
constexpr int kPreferenceAlignmentC = 7;
constexpr int kPreferenceAlignmentD = 8;

constexpr int kEpilogueDefault = 1;
constexpr int kEpilogueRelu = 2;
constexpr int kEpilogueBias = 4;

struct Algorithm {
  uint64_t data[8];
};

struct Heuristic {
  Algorithm algorithm;
  size_t workspace_bytes;
  Status state;
  float waves;
  int reserved[4];
};

#define COTANGENT_CUBLASLT_FUNCTIONS(F)                                                                             \
  F(Create, cublasLtCreate, (Handle * handle))                                                                      \
  F(Destroy, cublasLtDestroy, (Handle handle))                                                                      \
  F(LayoutCreate, cublasLtMatrixLayoutCreate,                                                                       \
    (Layout * layout, int type, uint64_t rows, uint64_t columns, int64_t leading))                                  \
  F(LayoutDestroy, cublasLtMatrixLayoutDestroy, (Layout layout))                                                    \
  F(LayoutSet, cublasLtMatrixLayoutSetAttribute, (Layout layout, int attribute, const void* value, size_t bytes))   \
  F(OperationCreate, cublasLtMatmulDescCreate, (Operation * operation, int compute, int scale))                     \
  F(OperationDestroy, cublasLtMatmulDescDestroy, (Operation operation))                                             \
  F(OperationSet, cublasLtMatmulDescSetAttribute,                                                                   \
    (Operation operation, int attribute, const void* value, size_t bytes))                                          \
  F(PreferenceCreate, cublasLtMatmulPreferenceCreate, (Preference * preference))                                    \
  F(PreferenceDestroy, cublasLtMatmulPreferenceDestroy, (Preference preference))                                    \
  F(PreferenceSet, cublasLtMatmulPreferenceSetAttribute,                                                            \
    (Preference preference, int attribute, const void* value, size_t bytes))                                        \
  F(GetHeuristics, cublasLtMatmulAlgoGetHeuristic,                                                                  \
    (Handle handle, Operation operation, Layout a, Layout b, Layout c, Layout d, Preference preference, int wanted, \
     Heuristic* found, int* count))                                                                                 \
  F(Matmul, cublasLtMatmul,                                                                                         \
    (Handle handle, Operation operation, const void* alpha, const void* a, Layout a_layout, const void* b,          \
     Layout b_layout, const void* beta, const void* c, Layout c_layout, void* d, Layout d_layout,                   \
     const Algorithm* algorithm, void* workspace, size_t workspace_bytes, StreamHandle stream))

struct Api {
  COTANGENT_CUBLASLT_FUNCTIONS(COTANGENT_LIBRARY_FIELD)
  const char* Resolve(void* library) {
    COTANGENT_CUBLASLT_FUNCTIONS(COTANGENT_LIBRARY_RESOLVE)
    return nullptr;
  }
  static LibrarySpec Spec() {
    return {"cuBLASLt", {{"libcublasLt.so.13", 13}, {"libcublasLt.so.12", 12}}, {}, "nvidia-cublas-cu12"};
  }
};

}  // namespace cotangent::cuda::blas_lt
