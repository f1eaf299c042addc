#include "cuda/libraries/fft.h"

#include <algorithm>

#include "cuda/libraries/routine.h"

namespace cotangent::cuda {

Fft::~Fft() {
  for (const Entry& entry : plans_) api_.Destroy(entry.plan);
}

void Fft::Check(fft::Status status, const char* doing) const {
  if (status != fft::kSuccess) throw LibraryError("cuFFT", doing, "status " + std::to_string(status));
}

const Fft::Entry& Fft::PlanOf(const Transform& t) {
  std::vector<int64_t> key{static_cast<int64_t>(t.in), static_cast<int64_t>(t.out), t.batch};
  key.insert(key.end(), t.lengths.begin(), t.lengths.end());
  const auto found = std::find_if(plans_.begin(), plans_.end(), [&](const Entry& e) { return e.key == key; });
  if (found != plans_.end()) {
    plans_.splice(plans_.begin(), plans_, found);
    return plans_.front();
  }
  constexpr const char* kDoing = "to plan a transform";
  fft::Plan plan = 0;
  Check(api_.Create(&plan), kDoing);
  size_t bytes = 0;
  std::vector<long long> lengths(t.lengths.begin(), t.lengths.end());
  const bool wide = t.in == DType::kFloat64 || t.in == DType::kComplex128;
  // Its own memory would come from outside the pool. No lengths of arrays: they are dense.
  fft::Status status = api_.SetAutoAllocation(plan, 0);
  if (status == fft::kSuccess) {
    status = api_.MakePlanMany(plan, static_cast<int>(lengths.size()), lengths.data(), nullptr, 1, 0, LibraryType(t.in),
                               nullptr, 1, 0, LibraryType(t.out), t.batch, &bytes, wide ? kC64F : kC32F);
  }
  if (status != fft::kSuccess) api_.Destroy(plan);
  Check(status, kDoing);
  plans_.push_front({std::move(key), plan, bytes});
  if (plans_.size() > kPlans) {
    api_.Destroy(plans_.back().plan);
    plans_.pop_back();
  }
  return plans_.front();
}

void Fft::Run(const Transform& t, DevicePointer in, DevicePointer out, Stream& stream, Scratch& scratch) {
  constexpr const char* kDoing = "to transform";
  const auto host = [](DevicePointer address) { return reinterpret_cast<void*>(static_cast<uintptr_t>(address)); };
  const Entry& entry = PlanOf(t);
  Check(api_.SetStream(entry.plan, stream.handle()), kDoing);
  if (entry.workspace_bytes > 0) Check(api_.SetWorkArea(entry.plan, host(scratch.Get(entry.workspace_bytes))), kDoing);
  stream.Submitted();
  Check(api_.Execute(entry.plan, host(in), host(out), t.inverse ? fft::kInverse : fft::kForward), kDoing);
}

// fft: args: in, out. params: the types of in and out, whether it is inverse, batch, how many lengths, and they.
void RunFft(const LibraryCall& call) {
  CallReader p(call);
  Transform t{};
  t.in = p.Type(), t.out = p.Type();
  t.inverse = p.Flag();
  t.batch = p.Next();
  t.lengths.resize(static_cast<size_t>(p.Next()));
  for (int64_t& length : t.lengths) length = p.Next();
  call.libraries.fft().Run(t, p.arg(0), p.arg(1), call.stream, call.scratch);
}

}  // namespace cotangent::cuda
