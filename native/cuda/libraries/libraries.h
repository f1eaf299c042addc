// The libraries of one card: each is opened, and its handle made, when a call first needs it. Used by one thread at a
// time, in the card's context.
#pragma once

#include <memory>

#include "cuda/libraries/blas_lt.h"

namespace cotangent::cuda {

class Libraries {
 public:
  explicit Libraries(const Context& context) : context_(context) {}
  Libraries(const Libraries&) = delete;
  Libraries& operator=(const Libraries&) = delete;

  const Context& context() const { return context_; }
  // Each throws LibraryUnavailable where its library is missing.
  BlasLt& blas_lt() { return Made(blas_lt_); }

 private:
  template <typename T>
  T& Made(std::unique_ptr<T>& library) {
    if (library == nullptr) library = std::make_unique<T>(context_);
    return *library;
  }

  const Context& context_;
  std::unique_ptr<BlasLt> blas_lt_;
};

}  // namespace cotangent::cuda
