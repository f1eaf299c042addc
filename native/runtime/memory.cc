#include "runtime/memory.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <fstream>
#include <new>

#include "runtime/guard.h"

#if defined(__linux__)
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace cotangent {
namespace {

constexpr size_t kSmallest = 512;
constexpr int kSmallestLog = 9;
constexpr int kStepsLog = 3;  // eight classes between a power of two and the next
constexpr size_t kLarge = size_t{64} << 10;
constexpr size_t kSpan = size_t{4} << 20;
constexpr size_t kHugePage = size_t{2} << 20;
constexpr size_t kLargest = size_t{1} << 46;

struct SizeClass {
  uint32_t index;
  size_t total;
};

SizeClass ClassOf(size_t total) {
  if (total <= kSmallest) return {0, kSmallest};
  const int log = 63 - __builtin_clzll(total - 1);  // 2^log < total <= 2^(log + 1)
  const int shift = log - kStepsLog;
  const size_t steps = ((total - 1) >> shift) + 1;  // 9 … 16
  return {static_cast<uint32_t>(((log - kSmallestLog) << kStepsLog) + static_cast<int>(steps) - (1 << kStepsLog)),
          steps << shift};
}

// Of all environments together, and of what routines work in.
std::atomic<size_t> process_reserved{0};

// What the machine has, or the container may use: beyond it the system would kill the process.
size_t PhysicalMemory() {
#if defined(__linux__)
  const long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
  size_t out = pages > 0 && size > 0 ? static_cast<size_t>(pages) * static_cast<size_t>(size) : SIZE_MAX;
  for (const char* path : {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"}) {
    unsigned long long bytes = 0;
    if (std::ifstream(path) >> bytes && bytes > 0) out = std::min<size_t>(out, bytes);
  }
  return out;
#else
  return SIZE_MAX;
#endif
}

size_t ProcessLimit() {
  static const size_t limit = [] {
    const char* text = std::getenv("COTANGENT_MEMORY_LIMIT");
    const unsigned long long bytes = text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
    return bytes == 0 ? PhysicalMemory() : static_cast<size_t>(bytes);
  }();
  return limit;
}

#if defined(__linux__)

size_t PageBytes() {
  static const size_t bytes = [] {
    const long size = sysconf(_SC_PAGESIZE);
    return size > 0 ? static_cast<size_t>(size) : size_t{4096};
  }();
  return bytes;
}

// `before` bytes, which are whole pages, and those that follow them, huge pages where there are enough.
void* MapPages(size_t before, size_t bytes) {
  const size_t slack = bytes >= kHugePage ? kHugePage : 0;
  void* mapped = mmap(nullptr, before + bytes + slack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  if (slack == 0) return mapped;
  // Huge pages need their own alignment; what sticks out on either side goes back.
  const auto start = reinterpret_cast<uintptr_t>(mapped);
  const uintptr_t aligned = (start + before + kHugePage - 1) / kHugePage * kHugePage;
  const uintptr_t first = aligned - before;
  if (first > start) munmap(mapped, first - start);
  if (start + slack > first) munmap(reinterpret_cast<void*>(aligned + bytes), start + slack - first);
  // Whole huge pages only: the tail would make one more of a few bytes.
  madvise(reinterpret_cast<void*>(aligned), bytes / kHugePage * kHugePage, MADV_HUGEPAGE);
  return reinterpret_cast<void*>(first);
}

void UnmapPages(void* start, size_t bytes) { munmap(start, bytes); }

#else

constexpr std::align_val_t kAlignment{4096};
size_t PageBytes() { return 4096; }
void* MapPages(size_t before, size_t bytes) { return ::operator new(before + bytes, kAlignment, std::nothrow); }
void UnmapPages(void* start, size_t) { ::operator delete(start, kAlignment); }

#endif

}  // namespace

bool TakeFromProcess(size_t bytes) {
  if (process_reserved.fetch_add(bytes) + bytes <= ProcessLimit()) return true;
  process_reserved.fetch_sub(bytes);
  return false;
}

void GiveToProcess(size_t bytes) { process_reserved.fetch_sub(bytes); }

Memory::~Memory() {
  for (Header* block : large_) UnmapLarge(block);
  for (const auto& [start, bytes] : spans_) Return(start, bytes);
}

size_t Memory::TotalOf(size_t bytes) {
  return bytes > kLargest ? 0 : ClassOf(bytes + sizeof(Header) + kPadding + guard::kTail).total;
}

void* Memory::Allocate(size_t bytes, bool now) {
  if (bytes > kLargest) return nullptr;
  const auto [index, total] = ClassOf(bytes + sizeof(Header) + kPadding + guard::kTail);
  Header* block = TakeFree(index, now);
  if (block == nullptr) block = total < kLarge ? Carve(total) : MapLarge(total);
  if (block == nullptr) return nullptr;
  block->bytes = bytes;
  block->owner = nullptr;
  block->kind = 0;
#ifdef COTANGENT_GUARD
  guard::Open(block, sizeof(Header), block->guard, sizeof(block->guard), bytes + kPadding, block->total);
#endif
  held_ += block->total;
  return block + 1;
}

Memory::Header* Memory::TakeFree(uint32_t size_class, bool now) {
  // A large block may be up to a quarter larger than need be: better than new pages.
  const uint32_t last = ClassOf(kLarge).index <= size_class ? size_class + 2 : size_class;
  for (uint32_t c = size_class; c <= last && c < free_.size(); c++) {
    std::vector<Header*>& list = free_[c];
    if (list.empty()) continue;
    size_t at = list.size() - 1;
    if (now && list[at]->free_after > completed()) {
      // The oldest is the likeliest to be finished.
      if (list[0]->free_after > completed()) continue;
      at = 0;
    }
    Header* block = list[at];
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(at));
    return block;
  }
  return nullptr;
}

Memory::Header* Memory::Carve(size_t total) {
  if (static_cast<size_t>(span_end_ - span_next_) < total) {
    void* span = Reserve(0, kSpan);
    if (span == nullptr) return nullptr;
    spans_.emplace_back(span, kSpan);
    span_next_ = static_cast<char*>(span);
    span_end_ = span_next_ + kSpan;
  }
  auto* block = reinterpret_cast<Header*>(span_next_);
  span_next_ += total;
  block->total = total;
  block->size_class = ClassOf(total).index;
  return block;
}

// The header has the end of a page of its own: whoever writes it does not wait until the system has cleared a huge page,
// and the array begins with one.
Memory::Header* Memory::MapLarge(size_t total) {
  if (large_bytes_ + total > soft_limit_) Trim(soft_limit_ - std::min(soft_limit_, total));
  void* page = Reserve(PageBytes(), total);
  if (page == nullptr) {
    Trim(0);
    page = Reserve(PageBytes(), total);
  }
  if (page == nullptr) return nullptr;
  Header* block = HeaderOf(static_cast<char*>(page) + PageBytes());
  block->total = total;
  block->size_class = ClassOf(total).index;
  block->position = large_.size();
  large_.push_back(block);
  large_bytes_ += total;
  return block;
}

void Memory::UnmapLarge(Header* block) {
  Return(reinterpret_cast<char*>(block + 1) - PageBytes(), PageBytes() + block->total);
}

void* Memory::Reserve(size_t before, size_t bytes) {
  const size_t total = before + bytes;
  if (!TakeFromProcess(total)) return nullptr;
  void* start = MapPages(before, bytes);
  if (start == nullptr) {
    GiveToProcess(total);
    return nullptr;
  }
  reserved_ += total;
  return start;
}

void Memory::Return(void* start, size_t bytes) {
  UnmapPages(start, bytes);
  GiveToProcess(bytes);
  reserved_ -= bytes;
}

void Memory::Free(void* address, uint64_t submitted) {
  Header* block = HeaderOf(address);
#ifdef COTANGENT_GUARD
  guard::Check(block, sizeof(Header), block->guard, sizeof(block->guard), block->bytes + kPadding, block->total);
  if (submitted <= completed()) guard::Poison(block + 1, block->total - sizeof(Header));
#endif
  held_ -= block->total;
  block->free_after = submitted;
  if (free_.size() <= block->size_class) free_.resize(block->size_class + 1);
  free_[block->size_class].push_back(block);
}

void Memory::ReleaseLarge(Header* block) {
  Header* last = large_.back();
  large_[block->position] = last;
  last->position = block->position;
  large_.pop_back();
  large_bytes_ -= block->total;
  UnmapLarge(block);
}

void Memory::Trim(size_t bytes) {
  const uint32_t first = ClassOf(kLarge).index;
  for (size_t c = free_.size(); c-- > first && large_bytes_ > bytes;) {
    std::vector<Header*>& list = free_[c];
    size_t kept = 0;
    for (Header* block : list) {
      if (large_bytes_ > bytes && block->free_after <= completed()) {
        ReleaseLarge(block);
      } else {
        list[kept++] = block;
      }
    }
    list.resize(kept);
  }
}

}  // namespace cotangent
