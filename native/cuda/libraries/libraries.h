// The libraries of one card: each is opened, and its handle made, when a call first needs it. Used by one thread at a
// time, in the card's context.
#pragma once

#include <memory>

#include "cuda/libraries/blas_lt.h"
#include "cuda/libraries/dnn.h"
#include "cuda/libraries/fft.h"
#include "cuda/libraries/solver.h"

namespace cotangent::cuda {

class Libraries {
 public:
  explicit Libraries(const Context& context) : context_(context) {}
  Libraries(const Libraries&) = delete;
  Libraries& operator=(const Libraries&) = delete;

  const Context& context() const { return context_; }
  // Each throws LibraryUnavailable where its library is missing.
  Blas& blas() { return Made(blas_); }
  BlasLt& blas_lt() { return Made(blas_lt_); }
  Dnn& dnn() { return Made(dnn_); }
  Fft& fft() { return Made(fft_); }
  Solver& solver() { return Made(solver_); }

 private:
  template <typename T>
  T& Made(std::unique_ptr<T>& library) {
    if (library == nullptr) library = std::make_unique<T>(context_);
    return *library;
  }

  const Context& context_;
  std::unique_ptr<Blas> blas_;
  std::unique_ptr<BlasLt> blas_lt_;
  std::unique_ptr<Dnn> dnn_;
  std::unique_ptr<Fft> fft_;
  std::unique_ptr<Solver> solver_;
};

}  // namespace cotangent::cuda
