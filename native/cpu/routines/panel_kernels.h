// The part of a blocked Cholesky factorisation that is not a product; see targets.h.
namespace cotangent {
namespace COTANGENT_TARGET {

// x[r] -= Σ l[s] x[s] for s < r, `width` numbers side by side in each row of x.
template <int64_t kWidth, typename T>
inline void SubtractRows(const T* l, int64_t r, T* __restrict x) {
  const auto next = [](T c, T a, T b) {
#if defined(__FMA__) || defined(__aarch64__)
    if constexpr (sizeof(T) == 4) {
      return __builtin_fmaf(-a, b, c);
    } else {
      return __builtin_fma(-a, b, c);
    }
#else
    return c - a * b;
#endif
  };
  T* __restrict row = x + r * kWidth;
  int64_t s = 0;
  for (; s + 4 <= r; s += 4) {
    const T a = l[s], b = l[s + 1], c = l[s + 2], d = l[s + 3];
    const T* rows = x + s * kWidth;
    for (int64_t i = 0; i < kWidth; i++) {
      const T sum = next(next(row[i], a, rows[i]), b, rows[kWidth + i]);
      row[i] = next(next(sum, c, rows[2 * kWidth + i]), d, rows[3 * kWidth + i]);
    }
  }
  for (; s < r; s++) {
    for (int64_t i = 0; i < kWidth; i++) row[i] = next(row[i], l[s], x[s * kWidth + i]);
  }
}

// Solves L X = X for `n` rows of kWidth numbers, L lower triangular with rows `step` apart.
template <int64_t kWidth, typename T>
void SolveRows(const T* l, int64_t step, int64_t n, T* x) {
  for (int64_t r = 0; r < n; r++) {
    SubtractRows<kWidth>(l + r * step, r, x);
    const T pivot = l[r * step + r];
    for (int64_t i = 0; i < kWidth; i++) x[r * kWidth + i] /= pivot;
  }
}

}  // namespace COTANGENT_TARGET
}  // namespace cotangent
