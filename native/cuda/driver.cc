#include "cuda/driver.h"

#include "cuda/shared_library.h"

namespace cotangent::cuda {
namespace {

using Kind = Unavailable::Kind;

const std::vector<std::string> kNames = {"libcuda.so.1", "libcuda.so"};

DriverOpening Failed(Kind kind, std::string reason, std::vector<std::string> searched, std::string remedy) {
  return {nullptr, {kind, std::move(reason), std::move(searched), std::move(remedy)}};
}

}  // namespace

const char* NameOf(Kind kind) {
  switch (kind) {
    case Kind::kNoLibrary: return "no-library";
    case Kind::kMissingSymbol: return "missing-symbol";
    case Kind::kOldDriver: return "old-driver";
    case Kind::kNotInitialized: return "not-initialized";
    case Kind::kNoDevice: return "no-device";
  }
  return "unknown";
}

std::string VersionText(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

std::string Driver::Describe(Result result) const {
  const char *name = nullptr, *text = nullptr;
  GetErrorName(result, &name);
  GetErrorString(result, &text);
  if (name == nullptr) return "error " + std::to_string(result);
  return text == nullptr ? name : std::string(name) + ": " + text;
}

void Driver::Throw(Result result, const char* doing) const {
  throw DriverError(result, std::string("CUDA failed ") + doing + ": " + Describe(result));
}

#ifdef _WIN32

const char* Driver::Resolve(void*) { return "cuInit"; }

DriverOpening Driver::Open(const std::vector<std::string>&) {
  return Failed(Kind::kNoLibrary, "CUDA is not supported on Windows yet", {}, "Use Linux, or WSL 2.");
}

#else

const char* Driver::Resolve(void* library) {
#define COTANGENT_CUDA_RESOLVE(name, symbol, parameters) \
  name = reinterpret_cast<decltype(name)>(FindSymbol(library, #symbol));
#define COTANGENT_CUDA_REQUIRE(name, symbol, parameters) \
  COTANGENT_CUDA_RESOLVE(name, symbol, parameters)       \
  if (name == nullptr) return #symbol;
  COTANGENT_CUDA_OPTIONAL_FUNCTIONS(COTANGENT_CUDA_RESOLVE)
  COTANGENT_CUDA_FUNCTIONS(COTANGENT_CUDA_REQUIRE)
#undef COTANGENT_CUDA_REQUIRE
#undef COTANGENT_CUDA_RESOLVE
  return nullptr;
}

DriverOpening Driver::Open(const std::vector<std::string>& folders) {
  std::vector<std::string> searched;
  const SharedLibrary library = OpenShared(kNames, WithOrigin(folders, "COTANGENT_CUDA_PATH"), searched);
  if (library.handle == nullptr) {
    return Failed(Kind::kNoLibrary, "NVIDIA's driver library libcuda.so.1 was not found", std::move(searched),
                  "Install the NVIDIA driver, which brings it (give a container the cards: --gpus all), or name its "
                  "folder in COTANGENT_CUDA_PATH.");
  }
  searched.push_back(library.path + " (found)");

  const std::string update = "Install a driver for CUDA " + VersionText(kOldestVersion) +
                             " or later (525.60 or later); COTANGENT_CUDA_PATH can name the folder of another.";
  // An old driver may lack functions too, but its age is what to tell.
  int version = 0;
  const auto get_version = reinterpret_cast<Result (*)(int*)>(FindSymbol(library.handle, "cuDriverGetVersion"));
  if (get_version != nullptr && get_version(&version) == kSuccess && version < kOldestVersion) {
    return Failed(Kind::kOldDriver,
                  "the NVIDIA driver of " + library.path + " is for CUDA " + VersionText(version) + ", and CUDA " +
                      VersionText(kOldestVersion) + " is the oldest that will do",
                  std::move(searched), update);
  }

  auto driver = std::make_unique<Driver>();
  driver->version_ = version;
  driver->path_ = library.path;
  if (const char* missing = driver->Resolve(library.handle)) {
    return Failed(Kind::kMissingSymbol, library.path + " has no function " + missing, std::move(searched), update);
  }
  const Result result = driver->Init(0);
  if (result == kErrorNoDevice) {
    return Failed(Kind::kNoDevice, "the NVIDIA driver of " + library.path + " sees no card", std::move(searched),
                  "See whether nvidia-smi lists one, and whether CUDA_VISIBLE_DEVICES hides it.");
  }
  if (result != kSuccess) {
    return Failed(Kind::kNotInitialized,
                  "the NVIDIA driver of " + library.path + " does not start: " + driver->Describe(result),
                  std::move(searched), "See whether nvidia-smi works: the driver's kernel module must be loaded.");
  }
  return {std::move(driver), {}};
}

#endif

const DriverOpening& Driver::Get() {
  static const DriverOpening* const opening = new DriverOpening(Open(FoldersFromEnvironment()));
  return *opening;
}

}  // namespace cotangent::cuda
