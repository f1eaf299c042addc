#include "files/transfer.h"

#include <cerrno>

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

// Bytes transferred; 0 at the end of the file, -1 with errno set.
ssize_t Move(const Transfer& t, size_t done, size_t bytes) {
  const auto at = static_cast<off_t>(t.position + static_cast<int64_t>(done));
  for (;;) {
    const ssize_t moved = t.is_write ? pwrite(t.fd, t.memory + done, bytes, at) : pread(t.fd, t.memory + done, bytes, at);
    if (moved >= 0 || errno != EINTR) return moved;
  }
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
    const size_t rest = t.bytes - done;
    const ssize_t moved = Move(t, done, rest < kCached ? rest : kCached);
    if (moved < 0) return {errno, 0};
    if (moved == 0) return t.is_write ? TransferResult{EIO, 0} : TransferResult{0, -1};
    if (t.is_summed) sum = crc32(sum, t.memory + done, static_cast<unsigned>(moved));
    done += static_cast<size_t>(moved);
  }
  return {0, static_cast<int64_t>(sum)};
}

#endif

}  // namespace cotangent
