// What a Fourier transform of one length needs: its factors and roots of unity, made once and kept.
#pragma once

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cotangent {

// Lines are transformed so many at a time, side by side: a whole number of vectors of any instruction set.
constexpr int64_t kFftLanes = 16;

// Complex numbers, their parts apart.
template <typename T>
struct FftPlanes {
  T* re;
  T* im;
};

// One pass of the transform: `count` butterflies of `radix` numbers, on runs of `stride` times the lanes.
template <typename T>
struct FftStage {
  int radix;
  int64_t count;
  int64_t stride;
  const T* twiddles;  // for each butterfly those of outputs 1 … radix-1: real, imaginary
  const T* cycle;     // the roots of unity of order `radix`
};

// e^(-2πik/n); angles are reduced to an eighth of a turn, where sine and cosine are best.
inline std::pair<double, double> RootOfUnity(int64_t k, int64_t n) {
  k %= n;
  const int64_t eighth = (8 * k + n / 2) / n;
  const double rest = 2 * M_PI * static_cast<double>(8 * k - eighth * n) / (8.0 * static_cast<double>(n));
  // An odd eighth leaves a rest around 45°.
  const double angle = eighth % 2 == 1 ? rest + M_PI / 4 : rest;
  const double c = std::cos(angle), s = std::sin(angle);
  switch ((eighth >> 1) & 3) {
    case 0:
      return {c, -s};
    case 1:
      return {-s, -c};
    case 2:
      return {-c, s};
    default:
      return {s, c};
  }
}

// Primes above this go by Bluestein's convolution.
constexpr int kLargestRadix = 61;

// The radices of n, fours first; empty if a prime is too large.
inline std::vector<int> RadicesOf(int64_t n) {
  std::vector<int> radices;
  const auto take = [&](int radix) {
    for (; n % radix == 0; n /= radix) radices.push_back(radix);
  };
  take(4);
  take(2);
  for (int radix = 3; radix <= kLargestRadix; radix += 2) take(radix);
  return n == 1 ? radices : std::vector<int>();
}

// What was made for a length, kept until all of it together is too large.
template <typename Made>
std::shared_ptr<const Made> KeptByLength(int64_t n) {
  constexpr int64_t kMostKept = int64_t{1} << 23;
  static std::mutex mutex;
  static std::unordered_map<int64_t, std::shared_ptr<const Made>> known;
  static int64_t kept = 0;
  {
    const std::lock_guard<std::mutex> lock(mutex);
    const auto found = known.find(n);
    if (found != known.end()) return found->second;
  }
  const auto made = std::make_shared<const Made>(n);
  const std::lock_guard<std::mutex> lock(mutex);
  if (kept > kMostKept) {
    known.clear();
    kept = 0;
  }
  kept += n;
  known[n] = made;
  return made;
}

// e^(-2πik/n) for k up to n/4: what joins the transforms of even and odd places.
template <typename T>
struct JoiningRoots {
  explicit JoiningRoots(int64_t n) : roots(n / 4 + 1) {
    for (int64_t k = 0; k <= n / 4; k++) {
      const auto [re, im] = RootOfUnity(k, n);
      roots[k] = {static_cast<T>(re), static_cast<T>(im)};
    }
  }
  static std::shared_ptr<const JoiningRoots> Of(int64_t n) { return KeptByLength<JoiningRoots>(n); }

  std::vector<std::complex<T>> roots;
};

template <typename T>
class FftPlan {
 public:
  using Pointer = std::shared_ptr<const FftPlan>;

  // The plan of a length, n ≥ 1.
  static Pointer Of(int64_t n) { return KeptByLength<FftPlan>(n); }

  explicit FftPlan(int64_t length) : n(length) {
    const std::vector<int> radices = RadicesOf(n);
    if (radices.empty() && n > 1) {
      PlanConvolution();
      return;
    }
    PlanStages(radices);
    if (n >= kShortest) PlanGrid(radices);
  }

  int64_t n;
  std::vector<FftStage<T>> stages;

  // n = n1 · n2, for long lines: transforms of columns, turned by `grid`, then of rows. Null if n is not split.
  Pointer first, second;
  // e^(-2πi k1 i2 / n) in row-major order, real parts apart from imaginary ones.
  std::vector<T> grid_re, grid_im;

  // Bluestein's convolution, for n with a large prime: e^(-πik²/n), and the transform of its conjugate.
  Pointer convolution;
  std::vector<T> chirp, filter;

 private:
  // Shorter lines are not split.
  static constexpr int64_t kShortest = 256;

  void PlanStages(const std::vector<int>& radices) {
    size_t size = 0;
    int64_t left = n;
    for (const int radix : radices) {
      left /= radix;
      size += 2 * static_cast<size_t>(left * (radix - 1) + radix);
    }
    tables_.resize(size);
    T* at = tables_.data();
    int64_t stride = 1;
    left = n;
    for (const int radix : radices) {
      const int64_t count = left / radix;
      FftStage<T> stage{radix, count, stride, at, nullptr};
      for (int64_t k = 0; k < count; k++) {
        for (int64_t j = 1; j < radix; j++) at = Put(at, RootOfUnity(j * k, left));
      }
      stage.cycle = at;
      for (int k = 0; k < radix; k++) at = Put(at, RootOfUnity(k, radix));
      stages.push_back(stage);
      left = count;
      stride *= radix;
    }
  }

  void PlanGrid(const std::vector<int>& radices) {
    // The divisor nearest below the root that some of the radices make.
    int64_t n1 = 1;
    std::vector<int64_t> divisors = {1};
    for (const int radix : radices) {
      const size_t before = divisors.size();
      for (size_t d = 0; d < before; d++) {
        const int64_t larger = divisors[d] * radix;
        if (larger * larger > n) continue;
        divisors.push_back(larger);
        n1 = std::max(n1, larger);
      }
      std::sort(divisors.begin(), divisors.end());
      divisors.erase(std::unique(divisors.begin(), divisors.end()), divisors.end());
    }
    if (n1 < 4) return;
    const int64_t n2 = n / n1;
    first = Of(n1);
    second = Of(n2);
    grid_re.resize(n);
    grid_im.resize(n);
    for (int64_t k = 0; k < n1; k++) {
      for (int64_t i = 0; i < n2; i++) {
        const auto [re, im] = GridRoot(k * i);
        grid_re[k * n2 + i] = static_cast<T>(re);
        grid_im[k * n2 + i] = static_cast<T>(im);
      }
    }
  }

  // As RootOfUnity; for float32 as a product of two that are kept, which is as good after rounding.
  std::pair<double, double> GridRoot(int64_t k) {
    if constexpr (sizeof(T) == 8) return RootOfUnity(k, n);
    constexpr int64_t kFine = 1024;
    if (coarse_.empty()) {
      for (int64_t i = 0; i < std::min(n, kFine); i++) fine_.push_back(RootOfUnity(i, n));
      for (int64_t i = 0; i < n; i += kFine) coarse_.push_back(RootOfUnity(i, n));
    }
    const auto [a, b] = coarse_[k / kFine];
    const auto [c, d] = fine_[k % kFine];
    return {a * c - b * d, a * d + b * c};
  }

  void PlanConvolution();

  static T* Put(T* at, std::pair<double, double> root) {
    at[0] = static_cast<T>(root.first);
    at[1] = static_cast<T>(root.second);
    return at + 2;
  }

  std::vector<T> tables_;
  std::vector<std::pair<double, double>> coarse_, fine_;
};

}  // namespace cotangent
