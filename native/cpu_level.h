// COTANGENT_CPU_FEATURES (avx512, avx2 or sse42): compiles for, and runs as on, a lesser processor than this one.
#pragma once

#include <cstdlib>
#include <cstring>

namespace cotangent {

// In LLVM's terms.
struct CpuLevel {
  const char* name;
  const char* features;
};

// Null without a restriction.
inline const CpuLevel* RestrictedCpuLevel() {
#if defined(__x86_64__)
#define COTANGENT_LEVEL2 "+sse4.2,+popcnt"
#define COTANGENT_LEVEL3 COTANGENT_LEVEL2 ",+avx,+avx2,+bmi,+bmi2,+f16c,+fma,+lzcnt,+movbe"
  static constexpr CpuLevel kSse42 = {"x86-64-v2", COTANGENT_LEVEL2};
  static constexpr CpuLevel kAvx2 = {"x86-64-v3", COTANGENT_LEVEL3};
  static constexpr CpuLevel kAvx512 = {"x86-64-v4",
                                       COTANGENT_LEVEL3 ",+avx512f,+avx512bw,+avx512cd,+avx512dq,+avx512vl"};
#undef COTANGENT_LEVEL2
#undef COTANGENT_LEVEL3
  const char* wanted = std::getenv("COTANGENT_CPU_FEATURES");
  if (wanted == nullptr) return nullptr;
  // What the processor lacks it cannot be restricted to.
  if (std::strcmp(wanted, "avx512") == 0 && __builtin_cpu_supports("avx512f")) return &kAvx512;
  if (std::strcmp(wanted, "avx2") == 0 && __builtin_cpu_supports("avx2")) return &kAvx2;
  if (std::strcmp(wanted, "sse42") == 0) return &kSse42;
#endif
  return nullptr;
}

// Whether an instruction set, by LLVM's name, may be used where the processor has it.
inline bool CpuAllows(const char* feature) {
  const CpuLevel* level = RestrictedCpuLevel();
  return level == nullptr || std::strstr(level->features, feature) != nullptr;
}

}  // namespace cotangent
