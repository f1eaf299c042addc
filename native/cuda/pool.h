// A card's memory: blocks in size classes, kept for reuse. A block that is given back may still be in use by work that
// was submitted: other streams get it once that is done, which events tell; the same stream gets it at once. Grows as
// needed, and gives back what is free before it reports that there is no room. Used by one thread at a time; the streams
// outlive it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "cuda/stream.h"

namespace cotangent::cuda {

struct PoolStats {
  size_t held = 0;          // by blocks in use
  size_t peak = 0;          // the most that was ever held
  size_t reserved = 0;      // from the driver, in use or not
  size_t blocks = 0;        // in use
  uint64_t driver_calls = 0;  // that took memory from the driver
};

class Pool {
 public:
  // Every block has this much room behind its last byte, for kernels that read whole vectors.
  static constexpr size_t kPadding = 256;
  static constexpr size_t kAlignment = 256;

  explicit Pool(const Context& context) : driver_(context.driver()) {}
  // Waits for what is still in use by work, and gives everything back.
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // What a block for so many bytes takes.
  static size_t TotalOf(size_t bytes);

  // A block for work that is submitted to `stream` from now on. Throws OutOfMemoryError.
  DevicePointer Allocate(size_t bytes, Stream& stream);
  // A stream other than the block's own has work with it, which is submitted now.
  void UsedBy(DevicePointer address, Stream& stream);
  // The block's work goes on in another stream, which comes after all there was.
  void HandOver(DevicePointer address, Stream& stream);
  void Free(DevicePointer address);
  // Gives back what nothing uses any more; with `wait`, also what work still uses.
  void Trim(bool wait);

  const PoolStats& stats() const { return stats_; }

 private:
  // Work up to a point of a stream.
  struct Use {
    Stream* stream;
    uint64_t point;
  };
  // What the driver gave: one large block, or many small ones.
  struct Span {
    DevicePointer start;
    size_t bytes;
    size_t live = 0;  // blocks in use
    size_t cut = 0;   // bytes that are blocks already
  };
  struct Block {
    DevicePointer address;
    size_t total;
    Span* span;
    Stream* stream;         // that it was allocated for
    std::vector<Use> uses;  // by other streams; of a free block: by all
  };

  std::unique_ptr<Block> TakeFree(size_t total, Stream& stream);
  std::unique_ptr<Block> Make(size_t total);
  Span* Reserve(size_t bytes);
  static bool IsDone(Block& block);

  const Driver& driver_;
  std::map<size_t, std::vector<std::unique_ptr<Block>>> free_;  // by size, the latest last
  std::unordered_map<DevicePointer, std::unique_ptr<Block>> live_;
  std::vector<std::unique_ptr<Span>> spans_;
  Span* cutting_ = nullptr;  // small blocks come from here
  PoolStats stats_;
};

}  // namespace cotangent::cuda
