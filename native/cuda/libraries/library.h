// NVIDIA's libraries, each opened when it is first needed: what is told of one that is not there, or that fails.
#pragma once

#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "cuda/driver.h"
#include "cuda/shared_library.h"

namespace cotangent::cuda {

// A library that a program needs and that cannot be used.
class LibraryUnavailable : public std::runtime_error {
 public:
  LibraryUnavailable(std::string library, std::string reason, std::vector<std::string> searched, std::string remedy);
  const std::string library;  // `cuBLASLt`
  const std::string reason;   // `libcublasLt.so.12 was not found`
  const std::vector<std::string> searched;
  const std::string remedy;
};

// A call of a library that failed.
class LibraryError : public std::runtime_error {
 public:
  LibraryError(const std::string& library, const std::string& doing, const std::string& why)
      : std::runtime_error(library + " failed " + doing + ": " + why) {}
};

// What a library is called, for which major version of CUDA; 0 for any.
struct LibraryName {
  const char* name;
  int cuda;
};

struct LibrarySpec {
  const char* title;
  std::vector<LibraryName> names;  // the latest first
  // What the library itself needs: wheels have each in a folder of its own, where the loader does not look.
  std::vector<std::vector<LibraryName>> needs;
  const char* package;  // that has it, for users of pip
};

// Where CUDA's libraries may be: COTANGENT_CUDA_PATH, the wheels of the active environment or of the first python3, and
// toolkits.
std::vector<Folder> LibraryFolders();

// Throws LibraryUnavailable.
SharedLibrary OpenLibrary(const LibrarySpec& spec, int driver_version, const std::vector<Folder>& folders);
[[noreturn]] void ThrowMissingSymbol(const LibrarySpec& spec, const SharedLibrary& library, const char* symbol);

// Declares a library's functions and how they are found: FUNCTIONS(F) is a list of F(name, symbol, parameters) with
// `Status` for what they return.
#define COTANGENT_LIBRARY_FIELD(name, symbol, parameters) Status(*name) parameters = nullptr;
#define COTANGENT_LIBRARY_RESOLVE(name, symbol, parameters)                       \
  name = reinterpret_cast<decltype(name)>(FindSymbol(library, #symbol));          \
  if (name == nullptr) return #symbol;
#define COTANGENT_LIBRARY_RESOLVE_OPTIONAL(name, symbol, parameters) \
  name = reinterpret_cast<decltype(name)>(FindSymbol(library, #symbol));

// The process's functions of a library, which stays open. What could not be opened is looked for again the next time.
template <typename Api>
const Api& ApiOf(const Driver& driver) {
  static std::mutex mutex;
  static const Api* opened = nullptr;
  const std::lock_guard<std::mutex> lock(mutex);
  if (opened == nullptr) {
    const LibrarySpec spec = Api::Spec();
    const SharedLibrary library = OpenLibrary(spec, driver.version(), LibraryFolders());
    auto api = std::make_unique<Api>();
    if (const char* missing = api->Resolve(library.handle)) ThrowMissingSymbol(spec, library, missing);
    opened = api.release();
  }
  return *opened;
}

}  // namespace cotangent::cuda
