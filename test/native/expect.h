// What the native tests check with: a condition that does not hold is printed and counted.
#pragma once

#include <cstdio>

namespace cotangent {

inline int failures = 0;

#define EXPECT(condition)                                                   \
  do {                                                                      \
    if (!(condition)) {                                                     \
      std::printf("%s:%d: %s\n", __FILE__, __LINE__, #condition);           \
      failures++;                                                           \
    }                                                                       \
  } while (false)

}  // namespace cotangent
