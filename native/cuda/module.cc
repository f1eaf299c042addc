#include "cuda/module.h"

#include <vector>

namespace cotangent::cuda {
namespace {

// A block has this much shared memory without asking.
constexpr unsigned kSharedWithoutAsking = 48 << 10;
constexpr size_t kLogBytes = 16 << 10;

// What the driver's compiler has to say, which is only of interest when it fails.
struct Complaints {
  static constexpr unsigned kOptions = 2;

  [[noreturn]] void Throw(const Driver& driver, Result result, const char* doing) {
    log.back() = '\0';
    throw DriverError(result, std::string("CUDA failed ") + doing + ": " + driver.Describe(result) +
                                  (log[0] == '\0' ? "" : std::string("\n") + log.data()));
  }

  std::vector<char> log = std::vector<char>(kLogBytes, '\0');
  int options[kOptions] = {kJitErrorLogBuffer, kJitErrorLogBytes};
  // The driver takes sizes in the place of pointers.
  void* values[kOptions] = {log.data(), reinterpret_cast<void*>(log.size())};
};

}  // namespace

Module::Module(const Context& context, const std::string& image) : driver_(context.driver()) {
  Complaints complaints;
  const Result result =
      driver_.ModuleLoadDataEx(&handle_, image.c_str(), Complaints::kOptions, complaints.options, complaints.values);
  if (result != kSuccess) complaints.Throw(driver_, result, "to load kernels");
}

std::string Assemble(const Context& context, const std::string& ptx) {
  const Driver& driver = context.driver();
  Complaints complaints;
  LinkHandle link = nullptr;
  driver.Check(driver.LinkCreate(Complaints::kOptions, complaints.options, complaints.values, &link),
               "to start its compiler");
  void* image = nullptr;
  size_t bytes = 0;
  // The text's final null is part of it.
  Result result = driver.LinkAddData(link, kJitInputPtx, const_cast<char*>(ptx.c_str()), ptx.size() + 1, "kernels", 0,
                                     nullptr, nullptr);
  if (result == kSuccess) result = driver.LinkComplete(link, &image, &bytes);
  if (result != kSuccess) {
    driver.LinkDestroy(link);
    complaints.Throw(driver, result, "to compile kernels");
  }
  std::string out(static_cast<const char*>(image), bytes);
  driver.LinkDestroy(link);
  return out;
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
