#pragma once

#include <napi.h>

namespace cotangent {

// startRuntime(io, state, progress, host): see NativeRuntime in xla-like/runtime/native.ts.
void ExportRuntime(Napi::Env env, Napi::Object exports);

}  // namespace cotangent
