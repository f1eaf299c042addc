// LLVM IR text made into PTX, the text that NVIDIA's driver compiles for the card it has.
#pragma once

#include <stdexcept>
#include <string>

namespace cotangent {

// What stands in the way of PTX, with a code that says of what kind it is.
class PtxError : public std::runtime_error {
 public:
  PtxError(const char* code, const std::string& message) : std::runtime_error(message), code(code) {}
  const char* code;
};

// `arch` is what the code may use: "sm_80". Throws PtxError:
//   PTX_NO_TARGET  this LLVM compiles for no card
//   PTX_ARCH       no architecture is called so
//   PTX_FAILED     the IR is wrong, or has what the target lacks
// May be called by any number of threads at once.
std::string CompilePtx(const std::string& ir, const std::string& arch);

}  // namespace cotangent
