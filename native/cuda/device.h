// The cards that the driver sees, and the context in which work for one of them is done.
#pragma once

#include <string>
#include <vector>

#include "cuda/driver.h"

namespace cotangent::cuda {

struct DeviceInfo {
  int ordinal;
  DeviceHandle handle;
  std::string name;
  size_t memory_bytes;
  int major, minor;  // of the compute capability
  int multiprocessors;
  int shared_bytes;  // that a block may have, when it asks for them
};

// In the driver's order, which CUDA_VISIBLE_DEVICES decides.
std::vector<DeviceInfo> ListDevices(const Driver& driver);

// A card's primary context, which libraries in this process share. Current on the thread that made it; other threads
// that work with the card call MakeCurrent first.
class Context {
 public:
  Context(const Driver& driver, const DeviceInfo& device);
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  void MakeCurrent() const;
  ContextHandle handle() const { return handle_; }
  const Driver& driver() const { return driver_; }
  const DeviceInfo& device() const { return device_; }

 private:
  const Driver& driver_;
  const DeviceInfo device_;
  ContextHandle handle_ = nullptr;
};

}  // namespace cotangent::cuda
