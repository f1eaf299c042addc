// For tests of NVIDIA's libraries: the first card of the stand-in for the driver, and what stand-ins tell of themselves.
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "cuda/libraries/routine.h"
#include "cuda/staging.h"
#include "symbols.h"
#include "text.h"

namespace cotangent::cuda {

// The functions that a stand-in has for tests.
struct Fake {
  const char* (*log)();
  void (*clear)();
  void (*set)(const char*, long long);
  int (*live)();

  explicit Fake(const char* name) {
    const Symbols symbols(std::string(std::getenv("COTANGENT_CUDA_PATH")) + "/" + name);
    symbols.Find(log, "fakeLibraryLog");
    symbols.Find(clear, "fakeLibraryClear");
    symbols.Find(set, "fakeLibrarySet");
    symbols.Find(live, "fakeLibraryLive");
  }
};

// The card, and arrays on it.
struct Card {
  Stream stream;
  Pool pool;
  Staging staging;
  Libraries libraries;
  std::vector<DevicePointer> held;

  explicit Card(const Context& context) : stream(context), pool(context), staging(stream), libraries(context) {}
  ~Card() {
    for (DevicePointer address : held) pool.Free(address);
  }

  DevicePointer Put(const std::vector<char>& bytes) {
    held.push_back(pool.Allocate(bytes.size(), stream));
    staging.Upload(held.back(), bytes.data(), bytes.size());
    return held.back();
  }
  std::vector<char> Get(DevicePointer from, size_t bytes) {
    std::vector<char> out(bytes);
    staging.Download(out.data(), from, bytes);
    return out;
  }
  void Call(const char* name, const std::vector<DevicePointer>& args, const std::vector<int64_t>& params) {
    CallAt(name, args, std::vector<int64_t>(args.size(), 0), params);
  }
  // With arrays that begin so many bytes from the start of their memory.
  void CallAt(const char* name, const std::vector<DevicePointer>& args, const std::vector<int64_t>& offsets,
              const std::vector<int64_t>& params) {
    std::vector<int64_t> all{static_cast<int64_t>(args.size())};
    all.insert(all.end(), offsets.begin(), offsets.end());
    all.insert(all.end(), params.begin(), params.end());
    PoolScratch scratch(pool, stream);
    FindLibraryRoutine(name)(
        {stream, libraries, scratch, args.data(), all.data(), static_cast<int64_t>(all.size())});
  }
};

inline int64_t CodeOf(DType type) { return static_cast<int64_t>(type); }

}  // namespace cotangent::cuda
