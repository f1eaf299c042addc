// Copies between the host's ordinary memory and a card, through a ring of pinned memory: the driver copies from there
// without the host's help, while the host fills the next part.
#pragma once

#include <array>

#include "cuda/stream.h"

namespace cotangent::cuda {

class Staging {
 public:
  static constexpr size_t kParts = 4;
  static constexpr size_t kPartBytes = size_t{4} << 20;

  // Copies run on `stream`. The ring is allocated with the first of them.
  explicit Staging(Stream& stream, size_t part_bytes = kPartBytes);
  // Waits for the copies.
  ~Staging();
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;

  // `from` may be changed as soon as this returns; what is to read `to` comes after this stream.
  void Upload(DevicePointer to, const void* from, size_t bytes);
  // Returns once the bytes are there.
  void Download(void* to, DevicePointer from, size_t bytes);

 private:
  struct Part {
    char* memory;
    uint64_t point;  // of the stream, after its latest copy
  };
  void AllocateRing();
  Part& Next();

  Stream& stream_;
  const Driver& driver_;
  const size_t part_bytes_;
  void* ring_ = nullptr;
  std::array<Part, kParts> parts_{};
  size_t next_ = 0;
};

}  // namespace cotangent::cuda
