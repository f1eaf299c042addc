// What of CUDA JavaScript sees.
#pragma once

#include <napi.h>

namespace cotangent {

void ExportCuda(Napi::Env env, Napi::Object exports);

}  // namespace cotangent
