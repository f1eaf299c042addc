#include "cpu/jit.h"

#include <llvm-c/LLJIT.h>
#include <llvm-c/Orc.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "cpu_level.h"
#include "llvm_handles.h"
#include "runtime/pool.h"

namespace cotangent {

using namespace llvm_c;

namespace {

void InitializeTargets() {
  static std::once_flag once;
  std::call_once(once, [] {
    LLVMInitializeNativeTarget();
    LLVMInitializeNativeAsmPrinter();
    LLVMInitializeNativeAsmParser();
  });
}

Machine MakeMachine(const JitOptions& options) {
  InitializeTargets();
  const Message triple(LLVMGetDefaultTargetTriple());
  LLVMTargetRef target = nullptr;
  char* error = nullptr;
  if (LLVMGetTargetFromTriple(triple.get(), &target, &error)) Fail("no target for this machine", error);
  const JitTarget wanted = options.host ? HostTarget() : JitTarget{options.cpu, options.features};
  return Machine(LLVMCreateTargetMachine(target, triple.get(), wanted.cpu.c_str(), wanted.features.c_str(),
                                         LLVMCodeGenLevelDefault, LLVMRelocPIC, LLVMCodeModelJITDefault));
}

// Without one, a session prints what goes wrong.
void KeepError(void* kept, LLVMErrorRef error) {
  char* text = LLVMGetErrorMessage(error);
  *static_cast<std::string*>(kept) += text;
  LLVMDisposeErrorMessage(text);
}

}  // namespace

JitTarget HostTarget() {
  if (const CpuLevel* level = RestrictedCpuLevel()) return {level->name, level->features};
  const Message cpu(LLVMGetHostCPUName());
  const Message features(LLVMGetHostCPUFeatures());
  return {cpu.get(), features.get()};
}

std::vector<char> CompileObject(const std::string& ir, const JitOptions& options) {
  const Machine machine = MakeMachine(options);
  const std::string passes = options.opt_level > 0 ? "default<O" + std::to_string(options.opt_level) + ">" : "";
  return Compile<std::vector<char>>(ir, machine.get(), passes, LLVMObjectFile);
}

std::vector<std::vector<char>> CompileObjects(const std::vector<std::string>& irs, const JitOptions& options) {
  std::vector<std::vector<char>> objects(irs.size());
  std::vector<std::exception_ptr> errors(irs.size());
  std::atomic<size_t> next{0};
  const auto work = [&] {
    for (size_t i = next.fetch_add(1); i < irs.size(); i = next.fetch_add(1)) {
      try {
        objects[i] = CompileObject(irs[i], options);
      } catch (...) {
        errors[i] = std::current_exception();
      }
    }
  };
  // Not the pool's threads: compiling takes long, and its stack is deep.
  std::vector<std::thread> helpers;
  const size_t wanted = std::min(irs.size(), static_cast<size_t>(Pool::Shared().threads()));
  try {
    while (helpers.size() + 1 < wanted) helpers.emplace_back(work);
  } catch (const std::system_error&) {
    // The system gives no more threads: this one does the rest.
  }
  work();
  for (std::thread& helper : helpers) helper.join();
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
  return objects;
}

struct JitKernel::Session {
  LLVMOrcLLJITRef jit = nullptr;
  std::string diagnostic;  // what the linker reported, which is more than the error it then returns
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() {
    if (jit != nullptr) LLVMConsumeError(LLVMOrcDisposeLLJIT(jit));
  }
};

JitKernel::JitKernel(const std::vector<std::vector<char>>& objects, const std::vector<std::string>& symbols,
                     const std::vector<std::pair<std::string, void*>>& provided)
    : session_(std::make_shared<Session>()) {
  InitializeTargets();
  Check("no compiler session", LLVMOrcCreateLLJIT(&session_->jit, nullptr));
  LLVMOrcLLJITRef jit = session_->jit;
  LLVMOrcJITDylibRef library = LLVMOrcLLJITGetMainJITDylib(jit);

  LLVMOrcExecutionSessionSetErrorReporter(LLVMOrcLLJITGetExecutionSession(jit), KeepError, &session_->diagnostic);

  // Code generation may call memcpy, or floorf where the processor cannot round.
  LLVMOrcDefinitionGeneratorRef process = nullptr;
  Check("no process symbols", LLVMOrcCreateDynamicLibrarySearchGeneratorForProcess(
                                  &process, LLVMOrcLLJITGetGlobalPrefix(jit), nullptr, nullptr));
  LLVMOrcJITDylibAddGenerator(library, process);
  std::vector<LLVMOrcCSymbolMapPair> known;
  for (const auto& [name, address] : provided) {
    const LLVMJITSymbolFlags flags = {LLVMJITSymbolGenericFlagsExported | LLVMJITSymbolGenericFlagsCallable, 0};
    known.push_back({LLVMOrcLLJITMangleAndIntern(jit, name.c_str()),
                     {static_cast<LLVMOrcExecutorAddress>(reinterpret_cast<uintptr_t>(address)), flags}});
  }
  if (!known.empty()) {
    Check("provided symbols", LLVMOrcJITDylibDefine(library, LLVMOrcAbsoluteSymbols(known.data(), known.size())));
  }

  for (const std::vector<char>& object : objects) {
    LLVMMemoryBufferRef buffer = LLVMCreateMemoryBufferWithMemoryRangeCopy(object.data(), object.size(), "kernel.o");
    Check("the object cannot be loaded", LLVMOrcLLJITAddObjectFile(jit, library, buffer));
  }
  for (const std::string& symbol : symbols) {
    LLVMOrcExecutorAddress address = 0;
    LLVMErrorRef error = LLVMOrcLLJITLookup(jit, &address, symbol.c_str());
    if (error != nullptr && !session_->diagnostic.empty()) {
      LLVMConsumeError(error);
      throw std::runtime_error("linking failed: " + session_->diagnostic);
    }
    Check("linking failed", error);
    entries_[symbol] = reinterpret_cast<Entry>(static_cast<uintptr_t>(address));
  }
}

JitKernel::Entry JitKernel::Find(const std::string& symbol) const {
  const auto found = entries_.find(symbol);
  return found == entries_.end() ? nullptr : found->second;
}

std::string LlvmVersion() {
  unsigned major = 0, minor = 0, patch = 0;
  LLVMGetVersion(&major, &minor, &patch);
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch);
}

}  // namespace cotangent
