// Fourier transforms of kFftLanes lines side by side, real parts apart from imaginary ones; see targets.h.
namespace cotangent {
namespace COTANGENT_TARGET {

template <typename T>
struct FftVector {
  typedef T Type __attribute__((vector_size(COTANGENT_VECTOR_BYTES)));
  static constexpr int64_t kCount = COTANGENT_VECTOR_BYTES / sizeof(T);
};

template <typename V, typename T>
inline __attribute__((always_inline)) V LoadLanes(const T* from) {
  V x;
  std::memcpy(&x, from, sizeof(x));
  return x;
}
template <typename V, typename T>
inline __attribute__((always_inline)) void StoreLanes(T* to, V x) {
  std::memcpy(to, &x, sizeof(x));
}

// A transform of kRadix numbers in place.
template <int kRadix, typename T, typename V>
inline __attribute__((always_inline)) void Butterfly(V* re, V* im) {
  if constexpr (kRadix == 2) {
    const V r = re[0] - re[1], i = im[0] - im[1];
    re[0] += re[1];
    im[0] += im[1];
    re[1] = r;
    im[1] = i;
  } else if constexpr (kRadix == 3) {
    constexpr T kHalf = T(0.5), kSin = T(0.86602540378443864676);
    const V tr = re[1] + re[2], ti = im[1] + im[2];
    const V ur = (re[1] - re[2]) * kSin, ui = (im[1] - im[2]) * kSin;
    const V mr = re[0] - tr * kHalf, mi = im[0] - ti * kHalf;
    re[0] += tr;
    im[0] += ti;
    re[1] = mr + ui;
    im[1] = mi - ur;
    re[2] = mr - ui;
    im[2] = mi + ur;
  } else if constexpr (kRadix == 4) {
    const V ar = re[0] + re[2], ai = im[0] + im[2], br = re[0] - re[2], bi = im[0] - im[2];
    const V cr = re[1] + re[3], ci = im[1] + im[3], dr = re[1] - re[3], di = im[1] - im[3];
    re[0] = ar + cr;
    im[0] = ai + ci;
    re[1] = br + di;
    im[1] = bi - dr;
    re[2] = ar - cr;
    im[2] = ai - ci;
    re[3] = br - di;
    im[3] = bi + dr;
  } else {
    static_assert(kRadix == 5);
    constexpr T kCos1 = T(0.30901699437494742410), kCos2 = T(-0.80901699437494742410);
    constexpr T kSin1 = T(0.95105651629515357212), kSin2 = T(0.58778525229247312917);
    const V pr = re[1] + re[4], pi = im[1] + im[4], qr = re[2] + re[3], qi = im[2] + im[3];
    const V ur = re[1] - re[4], ui = im[1] - im[4], vr = re[2] - re[3], vi = im[2] - im[3];
    const V ar = re[0] + pr * kCos1 + qr * kCos2, ai = im[0] + pi * kCos1 + qi * kCos2;
    const V br = re[0] + pr * kCos2 + qr * kCos1, bi = im[0] + pi * kCos2 + qi * kCos1;
    const V cr = ur * kSin1 + vr * kSin2, ci = ui * kSin1 + vi * kSin2;
    const V dr = ur * kSin2 - vr * kSin1, di = ui * kSin2 - vi * kSin1;
    re[0] += pr + qr;
    im[0] += pi + qi;
    re[1] = ar + ci;
    im[1] = ai - cr;
    re[4] = ar - ci;
    im[4] = ai + cr;
    re[2] = br + di;
    im[2] = bi - dr;
    re[3] = br - di;
    im[3] = bi + dr;
  }
}

template <int kRadix, bool kTwiddle, typename T>
void RadixStage(const FftStage<T>& stage, FftPlanes<T> x, FftPlanes<T> y) {
  using V = typename FftVector<T>::Type;
  const int64_t width = stage.stride * kFftLanes;
  for (int64_t k = 0; k < stage.count; k++) {
    const T* w = stage.twiddles + k * 2 * (kRadix - 1);
    for (int64_t q = 0; q < width; q += FftVector<T>::kCount) {
      V re[kRadix], im[kRadix];
      for (int r = 0; r < kRadix; r++) {
        const int64_t from = (k + stage.count * r) * width + q;
        re[r] = LoadLanes<V>(x.re + from);
        im[r] = LoadLanes<V>(x.im + from);
      }
      Butterfly<kRadix, T>(re, im);
      for (int j = 0; j < kRadix; j++) {
        const int64_t to = (kRadix * k + j) * width + q;
        if (kTwiddle && j > 0) {
          const T c = w[2 * j - 2], s = w[2 * j - 1];
          StoreLanes(y.re + to, re[j] * c - im[j] * s);
          StoreLanes(y.im + to, re[j] * s + im[j] * c);
        } else {
          StoreLanes(y.re + to, re[j]);
          StoreLanes(y.im + to, im[j]);
        }
      }
    }
  }
}

// Any odd radix: numbers r and radix - r are taken together, for their roots are conjugate.
template <typename T>
void OddStage(const FftStage<T>& stage, FftPlanes<T> x, FftPlanes<T> y) {
  using V = typename FftVector<T>::Type;
  const int radix = stage.radix, half = radix / 2;
  const int64_t width = stage.stride * kFftLanes;
  for (int64_t k = 0; k < stage.count; k++) {
    const T* w = stage.twiddles + k * 2 * (radix - 1);
    const auto put = [&](int j, int64_t q, V re, V im) {
      const int64_t to = (radix * k + j) * width + q;
      if (j > 0) {
        const T c = w[2 * j - 2], s = w[2 * j - 1];
        const V turned = re * c - im * s;
        im = re * s + im * c;
        re = turned;
      }
      StoreLanes(y.re + to, re);
      StoreLanes(y.im + to, im);
    };
    for (int64_t q = 0; q < width; q += FftVector<T>::kCount) {
      V sum_re[kLargestRadix / 2 + 1], sum_im[kLargestRadix / 2 + 1];
      V gap_re[kLargestRadix / 2 + 1], gap_im[kLargestRadix / 2 + 1];
      const V re0 = LoadLanes<V>(x.re + k * width + q), im0 = LoadLanes<V>(x.im + k * width + q);
      V total_re = re0, total_im = im0;
      for (int r = 1; r <= half; r++) {
        const int64_t a = (k + stage.count * r) * width + q, b = (k + stage.count * (radix - r)) * width + q;
        const V are = LoadLanes<V>(x.re + a), aim = LoadLanes<V>(x.im + a);
        const V bre = LoadLanes<V>(x.re + b), bim = LoadLanes<V>(x.im + b);
        sum_re[r] = are + bre;
        sum_im[r] = aim + bim;
        gap_re[r] = are - bre;
        gap_im[r] = aim - bim;
        total_re += sum_re[r];
        total_im += sum_im[r];
      }
      put(0, q, total_re, total_im);
      for (int j = 1; j <= half; j++) {
        V cre = re0, cim = im0, sre = V{}, sim = V{};
        for (int r = 1, at = j; r <= half; r++, at = at + j >= radix ? at + j - radix : at + j) {
          // The root is cos - i sin.
          const T c = stage.cycle[2 * at], s = -stage.cycle[2 * at + 1];
          cre += sum_re[r] * c;
          cim += sum_im[r] * c;
          sre += gap_re[r] * s;
          sim += gap_im[r] * s;
        }
        put(j, q, cre + sim, cim - sre);
        put(radix - j, q, cre - sim, cim + sre);
      }
    }
  }
}

// All stages, from one pair of planes to the other and back; whether the result is in `y`.
template <typename T>
bool RunStages(const FftStage<T>* stages, int64_t count, FftPlanes<T> x, FftPlanes<T> y) {
  bool flipped = false;
  for (int64_t i = 0; i < count; i++) {
    const FftStage<T>& stage = stages[i];
    const bool turn = stage.count > 1;
    switch (stage.radix) {
      case 2:
        turn ? RadixStage<2, true>(stage, x, y) : RadixStage<2, false>(stage, x, y);
        break;
      case 3:
        turn ? RadixStage<3, true>(stage, x, y) : RadixStage<3, false>(stage, x, y);
        break;
      case 4:
        turn ? RadixStage<4, true>(stage, x, y) : RadixStage<4, false>(stage, x, y);
        break;
      case 5:
        turn ? RadixStage<5, true>(stage, x, y) : RadixStage<5, false>(stage, x, y);
        break;
      default:
        OddStage(stage, x, y);
    }
    std::swap(x, y);
    flipped = !flipped;
  }
  return flipped;
}

// Takes apart complex numbers: element k of lane l is in[2 (k · step + l · lane_step)]. Absent lanes are zero.
template <typename T>
void LoadPlanes(const T* in, int64_t n, int64_t step, int64_t lanes, int64_t lane_step, FftPlanes<T> x) {
  if (lane_step == 1 && lanes == kFftLanes) {
    for (int64_t k = 0; k < n; k++) {
      const T* from = in + 2 * k * step;
      for (int64_t l = 0; l < kFftLanes; l++) {
        x.re[k * kFftLanes + l] = from[2 * l];
        x.im[k * kFftLanes + l] = from[2 * l + 1];
      }
    }
    return;
  }
  if (lanes < kFftLanes) {
    std::memset(x.re, 0, n * kFftLanes * sizeof(T));
    std::memset(x.im, 0, n * kFftLanes * sizeof(T));
  }
  // Some elements of each line in turn, so that both sides stay in the cache.
  constexpr int64_t kRun = 16;
  for (int64_t first = 0; first < n; first += kRun) {
    const int64_t end = first + kRun < n ? first + kRun : n;
    for (int64_t l = 0; l < lanes; l++) {
      const T* from = in + 2 * l * lane_step;
      for (int64_t k = first; k < end; k++) {
        x.re[k * kFftLanes + l] = from[2 * k * step];
        x.im[k * kFftLanes + l] = from[2 * k * step + 1];
      }
    }
  }
}

// The other way, multiplied by `scale`.
template <typename T>
void StorePlanes(FftPlanes<T> x, int64_t n, int64_t step, int64_t lanes, int64_t lane_step, T scale, T* out) {
  if (lane_step == 1 && lanes == kFftLanes) {
    for (int64_t k = 0; k < n; k++) {
      T* to = out + 2 * k * step;
      for (int64_t l = 0; l < kFftLanes; l++) {
        to[2 * l] = x.re[k * kFftLanes + l] * scale;
        to[2 * l + 1] = x.im[k * kFftLanes + l] * scale;
      }
    }
    return;
  }
  constexpr int64_t kRun = 16;
  for (int64_t first = 0; first < n; first += kRun) {
    const int64_t end = first + kRun < n ? first + kRun : n;
    for (int64_t l = 0; l < lanes; l++) {
      T* to = out + 2 * l * lane_step;
      for (int64_t k = first; k < end; k++) {
        to[2 * k * step] = x.re[k * kFftLanes + l] * scale;
        to[2 * k * step + 1] = x.im[k * kFftLanes + l] * scale;
      }
    }
  }
}

// Turns kFftLanes columns by their part of a grid of `n` rows of `step`.
template <typename T>
void TurnPlanes(FftPlanes<T> x, int64_t n, const T* re, const T* im, int64_t step, int64_t lanes) {
  for (int64_t k = 0; k < n; k++) {
    T* xr = x.re + k * kFftLanes;
    T* xi = x.im + k * kFftLanes;
    for (int64_t l = 0; l < lanes; l++) {
      const T c = re[k * step + l], s = im[k * step + l];
      const T turned = xr[l] * c - xi[l] * s;
      xi[l] = xr[l] * s + xi[l] * c;
      xr[l] = turned;
    }
  }
}

}  // namespace COTANGENT_TARGET
}  // namespace cotangent
