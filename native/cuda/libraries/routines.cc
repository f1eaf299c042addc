// The table of the libraries' routines.
#include <cstring>

#include "cuda/libraries/routine.h"

namespace cotangent::cuda {
namespace {

struct Row {
  const char* name;
  LibraryRoutine routine;
  bool recorded;
};

template <void (Solver::*kMember)(const LibraryCall&)>
void RunSolver(const LibraryCall& call) {
  (call.libraries.solver().*kMember)(call);
}

void RunTrsm(const LibraryCall& call) { call.libraries.blas().Trsm(call); }

constexpr Row kRoutines[] = {
    {"convolution", RunConvolution, true},
    {"fft", RunFft, true},
    {"geev", RunSolver<&Solver::Geev>, false},
    {"geqrf", RunSolver<&Solver::Geqrf>, false},
    {"gesvd", RunSolver<&Solver::Gesvd>, false},
    {"getrf", RunSolver<&Solver::Getrf>, false},
    {"matmul", RunMatmul, true},
    {"orgqr", RunSolver<&Solver::Orgqr>, false},
    {"potrf", RunSolver<&Solver::Potrf>, false},
    {"syevd", RunSolver<&Solver::Syevd>, false},
    {"trsm", RunTrsm, true},
};

const Row* Find(const char* name) {
  for (const Row& row : kRoutines) {
    if (std::strcmp(row.name, name) == 0) return &row;
  }
  return nullptr;
}

}  // namespace

LibraryRoutine FindLibraryRoutine(const char* name) {
  const Row* row = Find(name);
  return row == nullptr ? nullptr : row->routine;
}

bool MayBeRecorded(const char* name) {
  const Row* row = Find(name);
  return row != nullptr && row->recorded;
}

}  // namespace cotangent::cuda
