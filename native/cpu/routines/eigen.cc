// svd, eigh, eig, schur and hessenberg. Matrices that are not finite, and those on which LAPACK does not converge, give
// NaN.
#include <cstring>

#include "cpu/routines/matrices.h"
#include "cpu/routines/routines.h"

namespace cotangent {
namespace {

using lapack::Real;

enum Lane { kMatrix, kLeft, kRight, kValues, kWideMatrix, kWideValues, kWideLeft, kWideRight };

template <typename T>
T* Work(Lane lane, int64_t n) {
  return lapack::Workspace<T>(lapack::Lane(lane), n);
}

template <typename T>
struct SVD {
  Real<T>* s;
  T* u;  // null if only the values are wanted
  T* vh;
};

// In column-major order the matrix is its transpose, whose U and Vᴴ are the transposes of Vᴴ and U: what LAPACK calls
// one is the other, and lies in memory as it should.
template <typename T>
void DecomposeSingular(const T* in, const SVD<T>& out, int rows, int columns, bool full) {
  const int64_t size = static_cast<int64_t>(rows) * columns;
  const int steps = std::min(rows, columns);
  T* a = Work<T>(kMatrix, size);
  std::memcpy(a, in, size * sizeof(T));
  const char job = out.u == nullptr ? 'N' : full ? 'A' : 'S';
  const int vh_rows = full ? columns : steps, u_columns = full ? rows : steps;
  if (AllFinite(in, size) &&
      lapack::Gesdd(job, columns, rows, a, out.s, out.vh, columns, out.u, std::max(1, u_columns)) == 0) {
    return;
  }
  FillNaN(out.s, steps);
  if (out.u == nullptr) return;
  FillNaN(out.u, static_cast<int64_t>(rows) * u_columns);
  FillNaN(out.vh, static_cast<int64_t>(vh_rows) * columns);
}

// The type that is twice as precise; double stays as it is.
template <typename T>
struct Wider {
  using Type = double;
};
template <typename R>
struct Wider<std::complex<R>> {
  using Type = std::complex<double>;
};
template <typename T>
using Wide = typename Wider<T>::Type;

// Up to this many rows and columns, matrices in single precision are decomposed in double, which costs next to nothing
// and saves what fits of few points would lose.
constexpr int kSmallSide = 64;

template <typename T>
void DecomposeSmallSingular(const T* in, const SVD<T>& out, int rows, int columns, bool full) {
  const int64_t size = static_cast<int64_t>(rows) * columns;
  const int steps = std::min(rows, columns);
  const int64_t u_size = static_cast<int64_t>(rows) * (full ? rows : steps);
  const int64_t vh_size = static_cast<int64_t>(full ? columns : steps) * columns;
  auto* a = Work<Wide<T>>(kWideMatrix, size);
  const bool vectors = out.u != nullptr;
  const SVD<Wide<T>> wide{Work<double>(kWideValues, steps), vectors ? Work<Wide<T>>(kWideLeft, u_size) : nullptr,
                          vectors ? Work<Wide<T>>(kWideRight, vh_size) : nullptr};
  std::copy(in, in + size, a);
  DecomposeSingular(a, wide, rows, columns, full);
  const auto narrow = [](auto x) { return static_cast<T>(x); };
  std::transform(wide.s, wide.s + steps, out.s, [](double x) { return static_cast<Real<T>>(x); });
  if (!vectors) return;
  std::transform(wide.u, wide.u + u_size, out.u, narrow);
  std::transform(wide.vh, wide.vh + vh_size, out.vh, narrow);
}

template <typename T>
void DecomposeHermitian(const T* in, T* vectors, Real<T>* values, int n, bool lower) {
  const int64_t size = static_cast<int64_t>(n) * n;
  T* a = Work<T>(kMatrix, size);
  std::memcpy(a, in, size * sizeof(T));
  // What is on the other side is not read, and may be anything.
  bool finite = true;
  for (int i = 0; i < n && finite; i++) {
    finite = lower ? AllFinite(a + static_cast<int64_t>(i) * n, i + 1) : AllFinite(a + static_cast<int64_t>(i) * n + i, n - i);
  }
  if (!finite || lapack::Heevd(lower ? 'U' : 'L', n, a, values) != 0) {
    FillNaN(vectors, size);
    FillNaN(values, n);
    return;
  }
  // LAPACK saw the transpose, which is the conjugate: so are its eigenvectors.
  Transpose(a, n, n, n, vectors, n, true);
}

template <typename T>
struct General {
  std::complex<Real<T>>* values;
  std::complex<Real<T>>* left;  // null if not wanted
  std::complex<Real<T>>* right;
};

// Eigenvectors of a real matrix: a pair of conjugate ones is kept as real and imaginary parts in two columns.
template <typename R>
void ExpandVectors(const R* columns, const std::complex<R>* values, int n, std::complex<R>* out) {
  for (int j = 0; j < n; j++) {
    const R* re = columns + static_cast<int64_t>(j) * n;
    const bool pair = values[j].imag() != 0 && j + 1 < n;
    for (int i = 0; i < n; i++) {
      std::complex<R>* row = out + static_cast<int64_t>(i) * n + j;
      row[0] = {re[i], pair ? re[n + i] : R(0)};
      if (pair) row[1] = std::conj(row[0]);
    }
    if (pair) j++;
  }
}

template <typename T>
int Eigenvalues(T* a, const General<T>& out, int n) {
  const int64_t size = static_cast<int64_t>(n) * n;
  T* vl = out.left == nullptr ? nullptr : Work<T>(kLeft, size);
  T* vr = out.right == nullptr ? nullptr : Work<T>(kRight, size);
  const char left = vl == nullptr ? 'N' : 'V', right = vr == nullptr ? 'N' : 'V';
  if constexpr (lapack::kIsComplex<T>) {
    const int info = lapack::Geev(left, right, n, a, out.values, vl, vr);
    if (info != 0) return info;
    if (vl != nullptr) Transpose(vl, n, n, n, out.left, n);
    if (vr != nullptr) Transpose(vr, n, n, n, out.right, n);
    return 0;
  } else {
    T* re = Work<T>(kValues, 2 * n);
    const int info = lapack::Geev(left, right, n, a, re, re + n, vl, vr);
    if (info != 0) return info;
    for (int i = 0; i < n; i++) out.values[i] = {re[i], re[n + i]};
    if (vl != nullptr) ExpandVectors(vl, out.values, n, out.left);
    if (vr != nullptr) ExpandVectors(vr, out.values, n, out.right);
    return 0;
  }
}

template <typename T>
void DecomposeGeneral(const T* in, const General<T>& out, int n) {
  const int64_t size = static_cast<int64_t>(n) * n;
  T* a = Work<T>(kMatrix, size);
  Transpose(in, n, n, n, a, n);
  if (AllFinite(in, size) && Eigenvalues(a, out, n) == 0) return;
  FillNaN(out.values, n);
  if (out.left != nullptr) FillNaN(out.left, size);
  if (out.right != nullptr) FillNaN(out.right, size);
}

// A = Q T Qᴴ, with T triangular, or of a real matrix with blocks of two rows.
template <typename T>
void DecomposeSchur(const T* in, T* t, T* q, int n) {
  const int64_t size = static_cast<int64_t>(n) * n;
  T* a = Work<T>(kMatrix, size);
  T* vectors = Work<T>(kLeft, size);
  Transpose(in, n, n, n, a, n);
  if (!AllFinite(in, size) || lapack::Gees(n, a, vectors) != 0) {
    FillNaN(t, size);
    FillNaN(q, size);
    return;
  }
  Transpose(a, n, n, n, t, n);
  Transpose(vectors, n, n, n, q, n);
}

// A = Q H Qᴴ, with H zero below its first subdiagonal.
template <typename T>
void DecomposeHessenberg(const T* in, T* h, T* q, int n) {
  const int64_t size = static_cast<int64_t>(n) * n;
  T* a = Work<T>(kMatrix, size);
  T* tau = Work<T>(kValues, n);
  Transpose(in, n, n, n, a, n);
  if (lapack::Gehrd(n, a, n, tau) != 0) return FillNaN(h, size), FillNaN(q, size);
  Transpose(a, n, n, n, h, n);
  for (int i = 2; i < n; i++) std::fill(h + static_cast<int64_t>(i) * n, h + static_cast<int64_t>(i) * n + i - 1, T(0));
  if (lapack::Orghr(n, a, n, tau) != 0) return FillNaN(q, size);
  Transpose(a, n, n, n, q, n);
}

constexpr double Cube(int64_t n) { return static_cast<double>(n) * static_cast<double>(n) * static_cast<double>(n); }

}  // namespace

// args: a, s, and u and vh if wanted. params: dtype, batch, rows, columns, compute u and vh, full.
void RunSVD(const RoutineCall& call) {
  const int64_t* p = call.params;
  const int rows = static_cast<int>(p[2]), columns = static_cast<int>(p[3]);
  const bool vectors = p[4] != 0, full = p[5] != 0;
  const int64_t steps = std::min(rows, columns);
  const int64_t u_size = rows * (full ? rows : steps), vh_size = (full ? columns : steps) * columns;
  WithMatrixType(static_cast<DType>(p[0]), [&](auto type) {
    using T = decltype(type);
    const T* a = static_cast<const T*>(call.args[0]);
    Real<T>* s = static_cast<Real<T>*>(call.args[1]);
    T* u = vectors ? static_cast<T*>(call.args[2]) : nullptr;
    T* vh = vectors ? static_cast<T*>(call.args[3]) : nullptr;
    ForEachMatrix(p[1], 20 * Cube(steps), [&](int64_t i) {
      const SVD<T> out{s + i * steps, vectors ? u + i * u_size : nullptr, vectors ? vh + i * vh_size : nullptr};
      if (sizeof(Real<T>) == 4 && std::max(rows, columns) <= kSmallSide) {
        DecomposeSmallSingular(a + i * rows * columns, out, rows, columns, full);
      } else {
        DecomposeSingular(a + i * rows * columns, out, rows, columns, full);
      }
    });
  });
}

// args: a, vectors, values. params: dtype, batch, n, lower.
void RunEigh(const RoutineCall& call) {
  const int64_t* p = call.params;
  const int64_t n = p[2];
  WithMatrixType(static_cast<DType>(p[0]), [&](auto type) {
    using T = decltype(type);
    const T* a = static_cast<const T*>(call.args[0]);
    T* vectors = static_cast<T*>(call.args[1]);
    Real<T>* values = static_cast<Real<T>*>(call.args[2]);
    ForEachMatrix(p[1], 9 * Cube(n), [&](int64_t i) {
      DecomposeHermitian(a + i * n * n, vectors + i * n * n, values + i * n, static_cast<int>(n), p[3] != 0);
    });
  });
}

// args: a, values, and the left and the right vectors if wanted. params: dtype, batch, n, left, right.
void RunEig(const RoutineCall& call) {
  const int64_t* p = call.params;
  const int64_t n = p[2];
  const bool left = p[3] != 0, right = p[4] != 0;
  WithMatrixType(static_cast<DType>(p[0]), [&](auto type) {
    using T = decltype(type);
    using C = std::complex<Real<T>>;
    const T* a = static_cast<const T*>(call.args[0]);
    C* values = static_cast<C*>(call.args[1]);
    C* vl = left ? static_cast<C*>(call.args[2]) : nullptr;
    C* vr = right ? static_cast<C*>(call.args[left ? 3 : 2]) : nullptr;
    ForEachMatrix(p[1], 25 * Cube(n), [&](int64_t i) {
      const General<T> out{values + i * n, left ? vl + i * n * n : nullptr, right ? vr + i * n * n : nullptr};
      DecomposeGeneral(a + i * n * n, out, static_cast<int>(n));
    });
  });
}

namespace {

// args: a, two matrices of its size. params: dtype, batch, n.
template <typename F>
void RunSquare(const RoutineCall& call, F&& decompose) {
  const int64_t n = call.params[2];
  WithMatrixType(static_cast<DType>(call.params[0]), [&](auto type) {
    using T = decltype(type);
    const T* a = static_cast<const T*>(call.args[0]);
    T* first = static_cast<T*>(call.args[1]);
    T* second = static_cast<T*>(call.args[2]);
    ForEachMatrix(call.params[1], 10 * Cube(n), [&](int64_t i) {
      decompose(a + i * n * n, first + i * n * n, second + i * n * n, static_cast<int>(n));
    });
  });
}

}  // namespace

// args: a, t, q.
void RunSchur(const RoutineCall& call) {
  RunSquare(call, [](const auto* a, auto* t, auto* q, int n) { DecomposeSchur(a, t, q, n); });
}

// args: a, h, q.
void RunHessenberg(const RoutineCall& call) {
  RunSquare(call, [](const auto* a, auto* h, auto* q, int n) { DecomposeHessenberg(a, h, q, n); });
}

}  // namespace cotangent
