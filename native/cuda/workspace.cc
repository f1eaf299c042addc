#include "cuda/workspace.h"

#include <algorithm>
#include <string>

namespace cotangent::cuda {
namespace {

constexpr size_t kAlignment = 256;
constexpr size_t kSmallest = size_t{1} << 20;

}  // namespace

Workspace::~Workspace() {
  for (const Block& block : blocks_) driver_.MemFree(block.address);
}

DevicePointer Workspace::Get(size_t bytes) {
  const size_t rounded = (bytes + kAlignment - 1) / kAlignment * kAlignment;
  if (rounded == 0) return 0;
  if (blocks_.empty() || used_ + rounded > blocks_.back().bytes) {
    // Twice as much at least, so that all the smaller ones together are no more than the last.
    const size_t last = blocks_.empty() ? 0 : blocks_.back().bytes;
    const size_t wanted = std::max({rounded, 2 * last, kSmallest});
    Block block{0, wanted};
    Result result = driver_.MemAlloc(&block.address, wanted);
    if (result == kErrorOutOfMemory && wanted > rounded) {
      block.bytes = rounded;
      result = driver_.MemAlloc(&block.address, rounded);
    }
    if (result == kErrorOutOfMemory) {
      throw OutOfMemoryError(rounded, "the card has no room for " + std::to_string(rounded) +
                                          " bytes that a library works in");
    }
    driver_.Check(result, "to allocate memory");
    blocks_.push_back(block);
    used_ = 0;
  }
  const DevicePointer out = blocks_.back().address + used_;
  used_ += rounded;
  return out;
}

}  // namespace cotangent::cuda
