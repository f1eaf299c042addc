// The table of routines, and the memory they work in.
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "cpu/gemm/product.h"
#include "cpu/routines/routines.h"
#include "runtime/guard.h"
#include "runtime/routine.h"

namespace cotangent {
namespace {

struct Row {
  const char* name;
  Routine routine;
};

// Fills memory with a byte: params are the byte and the length. Also what the runtime's own tests call.
void Fill(const RoutineCall& call) {
  std::memset(call.args[0], static_cast<int>(call.params[0]), static_cast<size_t>(call.params[1]));
}

constexpr Row kRoutines[] = {
    {"fill", Fill},
    {"dot", RunDot},
    {"convolution", RunConvolution},
    {"dot-by-matrix", RunDotByMatrix},
    {"cumulative", RunCumulative},
    {"fft", RunFFT},
    {"scatter-rows", RunScatterRows},
    {"sort", RunSort},
    {"top-k", RunTopK},
#ifdef COTANGENT_LAPACK
    {"cholesky", RunCholesky},
    {"eig", RunEig},
    {"eigh", RunEigh},
    {"hessenberg", RunHessenberg},
    {"lu", RunLU},
    {"qr", RunQR},
    {"schur", RunSchur},
    {"svd", RunSVD},
    {"triangular-solve", RunTriangularSolve},
#endif
};

constexpr size_t kAlignment = 64;

struct Lane {
  std::unique_ptr<void, void (*)(void*)> memory{nullptr, std::free};
  size_t bytes = 0;
};

}  // namespace

Routine FindRoutine(const char* name) {
  for (const Row& row : kRoutines) {
    if (std::strcmp(row.name, name) == 0) return row.routine;
  }
  return nullptr;
}

bool AreParamsOf(const char* name, const int64_t* params, int64_t count) {
  if (std::strcmp(name, "dot") == 0) return AreDotParams(params, count);
  if (std::strcmp(name, "dot-by-matrix") == 0) return count > 0 && AreDotParams(params + 1, count - 1);
  if (std::strcmp(name, "convolution") == 0) return AreConvolutionParams(params, count);
  return true;
}

void* Scratch(int lane, size_t bytes) {
  constexpr int kLanes = 16;
  static thread_local Lane lanes[kLanes];
  Lane& mine = lanes[lane % kLanes];
#ifdef COTANGENT_GUARD
  // New memory each time; who goes on using the old finds it gone, or full of not-a-numbers.
  if (mine.memory != nullptr) {
    guard::Expect(static_cast<char*>(mine.memory.get()) + mine.bytes, guard::kTail, "behind a piece of Scratch");
    guard::Poison(mine.memory.get(), mine.bytes);
  }
  mine.memory.reset(std::aligned_alloc(kAlignment, (bytes + guard::kTail + kAlignment - 1) / kAlignment * kAlignment));
  if (mine.memory == nullptr) throw std::bad_alloc();
  mine.bytes = bytes;
  guard::Poison(mine.memory.get(), bytes);
  guard::Fill(static_cast<char*>(mine.memory.get()) + bytes, guard::kTail);
  return mine.memory.get();
#endif
  if (mine.bytes < bytes) {
    const size_t wanted = (bytes + bytes / 4 + kAlignment - 1) / kAlignment * kAlignment;
    mine.memory.reset();
    mine.bytes = 0;
    mine.memory.reset(std::aligned_alloc(kAlignment, wanted));
    if (mine.memory == nullptr) throw std::bad_alloc();
    mine.bytes = wanted;
  }
  return mine.memory.get();
}

}  // namespace cotangent
