// Starting the driver, its errors, cards and contexts.
#include <cstdio>

#include "fake_cuda.h"

namespace cotangent::cuda::fake {
namespace {

constexpr Result kErrorNotInitialized = 3;
constexpr Result kErrorInvalidDevice = 101;

thread_local ContextHandle current = nullptr;

}  // namespace

bool HasContext() { return current != nullptr; }

FAKE Result cuInit(unsigned) {
  LOCKED;
  if (Setting("init") != kSuccess) return Setting("init");
  if (Setting("devices") == 0) return kErrorNoDevice;
  state().started = true;
  return kSuccess;
}
FAKE Result cuDriverGetVersion(int* version) {
  LOCKED;
  *version = Setting("version");
  return kSuccess;
}
FAKE Result cuGetErrorName(Result error, const char** name) {
  LOCKED;
  static const std::map<Result, const char*> names{
      {kErrorInvalidValue, "CUDA_ERROR_INVALID_VALUE"}, {kErrorOutOfMemory, "CUDA_ERROR_OUT_OF_MEMORY"},
      {kErrorNoDevice, "CUDA_ERROR_NO_DEVICE"},         {kErrorInvalidPtx, "CUDA_ERROR_INVALID_PTX"},
      {kErrorNotFound, "CUDA_ERROR_NOT_FOUND"},         {kErrorLaunchFailed, "CUDA_ERROR_LAUNCH_FAILED"},
      {kErrorInvalidContext, "CUDA_ERROR_INVALID_CONTEXT"}};
  const auto found = names.find(error);
  *name = found == names.end() ? nullptr : found->second;
  return found == names.end() ? kErrorInvalidValue : kSuccess;
}
FAKE Result cuGetErrorString(Result error, const char** text) {
  LOCKED;
  *text = error == kErrorLaunchFailed ? "unspecified launch failure" : nullptr;
  return *text == nullptr ? kErrorInvalidValue : kSuccess;
}

FAKE Result cuDeviceGetCount(int* count) {
  LOCKED;
  if (!state().started) return kErrorNotInitialized;
  *count = Setting("devices");
  return kSuccess;
}
FAKE Result cuDeviceGet(DeviceHandle* device, int ordinal) {
  LOCKED;
  if (ordinal >= Setting("devices")) return kErrorInvalidDevice;
  *device = ordinal;
  return kSuccess;
}
FAKE Result cuDeviceGetName(char* name, int length, DeviceHandle device) {
  LOCKED;
  std::snprintf(name, static_cast<size_t>(length), "%s card %d", Setting("simulate") ? "Simulated" : "Recording", device);
  return kSuccess;
}
FAKE Result cuDeviceGetAttribute(int* value, int attribute, DeviceHandle) {
  LOCKED;
  static const std::map<int, int> values{{kAttributeMultiprocessors, 132},
                                         {kAttributeMajor, 9},
                                         {kAttributeMinor, 0},
                                         {kAttributeSharedPerBlockOptin, 227 << 10}};
  const auto found = values.find(attribute);
  if (found == values.end()) return kErrorInvalidValue;
  *value = attribute == kAttributeMajor ? Setting("major") : found->second;
  return kSuccess;
}
FAKE Result cuDeviceTotalMem_v2(size_t* bytes, DeviceHandle) {
  LOCKED;
  *bytes = static_cast<size_t>(state().settings["memory"]);
  return kSuccess;
}
FAKE Result cuDevicePrimaryCtxRetain(ContextHandle* context, DeviceHandle device) {
  LOCKED;
  *context = &state().context_of[static_cast<size_t>(device)];
  state().contexts++;
  return kSuccess;
}
FAKE Result cuDevicePrimaryCtxRelease_v2(DeviceHandle) {
  LOCKED;
  state().contexts--;
  return kSuccess;
}
FAKE Result cuCtxSetCurrent(ContextHandle context) {
  LOCKED;
  current = context;
  return kSuccess;
}

}  // namespace cotangent::cuda::fake
