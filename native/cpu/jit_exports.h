// What of the compiler JavaScript sees.
#pragma once

#include <napi.h>

namespace cotangent {

void ExportJit(Napi::Env env, Napi::Object exports);

}  // namespace cotangent
