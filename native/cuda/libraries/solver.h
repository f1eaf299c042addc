// Linear algebra by cuSOLVER and cuBLAS: one matrix after the other, each lying column by column.
#pragma once

#include <vector>

#include "cuda/libraries/scratch.h"
#include "cuda/libraries/solver_api.h"

namespace cotangent::cuda {

struct LibraryCall;

class Solver {
 public:
  explicit Solver(const Context& context);
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  // Each takes the routine's call; solver.cc says what its args and params are.
  void Potrf(const LibraryCall& call);
  void Getrf(const LibraryCall& call);
  void Geqrf(const LibraryCall& call);
  void Orgqr(const LibraryCall& call);
  void Syevd(const LibraryCall& call);
  void Gesvd(const LibraryCall& call);
  void Geev(const LibraryCall& call);

 private:
  struct Workspace {
    void* device;
    size_t device_bytes;
    void* host;
    size_t host_bytes;
  };
  Workspace Work(const LibraryCall& call, size_t device_bytes, size_t host_bytes);
  void Begin(const LibraryCall& call);
  void Check(solver::Status status, const char* doing) const;

  const solver::Api& api_;
  solver::Handle handle_ = nullptr;
  solver::Params params_ = nullptr;
  std::vector<char> host_;  // routines that use it are done with it when they return
};

// Triangular systems.
class Blas {
 public:
  explicit Blas(const Context& context);
  ~Blas();
  Blas(const Blas&) = delete;
  Blas& operator=(const Blas&) = delete;

  void Trsm(const LibraryCall& call);

 private:
  void Check(blas::Status status, const char* doing) const;

  const blas::Api& api_;
  blas::Handle handle_ = nullptr;
};

}  // namespace cotangent::cuda
