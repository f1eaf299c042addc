// What the processor this runs on can do.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace cotangent {

struct CpuFeatures {
  std::string vendor;  // "GenuineIntel", "AuthenticAMD", …; empty if unknown
  std::string brand;   // the processor's name as it gives it; empty if unknown
  int cores = 1;       // logical processors this process may use
  // Instruction sets by name; present only if the operating system saves their registers too.
  std::vector<std::pair<std::string, bool>> flags;
};

CpuFeatures DetectCpu();

}  // namespace cotangent
