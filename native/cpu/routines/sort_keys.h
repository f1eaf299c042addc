// Elements as unsigned numbers in the order in which they sort.
#pragma once

#include <cstdint>
#include <cstring>
#include <type_traits>

#include "cpu/dtypes.h"

namespace cotangent {

// What one operand contributes to the order.
struct SortKey {
  int64_t operand;
  // The type compared, which for a part of a complex number is that of the part; and where the part starts.
  DType dtype;
  int64_t offset;
  bool descending;
  // Floats only: -0 before 0 and NaNs by their bits, rather than zeros equal and all NaNs last.
  bool by_bits;
};

enum class KeyKind { kUnsigned, kSigned, kFloat };

inline KeyKind KindOf(DType dtype) {
  switch (dtype) {
    case DType::kInt8:
    case DType::kInt16:
    case DType::kInt32:
    case DType::kInt64:
      return KeyKind::kSigned;
    case DType::kFloat16:
    case DType::kBfloat16:
    case DType::kFloat32:
    case DType::kFloat64:
      return KeyKind::kFloat;
    default:
      return KeyKind::kUnsigned;
  }
}

// The bits of infinity: what is above, sign aside, is NaN.
inline uint64_t InfinityBits(DType dtype) {
  switch (dtype) {
    case DType::kFloat16:
      return 0x7c00;
    case DType::kBfloat16:
      return 0x7f80;
    case DType::kFloat32:
      return 0x7f800000;
    default:
      return 0x7ff0000000000000;
  }
}

template <typename U>
constexpr U kSignBit = static_cast<U>(U{1} << (8 * sizeof(U) - 1));

// Negative floats the other way round below the positive ones; its own reverse is DecodeFloat.
template <typename U>
inline U EncodeFloatBits(U x) {
  const U negative = static_cast<U>(-static_cast<U>(x >> (8 * sizeof(U) - 1)));
  return static_cast<U>(x ^ (negative | kSignBit<U>));
}
template <typename U>
inline U DecodeFloatBits(U x) {
  const U positive = static_cast<U>(-static_cast<U>(x >> (8 * sizeof(U) - 1)));
  return static_cast<U>(x ^ (static_cast<U>(~positive) | kSignBit<U>));
}

// All NaNs as one, above infinity, and zeros without their sign.
template <typename U>
inline U CanonicalFloat(U x, U infinity) {
  const U magnitude = static_cast<U>(x & static_cast<U>(~kSignBit<U>));
  const U nan = static_cast<U>(infinity + 1);
  return magnitude > infinity ? nan : magnitude == 0 ? U{0} : x;
}

// A key of one element, so that unsigned comparison is the order; `flip` is all ones to sort descending.
template <typename U, KeyKind kKind>
inline U EncodeKey(U x, U infinity, bool by_bits, U flip) {
  if constexpr (kKind == KeyKind::kSigned) return static_cast<U>(x ^ kSignBit<U> ^ flip);
  if constexpr (kKind == KeyKind::kFloat) {
    return static_cast<U>(EncodeFloatBits(by_bits ? x : CanonicalFloat(x, infinity)) ^ flip);
  }
  return static_cast<U>(x ^ flip);
}

// Calls f(U{}, std::integral_constant<KeyKind, …>) for the storage and kind of `dtype`, which is not complex.
template <typename F>
void WithKeyType(DType dtype, F&& f) {
  const auto with_kind = [&](auto u) {
    switch (KindOf(dtype)) {
      case KeyKind::kUnsigned:
        return f(u, std::integral_constant<KeyKind, KeyKind::kUnsigned>());
      case KeyKind::kSigned:
        return f(u, std::integral_constant<KeyKind, KeyKind::kSigned>());
      case KeyKind::kFloat:
        // There are no floats of one byte.
        if constexpr (sizeof(u) > 1) return f(u, std::integral_constant<KeyKind, KeyKind::kFloat>());
    }
  };
  switch (BytesOf(dtype)) {
    case 1:
      return with_kind(uint8_t{});
    case 2:
      return with_kind(uint16_t{});
    case 4:
      return with_kind(uint32_t{});
    default:
      return with_kind(uint64_t{});
  }
}

}  // namespace cotangent
