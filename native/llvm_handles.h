// LLVM's C interface with owners: its handles freed when they go out of scope, its complaints as exceptions.
#pragma once

#include <llvm-c/Analysis.h>
#include <llvm-c/Core.h>
#include <llvm-c/Error.h>
#include <llvm-c/IRReader.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace cotangent::llvm_c {

// LLVM's handles as unique pointers, each with its own way to be freed.
template <typename T, void (*Free)(T*)>
struct Freed {
  void operator()(T* value) const { Free(value); }
};
template <typename T, void (*Free)(T*)>
using Handle = std::unique_ptr<T, Freed<T, Free>>;

using Context = Handle<LLVMOpaqueContext, LLVMContextDispose>;
using Module = Handle<LLVMOpaqueModule, LLVMDisposeModule>;
using Buffer = Handle<LLVMOpaqueMemoryBuffer, LLVMDisposeMemoryBuffer>;
using Machine = Handle<LLVMOpaqueTargetMachine, LLVMDisposeTargetMachine>;
using PassOptions = Handle<LLVMOpaquePassBuilderOptions, LLVMDisposePassBuilderOptions>;
using Message = Handle<char, LLVMDisposeMessage>;

[[noreturn]] inline void Fail(const char* what, char* message) {
  const Message owned(message);
  throw std::runtime_error(std::string(what) + ": " + (owned ? owned.get() : "no reason given"));
}

inline void Check(const char* what, LLVMErrorRef error) {
  if (error == nullptr) return;
  char* text = LLVMGetErrorMessage(error);
  const std::string message = std::string(what) + ": " + text;
  LLVMDisposeErrorMessage(text);
  throw std::runtime_error(message);
}

inline Module ParseModule(LLVMContextRef context, const std::string& ir) {
  // Parsing frees the buffer, whether it succeeds or not.
  LLVMMemoryBufferRef text = LLVMCreateMemoryBufferWithMemoryRangeCopy(ir.data(), ir.size(), "kernel.ll");
  LLVMModuleRef module = nullptr;
  char* error = nullptr;
  if (LLVMParseIRInContext(context, text, &module, &error)) Fail("the IR does not parse", error);
  return Module(module);
}

// Gives the module the machine's triple and data layout.
inline void SetTarget(LLVMModuleRef module, LLVMTargetMachineRef machine) {
  const Message triple(LLVMGetTargetMachineTriple(machine));
  LLVMSetTarget(module, triple.get());
  LLVMTargetDataRef layout = LLVMCreateTargetDataLayout(machine);
  LLVMSetModuleDataLayout(module, layout);
  LLVMDisposeTargetData(layout);
}

// Without a handler of its own a context prints diagnostics, and exits the process at errors.
inline void KeepDiagnostic(LLVMDiagnosticInfoRef info, void* kept) {
  if (LLVMGetDiagInfoSeverity(info) != LLVMDSError) return;
  const Message text(LLVMGetDiagInfoDescription(info));
  *static_cast<std::string*>(kept) = text.get();
}

// What a machine runs, or its assembly, made from IR that is verified, then put through passes (none where empty).
template <typename Bytes>
Bytes Compile(const std::string& ir, LLVMTargetMachineRef machine, const std::string& passes, LLVMCodeGenFileType kind) {
  const Context context(LLVMContextCreate());
  std::string diagnostic;
  LLVMContextSetDiagnosticHandler(context.get(), KeepDiagnostic, &diagnostic);
  const Module owner = ParseModule(context.get(), ir);
  LLVMModuleRef module = owner.get();
  SetTarget(module, machine);

  char* error = nullptr;
  if (LLVMVerifyModule(module, LLVMReturnStatusAction, &error)) Fail("the IR is not well formed", error);
  LLVMDisposeMessage(error);  // set even when there is nothing to say
  error = nullptr;
  if (!passes.empty()) {
    const PassOptions options(LLVMCreatePassBuilderOptions());
    Check("optimisation failed", LLVMRunPasses(module, passes.c_str(), machine, options.get()));
  }
  LLVMMemoryBufferRef emitted = nullptr;
  if (LLVMTargetMachineEmitToMemoryBuffer(machine, module, kind, &error, &emitted)) {
    Fail("code generation failed", error);
  }
  const Buffer buffer(emitted);
  if (!diagnostic.empty()) throw std::runtime_error("code generation failed: " + diagnostic);
  const char* start = LLVMGetBufferStart(emitted);
  return Bytes(start, start + LLVMGetBufferSize(emitted));
}

}  // namespace cotangent::llvm_c
