// The table of routines, and the memory they work in.
#include <cstdlib>
#include <cstring>

#include "cpu/gemm/product.h"
#include "cpu/routines/routines.h"
#include "runtime/guard.h"
#include "runtime/memory.h"
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

class Lane {
 public:
  Lane() = default;
  ~Lane() { Release(); }
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  void* memory() const { return memory_; }
  size_t bytes() const { return bytes_; }

  // Other memory in place of what there was.
  void Renew(size_t bytes) {
    Release();
    if (!TakeFromProcess(bytes)) throw OutOfScratch(bytes);
    memory_ = std::aligned_alloc(kAlignment, bytes);
    if (memory_ == nullptr) {
      GiveToProcess(bytes);
      throw OutOfScratch(bytes);
    }
    bytes_ = bytes;
  }

  size_t asked = 0;  // of the guarded build: how many of the bytes are not the guard's

 private:
  void Release() {
    std::free(memory_);
    GiveToProcess(bytes_);
    memory_ = nullptr;
    bytes_ = 0;
  }

  void* memory_ = nullptr;
  size_t bytes_ = 0;
};

constexpr size_t Aligned(size_t bytes) { return (bytes + kAlignment - 1) / kAlignment * kAlignment; }

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
  if (mine.memory() != nullptr) {
    guard::Expect(static_cast<char*>(mine.memory()) + mine.asked, guard::kTail, "behind a piece of Scratch");
    guard::Poison(mine.memory(), mine.asked);
  }
  mine.Renew(Aligned(bytes + guard::kTail));
  mine.asked = bytes;
  guard::Poison(mine.memory(), bytes);
  guard::Fill(static_cast<char*>(mine.memory()) + bytes, guard::kTail);
  return mine.memory();
#endif
  if (mine.bytes() < bytes) mine.Renew(Aligned(bytes + bytes / 4));
  return mine.memory();
}

}  // namespace cotangent
