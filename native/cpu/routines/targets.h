// Code compiled for several instruction sets and chosen by what the processor can do. A kernel header without an
// include guard puts its functions into namespace COTANGENT_TARGET; `for_targets.inc` includes it once for each set.
#pragma once

#include "cpu_level.h"

namespace cotangent {

enum class Target { kPlain, kAvx2, kAvx512 };

// The best set of this processor.
inline Target BestTarget() {
#if defined(__x86_64__) && defined(__GNUC__)
  static const Target best = [] {
    if (CpuAllows("avx512f") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")) {
      return Target::kAvx512;
    }
    return CpuAllows("avx2") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? Target::kAvx2 : Target::kPlain;
  }();
  return best;
#else
  return Target::kPlain;
#endif
}

}  // namespace cotangent

// COTANGENT_DISPATCH(f)(args): the f of the best set; f may be a template with its arguments.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define COTANGENT_DISPATCH(...)                                                    \
  (::cotangent::BestTarget() == ::cotangent::Target::kAvx512 ? &avx512::__VA_ARGS__ \
   : ::cotangent::BestTarget() == ::cotangent::Target::kAvx2 ? &avx2::__VA_ARGS__   \
                                                             : &plain::__VA_ARGS__)
#else
#define COTANGENT_DISPATCH(...) (&plain::__VA_ARGS__)
#endif
