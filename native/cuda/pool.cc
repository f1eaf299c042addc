#include "cuda/pool.h"

#include <algorithm>
#include <string>

namespace cotangent::cuda {
namespace {

constexpr size_t kSmallest = 512;
constexpr int kStepsLog = 3;  // eight classes between a power of two and the next
// Larger blocks are the driver's own; it gives memory in pages of 2 MB.
constexpr size_t kLarge = size_t{512} << 10;
constexpr size_t kSpan = size_t{4} << 20;
constexpr size_t kPage = size_t{2} << 20;
constexpr size_t kLargest = size_t{1} << 46;

size_t RoundUp(size_t bytes, size_t to) { return (bytes + to - 1) / to * to; }

}  // namespace

size_t Pool::TotalOf(size_t bytes) {
  const size_t total = bytes + kPadding;
  if (total <= kSmallest) return kSmallest;
  const int log = 63 - __builtin_clzll(total - 1);  // 2^log < total <= 2^(log + 1)
  const size_t rounded = RoundUp(RoundUp(total, size_t{1} << (log - kStepsLog)), kAlignment);
  return rounded > kLarge ? RoundUp(rounded, kPage) : rounded;
}

Pool::~Pool() {
  try {
    Trim(true);
  } catch (const DriverError&) {
    // Work that failed is over too: the memory below goes in any case.
  }
  for (const auto& span : spans_) driver_.MemFree(span->start);
}

bool Pool::IsDone(Block& block) {
  return std::all_of(block.uses.begin(), block.uses.end(),
                     [](const Use& use) { return use.stream->Reached(use.point); });
}

std::unique_ptr<Pool::Block> Pool::TakeFree(size_t total, Stream& stream) {
  const auto found = free_.find(total);
  if (found == free_.end()) return nullptr;
  auto& blocks = found->second;
  const auto take = [&](auto at) {
    std::unique_ptr<Block> block = std::move(*at);
    blocks.erase(at);
    return block;
  };
  // What this stream alone used last needs no wait; the latest is the likeliest to be in the caches.
  for (auto at = blocks.end(); at != blocks.begin();) {
    --at;
    const auto& uses = (*at)->uses;
    if (std::all_of(uses.begin(), uses.end(), [&](const Use& use) { return use.stream == &stream; })) return take(at);
  }
  for (auto at = blocks.begin(); at != blocks.end(); ++at) {
    if (IsDone(**at)) return take(at);
  }
  return nullptr;
}

Pool::Span* Pool::Reserve(size_t bytes) {
  DevicePointer start = 0;
  Result result = driver_.MemAlloc(&start, bytes);
  for (const bool wait : {false, true}) {
    if (result != kErrorOutOfMemory) break;
    Trim(wait);
    result = driver_.MemAlloc(&start, bytes);
  }
  if (result == kErrorOutOfMemory) {
    throw OutOfMemoryError(bytes, "the card has no room for " + std::to_string(bytes) + " bytes more: " +
                                      std::to_string(stats_.held) + " bytes are in use here, and nothing is free");
  }
  driver_.Check(result, "to allocate memory");
  spans_.push_back(std::make_unique<Span>(Span{start, bytes}));
  stats_.reserved += bytes;
  stats_.driver_calls++;
  return spans_.back().get();
}

std::unique_ptr<Pool::Block> Pool::Make(size_t total) {
  Span* span = cutting_;
  if (total > kLarge) {
    span = Reserve(total);
  } else if (span == nullptr || span->cut + total > span->bytes) {
    // What is left of the old one is too small for this block; later blocks of that span are in the lists.
    span = cutting_ = Reserve(kSpan);
  }
  auto block = std::make_unique<Block>(Block{span->start + span->cut, total, span, nullptr, {}});
  span->cut += total;
  return block;
}

DevicePointer Pool::Allocate(size_t bytes, Stream& stream) {
  if (bytes > kLargest) throw OutOfMemoryError(bytes, "no card has room for " + std::to_string(bytes) + " bytes");
  const size_t total = TotalOf(bytes);
  std::unique_ptr<Block> block = TakeFree(total, stream);
  if (block == nullptr) block = Make(total);
  block->stream = &stream;
  block->uses.clear();
  block->span->live++;
  stats_.held += total;
  stats_.peak = std::max(stats_.peak, stats_.held);
  stats_.blocks++;
  const DevicePointer address = block->address;
  live_.emplace(address, std::move(block));
  return address;
}

void Pool::UsedBy(DevicePointer address, Stream& stream) {
  Block& block = *live_.at(address);
  if (block.stream == &stream) return;
  const Use use{&stream, stream.Mark()};
  for (Use& old : block.uses) {
    if (old.stream == &stream) {
      old = use;
      return;
    }
  }
  block.uses.push_back(use);
}

void Pool::HandOver(DevicePointer address, Stream& stream) { live_.at(address)->stream = &stream; }

void Pool::Free(DevicePointer address) {
  const auto found = live_.find(address);
  Block& block = *found->second;
  block.uses.push_back({block.stream, block.stream->Mark()});
  block.span->live--;
  stats_.held -= block.total;
  stats_.blocks--;
  free_[block.total].push_back(std::move(found->second));
  live_.erase(found);
}

void Pool::Trim(bool wait) {
  // A span goes if nothing of it is in use, neither by the program nor by work.
  std::unordered_map<Span*, bool> goes;
  for (const auto& span : spans_) {
    if (span->live == 0) goes[span.get()] = true;
  }
  for (auto& [total, blocks] : free_) {
    for (auto& block : blocks) {
      const auto found = goes.find(block->span);
      if (found == goes.end() || !found->second) continue;
      if (wait) {
        for (const Use& use : block->uses) use.stream->Await(use.point);
      } else {
        found->second = IsDone(*block);
      }
    }
  }
  const auto gone = [&](Span* span) {
    const auto found = goes.find(span);
    return found != goes.end() && found->second;
  };
  for (auto& [total, blocks] : free_) {
    blocks.erase(std::remove_if(blocks.begin(), blocks.end(), [&](auto& block) { return gone(block->span); }),
                 blocks.end());
  }
  if (gone(cutting_)) cutting_ = nullptr;
  const auto last = std::stable_partition(spans_.begin(), spans_.end(), [&](auto& span) { return !gone(span.get()); });
  for (auto at = last; at != spans_.end(); ++at) {
    stats_.reserved -= (*at)->bytes;
    driver_.MemFree((*at)->start);
  }
  spans_.erase(last, spans_.end());
}

}  // namespace cotangent::cuda
