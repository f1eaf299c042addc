// Compiles only if native/cuda/libraries says what NVIDIA's own headers do (CUDA 12.6 or later).
#include <cublasLt.h>
#include <cublas_v2.h>
#include <cufftXt.h>
#include <cusolverDn.h>
#include <library_types.h>

#include "cuda/libraries/blas_lt_api.h"
#include "cuda/libraries/fft_api.h"
#include "cuda/libraries/solver_api.h"
#include "same_interface.h"

namespace cotangent::cuda {
namespace {

CHECK(kR32F, CUDA_R_32F);
CHECK(kR64F, CUDA_R_64F);
CHECK(kR16F, CUDA_R_16F);
CHECK(kR8I, CUDA_R_8I);
CHECK(kC32F, CUDA_C_32F);
CHECK(kC64F, CUDA_C_64F);
CHECK(kR32I, CUDA_R_32I);
CHECK(kR16BF, CUDA_R_16BF);

}  // namespace

namespace blas_lt {
namespace {

#define CHECK_FUNCTION(name, symbol, parameters) static_assert(Same<Status(*) parameters, decltype(&::symbol)>::value, #symbol);
COTANGENT_CUBLASLT_FUNCTIONS(CHECK_FUNCTION)

CHECK(kSuccess, CUBLAS_STATUS_SUCCESS);
CHECK(kNotSupported, CUBLAS_STATUS_NOT_SUPPORTED);
CHECK(kCompute32F, CUBLAS_COMPUTE_32F);
CHECK(kCompute64F, CUBLAS_COMPUTE_64F);
CHECK(kCompute32FFastTF32, CUBLAS_COMPUTE_32F_FAST_TF32);
CHECK(kOperationNone, CUBLAS_OP_N);
CHECK(kOperationTranspose, CUBLAS_OP_T);
CHECK(kDescTransposeA, CUBLASLT_MATMUL_DESC_TRANSA);
CHECK(kDescTransposeB, CUBLASLT_MATMUL_DESC_TRANSB);
CHECK(kDescEpilogue, CUBLASLT_MATMUL_DESC_EPILOGUE);
CHECK(kDescBiasPointer, CUBLASLT_MATMUL_DESC_BIAS_POINTER);
CHECK(kDescBiasDataType, CUBLASLT_MATMUL_DESC_BIAS_DATA_TYPE);
CHECK(kLayoutBatchCount, CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT);
CHECK(kLayoutBatchStride, CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET);
CHECK(kPreferenceWorkspaceBytes, CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES);
CHECK(kPreferenceAlignmentA, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_A_BYTES);
CHECK(kPreferenceAlignmentB, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_B_BYTES);
CHECK(kPreferenceAlignmentC, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_C_BYTES);
CHECK(kPreferenceAlignmentD, CUBLASLT_MATMUL_PREF_MIN_ALIGNMENT_D_BYTES);
CHECK(kEpilogueDefault, CUBLASLT_EPILOGUE_DEFAULT);
CHECK(kEpilogueRelu, CUBLASLT_EPILOGUE_RELU);
CHECK(kEpilogueBias, CUBLASLT_EPILOGUE_BIAS);
static_assert(sizeof(Algorithm) == sizeof(cublasLtMatmulAlgo_t));
static_assert(sizeof(Heuristic) == sizeof(cublasLtMatmulHeuristicResult_t));
static_assert(offsetof(Heuristic, state) == offsetof(cublasLtMatmulHeuristicResult_t, state));

}  // namespace
}  // namespace blas_lt

namespace fft {

COTANGENT_CUFFT_FUNCTIONS(CHECK_FUNCTION)
CHECK(kSuccess, CUFFT_SUCCESS);
CHECK(kForward, CUFFT_FORWARD);
CHECK(kInverse, CUFFT_INVERSE);

}  // namespace fft

namespace solver {

COTANGENT_CUSOLVER_FUNCTIONS(CHECK_FUNCTION)
COTANGENT_CUSOLVER_OPTIONAL_FUNCTIONS(CHECK_FUNCTION)
CHECK(kSuccess, CUSOLVER_STATUS_SUCCESS);
CHECK(kLower, CUBLAS_FILL_MODE_LOWER);
CHECK(kUpper, CUBLAS_FILL_MODE_UPPER);
CHECK(kWithoutVectors, CUSOLVER_EIG_MODE_NOVECTOR);
CHECK(kWithVectors, CUSOLVER_EIG_MODE_VECTOR);

}  // namespace solver

namespace blas {

COTANGENT_CUBLAS_FUNCTIONS(CHECK_FUNCTION)
CHECK(kSuccess, CUBLAS_STATUS_SUCCESS);
CHECK(kLeft, CUBLAS_SIDE_LEFT);
CHECK(kRight, CUBLAS_SIDE_RIGHT);
CHECK(kLower, CUBLAS_FILL_MODE_LOWER);
CHECK(kUpper, CUBLAS_FILL_MODE_UPPER);
CHECK(kNone, CUBLAS_OP_N);
CHECK(kTranspose, CUBLAS_OP_T);
CHECK(kConjugateTranspose, CUBLAS_OP_C);

}  // namespace blas
}  // namespace cotangent::cuda
