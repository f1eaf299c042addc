#include "cuda/device.h"

namespace cotangent::cuda {

std::vector<DeviceInfo> ListDevices(const Driver& driver) {
  constexpr const char* kDoing = "to list the cards";
  int count = 0;
  driver.Check(driver.DeviceGetCount(&count), kDoing);
  std::vector<DeviceInfo> out;
  for (int ordinal = 0; ordinal < count; ordinal++) {
    DeviceInfo info{};
    info.ordinal = ordinal;
    driver.Check(driver.DeviceGet(&info.handle, ordinal), kDoing);
    char name[256] = {};
    driver.Check(driver.DeviceGetName(name, sizeof(name), info.handle), kDoing);
    info.name = name;
    driver.Check(driver.DeviceTotalMem(&info.memory_bytes, info.handle), kDoing);
    const auto get = [&](int attribute, int* value) {
      driver.Check(driver.DeviceGetAttribute(value, attribute, info.handle), kDoing);
    };
    get(kAttributeMajor, &info.major);
    get(kAttributeMinor, &info.minor);
    get(kAttributeMultiprocessors, &info.multiprocessors);
    get(kAttributeSharedPerBlockOptin, &info.shared_bytes);
    out.push_back(std::move(info));
  }
  return out;
}

Context::Context(const Driver& driver, const DeviceInfo& device) : driver_(driver), device_(device) {
  driver.Check(driver.DevicePrimaryCtxRetain(&handle_, device.handle), "to make a context");
  try {
    MakeCurrent();
  } catch (...) {
    driver.DevicePrimaryCtxRelease(device.handle);
    throw;
  }
}

Context::~Context() { driver_.DevicePrimaryCtxRelease(device_.handle); }

void Context::MakeCurrent() const { driver_.Check(driver_.CtxSetCurrent(handle_), "to enter a context"); }

}  // namespace cotangent::cuda
