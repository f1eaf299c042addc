// float16 and bfloat16 as bits: decoded exactly, encoded from float64 with one rounding, to nearest even.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace cotangent {

template <int kMantissaBits, int kExponentBits>
struct SmallFloat {
  uint16_t bits;

  static constexpr int kBias = (1 << (kExponentBits - 1)) - 1;
  static constexpr uint16_t kInfinity = ((1 << kExponentBits) - 1) << kMantissaBits;

  explicit operator double() const {
    const int exponent = (bits & 0x7fff) >> kMantissaBits;
    const int fraction = bits & ((1 << kMantissaBits) - 1);
    double magnitude;
    if (exponent == (1 << kExponentBits) - 1) {
      magnitude = fraction == 0 ? HUGE_VAL : std::nan("");
    } else if (exponent == 0) {
      magnitude = std::ldexp(fraction, 1 - kBias - kMantissaBits);
    } else {
      magnitude = std::ldexp(fraction + (1 << kMantissaBits), exponent - kBias - kMantissaBits);
    }
    return (bits & 0x8000) != 0 ? -magnitude : magnitude;
  }

  static SmallFloat Of(double x) {
    if (x != x) return {static_cast<uint16_t>(kInfinity | 1 << (kMantissaBits - 1))};
    const uint16_t sign = std::signbit(x) ? 0x8000 : 0;
    const double magnitude = std::fabs(x);
    int exponent = magnitude == 0 || std::isinf(magnitude) ? 1 - kBias : std::max(std::ilogb(magnitude), 1 - kBias);
    // In units of the last place; a carry out of the mantissa runs into the exponent, up to infinity.
    const double units = std::nearbyint(std::ldexp(magnitude, kMantissaBits - exponent));
    if (std::isinf(magnitude) || exponent > kBias) return {static_cast<uint16_t>(sign | kInfinity)};
    const int64_t rounded = static_cast<int64_t>(units) + (static_cast<int64_t>(exponent + kBias - 1) << kMantissaBits);
    return {static_cast<uint16_t>(sign | (rounded > kInfinity ? kInfinity : rounded))};
  }
};

using Float16 = SmallFloat<10, 5>;
using Bfloat16 = SmallFloat<7, 8>;

}  // namespace cotangent
