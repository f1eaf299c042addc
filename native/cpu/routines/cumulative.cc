// cumulative: sums, products, extrema, … of all elements up to each one along a dimension.
// Narrow floats are combined in float64 and rounded once; one long line is scanned in blocks of a fixed length, so that
// the result does not depend on how many threads scan them.
//
// args: x, the scalar to start from, result. params: outer, length, inner, dtype, ScanOp, reverse.
#include <algorithm>
#include <atomic>
#include <complex>
#include <cstdint>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

#include "cpu/routines/cumulative_ops.h"
#include "cpu/dtypes.h"
#include "cpu/half.h"
#include "cpu/routines/routines.h"
#include "cpu/routines/targets.h"
#include "runtime/copy.h"
#include "runtime/pool.h"

#define COTANGENT_KERNELS "cpu/routines/cumulative_kernels.h"
#include "cpu/routines/for_targets.inc"

namespace cotangent {
namespace {

enum Lane { kRunning, kStarts };

constexpr int64_t kGrain = 1 << 14;
constexpr int64_t kBlock = 1 << 15;
// Columns scanned side by side: what is running stays in the first-level cache.
constexpr int64_t kColumns = 512;

// Waiting for what was streamed takes time at the end of each part: they are longer then.
constexpr int64_t kStreamedGrain = 16 * kGrain;

struct Scan {
  int64_t outer, length, inner;
  const void* in;
  const void* init;
  void* out;

  bool Streams(size_t element) const {
    return out != in && outer * length * inner * static_cast<int64_t>(element) >= kStreamedBytes;
  }
};

// The parts of one call: what was streamed is in memory before a part ends.
template <typename Part>
void InParts(int64_t units, int64_t grain, bool streams, Part part) {
  Pool::Shared().ParallelFor(units, grain, [&](int64_t begin, int64_t end) {
    part(begin, end);
    if (streams) std::atomic_thread_fence(std::memory_order_seq_cst);
  });
}

// One line of many blocks: their totals first, then each from what those before it come to.
template <typename T, typename A, ScanOp kOp, bool kReverse>
void ScanLongRow(const T* in, T* out, int64_t n, A start, bool streams) {
  const int64_t blocks = (n + kBlock - 1) / kBlock;
  A* starts = static_cast<A*>(Scratch(kStarts, (blocks + 1) * sizeof(A)));
  const auto row = [&](int64_t block, A from, bool write) {
    const int64_t first = block * kBlock;
    const int64_t count = std::min(kBlock, n - first);
    const int64_t at = kReverse ? n - first - count : first;
    return COTANGENT_DISPATCH(ScanRow<T, A, kOp, kReverse>)(in + at, write ? out + at : nullptr, count, from, write && streams);
  };
  Pool::Shared().ParallelFor(blocks, 1, [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; b++) starts[b + 1] = row(b, IdentityOf<kOp, A>(), false);
  });
  starts[0] = start;
  for (int64_t b = 0; b < blocks; b++) starts[b + 1] = CombineTwo<kOp>(starts[b], starts[b + 1]);
  InParts(blocks, 1, streams, [&](int64_t begin, int64_t end) {
    for (int64_t b = begin; b < end; b++) row(b, starts[b], true);
  });
}

template <typename T, typename A, ScanOp kOp, bool kReverse>
void ScanByVectors(const Scan& scan) {
  const auto [outer, n, inner, x, init, y] = scan;
  const T* in = static_cast<const T*>(x);
  T* out = static_cast<T*>(y);
  const A start = TakeElement<kOp, T, A>(*static_cast<const T*>(init));
  const bool streams = scan.Streams(sizeof(T));
  if (inner == 1 && n >= 4 * kBlock) {
    for (int64_t o = 0; o < outer; o++) ScanLongRow<T, A, kOp, kReverse>(in + o * n, out + o * n, n, start, streams);
    return;
  }
  if (inner == 1) {
    const int64_t grain = (streams ? kStreamedGrain : kGrain) / n;
    InParts(outer, std::max<int64_t>(1, grain), streams, [&, n = n](int64_t begin, int64_t end) {
      const auto row = COTANGENT_DISPATCH(ScanRow<T, A, kOp, kReverse>);
      for (int64_t o = begin; o < end; o++) row(in + o * n, out + o * n, n, start, streams);
    });
    return;
  }
  const int64_t groups = (inner + kColumns - 1) / kColumns;
  const int64_t grain = std::max<int64_t>(1, kGrain / (n * std::min(inner, kColumns)));
  InParts(scan.outer * groups, grain, streams, [&](int64_t begin, int64_t end) {
    A* running = static_cast<A*>(Scratch(kRunning, kColumns * sizeof(A)));
    for (int64_t piece = begin; piece < end; piece++) {
      const int64_t first = piece % groups * kColumns;
      const int64_t columns = std::min(kColumns, scan.inner - first);
      const int64_t at = piece / groups * scan.length * scan.inner + first;
      std::fill(running, running + columns, start);
      COTANGENT_DISPATCH(ScanColumns<T, A, kOp, kReverse>)(in + at, out + at, scan.length, scan.inner, columns, running,
                                                              streams);
    }
  });
}

// Element by element, for types and operations without vectors. `take` and `give` translate between T and A.
template <typename T, typename A, typename Combine, typename Take, typename Give>
void ScanPlainly(const Scan& scan, bool reverse, Combine combine, Take take, Give give) {
  const T* in = static_cast<const T*>(scan.in);
  T* out = static_cast<T*>(scan.out);
  const A start = take(*static_cast<const T*>(scan.init));
  const int64_t grain = std::max<int64_t>(1, kGrain / scan.length);
  Pool::Shared().ParallelFor(scan.outer * scan.inner, grain, [&](int64_t begin, int64_t end) {
    for (int64_t line = begin; line < end; line++) {
      const int64_t base = line / scan.inner * scan.length * scan.inner + line % scan.inner;
      A running = start;
      for (int64_t k = 0; k < scan.length; k++) {
        const int64_t at = base + (reverse ? scan.length - 1 - k : k) * scan.inner;
        running = combine(running, take(in[at]));
        out[at] = give(running);
      }
    }
  });
}

template <typename T, typename A, ScanOp kOp>
void ScanEitherWay(const Scan& scan, bool reverse) {
  return reverse ? ScanByVectors<T, A, kOp, true>(scan) : ScanByVectors<T, A, kOp, false>(scan);
}

template <typename T, typename A, ScanOp kOp>
void ScanCasting(const Scan& scan, bool reverse) {
  ScanPlainly<T, A>(
      scan, reverse, CombineTwo<kOp, A>, [](T x) { return static_cast<A>(x); }, [](A x) { return static_cast<T>(x); });
}

template <typename T>
void ScanFloats(const Scan& scan, ScanOp op, bool reverse) {
  using Bits = std::conditional_t<sizeof(T) == 4, int32_t, int64_t>;
  switch (op) {
    case ScanOp::kAdd:
      return ScanEitherWay<T, double, ScanOp::kAdd>(scan, reverse);
    case ScanOp::kMultiply:
      return ScanEitherWay<T, double, ScanOp::kMultiply>(scan, reverse);
    case ScanOp::kMaximum:
      return ScanEitherWay<T, Bits, ScanOp::kMaximum>(scan, reverse);
    case ScanOp::kMinimum:
      return ScanEitherWay<T, Bits, ScanOp::kMinimum>(scan, reverse);
    case ScanOp::kLogAddExp:
      return ScanCasting<T, double, ScanOp::kLogAddExp>(scan, reverse);
    default:
      return;
  }
}

template <typename T>
void ScanSmallFloats(const Scan& scan, ScanOp op, bool reverse) {
  const auto take = [](T x) { return static_cast<double>(ToFloat(x)); };
  const auto give = [](double x) { return RoundedTo<T>(x); };
  const auto ordered = [&](auto combine, auto kind) {
    constexpr ScanOp kOp = decltype(kind)::value;
    ScanPlainly<T, int64_t>(
        scan, reverse, combine, [](T x) { return OrderedBits<kOp, double, int64_t>(static_cast<double>(ToFloat(x))); },
        [](int64_t x) { return RoundedTo<T>(FromOrderedBits<double>(x)); });
  };
  switch (op) {
    case ScanOp::kAdd:
      return ScanPlainly<T, double>(scan, reverse, CombineTwo<ScanOp::kAdd, double>, take, give);
    case ScanOp::kMultiply:
      return ScanPlainly<T, double>(scan, reverse, CombineTwo<ScanOp::kMultiply, double>, take, give);
    case ScanOp::kMaximum:
      return ordered(CombineTwo<ScanOp::kMaximum, int64_t>, std::integral_constant<ScanOp, ScanOp::kMaximum>());
    case ScanOp::kMinimum:
      return ordered(CombineTwo<ScanOp::kMinimum, int64_t>, std::integral_constant<ScanOp, ScanOp::kMinimum>());
    case ScanOp::kLogAddExp:
      return ScanPlainly<T, double>(scan, reverse, CombineTwo<ScanOp::kLogAddExp, double>, take, give);
    default:
      return;
  }
}

// One operation on integers of a type; those of 32 and 64 bits have vectors for all but the logical operations.
template <typename T, ScanOp kOp>
void ScanIntegersBy(const Scan& scan, bool reverse) {
  constexpr bool kIsLogical = kOp == ScanOp::kAnd || kOp == ScanOp::kOr || kOp == ScanOp::kXor;
  if constexpr (sizeof(T) >= 4 && !kIsLogical) {
    ScanEitherWay<T, T, kOp>(scan, reverse);
  } else {
    ScanCasting<T, T, kOp>(scan, reverse);
  }
}

template <typename T>
void ScanIntegers(const Scan& scan, ScanOp op, bool reverse) {
  // Sums and products wrap, so they are done without signs.
  using U = std::make_unsigned_t<T>;
  switch (op) {
    case ScanOp::kAdd:
      return ScanIntegersBy<U, ScanOp::kAdd>(scan, reverse);
    case ScanOp::kMultiply:
      return ScanIntegersBy<U, ScanOp::kMultiply>(scan, reverse);
    case ScanOp::kMaximum:
      return ScanIntegersBy<T, ScanOp::kMaximum>(scan, reverse);
    case ScanOp::kMinimum:
      return ScanIntegersBy<T, ScanOp::kMinimum>(scan, reverse);
    case ScanOp::kAnd:
      return ScanIntegersBy<U, ScanOp::kAnd>(scan, reverse);
    case ScanOp::kOr:
      return ScanIntegersBy<U, ScanOp::kOr>(scan, reverse);
    case ScanOp::kXor:
      return ScanIntegersBy<U, ScanOp::kXor>(scan, reverse);
    default:
      return;
  }
}

template <typename T>
void ScanComplex(const Scan& scan, ScanOp op, bool reverse) {
  using C = std::complex<double>;
  const auto take = [](std::complex<T> x) { return static_cast<C>(x); };
  const auto give = [](C x) { return static_cast<std::complex<T>>(x); };
  if (op == ScanOp::kAdd) {
    ScanPlainly<std::complex<T>, C>(scan, reverse, [](C a, C b) { return a + b; }, take, give);
  } else {
    // Without the detours of std::complex for infinities.
    const auto product = [](C a, C b) {
      return C(a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real());
    };
    ScanPlainly<std::complex<T>, C>(scan, reverse, product, take, give);
  }
}

}  // namespace

void RunCumulative(const RoutineCall& call) {
  const int64_t* p = call.params;
  const Scan scan{p[0], p[1], p[2], call.args[0], call.args[1], call.args[2]};
  const ScanOp op = static_cast<ScanOp>(p[4]);
  const bool reverse = p[5] != 0;
  if (scan.outer * scan.length * scan.inner == 0) return;
  switch (static_cast<DType>(p[3])) {
    case DType::kBool:
    case DType::kUint8:
      return ScanIntegers<uint8_t>(scan, op, reverse);
    case DType::kInt8:
      return ScanIntegers<int8_t>(scan, op, reverse);
    case DType::kInt16:
      return ScanIntegers<int16_t>(scan, op, reverse);
    case DType::kUint16:
      return ScanIntegers<uint16_t>(scan, op, reverse);
    case DType::kInt32:
      return ScanIntegers<int32_t>(scan, op, reverse);
    case DType::kUint32:
      return ScanIntegers<uint32_t>(scan, op, reverse);
    case DType::kInt64:
      return ScanIntegers<int64_t>(scan, op, reverse);
    case DType::kUint64:
      return ScanIntegers<uint64_t>(scan, op, reverse);
    case DType::kFloat16:
      return ScanSmallFloats<Float16>(scan, op, reverse);
    case DType::kBfloat16:
      return ScanSmallFloats<Bfloat16>(scan, op, reverse);
    case DType::kFloat32:
      return ScanFloats<float>(scan, op, reverse);
    case DType::kFloat64:
      return ScanFloats<double>(scan, op, reverse);
    case DType::kComplex64:
      return ScanComplex<float>(scan, op, reverse);
    case DType::kComplex128:
      return ScanComplex<double>(scan, op, reverse);
  }
}

}  // namespace cotangent
