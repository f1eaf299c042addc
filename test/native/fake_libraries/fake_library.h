// What the stand-ins for NVIDIA's libraries share. What they are asked for is done on the card's memory, which is the
// host's, when the stream of the stand-in for the driver comes to it (cuLaunchHostFunc). Calls are logged. Settings:
// FAKE_LIBRARIES=`name=value,…`, or fakeLibrarySet.
#pragma once

#include <dlfcn.h>

#include <complex>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "cpu/dtypes.h"
#include "cpu/half.h"
#include "cuda/driver_api.h"
#include "cuda/libraries/data_types.h"

#define FAKE extern "C" __attribute__((visibility("default")))
#define FAKE_USED extern "C" __attribute__((visibility("default"), used))

namespace cotangent::cuda::fake {

struct State {
  std::string log;
  std::map<std::string, long long> settings;
  int live = 0;  // handles, layouts, plans: what was made and not given back

  State() {
    const char* text = std::getenv("FAKE_LIBRARIES");
    std::istringstream in(text == nullptr ? "" : text);
    for (std::string item; std::getline(in, item, ',');) {
      const size_t at = item.find('=');
      if (at != std::string::npos) settings[item.substr(0, at)] = std::atoll(item.c_str() + at + 1);
    }
  }
};

// Each library's own, and not one for the process as inline functions have it.
static inline State& state() {
  static State the;
  return the;
}
inline void Log(const std::string& line) { state().log += line + "\n"; }
inline long long Setting(const char* name, long long usual = 0) {
  const auto found = state().settings.find(name);
  return found == state().settings.end() ? usual : found->second;
}

// The stand-in for the driver lies in one of the folders where it was looked for: the loader gives the one that is open.
inline void* DriverLibrary() {
  static void* const library = [] {
    std::istringstream folders(std::getenv("COTANGENT_CUDA_PATH") == nullptr ? "" : std::getenv("COTANGENT_CUDA_PATH"));
    void* found = nullptr;
    for (std::string folder; found == nullptr && std::getline(folders, folder, ':');) {
      found = dlopen((folder + "/libcuda.so.1").c_str(), RTLD_NOW | RTLD_NOLOAD);
    }
    return found;
  }();
  return library;
}

// Whether it could be submitted.
inline bool Submit(StreamHandle stream, std::function<void()> work) {
  using Launch = Result (*)(StreamHandle, void (*)(void*), void*);
  static const Launch launch =
      DriverLibrary() == nullptr ? nullptr : reinterpret_cast<Launch>(dlsym(DriverLibrary(), "cuLaunchHostFunc"));
  if (launch == nullptr) return false;
  // Kept to the end: a graph may run it again.
  static std::vector<std::unique_ptr<std::function<void()>>> kept;
  kept.push_back(std::make_unique<std::function<void()>>(std::move(work)));
  const auto run = [](void* f) { (*static_cast<std::function<void()>*>(f))(); };
  return launch(stream, run, kept.back().get()) == kSuccess;
}

// Lets time pass on the card, as far as its driver can tell.
inline void Advance(long long milliseconds) {
  using Function = void (*)(long long);
  static const Function advance =
      DriverLibrary() == nullptr ? nullptr : reinterpret_cast<Function>(dlsym(DriverLibrary(), "fakeAdvance"));
  if (advance != nullptr) advance(milliseconds);
}

// ---- Elements of any type, as the widest.

using Wide = std::complex<double>;

inline int64_t BytesOfType(int type) {
  switch (type) {
    case kR16F:
    case kR16BF: return 2;
    case kR32F:
    case kR32I: return 4;
    case kR64F:
    case kC32F: return 8;
    case kC64F: return 16;
    default: return 0;
  }
}

template <typename T>
T Read(const void* memory, int64_t at) {
  T out;
  std::memcpy(&out, static_cast<const char*>(memory) + at * static_cast<int64_t>(sizeof(T)), sizeof(T));
  return out;
}
template <typename T>
void Write(void* memory, int64_t at, T x) {
  std::memcpy(static_cast<char*>(memory) + at * static_cast<int64_t>(sizeof(T)), &x, sizeof(T));
}

inline Wide Load(int type, const void* memory, int64_t at) {
  switch (type) {
    case kR16F: return ToFloat(Read<Float16>(memory, at));
    case kR16BF: return ToFloat(Read<Bfloat16>(memory, at));
    case kR32F: return Read<float>(memory, at);
    case kR64F: return Read<double>(memory, at);
    case kR32I: return Read<int32_t>(memory, at);
    case kC32F: return Wide(Read<std::complex<float>>(memory, at));
    default: return Read<Wide>(memory, at);
  }
}
inline void Store(int type, void* memory, int64_t at, Wide x) {
  switch (type) {
    case kR16F: return Write(memory, at, ToFloat16(static_cast<float>(x.real())));
    case kR16BF: return Write(memory, at, ToBfloat16(static_cast<float>(x.real())));
    case kR32F: return Write(memory, at, static_cast<float>(x.real()));
    case kR64F: return Write(memory, at, x.real());
    case kC32F: return Write(memory, at, std::complex<float>(x));
    default: return Write(memory, at, x);
  }
}

// A float as TF32 keeps it: ten bits behind the point, to nearest.
inline float AsTF32(float x) {
  uint32_t bits = BitsOf(x);
  bits += 0xfff + (bits >> 13 & 1);
  return FloatFromBits(bits & ~uint32_t{0x1fff});
}
inline Wide AsTF32(Wide x) {
  return {AsTF32(static_cast<float>(x.real())), AsTF32(static_cast<float>(x.imag()))};
}

}  // namespace cotangent::cuda::fake

// ---- What tests call.

FAKE_USED inline const char* fakeLibraryLog() { return cotangent::cuda::fake::state().log.c_str(); }
FAKE_USED inline void fakeLibraryClear() { cotangent::cuda::fake::state().log.clear(); }
FAKE_USED inline void fakeLibrarySet(const char* name, long long value) {
  cotangent::cuda::fake::state().settings[name] = value;
}
FAKE_USED inline int fakeLibraryLive() { return cotangent::cuda::fake::state().live; }
