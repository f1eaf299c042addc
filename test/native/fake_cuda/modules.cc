// Modules: reading their text, machine code, and the kernels in them.
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "fake_cuda.h"

namespace cotangent::cuda {

struct LinkTag {
  std::string text;
};
struct ModuleTag {
  std::vector<std::unique_ptr<FunctionTag>> functions;
};

namespace fake {
namespace {

// An entry of PTX: its name, then an argument a line.
bool ReadEntry(const std::string& line, std::istringstream& lines, ModuleTag& module) {
  const std::string mark = ".entry ";
  const size_t at = line.find(mark);
  if (at == std::string::npos) return false;
  auto function = std::make_unique<FunctionTag>();
  function->name = line.substr(at + mark.size(), line.find('(', at) - at - mark.size());
  for (std::string parameter; std::getline(lines, parameter) && parameter.find(".param") != std::string::npos;) {
    function->bytes.push_back(parameter.find(".u32") != std::string::npos ? 4 : 8);
  }
  module.functions.push_back(std::move(function));
  return true;
}

// A line of a module of fibres.
void ReadFibres(const std::string& line, uintptr_t* runner, ModuleTag& module) {
  std::istringstream words(line);
  std::string name, kind;
  if (line.rfind("// fibres ", 0) == 0) {
    words >> name >> kind >> *runner;
    return;
  }
  uintptr_t kernel = 0;
  size_t count = 0;
  if (!(words >> name >> kernel >> count)) return;
  auto function = std::make_unique<FunctionTag>();
  function->name = name;
  function->bytes.assign(count, sizeof(DevicePointer));
  function->runner = reinterpret_cast<FibreRunner>(*runner);
  function->kernel = reinterpret_cast<void*>(kernel);
  module.functions.push_back(std::move(function));
}

// An entry of PTX that sets a condition: its name, and the sizes of its arguments.
void ReadSetter(const std::string& line, ModuleTag& module) {
  const std::string entry = ".visible .entry ";
  if (line.rfind(entry, 0) != 0) return;
  auto function = std::make_unique<FunctionTag>();
  function->name = line.substr(entry.size(), line.find(' ', entry.size()) - entry.size());
  for (size_t at = line.find(".param .u"); at != std::string::npos; at = line.find(".param .u", at + 1)) {
    function->bytes.push_back(std::strtoul(line.c_str() + at + 9, nullptr, 10) / 8);
  }
  module.functions.push_back(std::move(function));
}

}  // namespace

FAKE Result cuModuleLoadDataEx(ModuleHandle* module, const void* image, unsigned count, int* options, void** values) {
  LOCKED;
  std::istringstream lines(static_cast<const char*>(image));
  auto made = std::make_unique<ModuleTag>();
  uintptr_t runner = 0;
  const bool sets_conditions = std::strstr(static_cast<const char*>(image), ".func cudaGraphSetConditional") != nullptr;
  if (sets_conditions && Setting("conditions") != kSuccess) return Setting("conditions");
  for (std::string line; std::getline(lines, line);) {
    if (sets_conditions) {
      ReadSetter(line, *made);
      continue;
    }
    if (Setting("simulate")) {
      ReadFibres(line, &runner, *made);
      continue;
    }
    if (ReadEntry(line, lines, *made)) continue;
    std::istringstream words(line);
    std::string slashes, kernel;
    auto function = std::make_unique<FunctionTag>();
    if (!(words >> slashes >> kernel >> function->name) || slashes != "//" || kernel != "kernel") continue;
    for (size_t bytes = 0; words >> bytes;) function->bytes.push_back(bytes);
    made->functions.push_back(std::move(function));
  }
  if (made->functions.empty()) {
    for (unsigned i = 0; i < count; i++) {
      if (options[i] == kJitErrorLogBuffer) std::strcpy(static_cast<char*>(values[i]), "line 1: no kernel");
    }
    return kErrorInvalidPtx;
  }
  *module = made.release();
  state().modules++;
  return kSuccess;
}
// Machine code is the text again.
FAKE Result cuLinkCreate_v2(unsigned, int*, void**, LinkHandle* link) {
  LOCKED;
  *link = new LinkTag;
  return kSuccess;
}
FAKE Result cuLinkAddData_v2(LinkHandle link, int type, void* data, size_t bytes, const char*, unsigned, int*, void**) {
  LOCKED;
  if (type != kJitInputPtx || static_cast<const char*>(data)[bytes - 1] != '\0') return kErrorInvalidValue;
  link->text = "// machine code\n" + std::string(static_cast<const char*>(data));
  return kSuccess;
}
FAKE Result cuLinkComplete(LinkHandle link, void** image, size_t* bytes) {
  LOCKED;
  if (Setting("link") != kSuccess) return Setting("link");
  *image = link->text.data();
  *bytes = link->text.size() + 1;
  Log("assemble " + std::to_string(link->text.size()));
  return kSuccess;
}
FAKE Result cuLinkDestroy(LinkHandle link) {
  LOCKED;
  delete link;
  return kSuccess;
}
FAKE Result cuModuleUnload(ModuleHandle module) {
  LOCKED;
  RunAll();
  delete module;
  state().modules--;
  return kSuccess;
}
FAKE Result cuModuleGetFunction(FunctionHandle* function, ModuleHandle module, const char* name) {
  LOCKED;
  for (const auto& candidate : module->functions) {
    if (candidate->name != name) continue;
    *function = candidate.get();
    return kSuccess;
  }
  return kErrorNotFound;
}
FAKE Result cuFuncSetAttribute(FunctionHandle function, int attribute, int value) {
  LOCKED;
  if (attribute != kFunctionMaxDynamicShared || value > 227 << 10) return kErrorInvalidValue;
  function->shared = value;
  return kSuccess;
}

}  // namespace fake
}  // namespace cotangent::cuda
