// The memory of one environment's arrays: blocks in size classes, kept for reuse, in the order of its stream. Used by
// the environment's own thread alone, so nothing here is locked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cotangent {

// Every block may be read and written this far behind its last byte.
constexpr size_t kPadding = 256;

// Counts memory of any kind against what the process may have, and counts it no more; false where that is too much.
bool TakeFromProcess(size_t bytes);
void GiveToProcess(size_t bytes);

class Memory {
 public:
  // What lies before the first byte of a block.
  struct alignas(64) Header {
    size_t total;         // of the size class, header and padding included
    size_t bytes;         // asked for
    uint64_t free_after;  // of a free block: the last submission that may use it
    size_t position;      // of a large block: where the list of all has it
    void* owner;          // the environment's affair, like the next two
    size_t tracked;
    uint32_t kind;
    uint32_t size_class;
#ifdef COTANGENT_GUARD
    unsigned char guard[72];  // as far as the first byte, against what writes before it
#endif
  };

  // `completed` says how many submissions are finished: blocks are freed while their last one may still run.
  explicit Memory(uint64_t (*completed)(const void*) = nullptr, const void* context = nullptr)
      : completed_(completed), context_(context) {}
  ~Memory();
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  static Header* HeaderOf(void* address) { return static_cast<Header*>(address) - 1; }
  // What a block for so many bytes takes; 0 when there cannot be such a block.
  static size_t TotalOf(size_t bytes);

  // A block for work that is submitted from now on; with `now`, one that no submission uses any more. Null when there
  // is no memory left.
  void* Allocate(size_t bytes, bool now);
  // Gives a block back: to submissions after `submitted`, and to everyone once that one is finished.
  void Free(void* address, uint64_t submitted);
  // Gives free large blocks back to the system until those there are come to `bytes` at most. Small ones are kept.
  void Trim(size_t bytes);
  // Above this, free large blocks are given back before new ones are taken.
  void set_soft_limit(size_t bytes) { soft_limit_ = bytes; }

  size_t held() const { return held_; }          // by blocks in use
  size_t reserved() const { return reserved_; }  // from the system, in use or not

 private:
  uint64_t completed() const { return completed_ == nullptr ? UINT64_MAX : completed_(context_); }
  Header* TakeFree(uint32_t size_class, bool now);
  Header* Carve(size_t total);
  Header* MapLarge(size_t total);
  void ReleaseLarge(Header* block);
  void UnmapLarge(Header* block);
  // Pages of the system: `before` bytes of them, and those whose huge pages begin behind.
  void* Reserve(size_t before, size_t bytes);
  void Return(void* start, size_t bytes);

  uint64_t (*completed_)(const void*);
  const void* context_;
  std::vector<std::vector<Header*>> free_;       // by size class, the latest last
  std::vector<Header*> large_;                   // every block with a mapping of its own
  std::vector<std::pair<void*, size_t>> spans_;  // what the others are cut from
  char* span_next_ = nullptr;
  char* span_end_ = nullptr;
  size_t soft_limit_ = SIZE_MAX;
  size_t held_ = 0;
  size_t reserved_ = 0;
  size_t large_bytes_ = 0;
};

}  // namespace cotangent
