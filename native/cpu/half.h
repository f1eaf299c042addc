// bfloat16 and float16 as bits; conversions to them round to nearest, ties to even.
#pragma once

#include <cstdint>
#include <cstring>

namespace cotangent {

struct Bfloat16 {
  uint16_t bits;
};
struct Float16 {
  uint16_t bits;
};

inline float FloatFromBits(uint32_t bits) {
  float x;
  std::memcpy(&x, &bits, 4);
  return x;
}
inline uint32_t BitsOf(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, 4);
  return bits;
}

inline float ToFloat(Bfloat16 x) { return FloatFromBits(static_cast<uint32_t>(x.bits) << 16); }

inline float ToFloat(Float16 x) {
  const uint32_t sign = static_cast<uint32_t>(x.bits & 0x8000) << 16;
  const uint32_t magnitude = x.bits & 0x7fff;
  if (magnitude >= 0x7c00) return FloatFromBits(sign | 0x7f800000 | (magnitude & 0x3ff) << 13);
  if (magnitude >= 0x0400) return FloatFromBits(sign | ((magnitude << 13) + (112u << 23)));
  const float denormal = static_cast<float>(magnitude) * 0x1p-24f;
  return FloatFromBits(sign | BitsOf(denormal));
}

inline Bfloat16 ToBfloat16(float x) {
  const uint32_t bits = BitsOf(x);
  if ((bits & 0x7fffffff) > 0x7f800000) return {static_cast<uint16_t>(bits >> 16 | 0x40)};
  return {static_cast<uint16_t>((bits + 0x7fff + (bits >> 16 & 1)) >> 16)};
}

inline Float16 ToFloat16(float x) {
  const uint32_t bits = BitsOf(x);
  const uint16_t sign = static_cast<uint16_t>(bits >> 16 & 0x8000);
  const uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) return {static_cast<uint16_t>(sign | 0x7e00)};
  if (magnitude >= 0x477ff000) return {static_cast<uint16_t>(sign | 0x7c00)};  // 65520 rounds to infinity
  if (magnitude < 0x38800000) {
    // Denormal: adding 0.5 leaves the rounded multiple of 2^-24 in the low bits.
    return {static_cast<uint16_t>(sign | (BitsOf(FloatFromBits(magnitude) + 0.5f) - 0x3f000000))};
  }
  return {static_cast<uint16_t>(sign | ((magnitude - (112u << 23) + 0xfff + (magnitude >> 13 & 1)) >> 13))};
}

inline Bfloat16 ToHalf(float x, Bfloat16) { return ToBfloat16(x); }
inline Float16 ToHalf(float x, Float16) { return ToFloat16(x); }

// From float64 with one rounding. What float32 cannot hold is cut off, and leaves the last bit set: such a number lies
// between those of 16 bits where the exact one does.
template <typename Half>
inline Half RoundedTo(double x) {
  float near = static_cast<float>(x);
  if (near != x && x == x) {
    const bool beyond = (near > x) == (x > 0);
    near = FloatFromBits((BitsOf(near) - beyond) | 1);
  }
  return ToHalf(near, Half{});
}

}  // namespace cotangent
