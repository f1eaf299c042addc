// The part of cuFFT that is called, as cufft.h and cufftXt.h of CUDA 12.6 have it; libraries of CUDA 12 and 13 share this
// binary interface.
#pragma once

#include "cuda/libraries/data_types.h"
#include "cuda/libraries/library.h"

namespace cotangent::cuda::fft {

using Status = int;
using Plan = int;

constexpr Status kSuccess = 0;
constexpr int kForward = -1;
constexpr int kInverse = 1;

#define COTANGENT_CUFFT_FUNCTIONS(F)                                                                                   \
  F(Create, cufftCreate, (Plan * plan))                                                                                \
  F(Destroy, cufftDestroy, (Plan plan))                                                                                \
  F(SetAutoAllocation, cufftSetAutoAllocation, (Plan plan, int allocate))                                              \
  F(SetWorkArea, cufftSetWorkArea, (Plan plan, void* memory))                                                          \
  F(SetStream, cufftSetStream, (Plan plan, StreamHandle stream))                                                       \
  F(MakePlanMany, cufftXtMakePlanMany,                                                                                 \
    (Plan plan, int rank, long long* lengths, long long* in_lengths, long long in_stride, long long in_distance,       \
     int in_type, long long* out_lengths, long long out_stride, long long out_distance, int out_type, long long batch, \
     size_t* workspace_bytes, int compute_type))                                                                       \
  F(Execute, cufftXtExec, (Plan plan, void* in, void* out, int direction))

struct Api {
  COTANGENT_CUFFT_FUNCTIONS(COTANGENT_LIBRARY_FIELD)
  const char* Resolve(void* library) {
    COTANGENT_CUFFT_FUNCTIONS(COTANGENT_LIBRARY_RESOLVE)
    return nullptr;
  }
  static LibrarySpec Spec() {
    return {"cuFFT",
            {{"libcufft.so.12", 13}, {"libcufft.so.11", 12}},
            {{{"libnvJitLink.so.13", 13}, {"libnvJitLink.so.12", 12}}},
            "nvidia-cufft-cu12"};
  }
};

}  // namespace cotangent::cuda::fft
