// NVIDIA's driver, opened when CUDA is first asked for: the addon links to nothing of CUDA, so that the same one runs
// where there is no card.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "cuda/driver_api.h"

namespace cotangent::cuda {

// Why CUDA cannot be used, in words for the user.
struct Unavailable {
  enum class Kind { kNoLibrary, kMissingSymbol, kOldDriver, kNotInitialized, kNoDevice };
  Kind kind;
  std::string reason;                 // `libcuda.so.1 was not found`
  std::vector<std::string> searched;  // where, and what was wrong there
  std::string remedy;
};

const char* NameOf(Unavailable::Kind kind);

// A call of the driver that failed.
class DriverError : public std::runtime_error {
 public:
  DriverError(Result code, const std::string& message) : std::runtime_error(message), code(code) {}
  const Result code;
};

// The card, or the pinned memory of the host, has no room, even after everything free was given back.
class OutOfMemoryError : public DriverError {
 public:
  OutOfMemoryError(size_t bytes, const std::string& message) : DriverError(kErrorOutOfMemory, message), bytes(bytes) {}
  const size_t bytes;
};

struct DriverOpening;

class Driver {
 public:
  // The oldest driver that will do, as cuDriverGetVersion counts: 12.0.
  static constexpr int kOldestVersion = 12000;

  // Opens the driver in one of these folders, else where the loader looks, and initializes it.
  static DriverOpening Open(const std::vector<std::string>& folders);
  // The process's driver: COTANGENT_CUDA_PATH has the folders, separated by colons. Opened once and never closed, as
  // its threads may run to the end.
  static const DriverOpening& Get();

#define COTANGENT_CUDA_DECLARE(name, symbol, parameters) Result(*name) parameters = nullptr;
  COTANGENT_CUDA_FUNCTIONS(COTANGENT_CUDA_DECLARE)
  COTANGENT_CUDA_OPTIONAL_FUNCTIONS(COTANGENT_CUDA_DECLARE)
#undef COTANGENT_CUDA_DECLARE

  int version() const { return version_; }
  // As the loader knows the library.
  const std::string& path() const { return path_; }

  // `CUDA_ERROR_NOT_FOUND: named symbol not found`.
  std::string Describe(Result result) const;
  // Throws what a call that failed deserves; `doing` completes "CUDA failed …".
  void Check(Result result, const char* doing) const {
    if (result != kSuccess) Throw(result, doing);
  }

 private:
  [[noreturn]] void Throw(Result result, const char* doing) const;
  // The name of a symbol that is missing, else null.
  const char* Resolve(void* library);

  int version_ = 0;
  std::string path_;
};

// A driver, or why there is none.
struct DriverOpening {
  std::unique_ptr<const Driver> driver;
  Unavailable unavailable;
};

// `12.4`.
std::string VersionText(int version);

}  // namespace cotangent::cuda
