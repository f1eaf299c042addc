#include "cuda/staging.h"

#include <algorithm>
#include <cstring>
#include <string>

namespace cotangent::cuda {

Staging::Staging(Stream& stream, size_t part_bytes)
    : stream_(stream), driver_(stream.context().driver()), part_bytes_(part_bytes) {}

Staging::~Staging() {
  if (ring_ == nullptr) return;
  driver_.StreamSynchronize(stream_.handle());
  driver_.MemFreeHost(ring_);
}

void Staging::AllocateRing() {
  const size_t bytes = kParts * part_bytes_;
  const Result result = driver_.MemAllocHost(&ring_, bytes);
  if (result == kErrorOutOfMemory) {
    throw OutOfMemoryError(bytes, "the host has no room for " + std::to_string(bytes) + " bytes of pinned memory");
  }
  driver_.Check(result, "to allocate pinned memory");
  for (size_t i = 0; i < kParts; i++) parts_[i] = {static_cast<char*>(ring_) + i * part_bytes_, 0};
}

Staging::Part& Staging::Next() {
  if (ring_ == nullptr) AllocateRing();
  Part& part = parts_[next_];
  next_ = (next_ + 1) % kParts;
  stream_.Await(part.point);
  return part;
}

void Staging::Upload(DevicePointer to, const void* from, size_t bytes) {
  const char* source = static_cast<const char*>(from);
  for (size_t done = 0; done < bytes;) {
    Part& part = Next();
    const size_t count = std::min(part_bytes_, bytes - done);
    std::memcpy(part.memory, source + done, count);
    stream_.CopyToDevice(to + done, part.memory, count);
    part.point = stream_.Mark();
    done += count;
  }
}

void Staging::Download(void* to, DevicePointer from, size_t bytes) {
  char* target = static_cast<char*>(to);
  struct Pending {
    Part* part;
    size_t offset, count;
  };
  // All parts but one are on their way while the host empties the oldest.
  std::array<Pending, kParts> pending{};
  size_t first = 0, last = 0;
  const auto finish = [&] {
    const Pending& oldest = pending[first++ % kParts];
    stream_.Await(oldest.part->point);
    std::memcpy(target + oldest.offset, oldest.part->memory, oldest.count);
  };
  for (size_t asked = 0; asked < bytes;) {
    if (last - first == kParts - 1) finish();
    Part& part = Next();
    const size_t count = std::min(part_bytes_, bytes - asked);
    stream_.CopyToHost(part.memory, from + asked, count);
    part.point = stream_.Mark();
    pending[last++ % kParts] = {&part, asked, count};
    asked += count;
  }
  while (first < last) finish();
}

}  // namespace cotangent::cuda
