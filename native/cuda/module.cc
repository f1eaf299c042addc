#include "cuda/module.h"

#include <vector>

namespace cotangent::cuda {
namespace {

// A block has this much shared memory without asking.
constexpr unsigned kSharedWithoutAsking = 48 << 10;
constexpr size_t kLogBytes = 16 << 10;

}  // namespace

Module::Module(const Context& context, const std::string& image) : driver_(context.driver()) {
  std::vector<char> log(kLogBytes, '\0');
  int options[] = {kJitErrorLogBuffer, kJitErrorLogBytes};
  // The driver takes sizes in the place of pointers.
  void* values[] = {log.data(), reinterpret_cast<void*>(log.size())};
  const Result result = driver_.ModuleLoadDataEx(&handle_, image.c_str(), 2, options, values);
  if (result == kSuccess) return;
  log.back() = '\0';
  throw DriverError(result, "CUDA failed to load kernels: " + driver_.Describe(result) +
                                (log[0] == '\0' ? "" : std::string("\n") + log.data()));
}

Module::~Module() { driver_.ModuleUnload(handle_); }

Kernel Module::Get(const std::string& symbol, unsigned shared_bytes) const {
  Kernel out{nullptr, symbol};
  driver_.Check(driver_.ModuleGetFunction(&out.function, handle_, symbol.c_str()), ("to find " + symbol).c_str());
  if (shared_bytes > kSharedWithoutAsking) {
    driver_.Check(driver_.FuncSetAttribute(out.function, kFunctionMaxDynamicShared, static_cast<int>(shared_bytes)),
                  ("to give " + symbol + " " + std::to_string(shared_bytes) + " bytes of shared memory").c_str());
  }
  return out;
}

void Start(Stream& stream, const Kernel& kernel, const Launch& launch, void** args) {
  const Driver& driver = stream.context().driver();
  const Result result =
      driver.LaunchKernel(kernel.function, launch.grid[0], launch.grid[1], launch.grid[2], launch.block, 1, 1,
                          launch.shared_bytes, stream.handle(), args, nullptr);
  if (result != kSuccess) driver.Check(result, ("to launch " + kernel.name).c_str());
  stream.Submitted();
}

}  // namespace cotangent::cuda
