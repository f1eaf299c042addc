// Compiles only if native/cuda/driver_api.h says what NVIDIA's own header does. Headers before CUDA 12.0 lack some of it.
#include <cuda.h>

#include <cstddef>

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
CHECK(kMemoryDevice, CU_MEMORYTYPE_DEVICE);
static_assert(sizeof(GraphUpdateInfo) == sizeof(CUgraphExecUpdateResultInfo));

#define CHECK_FIELD(ours, field, theirs, their_field) \
  static_assert(offsetof(ours, field) == offsetof(theirs, their_field), #their_field)
static_assert(sizeof(KernelNode) == sizeof(CUDA_KERNEL_NODE_PARAMS));
CHECK_FIELD(KernelNode, shared_bytes, CUDA_KERNEL_NODE_PARAMS, sharedMemBytes);
CHECK_FIELD(KernelNode, parameters, CUDA_KERNEL_NODE_PARAMS, kernelParams);
CHECK_FIELD(KernelNode, context, CUDA_KERNEL_NODE_PARAMS, ctx);
static_assert(sizeof(MemcpyNode) == sizeof(CUDA_MEMCPY3D));
CHECK_FIELD(MemcpyNode, from.kind, CUDA_MEMCPY3D, srcMemoryType);
CHECK_FIELD(MemcpyNode, from.device, CUDA_MEMCPY3D, srcDevice);
CHECK_FIELD(MemcpyNode, from.height, CUDA_MEMCPY3D, srcHeight);
CHECK_FIELD(MemcpyNode, to.kind, CUDA_MEMCPY3D, dstMemoryType);
CHECK_FIELD(MemcpyNode, to.device, CUDA_MEMCPY3D, dstDevice);
CHECK_FIELD(MemcpyNode, width, CUDA_MEMCPY3D, WidthInBytes);
#if CUDA_VERSION >= 12040
CHECK(kNodeConditional, CU_GRAPH_NODE_TYPE_CONDITIONAL);
CHECK(kConditionIf, CU_GRAPH_COND_TYPE_IF);
CHECK(kConditionWhile, CU_GRAPH_COND_TYPE_WHILE);
CHECK(kConditionAssignDefault, CU_GRAPH_COND_ASSIGN_DEFAULT);
static_assert(sizeof(ConditionalNode) == sizeof(CUgraphNodeParams));
CHECK_FIELD(ConditionalNode, handle, CUgraphNodeParams, conditional.handle);
CHECK_FIELD(ConditionalNode, condition_type, CUgraphNodeParams, conditional.type);
CHECK_FIELD(ConditionalNode, size, CUgraphNodeParams, conditional.size);
CHECK_FIELD(ConditionalNode, bodies, CUgraphNodeParams, conditional.phGraph_out);
CHECK_FIELD(ConditionalNode, context, CUgraphNodeParams, conditional.ctx);
#endif

}  // namespace
}  // namespace cotangent::cuda
#endif
