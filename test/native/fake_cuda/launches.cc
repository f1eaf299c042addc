// Launches: their arguments, and what kernels do.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <sstream>

#include "fake_cuda.h"

namespace cotangent::cuda::fake {
namespace {

// What kernels do that set conditions.
void SetCondition(const std::string& name, const std::vector<unsigned long long>& args) {
  if (name == "ct_set_while") {
    const auto* stop = static_cast<const volatile unsigned char*>(Pointer(args[2]));
    state().conditions[args[0]] = *stop != 0 ? 0 : *static_cast<const unsigned char*>(Pointer(args[1]));
  } else {
    int index = 0;
    std::memcpy(&index, Pointer(args[1]), sizeof(index));
    index = std::clamp(index, 0, static_cast<int>(args[3]) - 1);
    state().conditions[args[0]] = index == static_cast<int>(args[2]) ? 1 : 0;
  }
}

}  // namespace

std::vector<unsigned long long> ArgumentsOf(const FunctionTag& function, void** parameters) {
  std::vector<unsigned long long> out;
  for (size_t i = 0; i < function.bytes.size(); i++) {
    unsigned long long value = 0;
    std::memcpy(&value, parameters[i], function.bytes[i]);
    out.push_back(value);
  }
  return out;
}

std::string LaunchText(const FunctionTag& function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block,
                       unsigned shared_bytes, const std::vector<unsigned long long>& args) {
  std::ostringstream text;
  text << function.name << " grid " << grid_x << "," << grid_y << "," << grid_z << " block " << block << " shared "
       << shared_bytes << " (";
  for (size_t i = 0; i < args.size() && function.runner == nullptr; i++) {
    text << (i == 0 ? "" : ", ") << (function.bytes[i] == 8 ? Place(args[i]) : std::to_string(args[i]));
  }
  return text.str() + ")";
}

std::function<void()> RunOf(FunctionHandle function, unsigned grid, unsigned block, unsigned shared_bytes,
                            const std::vector<unsigned long long>& args) {
  return [=, name = function->name, runner = function->runner, kernel = function->kernel] {
    if (Setting("kernel") != kSuccess && state().settings["kernelafter"]-- <= 0) {
      state().error = Setting("kernel");
    } else if (runner != nullptr) {
      std::vector<void*> pointers;
      for (unsigned long long arg : args) pointers.push_back(Pointer(arg));
      char error[256] = {};
      if (runner(name.c_str(), kernel, static_cast<int>(grid), static_cast<int>(block), shared_bytes,
                 state().launches++, pointers.data(), error, sizeof(error)) != 0) {
        std::fprintf(stderr, "the simulated card: %s\n", error);
        state().error = kErrorLaunchFailed;
      }
    } else if (name == "add_one") {
      auto* bytes = static_cast<unsigned char*>(Pointer(args[0]));
      for (unsigned long long i = 0; i < args[1]; i++) bytes[i]++;
    } else if (name.rfind("ct_set_", 0) == 0) {
      SetCondition(name, args);
    }
  };
}

FAKE Result cuLaunchKernel(FunctionHandle function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
                           unsigned block_y, unsigned block_z, unsigned shared_bytes, StreamHandle stream,
                           void** parameters, void** extra) {
  LOCKED;
  if (grid_x == 0 || grid_y == 0 || grid_z == 0 || block_x == 0) return kErrorInvalidValue;
  if (extra != nullptr || block_x * block_y * block_z > 1024 || static_cast<int>(shared_bytes) > function->shared) {
    return kErrorInvalidValue;
  }
  const std::vector<unsigned long long> args = ArgumentsOf(*function, parameters);
  Log(Name(stream) + " launches " + LaunchText(*function, grid_x, grid_y, grid_z, block_x, shared_bytes, args));
  if (Setting("launch") != kSuccess) return Setting("launch");
  return Submit(stream, {RunOf(function, grid_x, block_x, shared_bytes, args)});
}

FAKE Result cuLaunchHostFunc(StreamHandle stream, void (*function)(void*), void* data) {
  Log(Name(stream) + " calls the host");
  return Submit(stream, {[=] { function(data); }});
}

}  // namespace cotangent::cuda::fake
