// Copies of arrays.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cotangent {

// Results of this size are written past the caches, which they would only empty; the emitted kernels have the same.
constexpr int64_t kStreamedBytes = int64_t{1} << 24;

// Copies bytes, by all threads if there are many; those that no cache holds are written past them. None overlap.
void CopyArray(void* to, const void* from, size_t bytes);

}  // namespace cotangent
