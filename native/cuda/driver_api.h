// The part of CUDA's driver API that the runtime calls: its types and functions, declared here so that building needs no
// CUDA. Handles are opaque, and the numbers are those of the driver's public binary interface.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cotangent::cuda {

using Result = int;
using DeviceHandle = int;
using DevicePointer = unsigned long long;
using ContextHandle = struct ContextTag*;
using StreamHandle = struct StreamTag*;
using EventHandle = struct EventTag*;
using ModuleHandle = struct ModuleTag*;
using FunctionHandle = struct FunctionTag*;
using GraphHandle = struct GraphTag*;
using GraphNodeHandle = struct GraphNodeTag*;
using GraphExecHandle = struct GraphExecTag*;
using LinkHandle = struct LinkTag*;

// Why a graph could not take the place of another.
struct GraphUpdateInfo {
  int result;
  GraphNodeHandle error_node;
  GraphNodeHandle error_from_node;
};

using ConditionHandle = uint64_t;

struct KernelNode {
  FunctionHandle function;
  unsigned grid_x, grid_y, grid_z, block_x, block_y, block_z, shared_bytes;
  void** parameters;
  void** extra;
  void* kernel;
  ContextHandle context;
};

// A copy of up to three dimensions, from and to any kind of memory.
struct MemcpyNode {
  struct Side {
    size_t x, y, z, level;
    int kind;
    void* host;
    DevicePointer device;
    void* array;
    void* reserved;
    size_t pitch, height;
  };
  Side from, to;
  size_t width, height, depth;
};

// Parameters of a node of any kind, as those of a conditional one are laid out.
struct ConditionalNode {
  int type;
  int reserved[3];
  ConditionHandle handle;
  int condition_type;
  unsigned size;
  GraphHandle* bodies;  // the driver's
  ContextHandle context;
  char rest[208];
};

constexpr Result kSuccess = 0;
constexpr Result kErrorInvalidValue = 1;
constexpr Result kErrorOutOfMemory = 2;
constexpr Result kErrorNoDevice = 100;
constexpr Result kErrorInvalidPtx = 218;
constexpr Result kErrorNotFound = 500;
constexpr Result kErrorNotReady = 600;
constexpr Result kErrorLaunchOutOfResources = 701;
constexpr Result kErrorLaunchFailed = 719;

constexpr unsigned kStreamNonBlocking = 1;
constexpr unsigned kEventBlockingSync = 1;
constexpr unsigned kEventDisableTiming = 2;
constexpr int kCaptureThreadLocal = 1;
constexpr int kMemoryDevice = 2;
constexpr int kNodeConditional = 13;
constexpr int kConditionIf = 0;
constexpr int kConditionWhile = 1;
constexpr unsigned kConditionAssignDefault = 1;

constexpr int kAttributeMultiprocessors = 16;
constexpr int kAttributeMajor = 75;
constexpr int kAttributeMinor = 76;
constexpr int kAttributeSharedPerBlockOptin = 97;
constexpr int kFunctionMaxDynamicShared = 8;

constexpr int kJitErrorLogBuffer = 5;
constexpr int kJitErrorLogBytes = 6;
constexpr int kJitInputPtx = 1;

// F(name, symbol, parameters): a symbol's suffix is the version of the binary interface that is meant.
#define COTANGENT_CUDA_FUNCTIONS(F)                                                                               \
  F(Init, cuInit, (unsigned flags))                                                                             \
  F(DriverGetVersion, cuDriverGetVersion, (int* version))                                                       \
  F(GetErrorName, cuGetErrorName, (Result error, const char** name))                                            \
  F(GetErrorString, cuGetErrorString, (Result error, const char** text))                                        \
  F(DeviceGetCount, cuDeviceGetCount, (int* count))                                                             \
  F(DeviceGet, cuDeviceGet, (DeviceHandle * device, int ordinal))                                               \
  F(DeviceGetName, cuDeviceGetName, (char* name, int length, DeviceHandle device))                              \
  F(DeviceGetAttribute, cuDeviceGetAttribute, (int* value, int attribute, DeviceHandle device))                 \
  F(DeviceTotalMem, cuDeviceTotalMem_v2, (size_t * bytes, DeviceHandle device))                                 \
  F(DevicePrimaryCtxRetain, cuDevicePrimaryCtxRetain, (ContextHandle * context, DeviceHandle device))           \
  F(DevicePrimaryCtxRelease, cuDevicePrimaryCtxRelease_v2, (DeviceHandle device))                               \
  F(CtxSetCurrent, cuCtxSetCurrent, (ContextHandle context))                                                    \
  F(StreamCreate, cuStreamCreate, (StreamHandle * stream, unsigned flags))                                      \
  F(StreamDestroy, cuStreamDestroy_v2, (StreamHandle stream))                                                   \
  F(StreamSynchronize, cuStreamSynchronize, (StreamHandle stream))                                              \
  F(StreamWaitEvent, cuStreamWaitEvent, (StreamHandle stream, EventHandle event, unsigned flags))               \
  F(EventCreate, cuEventCreate, (EventHandle * event, unsigned flags))                                          \
  F(EventRecord, cuEventRecord, (EventHandle event, StreamHandle stream))                                       \
  F(EventQuery, cuEventQuery, (EventHandle event))                                                              \
  F(EventSynchronize, cuEventSynchronize, (EventHandle event))                                                  \
  F(EventDestroy, cuEventDestroy_v2, (EventHandle event))                                                       \
  F(MemGetInfo, cuMemGetInfo_v2, (size_t * free_bytes, size_t * total_bytes))                                   \
  F(MemAlloc, cuMemAlloc_v2, (DevicePointer * pointer, size_t bytes))                                           \
  F(MemFree, cuMemFree_v2, (DevicePointer pointer))                                                             \
  F(MemAllocHost, cuMemAllocHost_v2, (void** pointer, size_t bytes))                                            \
  F(MemFreeHost, cuMemFreeHost, (void* pointer))                                                                \
  F(MemcpyHtoDAsync, cuMemcpyHtoDAsync_v2,                                                                      \
    (DevicePointer to, const void* from, size_t bytes, StreamHandle stream))                                      \
  F(MemcpyDtoHAsync, cuMemcpyDtoHAsync_v2, (void* to, DevicePointer from, size_t bytes, StreamHandle stream))   \
  F(MemcpyDtoDAsync, cuMemcpyDtoDAsync_v2,                                                                      \
    (DevicePointer to, DevicePointer from, size_t bytes, StreamHandle stream))                                    \
  F(MemsetD8Async, cuMemsetD8Async, (DevicePointer to, unsigned char value, size_t bytes, StreamHandle stream)) \
  F(ModuleLoadDataEx, cuModuleLoadDataEx,                                                                       \
    (ModuleHandle * module, const void* image, unsigned count, int* options, void** values))                      \
  F(LinkCreate, cuLinkCreate_v2, (unsigned count, int* options, void** values, LinkHandle* link))               \
  F(LinkAddData, cuLinkAddData_v2,                                                                              \
    (LinkHandle link, int type, void* data, size_t bytes, const char* name, unsigned count, int* options,       \
     void** values))                                                                                            \
  F(LinkComplete, cuLinkComplete, (LinkHandle link, void** image, size_t* bytes))                               \
  F(LinkDestroy, cuLinkDestroy, (LinkHandle link))                                                              \
  F(ModuleUnload, cuModuleUnload, (ModuleHandle module))                                                        \
  F(ModuleGetFunction, cuModuleGetFunction, (FunctionHandle * function, ModuleHandle module, const char* name)) \
  F(FuncSetAttribute, cuFuncSetAttribute, (FunctionHandle function, int attribute, int value))                  \
  F(LaunchKernel, cuLaunchKernel,                                                                               \
    (FunctionHandle function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,                \
     unsigned block_y, unsigned block_z, unsigned shared_bytes, StreamHandle stream, void** parameters,           \
     void** extra))                                                                                               \
  F(StreamBeginCapture, cuStreamBeginCapture_v2, (StreamHandle stream, int mode))                               \
  F(StreamEndCapture, cuStreamEndCapture, (StreamHandle stream, GraphHandle * graph))                           \
  F(GraphCreate, cuGraphCreate, (GraphHandle * graph, unsigned flags))                                          \
  F(GraphAddKernelNode, cuGraphAddKernelNode_v2,                                                                \
    (GraphNodeHandle * node, GraphHandle graph, const GraphNodeHandle* after, size_t count,                       \
     const KernelNode* parameters))                                                                               \
  F(GraphAddMemcpyNode, cuGraphAddMemcpyNode,                                                                   \
    (GraphNodeHandle * node, GraphHandle graph, const GraphNodeHandle* after, size_t count,                       \
     const MemcpyNode* parameters, ContextHandle context))                                                        \
  F(GraphAddChildGraphNode, cuGraphAddChildGraphNode,                                                           \
    (GraphNodeHandle * node, GraphHandle graph, const GraphNodeHandle* after, size_t count, GraphHandle child))   \
  F(GraphExecKernelNodeSetParams, cuGraphExecKernelNodeSetParams_v2,                                            \
    (GraphExecHandle exec, GraphNodeHandle node, const KernelNode* parameters))                                   \
  F(GraphExecMemcpyNodeSetParams, cuGraphExecMemcpyNodeSetParams,                                               \
    (GraphExecHandle exec, GraphNodeHandle node, const MemcpyNode* parameters, ContextHandle context))            \
  F(GraphInstantiate, cuGraphInstantiateWithFlags,                                                              \
    (GraphExecHandle * exec, GraphHandle graph, unsigned long long flags))                                        \
  F(GraphLaunch, cuGraphLaunch, (GraphExecHandle exec, StreamHandle stream))                                    \
  F(GraphExecUpdate, cuGraphExecUpdate_v2, (GraphExecHandle exec, GraphHandle graph, GraphUpdateInfo * info))   \
  F(GraphExecDestroy, cuGraphExecDestroy, (GraphExecHandle exec))                                               \
  F(GraphDestroy, cuGraphDestroy, (GraphHandle graph))

// Null where the driver has none.
#define COTANGENT_CUDA_OPTIONAL_FUNCTIONS(F)                                                          \
  F(EventElapsedTime, cuEventElapsedTime, (float* milliseconds, EventHandle start, EventHandle end)) \
  F(StreamIsCapturing, cuStreamIsCapturing, (StreamHandle stream, int* status))                     \
  F(MemAllocAsync, cuMemAllocAsync, (DevicePointer * pointer, size_t bytes, StreamHandle stream))   \
  F(MemFreeAsync, cuMemFreeAsync, (DevicePointer pointer, StreamHandle stream)) \
  F(GraphConditionalHandleCreate, cuGraphConditionalHandleCreate,                                       \
    (ConditionHandle * handle, GraphHandle graph, ContextHandle context, unsigned initial, unsigned flags)) \
  F(GraphAddNode, cuGraphAddNode_v2,                                                                    \
    (GraphNodeHandle * node, GraphHandle graph, const GraphNodeHandle* after, const void* edges, size_t count, \
     ConditionalNode* parameters))

}  // namespace cotangent::cuda
