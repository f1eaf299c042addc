// Copies of arrays.
#pragma once

#include <cstddef>

namespace cotangent {

// Copies bytes, by all threads if there are many; those that no cache holds are written past them. None overlap.
void CopyArray(void* to, const void* from, size_t bytes);

}  // namespace cotangent
