// With COTANGENT_GUARD, a build that finds those who write where they may not: around every block and every piece of
// Scratch lie bytes that must keep their values, and memory nobody has written to holds not-a-numbers. Slow; for tests.
#pragma once

#include <cstddef>

namespace cotangent::guard {

#ifdef COTANGENT_GUARD
constexpr size_t kTail = 512;  // at least so much behind a block's padding

// What memory holds that nobody has written to: a not-a-number in every floating type, and a large integer.
constexpr unsigned char kPoison = 0xff;
constexpr unsigned char kCanary = 0xa5;

void Poison(void* start, size_t bytes);
void Fill(void* start, size_t bytes);
// Ends the process, saying what and where, unless all are as Fill left them.
void Expect(const void* start, size_t bytes, const char* what);

// A block that begins with its header, the end of which is `before`; `used` bytes follow, and then those of the tail.
void Open(void* block, size_t header, unsigned char* before, size_t before_bytes, size_t used, size_t total);
void Check(const void* block, size_t header, const unsigned char* before, size_t before_bytes, size_t used,
           size_t total);
#else
constexpr size_t kTail = 0;
#endif

}  // namespace cotangent::guard
