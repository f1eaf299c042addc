#include "cpu_features.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <thread>

#include "cpu_level.h"

#if defined(__linux__)
#include <sched.h>
#endif

#if (defined(__x86_64__) || defined(__i386__)) && (defined(__GNUC__) || defined(__clang__))
#define COTANGENT_X86 1
#include <cpuid.h>
#endif

namespace cotangent {
namespace {

// Containers and `taskset` allow fewer processors than the machine has.
int UsableCores() {
#if defined(__linux__)
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof(set), &set) == 0) return std::max(1, CPU_COUNT(&set));
#endif
  return std::max(1u, std::thread::hardware_concurrency());
}

#if COTANGENT_X86

struct Registers {
  std::uint32_t eax = 0, ebx = 0, ecx = 0, edx = 0;
};

Registers Cpuid(std::uint32_t leaf, std::uint32_t subleaf = 0) {
  Registers r;
  __get_cpuid_count(leaf, subleaf, &r.eax, &r.ebx, &r.ecx, &r.edx);
  return r;
}

std::string Vendor() {
  const Registers r = Cpuid(0);
  char text[13] = {};
  std::memcpy(text, &r.ebx, 4);
  std::memcpy(text + 4, &r.edx, 4);
  std::memcpy(text + 8, &r.ecx, 4);
  return text;
}

std::string Brand() {
  if (Cpuid(0x80000000u).eax < 0x80000004u) return "";
  char text[49] = {};
  for (std::uint32_t i = 0; i < 3; i++) {
    const Registers r = Cpuid(0x80000002u + i);
    std::memcpy(text + 16 * i, &r, sizeof(r));
  }
  std::string brand(text);
  const auto first = brand.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return brand.substr(first, brand.find_last_not_of(' ') - first + 1);
}

// The register state the operating system saves on a context switch.
std::uint64_t SavedState() {
  if ((Cpuid(1).ecx & (1u << 27)) == 0) return 0;  // OSXSAVE
  std::uint32_t low = 0, high = 0;
  __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
  return (static_cast<std::uint64_t>(high) << 32) | low;
}

void AddFlags(CpuFeatures& out) {
  const Registers one = Cpuid(1), seven = Cpuid(7), seven1 = Cpuid(7, 1);
  const std::uint64_t saved = SavedState();
  const bool ymm = (saved & 0x6) == 0x6;
  const bool zmm = (saved & 0xe6) == 0xe6;
  const bool tiles = (saved & 0x60000) == 0x60000;
  const auto bit = [](std::uint32_t word, int i) { return ((word >> i) & 1u) != 0; };
  out.flags = {
      {"sse42", bit(one.ecx, 20)},
      {"avx", ymm && bit(one.ecx, 28)},
      {"f16c", ymm && bit(one.ecx, 29)},
      {"fma", ymm && bit(one.ecx, 12)},
      {"avx2", ymm && bit(seven.ebx, 5)},
      {"avx512f", zmm && bit(seven.ebx, 16)},
      {"avx512dq", zmm && bit(seven.ebx, 17)},
      {"avx512bw", zmm && bit(seven.ebx, 30)},
      {"avx512vl", zmm && bit(seven.ebx, 31)},
      {"avx512vnni", zmm && bit(seven.ecx, 11)},
      {"avx512bf16", zmm && bit(seven1.eax, 5)},
      {"avx512fp16", zmm && bit(seven.edx, 23)},
      {"amxbf16", tiles && bit(seven.edx, 22)},
      {"neon", false},
  };
}

#else

std::string Vendor() { return ""; }
std::string Brand() { return ""; }

void AddFlags(CpuFeatures& out) {
#if defined(__aarch64__)
  constexpr bool neon = true;  // part of the architecture
#else
  constexpr bool neon = false;
#endif
  for (const char* name : {"sse42", "avx", "f16c", "fma", "avx2", "avx512f", "avx512dq", "avx512bw", "avx512vl",
                           "avx512vnni", "avx512bf16", "avx512fp16", "amxbf16"}) {
    out.flags.emplace_back(name, false);
  }
  out.flags.emplace_back("neon", neon);
}

#endif

}  // namespace

CpuFeatures DetectCpu() {
  CpuFeatures out;
  out.vendor = Vendor();
  out.brand = Brand();
  out.cores = UsableCores();
  AddFlags(out);
  for (auto& [name, present] : out.flags) {
    // LLVM writes sse4.2.
    if (name != "sse42" && name != "neon") present = present && CpuAllows(name.c_str());
  }
  return out;
}

}  // namespace cotangent
