// The driver's stand-in (fake_cuda) as tests of native code use it.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include "cuda/device.h"
#include "symbols.h"
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
    const Symbols symbols(path);
    symbols.Find(set, "fakeSet");
    symbols.Find(log, "fakeLog");
    symbols.Find(clear, "fakeClear");
    symbols.Find(run, "fakeRun");
    symbols.Find(heal, "fakeHeal");
    symbols.Find(live, "fakeLive");
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
