// The addon's entry point. It keeps no state outside the environment it is loaded into, so that it can be loaded
// by the main thread and by any number of workers, one after the other or at once.
#include <napi.h>

#include "cpu_features.h"
#include "cuda/exports.h"
#include "cuda/libraries/exports.h"
#include "files/exports.h"
#ifdef COTANGENT_LLVM
#include "cpu/jit_exports.h"
#include "cuda/ptx_exports.h"
#include "cuda/runtime_exports.h"
#include "runtime/exports.h"
#endif

namespace cotangent {
namespace {

// Changes with every incompatible change of what the addon exports; native.ts checks it.
constexpr int kInterfaceVersion = 6;

Napi::Value Version(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), kInterfaceVersion); }

Napi::Value GetCpuFeatures(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  const CpuFeatures cpu = DetectCpu();
  Napi::Object out = Napi::Object::New(env);
  out.Set("vendor", cpu.vendor);
  out.Set("brand", cpu.brand);
  out.Set("cores", cpu.cores);
  for (const auto& [name, present] : cpu.flags) out.Set(name, Napi::Boolean::New(env, present));
  return out;
}

Napi::Object Init(Napi::Env env, Napi::Object exports) {
  exports.Set("version", Napi::Function::New(env, Version, "version"));
  exports.Set("cpuFeatures", Napi::Function::New(env, GetCpuFeatures, "cpuFeatures"));
  ExportCuda(env, exports);
  ExportCudaLibraries(env, exports);
  ExportFiles(env, exports);
#ifdef COTANGENT_LLVM
  ExportJit(env, exports);
  ExportPtx(env, exports);
  ExportRuntime(env, exports);
  ExportCudaRuntime(env, exports);
#endif
  return exports;
}

}  // namespace
}  // namespace cotangent

static Napi::Object InitModule(Napi::Env env, Napi::Object exports) { return cotangent::Init(env, exports); }

NODE_API_MODULE(cotangent, InitModule)
