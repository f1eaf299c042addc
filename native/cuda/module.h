// Kernels: PTX or machine code that the driver loaded, and their launches.
#pragma once

#include <array>
#include <string>

#include "cuda/stream.h"

namespace cotangent::cuda {

// A function of a module, and what a launch that fails is called by.
struct Kernel {
  FunctionHandle function;
  std::string name;
};

struct Launch {
  std::array<unsigned, 3> grid;
  unsigned block;
  unsigned shared_bytes;
};

// The card's machine code for PTX, which the driver's compiler makes: what another process need not compile again. Throws
// with the compiler's own words where it does not.
std::string Assemble(const Context& context, const std::string& ptx);

class Module {
 public:
  // The driver compiles PTX. Throws with the compiler's own words where it does not.
  Module(const Context& context, const std::string& image);
  ~Module();
  Module(const Module&) = delete;
  Module& operator=(const Module&) = delete;

  // A kernel whose launches ask for at most so much dynamic shared memory.
  Kernel Get(const std::string& symbol, unsigned shared_bytes = 0) const;

 private:
  const Driver& driver_;
  ModuleHandle handle_ = nullptr;
};

// Starts a kernel behind what the stream has; `args` point to its arguments. An error says which kernel it was.
void Start(Stream& stream, const Kernel& kernel, const Launch& launch, void** args);

}  // namespace cotangent::cuda
