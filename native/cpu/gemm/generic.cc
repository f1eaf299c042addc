// Products of the remaining types: integers that wrap, bool (or of ands), complex numbers, and operands of one type
// summed in another. Blocks of both operands are converted side by side and multiplied by loops that compilers
// vectorise.
#include <algorithm>
#include <cmath>
#include <limits>

#include "cpu/gemm/finish.h"
#include "cpu/gemm/lanes.h"
#include "cpu/gemm/real.h"
#include "runtime/pool.h"

namespace cotangent {
namespace {

struct Bool {
  uint8_t value;
};
template <typename R>
struct Complex {
  R re, im;
};

template <typename T>
struct IsComplex : std::false_type {};
template <typename R>
struct IsComplex<Complex<R>> : std::true_type {};

inline void MultiplyAdd(Bool& sum, Bool x, Bool y) { sum.value |= x.value & y.value; }
template <typename R>
inline void MultiplyAdd(Complex<R>& sum, Complex<R> x, Complex<R> y) {
  sum.re += x.re * y.re - x.im * y.im;
  sum.im += x.re * y.im + x.im * y.re;
}
template <typename T>
inline void MultiplyAdd(T& sum, T x, T y) {
  sum += x * y;
}

// What changes nothing where it is added: with which a sum of a single product begins.
template <typename T>
T Nothing() {
  if constexpr (std::is_floating_point_v<T>) {
    return T(-0.0);
  } else if constexpr (IsComplex<T>::value) {
    return T{-0.0, -0.0};
  } else {
    return T{};
  }
}

// Rounded towards zero into the range of `type`; NaN becomes 0.
template <typename Float>
uint64_t Saturated(Float x, DType type) {
  const bool is_signed = type <= DType::kInt64;
  const int bits = static_cast<int>(8 * BytesOf(type));
  if (!(x == x)) return 0;
  const double limit = std::ldexp(1.0, is_signed ? bits - 1 : bits);
  const double value = std::trunc(static_cast<double>(x));
  if (is_signed) {
    const int64_t most = static_cast<int64_t>((uint64_t{1} << (bits - 1)) - 1);
    if (value >= limit) return static_cast<uint64_t>(most);
    if (value < -limit) return static_cast<uint64_t>(-most - 1);
    return static_cast<uint64_t>(static_cast<int64_t>(value));
  }
  if (value <= 0) return 0;
  if (value >= limit) return bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
  return static_cast<uint64_t>(value);
}

// Element types as they lie in memory become those that are multiplied; integers keep their low bits.
template <typename T, typename S>
struct Convert {
  static T From(S x, DType) { return static_cast<T>(x); }
};
template <typename S>
struct Convert<Bool, S> {
  static Bool From(S x, DType) { return {static_cast<uint8_t>(x != 0)}; }
};
template <typename R, typename S>
struct Convert<Complex<R>, S> {
  static Complex<R> From(S x, DType) { return {static_cast<R>(x), 0}; }
};
template <typename R, typename S>
struct Convert<Complex<R>, Complex<S>> {
  static Complex<R> From(Complex<S> x, DType) { return {static_cast<R>(x.re), static_cast<R>(x.im)}; }
};
template <>
struct Convert<uint32_t, float> {
  static uint32_t From(float x, DType type) { return static_cast<uint32_t>(Saturated(x, type)); }
};
template <>
struct Convert<uint32_t, double> {
  static uint32_t From(double x, DType type) { return static_cast<uint32_t>(Saturated(x, type)); }
};
template <>
struct Convert<uint64_t, float> {
  static uint64_t From(float x, DType type) { return Saturated(x, type); }
};
template <>
struct Convert<uint64_t, double> {
  static uint64_t From(double x, DType type) { return Saturated(x, type); }
};

inline float Plain(Bfloat16 x) { return ToFloat(x); }
inline float Plain(Float16 x) { return ToFloat(x); }
template <typename S>
inline S Plain(S x) {
  return x;
}

// to[i · n + j] = source[outer[i] + inner[j]]
template <typename T, typename S>
void GatherAs(const char* data, const int64_t* outer, int64_t m, const int64_t* inner, int64_t n, DType type, T* to) {
  const S* source = reinterpret_cast<const S*>(data);
  for (int64_t i = 0; i < m; i++) {
    const S* from = source + outer[i];
    for (int64_t j = 0; j < n; j++) {
      const auto x = Plain(from[inner[j]]);
      to[i * n + j] = Convert<T, std::remove_const_t<decltype(x)>>::From(x, type);
    }
  }
}

template <typename T>
void Gather(DType source, const char* data, const int64_t* outer, int64_t m, const int64_t* inner, int64_t n, DType type,
            T* to) {
  switch (source) {
    case DType::kBool:
    case DType::kUint8: return GatherAs<T, uint8_t>(data, outer, m, inner, n, type, to);
    case DType::kInt8: return GatherAs<T, int8_t>(data, outer, m, inner, n, type, to);
    case DType::kInt16: return GatherAs<T, int16_t>(data, outer, m, inner, n, type, to);
    case DType::kInt32: return GatherAs<T, int32_t>(data, outer, m, inner, n, type, to);
    case DType::kInt64: return GatherAs<T, int64_t>(data, outer, m, inner, n, type, to);
    case DType::kUint16: return GatherAs<T, uint16_t>(data, outer, m, inner, n, type, to);
    case DType::kUint32: return GatherAs<T, uint32_t>(data, outer, m, inner, n, type, to);
    case DType::kUint64: return GatherAs<T, uint64_t>(data, outer, m, inner, n, type, to);
    case DType::kFloat16: return GatherAs<T, Float16>(data, outer, m, inner, n, type, to);
    case DType::kBfloat16: return GatherAs<T, Bfloat16>(data, outer, m, inner, n, type, to);
    case DType::kFloat32: return GatherAs<T, float>(data, outer, m, inner, n, type, to);
    case DType::kFloat64: return GatherAs<T, double>(data, outer, m, inner, n, type, to);
    case DType::kComplex64:
      if constexpr (IsComplex<T>::value) GatherAs<T, Complex<float>>(data, outer, m, inner, n, type, to);
      return;
    case DType::kComplex128:
      if constexpr (IsComplex<T>::value) GatherAs<T, Complex<double>>(data, outer, m, inner, n, type, to);
      return;
  }
}

template <typename T>
void Store(const Product& p, const Item& item, const Range& at, const T* sums, int64_t pitch) {
  if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>) {
    StoreReal(p, item, at, sums, pitch);
  } else if constexpr (std::is_same_v<T, uint32_t>) {
    switch (BytesOf(p.out_type)) {
      case 1: return StoreBlock<uint8_t>(p, item, at, sums, pitch);
      case 2: return StoreBlock<uint16_t>(p, item, at, sums, pitch);
      default: return StoreBlock<uint32_t>(p, item, at, sums, pitch);
    }
  } else {
    StoreBlock<T>(p, item, at, sums, pitch);
  }
}

constexpr int64_t kRows = 32;
constexpr int64_t kColumns = 64;
constexpr int64_t kDepth = 128;

template <typename T>
void RunBlock(const Product& p, const Item& item, const Range& at) {
  const int64_t m = at.rows();
  const int64_t n = at.columns();
  const char* lhs = p.lhs + item.lhs * BytesOf(p.lhs_type);
  const char* rhs = p.rhs + item.rhs * BytesOf(p.rhs_type);
  int64_t rows[kRows], columns[kColumns], depth[kDepth];
  p.lhs_rows.Fill(at.row0, m, rows);
  p.rhs_columns.Fill(at.column0, n, columns);
  T* sums = static_cast<T*>(Scratch(kOwnBlockLane, (kRows * kColumns + kRows * kDepth + kDepth * kColumns) * sizeof(T)));
  T* a = sums + kRows * kColumns;
  T* b = a + kRows * kDepth;
  std::fill(sums, sums + m * kColumns, p.depth == 1 ? Nothing<T>() : T{});
  for (int64_t k = 0; k < p.depth; k += kDepth) {
    const int64_t size = std::min(kDepth, p.depth - k);
    p.lhs_depth.Fill(k, size, depth);
    Gather(p.lhs_type, lhs, rows, m, depth, size, p.compute, a);
    p.rhs_depth.Fill(k, size, depth);
    Gather(p.rhs_type, rhs, depth, size, columns, n, p.compute, b);
    for (int64_t i = 0; i < m; i++) {
      T* to = sums + i * kColumns;
      for (int64_t l = 0; l < size; l++) {
        const T x = a[i * size + l];
        const T* y = b + l * n;
        for (int64_t j = 0; j < n; j++) MultiplyAdd(to[j], x, y[j]);
      }
    }
  }
  Store(p, item, at, sums, kColumns);
  RunEpilogue(p, item, at);
}

template <typename T>
void RunAs(const Product& p) {
  const int64_t down = (p.rows + kRows - 1) / kRows;
  const int64_t across = (p.columns + kColumns - 1) / kColumns;
  const double work = static_cast<double>(std::min(p.rows, kRows)) * std::min(p.columns, kColumns) * (p.depth + 1);
  const int64_t grain = std::max<int64_t>(1, static_cast<int64_t>((1 << 16) / work));
  Pool::Shared().ParallelFor(p.batch * down * across, grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const int64_t row = i / across % down * kRows;
      const int64_t column = i % across * kColumns;
      RunBlock<T>(p, p.ItemAt(i / across / down),
                  {row, std::min(row + kRows, p.rows), column, std::min(column + kColumns, p.columns)});
    }
  });
}

}  // namespace

void RunGeneric(const Product& p) {
  switch (p.compute) {
    case DType::kBool: return RunAs<Bool>(p);
    case DType::kInt64:
    case DType::kUint64: return RunAs<uint64_t>(p);
    case DType::kFloat16:
    case DType::kBfloat16:
    case DType::kFloat32: return RunAs<float>(p);
    case DType::kFloat64: return RunAs<double>(p);
    case DType::kComplex64: return RunAs<Complex<float>>(p);
    case DType::kComplex128: return RunAs<Complex<double>>(p);
    default: return RunAs<uint32_t>(p);
  }
}

}  // namespace cotangent
