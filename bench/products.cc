// Square products of float32 by libraries that are called directly: this one's, without programs or JavaScript, and,
// where COTANGENT_OPENBLAS is defined, OpenBLAS. bench/direct.ts compiles it and calls it with a size; it writes the
// nanoseconds of a product by the one and by the other (0: there is none).
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "gemm_helpers.h"
#include "runtime/pool.h"

#ifdef COTANGENT_OPENBLAS
extern "C" {
void openblas_set_num_threads(int threads);
void cblas_sgemm(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float* a, int lda,
                 const float* b, int ldb, float beta, float* c, int ldc);
}
#endif

namespace cotangent {

namespace {

using Clock = std::chrono::steady_clock;

// The least of the times of a third of a second.
template <typename Work>
double LeastNanoseconds(const Work& work) {
  double best = 1e18;
  for (const auto end = Clock::now() + std::chrono::milliseconds(333); Clock::now() < end;) {
    const auto start = Clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::nano>(Clock::now() - start).count());
  }
  return best;
}

void Measure(int64_t n) {
  const Memory a(n * n * sizeof(float)), b(n * n * sizeof(float)), c(n * n * sizeof(float));
  for (int64_t i = 0; i < n * n; i++) {
    a.as<float>()[i] = static_cast<float>(i * 7 % 17) - 8;
    b.as<float>()[i] = static_cast<float>(i * 5 % 13) - 6;
  }
  std::memset(c.data(), 0, c.bytes());
  const std::vector<int64_t> params = Dense(1, n, n, n, false, false).Params();
  void* const slots[] = {a.data(), b.data(), c.data()};
  RoutineCall call = {};
  call.args = slots;
  call.params = params.data();
  const double own = LeastNanoseconds([&] { RunDot(call); });
  double other = 0;
#ifdef COTANGENT_OPENBLAS
  constexpr int kRowMajor = 101, kNotTransposed = 111;
  const int size = static_cast<int>(n);
  other = LeastNanoseconds([&] {
    cblas_sgemm(kRowMajor, kNotTransposed, kNotTransposed, size, size, size, 1, a.as<float>(), size, b.as<float>(), size,
                0, c.as<float>(), size);
  });
#endif
  std::printf("%.0f %.0f\n", own, other);
}

}  // namespace
}  // namespace cotangent

int main(int argc, char** argv) {
#ifdef COTANGENT_OPENBLAS
  openblas_set_num_threads(cotangent::Pool::Shared().threads());
#endif
  if (argc != 2) return 1;
  cotangent::Measure(std::atoll(argv[1]));
  return 0;
}
