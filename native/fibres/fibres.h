// Kernels written for a grid of threads, run on a processor: every thread of a block is a fibre, and the fibres of a
// block take turns on the calling thread. Kernels ask for what a card has by the ct_fibre functions below; what a card
// leaves undefined or hangs at is an error here. Made to test kernels, not to be fast.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cotangent {

// Must equal `shuffleKinds` and `voteKinds` in xla-like/5-emit/cuda/intrinsics.ts.
enum class ShuffleKind : int32_t { kXor = 0, kDown = 1, kIndex = 2 };
enum class VoteKind : int32_t { kAny = 0, kAll = 1, kBallot = 2 };

// The order in which the warps of a block come to run between two barriers, and the lanes of a warp between two
// exchanges; also that of the blocks. A kernel that needs a barrier it does not have gives other results in one of them.
struct FibreOrder {
  enum class Kind { kForward, kReverse, kShuffled };
  Kind kind = Kind::kForward;
  uint64_t seed = 0;
};

using GridKernel = void (*)(void** args);

struct GridLaunch {
  std::string name;  // for errors
  GridKernel kernel;
  int32_t grid;   // blocks
  int32_t block;  // threads of each
  size_t shared_bytes;
  FibreOrder order;
};

// Throws std::runtime_error, with the kernel's name, where threads that must come together do not, or when a block
// writes beyond its shared memory. Shared memory is filled with 0xCD before each block.
void RunGrid(const GridLaunch& launch, void** args);

// The functions by name, for whoever links kernels.
std::vector<std::pair<std::string, void*>> FibreSymbols();

}  // namespace cotangent

// Runs a grid for the simulated card, which knows the function by its address: the numbers of a GridLaunch, in the order
// `seed` % 4 stands for. 0, or 1 with the error's text.
extern "C" int ct_fibre_run(const char* name, void* kernel, int grid, int block, size_t shared_bytes, uint64_t seed,
                            void** args, char* error, size_t error_bytes);

// What kernels call. `site` tells the places of a kernel apart where threads wait for each other.
extern "C" {
int32_t ct_fibre_thread();
int32_t ct_fibre_block();
void* ct_fibre_shared();
void ct_fibre_barrier(int32_t site);
int32_t ct_fibre_shuffle(int32_t kind, int32_t value, int32_t by, int32_t site);
int32_t ct_fibre_vote(int32_t kind, int32_t predicate, int32_t site);
}
