// What cumulative operations combine with, element by element.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>

namespace cotangent {

enum class ScanOp : int64_t { kAdd = 0, kMultiply, kMaximum, kMinimum, kAnd, kOr, kXor, kLogAddExp };

template <ScanOp kOp, typename T>
inline T CombineTwo(T a, T b) {
  if constexpr (kOp == ScanOp::kAdd) return static_cast<T>(a + b);
  if constexpr (kOp == ScanOp::kMultiply) return static_cast<T>(a * b);
  if constexpr (kOp == ScanOp::kMaximum) return a > b ? a : b;
  if constexpr (kOp == ScanOp::kMinimum) return a < b ? a : b;
  if constexpr (kOp == ScanOp::kAnd) return static_cast<T>(a & b);
  if constexpr (kOp == ScanOp::kOr) return static_cast<T>(a | b);
  if constexpr (kOp == ScanOp::kXor) return static_cast<T>(a ^ b);
  if constexpr (kOp == ScanOp::kLogAddExp) {
    const T delta = a - b;
    // A NaN difference: NaNs, or infinities of one sign, whose sum is right.
    if (delta != delta) return a + b;
    return (a > b ? a : b) + std::log1p(std::exp(-std::fabs(delta)));
  }
}

// For the operations that are done by vectors.
template <ScanOp kOp, typename A>
constexpr A IdentityOf() {
  if constexpr (kOp == ScanOp::kAdd) return A(0);
  if constexpr (kOp == ScanOp::kMultiply) return A(1);
  return kOp == ScanOp::kMaximum ? std::numeric_limits<A>::lowest() : std::numeric_limits<A>::max();
}

// Floats as integers in the same order, -0 before 0; NaN beyond the infinity that the extremum looks for.
template <ScanOp kOp, typename T, typename I>
inline I OrderedBits(T x) {
  static_assert(sizeof(T) == sizeof(I));
  if (x != x) return kOp == ScanOp::kMaximum ? std::numeric_limits<I>::max() : std::numeric_limits<I>::lowest();
  I bits;
  std::memcpy(&bits, &x, sizeof(x));
  return bits ^ ((bits >> (8 * sizeof(I) - 1)) & std::numeric_limits<I>::max());
}
template <typename T, typename I>
inline T FromOrderedBits(I bits) {
  bits ^= (bits >> (8 * sizeof(I) - 1)) & std::numeric_limits<I>::max();
  T x;
  std::memcpy(&x, &bits, sizeof(x));
  return x;
}

// Between T in memory and the type A that is combined in: extrema of floats are found as integers.
template <ScanOp kOp, typename T, typename A>
inline A TakeElement(T x) {
  if constexpr (std::is_floating_point_v<T> && std::is_integral_v<A>) {
    return OrderedBits<kOp, T, A>(x);
  } else {
    return static_cast<A>(x);
  }
}
template <typename T, typename A>
inline T GiveElement(A x) {
  if constexpr (std::is_floating_point_v<T> && std::is_integral_v<A>) {
    return FromOrderedBits<T>(x);
  } else {
    return static_cast<T>(x);
  }
}

}  // namespace cotangent
