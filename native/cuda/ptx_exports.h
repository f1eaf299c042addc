// What of the compiler for NVIDIA's cards JavaScript sees.
#pragma once

#include <napi.h>

namespace cotangent {

void ExportPtx(Napi::Env env, Napi::Object exports);

}  // namespace cotangent
