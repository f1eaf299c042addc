// Memory that libraries work in during their calls, all of them in one stream: a later call's may be an earlier one's.
#pragma once

#include <vector>

#include "cuda/libraries/scratch.h"

namespace cotangent::cuda {

class Workspace : public Scratch {
 public:
  explicit Workspace(const Context& context) : driver_(context.driver()) {}
  // Nothing that uses it may be under way.
  ~Workspace() override;
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  // A call begins, which may use all of it.
  void Begin() { used_ = 0; }
  DevicePointer Get(size_t bytes) override;

 private:
  struct Block {
    DevicePointer address;
    size_t bytes;
  };

  const Driver& driver_;
  std::vector<Block> blocks_;  // the last and largest is used; calls under way may still use others
  size_t used_ = 0;
};

}  // namespace cotangent::cuda
