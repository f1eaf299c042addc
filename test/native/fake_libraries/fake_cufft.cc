// Stands in for cuFFT: transforms by their definition, in double precision. A transform to real numbers spoils what it
// reads, as cuFFT's may.
#include <algorithm>
#include <cmath>
#include <vector>

#include "cuda/libraries/fft_api.h"
#include "fake_library.h"

namespace cotangent::cuda::fft {
namespace {

using fake::Load;
using fake::Log;
using fake::state;
using fake::Store;
using fake::Wide;

constexpr Status kInvalidValue = 4;

struct Entry {
  std::vector<int64_t> lengths;
  int in = 0, out = 0;
  int64_t batch = 0;
  size_t workspace_bytes = 0;
  void* workspace = nullptr;
  StreamHandle stream = nullptr;
};
std::map<Plan, Entry>& Plans() {
  static std::map<Plan, Entry> plans;
  return plans;
}

bool IsReal(int type) { return type == kR32F || type == kR64F; }

// Along one dimension of a dense array.
void Along(std::vector<Wide>& x, int64_t length, int64_t inner, int sign) {
  const int64_t lines = static_cast<int64_t>(x.size()) / length;
  std::vector<Wide> line(static_cast<size_t>(length));
  for (int64_t l = 0; l < lines; l++) {
    const int64_t start = l / inner * inner * length + l % inner;
    for (int64_t k = 0; k < length; k++) {
      Wide sum = 0;
      for (int64_t j = 0; j < length; j++) {
        const double turn = static_cast<double>(j * k % length) / static_cast<double>(length);
        sum += x[static_cast<size_t>(start + j * inner)] * std::polar(1.0, sign * 2 * M_PI * turn);
      }
      line[static_cast<size_t>(k)] = sum;
    }
    for (int64_t k = 0; k < length; k++) x[static_cast<size_t>(start + k * inner)] = line[static_cast<size_t>(k)];
  }
}

void Transform(const Entry& e, void* in, void* out, int sign) {
  int64_t total = 1;
  for (int64_t length : e.lengths) total *= length;
  const int64_t last = e.lengths.back(), half = last / 2 + 1, rows = total / last;
  const int64_t in_last = IsReal(e.out) ? half : last, out_last = IsReal(e.in) ? half : last;
  for (int64_t b = 0; b < e.batch; b++) {
    std::vector<Wide> x(static_cast<size_t>(total));
    for (int64_t r = 0; r < rows; r++) {
      for (int64_t k = 0; k < last; k++) {
        Wide value = 0;
        if (k < in_last) {
          value = Load(e.in, in, (b * rows + r) * in_last + k);
        } else {
          // The mirror image in all dimensions.
          int64_t at = 0, rest = r, scale = 1;
          for (size_t d = e.lengths.size() - 1; d-- > 0;) {
            const int64_t c = rest % e.lengths[d];
            rest /= e.lengths[d];
            at += (c == 0 ? 0 : e.lengths[d] - c) * scale;
            scale *= e.lengths[d];
          }
          value = std::conj(Load(e.in, in, (b * rows + at) * in_last + last - k));
        }
        x[static_cast<size_t>(r * last + k)] = value;
      }
    }
    int64_t inner = 1;
    for (size_t d = e.lengths.size(); d-- > 0; inner *= e.lengths[d]) Along(x, e.lengths[d], inner, sign);
    for (int64_t r = 0; r < rows; r++) {
      for (int64_t k = 0; k < out_last; k++) {
        Store(e.out, out, (b * rows + r) * out_last + k, x[static_cast<size_t>(r * last + k)]);
      }
    }
  }
  if (IsReal(e.out)) std::memset(in, 0xCD, static_cast<size_t>(e.batch * rows * in_last * fake::BytesOfType(e.in)));
}

}  // namespace

FAKE Status cufftCreate(Plan* plan) {
  static Plan next = 1;
  *plan = next++;
  Plans()[*plan] = {};
  state().live++;
  return kSuccess;
}
FAKE Status cufftDestroy(Plan plan) {
  if (Plans().erase(plan) == 0) return kInvalidValue;
  state().live--;
  return kSuccess;
}
FAKE Status cufftSetAutoAllocation(Plan, int allocate) { return allocate == 0 ? kSuccess : kInvalidValue; }
FAKE Status cufftSetWorkArea(Plan plan, void* memory) {
  Plans()[plan].workspace = memory;
  return kSuccess;
}
FAKE Status cufftSetStream(Plan plan, StreamHandle stream) {
  Plans()[plan].stream = stream;
  return kSuccess;
}
FAKE Status cufftXtMakePlanMany(Plan plan, int rank, long long* lengths, long long* in_lengths, long long, long long,
                                int in_type, long long* out_lengths, long long, long long, int out_type,
                                long long batch, size_t* workspace_bytes, int compute_type) {
  const bool wide = in_type == kR64F || in_type == kC64F;
  if (rank < 1 || rank > 3 || in_lengths != nullptr || out_lengths != nullptr) return kInvalidValue;
  if (compute_type != (wide ? kC64F : kC32F)) return kInvalidValue;
  Entry& e = Plans()[plan];
  e.lengths.assign(lengths, lengths + rank);
  e.in = in_type, e.out = out_type, e.batch = batch;
  e.workspace_bytes = *workspace_bytes = rank > 1 ? 4096 : 0;
  Log("plan of " + std::to_string(rank) + " dimensions");
  return kSuccess;
}
FAKE Status cufftXtExec(Plan plan, void* in, void* out, int direction) {
  const Entry e = Plans()[plan];
  if (e.workspace_bytes > 0 && e.workspace == nullptr) return kInvalidValue;
  Log("execute " + std::to_string(direction));
  return fake::Submit(e.stream, [=] { Transform(e, in, out, direction); }) ? kSuccess : kInvalidValue;
}

}  // namespace cotangent::cuda::fft
