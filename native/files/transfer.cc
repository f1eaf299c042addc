#include "files/transfer.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#ifndef _WIN32
#include <unistd.h>
#endif

#if !defined(_WIN32)
// Node.js exports its zlib, which sums with the processor's own instructions. Null where a build of it does not.
extern "C" __attribute__((weak)) unsigned long crc32(unsigned long before, const unsigned char* bytes, unsigned length);
#endif

namespace cotangent {

#ifdef _WIN32

bool CanSum() { return false; }
TransferResult Write(const Transfer&) { return {ENOSYS, {}}; }
TransferResult Read(const Transfer&) { return {ENOSYS, {}}; }

#else

namespace {

// What is copied and summed while it is in the cache.
constexpr size_t kCached = 256 << 10;
// What goes to the disk at once, and what its places and memory are multiples of.
constexpr size_t kDirect = 4 << 20;
constexpr size_t kPage = 4096;

template <typename Call>
ssize_t UntilNotInterrupted(const Call& call) {
  for (;;) {
    const ssize_t moved = call();
    if (moved >= 0 || errno != EINTR) return moved;
  }
}

uint32_t Sum(uint32_t before, const unsigned char* bytes, size_t count) {
  return static_cast<uint32_t>(crc32(before, bytes, static_cast<unsigned>(count)));
}

// Parts of memory, read one after the other as if they were one.
class Gathered {
 public:
  explicit Gathered(const Transfer& transfer) : transfer_(transfer), sums_(transfer.parts.size()) {
    for (const MemoryPart& part : transfer.parts) left_ += part.bytes;
  }

  size_t left() const { return left_; }
  const std::vector<uint32_t>& sums() const { return sums_; }

  // Copies the next ones, as many as are there, and sums them.
  void Take(unsigned char* to, size_t bytes) {
    left_ -= bytes;
    while (bytes > 0) {
      const MemoryPart& part = transfer_.parts[part_];
      const size_t count = std::min({bytes, part.bytes - done_, kCached});
      const unsigned char* from = part.memory + done_;
      memcpy(to, from, count);
      if (transfer_.is_summed) sums_[part_] = Sum(sums_[part_], from, count);
      to += count;
      bytes -= count;
      done_ += count;
      if (done_ < part.bytes) continue;
      part_++;
      done_ = 0;
    }
  }

 private:
  const Transfer& transfer_;
  std::vector<uint32_t> sums_;
  size_t left_ = 0;
  size_t part_ = 0;
  size_t done_ = 0;  // of that part
};

// Memory that the disk can read from, for as long as the thread lives.
unsigned char* AlignedPiece() {
  struct Free {
    void operator()(unsigned char* memory) const { free(memory); }
  };
  thread_local std::unique_ptr<unsigned char, Free> piece(static_cast<unsigned char*>(aligned_alloc(kPage, kDirect)));
  return piece.get();
}

// Writes whole pages past the system's cache if the place is a page's start; what they leave goes the usual way.
// 0, or errno.
int WriteAll(const Transfer& t, const unsigned char* from, size_t bytes, off_t position) {
  bool is_direct = t.direct_fd >= 0;
  while (bytes > 0) {
    const size_t pages = is_direct && position % kPage == 0 ? bytes / kPage * kPage : 0;
    const int fd = pages > 0 ? t.direct_fd : t.fd;
    const ssize_t written = UntilNotInterrupted([&] { return pwrite(fd, from, pages > 0 ? pages : bytes, position); });
    if (written < 0 && errno == EINVAL && pages > 0) {
      // This disk wants other multiples: the system knows them.
      is_direct = false;
      continue;
    }
    if (written <= 0) return written < 0 ? errno : EIO;
    from += written;
    position += written;
    bytes -= static_cast<size_t>(written);
  }
  return 0;
}

}  // namespace

bool CanSum() { return crc32 != nullptr; }

TransferResult Write(const Transfer& t) {
  unsigned char* piece = AlignedPiece();
  if (piece == nullptr) return {ENOMEM, {}};
  Gathered parts(t);
  auto position = static_cast<off_t>(t.position);
  const size_t most = t.direct_fd >= 0 ? kDirect : kCached;
  while (parts.left() > 0) {
    // First up to where a page starts.
    const size_t bytes = std::min({parts.left(), most, position % kPage == 0 ? most : kPage - position % kPage});
    parts.Take(piece, bytes);
    if (const int error = WriteAll(t, piece, bytes, position)) return {error, {}};
    position += static_cast<off_t>(bytes);
  }
  return {0, parts.sums()};
}

TransferResult Read(const Transfer& t) {
  TransferResult result;
  auto position = static_cast<off_t>(t.position);
  for (const MemoryPart& part : t.parts) {
    uint32_t sum = 0;
    for (size_t done = 0; done < part.bytes;) {
      unsigned char* to = part.memory + done;
      const size_t bytes = std::min(kCached, part.bytes - done);
      const ssize_t count = UntilNotInterrupted([&] { return pread(t.fd, to, bytes, position); });
      if (count < 0) return {errno, {}};
      if (count == 0) return result;
      if (t.is_summed) sum = Sum(sum, to, static_cast<size_t>(count));
      position += count;
      done += static_cast<size_t>(count);
    }
    result.sums.push_back(sum);
  }
  return result;
}

#endif

}  // namespace cotangent
