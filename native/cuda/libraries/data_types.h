// Element types as CUDA's libraries count them (library_types.h of CUDA 12.6).
#pragma once

#include <stdexcept>

#include "cpu/dtypes.h"

namespace cotangent::cuda {

constexpr int kR32F = 0, kR64F = 1, kR16F = 2, kR8I = 3, kC32F = 4, kC64F = 5, kR32I = 10, kR16BF = 14;

inline int LibraryType(DType dtype) {
  switch (dtype) {
    case DType::kFloat16: return kR16F;
    case DType::kBfloat16: return kR16BF;
    case DType::kFloat32: return kR32F;
    case DType::kFloat64: return kR64F;
    case DType::kComplex64: return kC32F;
    case DType::kComplex128: return kC64F;
    default: throw std::invalid_argument("CUDA's libraries have no such element type");
  }
}

}  // namespace cotangent::cuda
