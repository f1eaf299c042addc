// What JavaScript sees of the libraries.
#pragma once

#include <napi.h>

namespace cotangent {

void ExportCudaLibraries(Napi::Env env, Napi::Object exports);

}  // namespace cotangent
