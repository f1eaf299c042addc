#include "cuda/ptx_exports.h"

#include "cuda/ptx.h"

namespace cotangent {
namespace {

// ptxOf(ir, arch) → PTX text; errors have a `code`.
Napi::Value PtxOf(const Napi::CallbackInfo& info) {
  Napi::Env env = info.Env();
  if (!info[0].IsString() || !info[1].IsString()) {
    throw Napi::TypeError::New(env, "ptxOf takes the IR and an architecture, both strings");
  }
  try {
    return Napi::String::New(
        env, CompilePtx(info[0].As<Napi::String>().Utf8Value(), info[1].As<Napi::String>().Utf8Value()));
  } catch (const PtxError& error) {
    const Napi::Error thrown = Napi::Error::New(env, error.what());
    thrown.Set("code", Napi::String::New(env, error.code));
    throw thrown;
  }
}

}  // namespace

void ExportPtx(Napi::Env env, Napi::Object exports) {
  exports.Set("ptxOf", Napi::Function::New(env, PtxOf, "ptxOf"));
}

}  // namespace cotangent
