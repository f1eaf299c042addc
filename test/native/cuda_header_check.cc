// Compiles only if native/cuda/driver_api.h says what NVIDIA's own header does. Headers before CUDA 12.0 lack some of it.
#include <cuda.h>

#if CUDA_VERSION >= 12000

#include "cuda/driver_api.h"
#include "same_interface.h"

namespace cotangent::cuda {
namespace {

#define CHECK_FUNCTION(name, symbol, parameters) \
  static_assert(Same<Result(*) parameters, decltype(&::symbol)>::value, #symbol);
COTANGENT_CUDA_FUNCTIONS(CHECK_FUNCTION)
COTANGENT_CUDA_OPTIONAL_FUNCTIONS(CHECK_FUNCTION)

CHECK(kSuccess, CUDA_SUCCESS);
CHECK(kErrorInvalidValue, CUDA_ERROR_INVALID_VALUE);
CHECK(kErrorOutOfMemory, CUDA_ERROR_OUT_OF_MEMORY);
CHECK(kErrorNoDevice, CUDA_ERROR_NO_DEVICE);
CHECK(kErrorInvalidPtx, CUDA_ERROR_INVALID_PTX);
CHECK(kErrorNotFound, CUDA_ERROR_NOT_FOUND);
CHECK(kErrorNotReady, CUDA_ERROR_NOT_READY);
CHECK(kErrorLaunchFailed, CUDA_ERROR_LAUNCH_FAILED);
CHECK(kStreamNonBlocking, CU_STREAM_NON_BLOCKING);
CHECK(kEventDisableTiming, CU_EVENT_DISABLE_TIMING);
CHECK(kCaptureThreadLocal, CU_STREAM_CAPTURE_MODE_THREAD_LOCAL);
CHECK(kAttributeMultiprocessors, CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
CHECK(kAttributeMajor, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR);
CHECK(kAttributeMinor, CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
CHECK(kAttributeSharedPerBlockOptin, CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN);
CHECK(kFunctionMaxDynamicShared, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES);
CHECK(kJitErrorLogBuffer, CU_JIT_ERROR_LOG_BUFFER);
CHECK(kJitErrorLogBytes, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES);
static_assert(sizeof(GraphUpdateInfo) == sizeof(CUgraphExecUpdateResultInfo));

}  // namespace
}  // namespace cotangent::cuda
#endif
