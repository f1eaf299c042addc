// Memory of the card that a library works in during a call.
#pragma once

#include <vector>

#include "cuda/pool.h"

namespace cotangent::cuda {

class Scratch {
 public:
  virtual ~Scratch() = default;
  // For work that is submitted to the call's stream; lives as long as this object.
  virtual DevicePointer Get(size_t bytes) = 0;
};

// From the pool; given back behind what the stream has when this object ends.
class PoolScratch : public Scratch {
 public:
  PoolScratch(Pool& pool, Stream& stream) : pool_(pool), stream_(stream) {}
  ~PoolScratch() override {
    for (const DevicePointer address : held_) pool_.Free(address);
  }
  PoolScratch(const PoolScratch&) = delete;
  PoolScratch& operator=(const PoolScratch&) = delete;

  DevicePointer Get(size_t bytes) override {
    if (bytes == 0) return 0;
    held_.push_back(pool_.Allocate(bytes, stream_));
    return held_.back();
  }

 private:
  Pool& pool_;
  Stream& stream_;
  std::vector<DevicePointer> held_;
};

}  // namespace cotangent::cuda
