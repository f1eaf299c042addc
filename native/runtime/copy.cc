#include "runtime/copy.h"

#include <atomic>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "runtime/pool.h"

namespace cotangent {
namespace {

constexpr int64_t kGrain = int64_t{1} << 20;
constexpr size_t kLine = 64;
constexpr size_t kAhead = 4096;

// Without bringing the lines that are written into the caches first.
void CopyPast(char* to, const char* from, size_t bytes) {
#if defined(__SSE2__)
  if (reinterpret_cast<uintptr_t>(to) % kLine == 0) {
    const char* const end = from + bytes / kLine * kLine;
    for (; from < end; from += kLine, to += kLine) {
      _mm_prefetch(from + kAhead, _MM_HINT_T0);
      for (size_t k = 0; k < kLine; k += sizeof(__m128i)) {
        const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from + k));
        _mm_stream_si128(reinterpret_cast<__m128i*>(to + k), x);
      }
    }
    bytes %= kLine;
  }
#endif
  std::memcpy(to, from, bytes);
  // What was written so must be there before anybody hears that it is done.
  std::atomic_thread_fence(std::memory_order_seq_cst);
}

}  // namespace

void CopyArray(void* to, const void* from, size_t bytes) {
  auto* target = static_cast<char*>(to);
  auto* source = static_cast<const char*>(from);
  if (bytes <= static_cast<size_t>(kGrain)) {
    std::memcpy(target, source, bytes);
    return;
  }
  Pool::Shared().ParallelFor(static_cast<int64_t>(bytes), kGrain, [&](int64_t begin, int64_t end) {
    const auto count = static_cast<size_t>(end - begin);
    if (bytes < static_cast<size_t>(kStreamedBytes)) {
      std::memcpy(target + begin, source + begin, count);
    } else {
      CopyPast(target + begin, source + begin, count);
    }
  });
}

}  // namespace cotangent
