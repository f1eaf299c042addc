// The routines "dot" and "convolution": which code runs a product, and a convolution's padded operand.
#include <algorithm>
#include <cstring>

#include "cpu/gemm/lanes.h"
#include "cpu/gemm/product.h"
#include "cpu/gemm/real.h"
#include "runtime/pool.h"

namespace cotangent {
namespace {

bool SourceOf(DType type, DType compute, Source& source) {
  source = type == DType::kBfloat16 ? kFromBfloat16 : type == DType::kFloat16 ? kFromFloat16 : kSame;
  return source == kSame ? type == compute : compute == DType::kFloat32;
}

bool IsFloat(DType type) { return type >= DType::kFloat16 && type <= DType::kFloat64; }

template <typename T>
void RunVectorOrMatrix(const Product& p, Source lhs, Source rhs) {
  if (!RunVector<T>(p, lhs, rhs)) RunReal<T>(p, lhs, rhs);
}

struct CopyDim {
  int64_t size, from, to;
};

template <typename U>
void CopyBox(const CopyDim* dims, int64_t rank, const U* from, U* to) {
  if (rank == 0) {
    *to = *from;
    return;
  }
  const CopyDim& d = dims[0];
  if (rank == 1) {
    if (d.from == 1 && d.to == 1) {
      std::memcpy(to, from, d.size * sizeof(U));
    } else {
      for (int64_t i = 0; i < d.size; i++) to[i * d.to] = from[i * d.from];
    }
    return;
  }
  for (int64_t i = 0; i < d.size; i++) CopyBox(dims + 1, rank - 1, from + i * d.from, to + i * d.to);
}

struct Sixteen {
  uint64_t words[2];
};

template <typename U>
void CopyAs(const CopyDim* dims, int64_t rank, const char* from, char* to) {
  CopyBox(dims, rank, reinterpret_cast<const U*>(from), reinterpret_cast<U*>(to));
}

void Copy(const CopyDim* dims, int64_t rank, const char* from, char* to, int64_t bytes) {
  switch (bytes) {
    case 1: return CopyAs<uint8_t>(dims, rank, from, to);
    case 2: return CopyAs<uint16_t>(dims, rank, from, to);
    case 4: return CopyAs<uint32_t>(dims, rank, from, to);
    case 8: return CopyAs<uint64_t>(dims, rank, from, to);
    default: return CopyAs<Sixteen>(dims, rank, from, to);
  }
}

// The params of a padded copy are: elements, offset in the operand, offset in the copy, rank, and the dimensions.
char* Padded(const int64_t* params, const char* source, int64_t bytes) {
  const int64_t elements = params[0];
  const int64_t rank = params[3];
  const CopyDim* dims = reinterpret_cast<const CopyDim*>(params + 4);
  // Kernels read whole vectors, and so over the end.
  char* copy = static_cast<char*>(Scratch(kCopyLane, elements * bytes + 512));
  constexpr int64_t kGrain = 1 << 16;
  Pool::Shared().ParallelFor(elements * bytes, kGrain, [&](int64_t begin, int64_t end) {
    std::memset(copy + begin, 0, end - begin);
  });
  const char* from = source + params[1] * bytes;
  char* to = copy + params[2] * bytes;
  if (rank == 0) {
    Copy(dims, 0, from, to, bytes);
    return copy;
  }
  int64_t inner = bytes;
  for (int64_t d = 1; d < rank; d++) inner *= dims[d].size;
  Pool::Shared().ParallelFor(dims[0].size, std::max<int64_t>(1, kGrain / std::max<int64_t>(inner, 1)),
                             [&](int64_t begin, int64_t end) {
                               for (int64_t i = begin; i < end; i++) {
                                 Copy(dims + 1, rank - 1, from + i * dims[0].from * bytes, to + i * dims[0].to * bytes,
                                      bytes);
                               }
                             });
  return copy;
}

}  // namespace

void RunProduct(const Product& p) {
  if (p.batch == 0 || p.rows == 0 || p.columns == 0) return;
  Source lhs, rhs;
  const bool real = IsFloat(p.out_type) && SourceOf(p.lhs_type, p.compute, lhs) && SourceOf(p.rhs_type, p.compute, rhs);
  if (real && p.compute == DType::kFloat32) {
    RunVectorOrMatrix<float>(p, lhs, rhs);
  } else if (real && p.compute == DType::kFloat64) {
    RunVectorOrMatrix<double>(p, lhs, rhs);
  } else {
    RunGeneric(p);
  }
}

void RunDot(const RoutineCall& call) { RunProduct(ReadProduct(call, call.params)); }

void RunDotByMatrix(const RoutineCall& call) {
  void* const whole[] = {call.args[0], call.args[1], nullptr};
  RoutineCall dot = call;
  dot.args = whole;
  const Product p = ReadProduct(dot, call.params + 1);
  if (p.batch == 0 || p.rows == 0 || p.columns == 0) return;
  const int64_t num_args = call.params[0];
  const int64_t elements = p.rows * p.columns;
  const int64_t bytes = BytesOf(p.out_type);
  const double work = static_cast<double>(elements) * std::max<int64_t>(p.depth, 1);
  constexpr double kPieceWork = 1 << 18;
  const int64_t grain = std::max<int64_t>(1, static_cast<int64_t>(kPieceWork / work));
  Pool::Shared().ParallelFor(p.batch, grain, [&](int64_t begin, int64_t end) {
    // Kernels read and write whole vectors, and so over the end.
    char* matrix = static_cast<char*>(Scratch(kOwnMatrixLane, elements * bytes + 512));
    void** args = static_cast<void**>(Scratch(kOwnArgumentsLane, (1 + num_args) * sizeof(void*)));
    std::copy(call.epilogue_args, call.epilogue_args + num_args, args + 1);
    for (int64_t i = begin; i < end; i++) {
      const Item item = p.ItemBefore(i, end);
      Product one = p;
      one.next_lhs = item.next_lhs;
      one.next_rhs = item.next_rhs;
      one.lhs_offset = item.lhs;
      one.rhs_offset = item.rhs;
      one.out = matrix;
      one.batch_rank = 0;
      one.batch = 1;
      one.alone = true;
      one.epilogue = nullptr;
      RunProduct(one);
      const auto first = reinterpret_cast<uintptr_t>(matrix) - static_cast<uintptr_t>(item.batch * elements * bytes);
      args[0] = reinterpret_cast<void*>(first);
      p.epilogue(args, item.batch, 0, p.rows, 0, p.columns);
    }
  });
}

void RunConvolution(const RoutineCall& call) {
  const int64_t which = call.params[0];
  if (which < 0) return RunProduct(ReadProduct(call, call.params + 1));
  const int64_t rank = call.params[4];
  Product product = ReadProduct(call, call.params + 5 + 3 * rank);
  if (product.batch == 0 || product.rows == 0 || product.columns == 0) return;
  const char*& operand = which == 0 ? product.lhs : product.rhs;
  operand = Padded(call.params + 1, operand, BytesOf(which == 0 ? product.lhs_type : product.rhs_type));
  RunProduct(product);
}

}  // namespace cotangent
