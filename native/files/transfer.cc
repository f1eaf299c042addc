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
namespace {

#ifndef _WIN32
constexpr size_t kCached = 256 << 10;
// What goes to the disk at once, and what its places and memory are multiples of.
constexpr size_t kDirect = 4 << 20;
constexpr size_t kPage = 4096;

int64_t Position(const Transfer& t, size_t done) { return t.position + static_cast<int64_t>(done); }

// Memory that the disk can read from, for as long as the thread lives.
unsigned char* AlignedPiece() {
  struct Free {
    void operator()(unsigned char* memory) const { free(memory); }
  };
  thread_local std::unique_ptr<unsigned char, Free> piece(
      static_cast<unsigned char*>(aligned_alloc(kPage, kDirect)));
  return piece.get();
}

template <typename Call>
ssize_t UntilNotInterrupted(const Call& call) {
  for (;;) {
    const ssize_t moved = call();
    if (moved >= 0 || errno != EINTR) return moved;
  }
}

// Whole pages of a file, from its start to the end of what is to be written, or none if the place is not a page's start.
size_t WholePages(const Transfer& t, size_t done) {
  if (!t.is_write || t.direct_fd < 0 || Position(t, done) % kPage != 0) return 0;
  return std::min(kDirect, (t.bytes - done) / kPage * kPage);
}

// Writes whole pages past the system's cache; -1 with errno set.
ssize_t WriteDirectly(const Transfer& t, size_t done, size_t bytes) {
  const unsigned char* from = t.memory + done;
  if (reinterpret_cast<uintptr_t>(from) % kPage != 0) {
    unsigned char* piece = AlignedPiece();
    if (piece == nullptr) return errno = EINVAL, -1;
    memcpy(piece, from, bytes);
    from = piece;
  }
  return UntilNotInterrupted([&] { return pwrite(t.direct_fd, from, bytes, static_cast<off_t>(Position(t, done))); });
}

// Bytes transferred; 0 at the end of the file, -1 with errno set.
ssize_t Move(const Transfer& t, size_t done) {
  const size_t pages = WholePages(t, done);
  if (pages > 0) {
    const ssize_t moved = WriteDirectly(t, done, pages);
    // This disk wants other multiples: the system knows them.
    if (moved >= 0 || errno != EINVAL) return moved;
  }
  const auto at = static_cast<off_t>(Position(t, done));
  size_t bytes = std::min(kCached, t.bytes - done);
  if (!t.is_write) return UntilNotInterrupted([&] { return pread(t.fd, t.memory + done, bytes, at); });
  // Up to where a page starts.
  if (t.direct_fd >= 0 && pages == 0) bytes = std::min(bytes, kPage - static_cast<size_t>(at) % kPage);
  return UntilNotInterrupted([&] { return pwrite(t.fd, t.memory + done, bytes, at); });
}
#endif

}  // namespace

#ifdef _WIN32

bool CanSum() { return false; }
TransferResult Run(const Transfer&) { return {ENOSYS, 0}; }

#else

bool CanSum() { return crc32 != nullptr; }

TransferResult Run(const Transfer& t) {
  unsigned long sum = 0;
  for (size_t done = 0; done < t.bytes;) {
    const ssize_t moved = Move(t, done);
    if (moved < 0) return {errno, 0};
    if (moved == 0) return t.is_write ? TransferResult{EIO, 0} : TransferResult{0, -1};
    if (t.is_summed) sum = crc32(sum, t.memory + done, static_cast<unsigned>(moved));
    done += static_cast<size_t>(moved);
  }
  return {0, static_cast<int64_t>(sum)};
}

#endif

}  // namespace cotangent
