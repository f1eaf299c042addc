#include "runtime/guard.h"

#ifdef COTANGENT_GUARD
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace cotangent::guard {

void Poison(void* start, size_t bytes) { std::memset(start, kPoison, bytes); }
void Fill(void* start, size_t bytes) { std::memset(start, kCanary, bytes); }

void Expect(const void* start, size_t bytes, const char* what) {
  const auto* at = static_cast<const unsigned char*>(start);
  for (size_t i = 0; i < bytes; i++) {
    if (at[i] == kCanary) continue;
    std::fprintf(stderr, "cotangent: guard: byte %zu %s was overwritten with %02x\n", i, what, at[i]);
    std::abort();
  }
}

void Open(void* block, size_t header, unsigned char* before, size_t before_bytes, size_t used, size_t total) {
  Fill(before, before_bytes);
  Fill(static_cast<char*>(block) + header + used, total - header - used);
}

void Check(const void* block, size_t header, const unsigned char* before, size_t before_bytes, size_t used,
           size_t total) {
  Expect(before, before_bytes, "before a block");
  Expect(static_cast<const char*>(block) + header + used, total - header - used, "behind a block's padding");
}

}  // namespace cotangent::guard
#endif
