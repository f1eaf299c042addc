// fft: discrete Fourier transforms over the last dimensions, of any length. Complex, or real on one side: of even
// length those are done as complex ones of half the length.
// args: x, result. params: dtype of x, FFTKind, batch, rank, the lengths.
#include <algorithm>
#include <complex>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "cpu/dtypes.h"
#include "cpu/routines/fft_plan.h"
#include "cpu/routines/routines.h"
#include "cpu/routines/targets.h"
#include "runtime/pool.h"

#define COTANGENT_KERNELS "cpu/routines/fft_kernels.h"
#include "cpu/routines/for_targets.inc"

namespace cotangent {
namespace {

enum FFTKind : int64_t { kFFT = 0, kIFFT, kRFFT, kIRFFT };
enum Lane { kConvolution, kReal, kPlanes, kSplit, kSpectrum, kLine };

// Longer lines are split where they can be: side by side they do not fit the second-level cache.
constexpr int64_t kLong = 2048;
constexpr int64_t kFewLines = 8;
constexpr int64_t kGrain = 1 << 13;

// Elements along the dimension transformed are `inner` apart; `outer` groups of `inner` lines are so far apart.
struct FftAxis {
  int64_t outer, inner;
  int64_t in_step, out_step;  // from one group to the next
  bool inverse;
};

template <typename T>
class LaneTransform {
 public:
  explicit LaneTransform(const FftPlan<T>& plan) : plan_(plan) {
    const int64_t size = plan.n * kFftLanes;
    T* memory = static_cast<T*>(Scratch(kPlanes, 4 * size * sizeof(T)));
    x_ = {memory, memory + size};
    y_ = {memory + 2 * size, memory + 3 * size};
  }

  // Exchanging real and imaginary parts before and after makes the transform its inverse.
  void Load(const T* in, int64_t step, int64_t lanes, int64_t lane_step, bool exchange) {
    COTANGENT_DISPATCH(LoadPlanes<T>)(in, plan_.n, step, lanes, lane_step, exchange ? Exchanged(x_) : x_);
  }
  void Run() {
    if (COTANGENT_DISPATCH(RunStages<T>)(plan_.stages.data(), plan_.stages.size(), x_, y_)) std::swap(x_, y_);
  }
  void Turn(const T* re, const T* im, int64_t step, int64_t lanes) {
    COTANGENT_DISPATCH(TurnPlanes<T>)(x_, plan_.n, re, im, step, lanes);
  }
  void Store(T* out, int64_t step, int64_t lanes, int64_t lane_step, T scale, bool exchange) {
    COTANGENT_DISPATCH(StorePlanes<T>)(exchange ? Exchanged(x_) : x_, plan_.n, step, lanes, lane_step, scale, out);
  }

 private:
  using Planes = FftPlanes<T>;
  static Planes Exchanged(Planes p) { return {p.im, p.re}; }

  const FftPlan<T>& plan_;
  Planes x_, y_;
};

// Lines side by side.
template <typename T>
void TransformBlocks(const FftPlan<T>& plan, const T* in, T* out, const FftAxis& axis, T scale) {
  // Groups of one line each are themselves side by side.
  const bool rows = axis.inner == 1;
  const int64_t across = rows ? axis.outer : axis.inner;
  const int64_t blocks = (across + kFftLanes - 1) / kFftLanes;
  const int64_t pieces = rows ? blocks : axis.outer * blocks;
  const int64_t grain = std::max<int64_t>(1, kGrain / (plan.n * kFftLanes));
  Pool::Shared().ParallelFor(pieces, grain, [&](int64_t begin, int64_t end) {
    LaneTransform<T> lines(plan);
    for (int64_t piece = begin; piece < end; piece++) {
      const int64_t first = piece % blocks * kFftLanes;
      const int64_t lanes = std::min(kFftLanes, across - first);
      const int64_t group = piece / blocks;
      const T* from = in + 2 * (rows ? first * axis.in_step : group * axis.in_step + first);
      T* to = out + 2 * (rows ? first * axis.out_step : group * axis.out_step + first);
      lines.Load(from, axis.inner, lanes, rows ? axis.in_step : 1, axis.inverse);
      lines.Run();
      lines.Store(to, axis.inner, lanes, rows ? axis.out_step : 1, scale, axis.inverse);
    }
  });
}

// One long line in consecutive elements, as a matrix: its columns, then its rows.
template <typename T>
void TransformSplit(const FftPlan<T>& plan, const T* in, T* out, bool inverse, T scale) {
  const FftPlan<T>& first = *plan.first;
  const FftPlan<T>& second = *plan.second;
  const int64_t n1 = first.n, n2 = second.n;
  T* between = static_cast<T*>(Scratch(kSplit, 2 * plan.n * sizeof(T)));
  const auto blocks = [](int64_t n) { return (n + kFftLanes - 1) / kFftLanes; };
  const auto grain = [](int64_t n) { return std::max<int64_t>(1, kGrain / (n * kFftLanes)); };
  Pool::Shared().ParallelFor(blocks(n2), grain(n1), [&](int64_t begin, int64_t end) {
    LaneTransform<T> columns(first);
    for (int64_t b = begin; b < end; b++) {
      const int64_t at = b * kFftLanes, lanes = std::min(kFftLanes, n2 - at);
      columns.Load(in + 2 * at, n2, lanes, 1, inverse);
      columns.Run();
      columns.Turn(plan.grid_re.data() + at, plan.grid_im.data() + at, n2, lanes);
      columns.Store(between + 2 * at, n2, lanes, 1, T(1), false);
    }
  });
  Pool::Shared().ParallelFor(blocks(n1), grain(n2), [&](int64_t begin, int64_t end) {
    LaneTransform<T> rows(second);
    for (int64_t b = begin; b < end; b++) {
      const int64_t at = b * kFftLanes, lanes = std::min(kFftLanes, n1 - at);
      rows.Load(between + 2 * at * n2, 1, lanes, n2, false);
      rows.Run();
      rows.Store(out + 2 * at, n1, lanes, 1, scale, inverse);
    }
  });
}

// Calls f(in, out, elements' step) for each line, one after the other or in parallel.
template <typename T, typename F>
void ForEachLine(const FftAxis& axis, const T* in, T* out, F&& f) {
  const int64_t lines = axis.outer * axis.inner;
  const auto run = [&](int64_t begin, int64_t end) {
    for (int64_t l = begin; l < end; l++) {
      const int64_t group = l / axis.inner, k = l % axis.inner;
      f(in + 2 * (group * axis.in_step + k), out + 2 * (group * axis.out_step + k));
    }
  };
  if (lines < Pool::Shared().threads()) return run(0, lines);
  Pool::Shared().ParallelFor(lines, 1, run);
}

template <typename T>
void TransformLongLines(const FftPlan<T>& plan, const T* in, T* out, const FftAxis& axis, T scale) {
  ForEachLine(axis, in, out, [&](const T* from, T* to) {
    if (axis.inner == 1) return TransformSplit(plan, from, to, axis.inverse, scale);
    T* line = static_cast<T*>(Scratch(kLine, 2 * plan.n * sizeof(T)));
    for (int64_t k = 0; k < plan.n; k++) std::memcpy(line + 2 * k, from + 2 * k * axis.inner, 2 * sizeof(T));
    TransformSplit(plan, line, line, axis.inverse, scale);
    for (int64_t k = 0; k < plan.n; k++) std::memcpy(to + 2 * k * axis.inner, line + 2 * k, 2 * sizeof(T));
  });
}

template <typename T>
void Transform(const FftPlan<T>& plan, const T* in, T* out, const FftAxis& axis, T scale);

// With jk = (j² + k² - (k - j)²) / 2 a transform is a convolution with a chirp, done by transforms of another length.
template <typename T>
void TransformByConvolution(const FftPlan<T>& plan, const T* in, T* out, const FftAxis& axis, T scale) {
  const FftPlan<T>& longer = *plan.convolution;
  const int64_t n = plan.n, m = longer.n;
  using C = std::complex<T>;
  const auto times = [](C a, const T* b) { return C(a.real() * b[0] - a.imag() * b[1], a.real() * b[1] + a.imag() * b[0]); };
  const auto exchanged = [](C z) { return C(z.imag(), z.real()); };
  const FftAxis one{1, 1, m, m, false}, back{1, 1, m, m, true};
  ForEachLine(axis, in, out, [&](const T* from, T* to) {
    C* line = static_cast<C*>(Scratch(kConvolution, m * sizeof(C)));
    for (int64_t k = 0; k < n; k++) {
      const C z(from[2 * k * axis.inner], from[2 * k * axis.inner + 1]);
      line[k] = times(axis.inverse ? exchanged(z) : z, &plan.chirp[2 * k]);
    }
    std::fill(line + n, line + m, C(0));
    T* parts = reinterpret_cast<T*>(line);
    Transform(longer, parts, parts, one, T(1));
    for (int64_t k = 0; k < m; k++) line[k] = times(line[k], &plan.filter[2 * k]);
    Transform(longer, parts, parts, back, T(1) / static_cast<T>(m));
    for (int64_t k = 0; k < n; k++) {
      const C z = times(line[k], &plan.chirp[2 * k]);
      const C result = (axis.inverse ? exchanged(z) : z) * scale;
      to[2 * k * axis.inner] = result.real();
      to[2 * k * axis.inner + 1] = result.imag();
    }
  });
}

// Of every line along a dimension; `in` may be `out`.
template <typename T>
void Transform(const FftPlan<T>& plan, const T* in, T* out, const FftAxis& axis, T scale) {
  if (plan.convolution != nullptr) return TransformByConvolution(plan, in, out, axis, scale);
  const int64_t lines = axis.outer * axis.inner;
  if (plan.first != nullptr && (plan.n > kLong || lines < kFewLines)) {
    return TransformLongLines(plan, in, out, axis, scale);
  }
  TransformBlocks(plan, in, out, axis, scale);
}

// Real lines of odd length, as complex ones, some at a time. `fill` and `take` translate one line.
template <typename T, typename Fill, typename Take>
void TransformWhole(int64_t n, int64_t lines, bool inverse, Fill fill, Take take) {
  using C = std::complex<T>;
  const auto plan = FftPlan<T>::Of(n);
  const T scale = inverse ? T(1) / static_cast<T>(n) : T(1);
  const int64_t some = std::clamp<int64_t>((int64_t{1} << 20) / n, 1, kFftLanes);
  const auto run = [&](int64_t begin, int64_t end) {
    for (int64_t block = begin; block < end; block++) {
      const int64_t first = block * some, count = std::min(some, lines - first);
      C* whole = static_cast<C*>(Scratch(kReal, count * n * sizeof(C)));
      for (int64_t l = 0; l < count; l++) fill(first + l, whole + l * n);
      T* parts = reinterpret_cast<T*>(whole);
      Transform<T>(*plan, parts, parts, {count, 1, n, n, inverse}, scale);
      for (int64_t l = 0; l < count; l++) take(first + l, whole + l * n);
    }
  };
  const int64_t blocks = (lines + some - 1) / some;
  if (blocks < Pool::Shared().threads()) return run(0, blocks);
  Pool::Shared().ParallelFor(blocks, 1, run);
}

template <typename T>
std::complex<T> Times(std::complex<T> a, std::complex<T> b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

// Calls f(line, begin, end) for parts of the pairs 1 … half/2 of frequencies of every line, in parallel; the line's
// first part begins at 0.
template <typename F>
void ForPairs(int64_t lines, int64_t half, F&& f) {
  const int64_t pairs = half / 2 + 1;
  const int64_t parts = (pairs + kGrain - 1) / kGrain;
  const int64_t grain = std::max<int64_t>(1, kGrain / pairs);
  Pool::Shared().ParallelFor(lines * parts, grain, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; i++) {
      const int64_t first = i % parts * kGrain;
      f(i / parts, first, std::min(first + kGrain, pairs));
    }
  });
}

// Real lines of length n to their first n/2 + 1 frequencies.
template <typename T>
void RealToHalf(const T* in, T* out, int64_t lines, int64_t n) {
  using C = std::complex<T>;
  C* spectrum = reinterpret_cast<C*>(out);
  const int64_t half = n / 2;
  if (n % 2 == 1) {
    return TransformWhole<T>(
        n, lines, false, [&](int64_t l, C* whole) { std::copy(in + l * n, in + (l + 1) * n, whole); },
        [&](int64_t l, const C* whole) { std::copy(whole, whole + half + 1, spectrum + l * (half + 1)); });
  }
  // Neighbours as real and imaginary parts; then the two transforms are taken apart and joined.
  Transform<T>(*FftPlan<T>::Of(half), in, out, {lines, 1, half, half + 1, false}, T(1));
  const auto roots = JoiningRoots<T>::Of(n);
  ForPairs(lines, half, [&](int64_t l, int64_t begin, int64_t end) {
    C* z = spectrum + l * (half + 1);
    if (begin == 0) {
      const C first = z[0];
      z[0] = first.real() + first.imag();
      z[half] = first.real() - first.imag();
    }
    for (int64_t k = std::max<int64_t>(begin, 1); k < end; k++) {
      const C a = z[k], b = std::conj(z[half - k]);
      const C even = (a + b) * T(0.5), gap = (a - b) * T(0.5);
      const C odd = Times(roots->roots[k], C(gap.imag(), -gap.real()));
      z[k] = even + odd;
      z[half - k] = std::conj(even - odd);
    }
  });
}

// The way back: from n/2 + 1 frequencies, of which those that are their own mirror images count as real.
template <typename T>
void HalfToReal(const T* in, T* out, int64_t lines, int64_t n) {
  using C = std::complex<T>;
  const C* spectrum = reinterpret_cast<const C*>(in);
  const int64_t half = n / 2;
  if (n % 2 == 1) {
    const auto fill = [&](int64_t l, C* whole) {
      const C* x = spectrum + l * (half + 1);
      whole[0] = x[0].real();
      for (int64_t k = 1; k <= half; k++) {
        whole[k] = x[k];
        whole[n - k] = std::conj(x[k]);
      }
    };
    return TransformWhole<T>(n, lines, true, fill, [&](int64_t l, const C* whole) {
      for (int64_t k = 0; k < n; k++) out[l * n + k] = whole[k].real();
    });
  }
  const auto roots = JoiningRoots<T>::Of(n);
  C* joined = reinterpret_cast<C*>(out);
  ForPairs(lines, half, [&](int64_t l, int64_t begin, int64_t end) {
    const C* x = spectrum + l * (half + 1);
    C* z = joined + l * half;
    if (begin == 0) {
      const T first = x[0].real(), last = x[half].real();
      z[0] = {(first + last) * T(0.5), (first - last) * T(0.5)};
    }
    for (int64_t k = std::max<int64_t>(begin, 1); k < end; k++) {
      const C a = x[k], b = std::conj(x[half - k]);
      const C even = (a + b) * T(0.5);
      const C odd = Times(std::conj(roots->roots[k]), (a - b) * T(0.5));
      const C turned(-odd.imag(), odd.real());
      z[k] = even + turned;
      if (2 * k < half) z[half - k] = std::conj(even - turned);
    }
  });
  Transform<T>(*FftPlan<T>::Of(half), out, out, {lines, 1, half, half, true}, T(1) / static_cast<T>(half));
}

template <typename T>
void Run(const RoutineCall& call) {
  const int64_t* p = call.params;
  const FFTKind kind = static_cast<FFTKind>(p[1]);
  const int64_t batch = p[2], rank = p[3];
  const int64_t* lengths = p + 4;
  const bool inverse = kind == kIFFT || kind == kIRFFT;
  const bool real = kind == kRFFT || kind == kIRFFT;
  const int64_t n = lengths[rank - 1];
  int64_t lines = batch;
  for (int64_t d = 0; d + 1 < rank; d++) lines *= lengths[d];
  if (lines * n == 0) return;
  const int64_t last = real ? n / 2 + 1 : n;
  const T* in = static_cast<const T*>(call.args[0]);
  T* out = static_cast<T*>(call.args[1]);

  // Along all but the last dimension of `from`, whose last dimension is `last` long.
  const auto others = [&](const T* from, T* to) {
    int64_t inner = last;
    for (int64_t d = rank - 2; d >= 0; d--) {
      const int64_t length = lengths[d];
      const FftAxis axis{lines * last / (inner * length), inner, inner * length, inner * length, inverse};
      Transform<T>(*FftPlan<T>::Of(length), from, to, axis, inverse ? T(1) / static_cast<T>(length) : T(1));
      from = to;
      inner *= length;
    }
  };
  if (kind == kRFFT) {
    RealToHalf(in, out, lines, n);
    return others(out, out);
  }
  if (kind == kIRFFT) {
    if (rank == 1) return HalfToReal(in, out, lines, n);
    T* spectrum = static_cast<T*>(Scratch(kSpectrum, 2 * lines * last * sizeof(T)));
    others(in, spectrum);
    return HalfToReal(spectrum, out, lines, n);
  }
  Transform<T>(*FftPlan<T>::Of(n), in, out, {lines, 1, n, n, inverse}, inverse ? T(1) / static_cast<T>(n) : T(1));
  others(out, out);
}

}  // namespace

template <typename T>
void FftPlan<T>::PlanConvolution() {
  int64_t m = 1;
  while (m < 2 * n - 1) m *= 2;
  convolution = Of(m);
  chirp.resize(2 * n);
  filter.assign(2 * m, T(0));
  std::vector<double> wide(2 * m, 0.0);
  for (int64_t k = 0; k < n; k++) {
    const auto [re, im] = RootOfUnity(static_cast<int64_t>(static_cast<__int128>(k) * k % (2 * n)), 2 * n);
    chirp[2 * k] = static_cast<T>(re);
    chirp[2 * k + 1] = static_cast<T>(im);
    for (const int64_t at : {k, k == 0 ? 0 : m - k}) {
      wide[2 * at] = re;
      wide[2 * at + 1] = -im;
    }
  }
  Transform<double>(*FftPlan<double>::Of(m), wide.data(), wide.data(), {1, 1, m, m, false}, 1.0);
  std::copy(wide.begin(), wide.end(), filter.begin());
}

void RunFFT(const RoutineCall& call) {
  switch (static_cast<DType>(call.params[0])) {
    case DType::kFloat64:
    case DType::kComplex128:
      return Run<double>(call);
    default:
      return Run<float>(call);
  }
}

}  // namespace cotangent
