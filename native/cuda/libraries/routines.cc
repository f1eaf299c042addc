// The table of the libraries' routines.
#include <cstring>

#include "cuda/libraries/routine.h"

namespace cotangent::cuda {
namespace {

struct Row {
  const char* name;
  LibraryRoutine routine;
};

template <void (Solver::*kMember)(const LibraryCall&)>
void RunSolver(const LibraryCall& call) {
  (call.libraries.solver().*kMember)(call);
}

void RunTrsm(const LibraryCall& call) { call.libraries.blas().Trsm(call); }

constexpr Row kRoutines[] = {
    {"attention", RunAttention},
    {"attention-gradient", RunAttentionGradient},
    {"convolution", RunConvolution},
    {"fft", RunFft},
    {"geev", RunSolver<&Solver::Geev>},
    {"geqrf", RunSolver<&Solver::Geqrf>},
    {"gesvd", RunSolver<&Solver::Gesvd>},
    {"getrf", RunSolver<&Solver::Getrf>},
    {"matmul", RunMatmul},
    {"orgqr", RunSolver<&Solver::Orgqr>},
    {"potrf", RunSolver<&Solver::Potrf>},
    {"syevd", RunSolver<&Solver::Syevd>},
    {"trsm", RunTrsm},
};

}  // namespace

LibraryRoutine FindLibraryRoutine(const char* name) {
  for (const Row& row : kRoutines) {
    if (std::strcmp(row.name, name) == 0) return row.routine;
  }
  return nullptr;
}

}  // namespace cotangent::cuda
