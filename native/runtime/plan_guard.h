// With COTANGENT_GUARD, what watches one run of a plan: no thunk may write to the arena except in the slots it was given
// and their padding, nothing may write to constants or to parameters that are not given up, and arena and results hold
// not-a-numbers until somebody writes to them.
#pragma once

#ifdef COTANGENT_GUARD
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/plan.h"

namespace cotangent {

class PlanGuard {
 public:
  explicit PlanGuard(const Frame& frame);
  ~PlanGuard();
  PlanGuard(const PlanGuard&) = delete;
  PlanGuard& operator=(const PlanGuard&) = delete;

  void Before();
  // Of a thunk that may have written to these slots.
  void After(const Thunk& thunk);

 private:
  struct Sealed {
    const char* start;
    size_t bytes;
    uint64_t hash;
  };
  void Allow(Thunk::Range range, std::vector<std::pair<size_t, size_t>>& allowed) const;

  const Plan& plan_;
  void* const* slots_;
  char* arena_ = nullptr;
  std::vector<char> seen_;
  std::vector<Sealed> sealed_;
};

}  // namespace cotangent
#endif
