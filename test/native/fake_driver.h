// The driver's stand-in (fake_cuda) as tests of native code use it.
#pragma once

#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "cuda/device.h"
#include "text.h"

namespace cotangent::cuda {

// The functions that it has for tests.
struct FakeDriver {
  void (*set)(const char*, long long);
  const char* (*log)();
  void (*clear)();
  void (*run)();
  void (*heal)();
  int (*live)();

  explicit FakeDriver(const std::string& path) {
    void* library = dlopen(path.c_str(), RTLD_NOW);
    const auto find = [&](auto& function, const char* name) {
      function = reinterpret_cast<std::decay_t<decltype(function)>>(dlsym(library, name));
    };
    find(set, "fakeSet"), find(log, "fakeLog"), find(clear, "fakeClear"), find(run, "fakeRun"), find(heal, "fakeHeal");
    find(live, "fakeLive");
  }

  // How often the log has this.
  size_t Count(const std::string& part) const { return cotangent::Count(log(), part); }
};

// Ends the test where there is no driver.
inline const Driver& OpenDriver() {
  const DriverOpening& opening = Driver::Get();
  if (opening.driver == nullptr) {
    std::printf("%s\n", opening.unavailable.reason.c_str());
    std::exit(1);
  }
  return *opening.driver;
}

}  // namespace cotangent::cuda
