#pragma once

#include <napi.h>

namespace cotangent {

// writeFile(fd, position, address, bytes), readFile(fd, position, address, bytes, summed): see NativeFiles in
// xla-like/runtime/native-files.ts. Nothing is exported where this process has no CRC-32.
void ExportFiles(Napi::Env env, Napi::Object exports);

}  // namespace cotangent
