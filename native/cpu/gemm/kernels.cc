#include "cpu/gemm/kernels.h"

#include <algorithm>
#include <atomic>

#include "cpu_level.h"

namespace cotangent {

extern const Kernels<float> kPlainFloat;
extern const Kernels<double> kPlainDouble;
#if defined(__x86_64__) && defined(__GNUC__)
extern const Kernels<float> kAvx2Float, kAvx512Float;
extern const Kernels<double> kAvx2Double, kAvx512Double;
#endif

namespace {

InstructionSet Detect() {
#if defined(__x86_64__) && defined(__GNUC__)
  const bool f16c = __builtin_cpu_supports("f16c");
  if (f16c && CpuAllows("avx512f") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")) {
    return InstructionSet::kAvx512;
  }
  if (f16c && CpuAllows("avx2") && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return InstructionSet::kAvx2;
#endif
  return InstructionSet::kPlain;
}

std::atomic<int>& Used() {
  static std::atomic<int> used{static_cast<int>(BestInstructionSet())};
  return used;
}

}  // namespace

InstructionSet BestInstructionSet() {
  static const InstructionSet best = Detect();
  return best;
}

void UseInstructionSet(InstructionSet set) {
  Used().store(std::min(static_cast<int>(set), static_cast<int>(BestInstructionSet())));
}

#if defined(__x86_64__) && defined(__GNUC__)
template <>
const Kernels<float>& KernelsOf<float>() {
  static const Kernels<float>* const tables[] = {&kPlainFloat, &kAvx2Float, &kAvx512Float};
  return *tables[Used().load(std::memory_order_relaxed)];
}
template <>
const Kernels<double>& KernelsOf<double>() {
  static const Kernels<double>* const tables[] = {&kPlainDouble, &kAvx2Double, &kAvx512Double};
  return *tables[Used().load(std::memory_order_relaxed)];
}
#else
template <>
const Kernels<float>& KernelsOf<float>() {
  return kPlainFloat;
}
template <>
const Kernels<double>& KernelsOf<double>() {
  return kPlainDouble;
}
#endif

}  // namespace cotangent
