// A batch of matrix products over strided views:
//
//   out[b, m, n] = Σ_k lhs[b, m, k] · rhs[b, k, n]
//
// Each of b, m, n and k is a list of dimensions, outermost first, with a stride in every array that has it: slices,
// transposes, broadcasts and the windows of a convolution are such views, and nothing is copied to make them dense.
//
// The params of the routine "dot" (xla-like/5-emit/cpu/products/params.ts writes them; strides and offsets in elements):
//
//   lhsType, rhsType, outType, computeType,
//   lhsOffset, rhsOffset, outOffset,
//   number of dimensions of b, m, n, k,
//   of each dimension of b: size, lhs stride, rhs stride, out stride, epilogue's batch, row and column
//   of each dimension of m: size, lhs stride, out stride
//   of each dimension of n: size, rhs stride, out stride
//   of each dimension of k: size, lhs stride, rhs stride
//
// Its slots are lhs, rhs, out. Operands are converted to the compute type first: float32 for bfloat16 and float16. An
// epilogue sees the product as [batch, rows, columns] in row-major order; b's epilogue strides say where in it the first
// row and column of a matrix are.
//
// The params of "convolution" begin with a padded copy of one operand and go on as those of "dot", for which the copy is
// the operand:
//
//   which operand (0 or 1; -1: none is copied), elements of the copy, offset in the operand, offset in the copy,
//   number of dimensions, and of each: size, stride in the operand, stride in the copy
//
// The copy is zero but for the elements that these dimensions reach.
//
// The params of "dot-by-matrix" are the number of the epilogue's arguments and those of "dot"; its slots are lhs and
// rhs. Each matrix is computed by one thread, in memory of that thread, and the epilogue runs on all of it at once. Its
// first argument, before those of the plan, is where the whole product would begin for the matrix to be where it is.
#pragma once

#include <cstdint>

#include "cpu/dtypes.h"
#include "runtime/routine.h"

namespace cotangent {

// Dimensions and the strides of one array along them.
struct Axis {
  int64_t rank = 0;
  const int64_t* sizes = nullptr;    // one each `pitch` numbers
  const int64_t* strides = nullptr;  // likewise
  int64_t pitch = 0;
  int64_t count = 1;  // the product of the sizes

  // Whether place i is at i · step().
  bool affine() const { return rank <= 1; }
  int64_t step() const { return rank == 0 ? 1 : strides[0]; }
  // Whether the places follow each other in memory.
  bool dense() const { return affine() && (count <= 1 || step() == 1); }
  // The offsets of places first … first+n-1.
  void Fill(int64_t first, int64_t n, int64_t* out) const;
};

// Where one matrix of the batch begins.
struct Item {
  int64_t lhs, rhs, out;
  int64_t batch, row, column;  // the epilogue's
  // Where the matrices that this thread reads next begin, to be fetched meanwhile; -1: there are none.
  int64_t next_lhs = -1, next_rhs = -1;

  void Then(const Item& next) {
    next_lhs = next.lhs;
    next_rhs = next.rhs;
  }
};

struct Product {
  DType lhs_type, rhs_type, out_type, compute;
  const char* lhs;
  const char* rhs;
  char* out;
  int64_t lhs_offset, rhs_offset, out_offset;
  int64_t batch_rank;
  const int64_t* batch_dims;  // seven numbers each
  int64_t batch, rows, columns, depth;
  Axis lhs_rows, out_rows, rhs_columns, out_columns, lhs_depth, rhs_depth;
  EpilogueFn epilogue;
  void* const* epilogue_args;
  int64_t next_lhs = -1, next_rhs = -1;  // of the items: what is read after this product
  bool alone = false;                    // other threads have work of their own

  Item ItemAt(int64_t index) const;
  // Item `index`, knowing what follows it in [0, end).
  Item ItemBefore(int64_t index, int64_t end) const {
    Item item = ItemAt(index);
    if (index + 1 < end) item.Then(ItemAt(index + 1));
    return item;
  }
};

// Reads the params of "dot" from `params`; `args` are lhs, rhs and out.
Product ReadProduct(const RoutineCall& call, const int64_t* params);

void RunProduct(const Product& product);

// Whether these can be the params of the routine, by their number: those of another version hardly ever can.
bool AreDotParams(const int64_t* params, int64_t count);
bool AreConvolutionParams(const int64_t* params, int64_t count);

// The routines.
void RunDot(const RoutineCall& call);
void RunDotByMatrix(const RoutineCall& call);
void RunConvolution(const RoutineCall& call);

}  // namespace cotangent
