// The runtime of a card, for JavaScript.
#pragma once

#include <napi.h>

namespace cotangent {

void ExportCudaRuntime(Napi::Env env, Napi::Object exports);

}  // namespace cotangent
