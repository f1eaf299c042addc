// Fourier transforms by cuFFT, over dense arrays. Plans are kept while the process runs, a bounded number of them.
#pragma once

#include <list>
#include <vector>

#include "cuda/libraries/fft_api.h"
#include "cuda/libraries/scratch.h"

namespace cotangent::cuda {

// Over the last dimensions; of a transform that is real on one side, the other has the first half of the last dimension.
// None is scaled; one to real numbers may change its operand.
struct Transform {
  DType in, out;
  bool inverse;
  int64_t batch;
  std::vector<int64_t> lengths;
};

class Fft {
 public:
  static constexpr size_t kPlans = 64;

  explicit Fft(const Context& context) : api_(ApiOf<fft::Api>(context.driver())) {}
  ~Fft();
  Fft(const Fft&) = delete;
  Fft& operator=(const Fft&) = delete;

  void Run(const Transform& transform, DevicePointer in, DevicePointer out, Stream& stream, Scratch& scratch);

 private:
  struct Entry {
    std::vector<int64_t> key;
    fft::Plan plan;
    size_t workspace_bytes;
  };
  const Entry& PlanOf(const Transform& transform);
  void Check(fft::Status status, const char* doing) const;

  const fft::Api& api_;
  std::list<Entry> plans_;  // the latest used first
};

}  // namespace cotangent::cuda
