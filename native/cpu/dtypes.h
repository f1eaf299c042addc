// Element types as routines are told them in their params; xla-like/5-emit/dtype-code.ts has the same list.
#pragma once

#include <cstdint>

namespace cotangent {

enum class DType : int64_t {
  kBool = 0,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kFloat16,
  kBfloat16,
  kFloat32,
  kFloat64,
  kComplex64,
  kComplex128,
};

inline int64_t BytesOf(DType dtype) {
  static constexpr int8_t kBytes[] = {1, 1, 2, 4, 8, 1, 2, 4, 8, 2, 2, 4, 8, 8, 16};
  return kBytes[static_cast<int64_t>(dtype)];
}

}  // namespace cotangent
