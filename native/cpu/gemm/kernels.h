// What products need per instruction set: register tiles, packing into panels, and matrix-vector loops.
#pragma once

#include <cstdint>

#include "cpu/half.h"

namespace cotangent {

// One tile: c[i, j] (+)= Σ_k a[i, k] · b[k, j], summed in the order of k. Sums begin with 0, but one of a single product
// with -0, which leaves the product's sign alone; so do those below.
template <typename T>
struct Tile {
  int64_t depth;
  // Packed: a[k · rows + i]. By tables: a[a_rows[i] + a_depth[k]].
  const T* a;
  const int64_t* a_rows;
  const int64_t* a_depth;
  // b[k · b_step + j]; may be read to the end of the last vector.
  const T* b;
  int64_t b_step;
  // c[c_rows[i] + j]
  T* c;
  const int64_t* c_rows;
  int64_t columns;  // at most the vectors of the kernel
  bool accumulate;  // or else c is overwritten
  // What tiles after this one will read: a line of the cache is fetched at each k.
  const char* ahead;
  int64_t ahead_step;
};

// panel[k · width + i] = source[lanes[i] + depth[k]], and 0 for i in [count, width).
struct Panel {
  const void* source;
  const int64_t* lanes;
  int64_t count;
  int64_t width;
  const int64_t* depth;
  const int32_t* runs;  // runs[k]: how many elements from depth[k] on follow each other in memory
  int64_t size;         // how many k
  void* panel;
};

// Which of a real product's source types: the compute type itself, or bfloat16 or float16 for float32.
enum Source { kSame = 0, kFromBfloat16 = 1, kFromFloat16 = 2 };

template <typename T>
struct Kernels {
  static constexpr int kMaxRows = 14;
  static constexpr int kVectors = 2;
  using TileFn = void (*)(const Tile<T>&);

  int lanes;  // of a vector
  int rows;   // of the largest tile
  TileFn packed[kVectors + 1][kMaxRows + 1];  // by vectors and rows
  TileFn table[kVectors + 1][kMaxRows + 1];
  void (*pack[3])(const Panel& panel);
  // Neighbouring panels of lanes that follow each other in memory.
  void (*pack_dense[3])(const void* source, const int64_t* depth, int64_t size, int64_t width, int64_t panels, void* to);
  // Σ x[i] y[i]
  T (*dot[3])(const void* x, const T* y, int64_t n);
  // y[i] (+)= Σ_k x[k] rows[k · step + i] for `size` k
  void (*combine[3])(const void* rows, int64_t step, const T* x, int64_t size, T* y, int64_t n, bool accumulate);
};

enum class InstructionSet { kPlain = 0, kAvx2 = 1, kAvx512 = 2 };

// The best of this processor, and what is used: for tests a lesser one can be chosen.
InstructionSet BestInstructionSet();
void UseInstructionSet(InstructionSet set);

template <typename T>
const Kernels<T>& KernelsOf();

}  // namespace cotangent
