// Matrix times vector and dot products: bound by the memory the matrix is read from, so nothing is packed. A matrix
// whose lines lie along the depth gives dot products, one whose depth runs across the lines a combination of rows.
#include <algorithm>

#include "cpu/gemm/finish.h"
#include "cpu/gemm/kernels.h"
#include "cpu/gemm/lanes.h"
#include "cpu/gemm/real.h"
#include "runtime/pool.h"

namespace cotangent {
namespace {

constexpr int64_t kLongDepth = 1 << 15;   // longer dot products are summed in parts of this length
constexpr int64_t kFewLines = 2048;       // with fewer lines a deep combination is summed in parts
constexpr int64_t kPieceElements = 1 << 15;

int64_t Ceil(int64_t n, int64_t d) { return (n + d - 1) / d; }

template <typename T>
class VectorProduct {
 public:
  VectorProduct(const Product& p, Source lhs, Source rhs, bool column)
      : p_(p),
        kernels_(KernelsOf<T>()),
        column_(column),
        lines_(column ? p.lhs_rows : p.rhs_columns),
        depth_(column ? p.lhs_depth : p.rhs_depth),
        vector_depth_(column ? p.rhs_depth : p.lhs_depth),
        source_(column ? lhs : rhs),
        vector_source_(column ? rhs : lhs) {}

  bool Applies() const { return depth_.dense() || (lines_.dense() && depth_.affine()); }

  void Run() {
    const int64_t lines = lines_.count;
    const int64_t k = p_.depth;
    // Sums over equal parts of the depth, which the shape decides, are added in order.
    int64_t part = std::max<int64_t>(k, 1);
    if (depth_.dense()) {
      part = std::min(part, kLongDepth);
    } else if (lines < kFewLines && k * lines >= 4 * kPieceElements) {
      part = std::max<int64_t>(64, Ceil(k, 16));
    }
    const int64_t parts = std::max<int64_t>(1, Ceil(k, part));
    const int64_t grain = std::max<int64_t>(depth_.dense() ? 1 : 256, kPieceElements / part);
    if (parts == 1) {
      if (lines <= grain || p_.batch > 1) {
        Pool::Shared().ParallelFor(p_.batch, std::max<int64_t>(1, kPieceElements / (part * std::max<int64_t>(lines, 1))),
                                   [&](int64_t begin, int64_t end) {
                                     for (int64_t i = begin; i < end; i++) RunLines(p_.ItemAt(i), 0, lines);
                                   });
        return;
      }
      const Item item = p_.ItemAt(0);
      Pool::Shared().ParallelFor(lines, grain, [&](int64_t begin, int64_t end) { RunLines(item, begin, end); });
      return;
    }
    T* sums = static_cast<T*>(Scratch(kPartialLane, parts * lines * sizeof(T)));
    for (int64_t i = 0; i < p_.batch; i++) {
      const Item item = p_.ItemAt(i);
      const int64_t one = depth_.dense() ? 1 : lines;  // lines of a unit of work
      const int64_t units = Ceil(lines, one);
      Pool::Shared().ParallelFor(parts * units, 1, [&](int64_t begin, int64_t end) {
        for (int64_t u = begin; u < end; u++) {
          const int64_t from = u / units * part;
          const int64_t line = u % units * one;
          Sum(item, line, std::min(line + one, lines), from, std::min(part, k - from),
              sums + u / units * lines + line);
        }
      });
      for (int64_t n = 1; n < parts; n++) {
        for (int64_t line = 0; line < lines; line++) sums[line] += sums[n * lines + line];
      }
      Finish(item, 0, lines, sums);
    }
  }

 private:
  void RunLines(const Item& item, int64_t begin, int64_t end) {
    constexpr int64_t kBlock = 2048;
    for (int64_t line = begin; line < end; line += kBlock) {
      const int64_t last = std::min(line + kBlock, end);
      T sums[kBlock];
      Sum(item, line, last, 0, p_.depth, sums);
      Finish(item, line, last, sums);
    }
  }

  // Sums over [from, from + size) of the lines begin … end-1.
  void Sum(const Item& item, int64_t begin, int64_t end, int64_t from, int64_t size, T* sums) {
    const T* x = Vector(item, from, size);
    const char* data = column_ ? p_.lhs : p_.rhs;
    const int64_t bytes = BytesOf(column_ ? p_.lhs_type : p_.rhs_type);
    const int64_t start = (column_ ? item.lhs : item.rhs) + (depth_.count <= 1 ? 0 : from * depth_.step());
    if (!depth_.dense()) {
      kernels_.combine[source_](data + (start + begin) * bytes, depth_.step(), x, size, sums, end - begin, false);
      return;
    }
    int64_t offsets[64];
    for (int64_t line = begin; line < end; line += 64) {
      const int64_t n = std::min<int64_t>(64, end - line);
      lines_.Fill(line, n, offsets);
      for (int64_t i = 0; i < n; i++) {
        sums[line - begin + i] = kernels_.dot[source_](data + (start + offsets[i]) * bytes, x, size);
      }
    }
  }

  // The vector's elements [from, from + size) side by side.
  const T* Vector(const Item& item, int64_t from, int64_t size) {
    const char* data = (column_ ? p_.rhs : p_.lhs) +
                       (column_ ? item.rhs : item.lhs) * BytesOf(column_ ? p_.rhs_type : p_.lhs_type);
    if (vector_source_ == kSame && vector_depth_.dense()) return reinterpret_cast<const T*>(data) + from;
    T* to = static_cast<T*>(Scratch(kOwnRhsDepthLane, size * (sizeof(T) + sizeof(int64_t)) + 1024));
    int64_t* offsets = reinterpret_cast<int64_t*>(to + Ceil(size, 64) * 64);
    vector_depth_.Fill(from, size, offsets);
    const int64_t zero = 0;
    kernels_.pack[vector_source_]({data, &zero, 1, 1, offsets, nullptr, size, to});
    return to;
  }

  void Finish(const Item& item, int64_t begin, int64_t end, const T* sums) {
    const Range at = column_ ? Range{begin, end, 0, 1} : Range{0, 1, begin, end};
    StoreReal(p_, item, at, sums, column_ ? 1 : end - begin);
    RunEpilogue(p_, item, at);
  }

  const Product& p_;
  const Kernels<T>& kernels_;
  const bool column_;  // the vector is a column, right of the matrix
  const Axis &lines_, &depth_, &vector_depth_;
  const Source source_, vector_source_;
};

}  // namespace

template <typename T>
bool RunVector(const Product& p, Source lhs, Source rhs) {
  if (p.columns == 1) {
    VectorProduct<T> v(p, lhs, rhs, true);
    if (v.Applies()) {
      v.Run();
      return true;
    }
  }
  if (p.rows == 1) {
    VectorProduct<T> v(p, lhs, rhs, false);
    if (v.Applies()) {
      v.Run();
      return true;
    }
  }
  return false;
}
template bool RunVector<float>(const Product& p, Source lhs, Source rhs);
template bool RunVector<double>(const Product& p, Source lhs, Source rhs);

}  // namespace cotangent
