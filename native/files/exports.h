#pragma once

#include <napi.h>

namespace cotangent {

// writeFile and readFile(fd, position, parts, summed, direct fd): see NativeFiles in
// xla-like/runtime/native-files.ts. Nothing is exported where this process has no CRC-32.
void ExportFiles(Napi::Env env, Napi::Object exports);

}  // namespace cotangent
