// NVIDIA's libraries over stand-ins for them and for the driver: opening, products of matrices, transforms, systems,
// convolutions. Prints what fails and exits with 1.
// Sources: cuda/shared_library.cc cuda/driver.cc cuda/device.cc cuda/stream.cc cuda/pool.cc cuda/staging.cc cuda/libraries/library.cc cuda/libraries/routines.cc cuda/libraries/matmul.cc cuda/libraries/attention.cc cuda/libraries/attention_gradient.cc cuda/libraries/blas_lt.cc cuda/libraries/convolution.cc cuda/libraries/fft.cc cuda/libraries/solver.cc cuda/libraries/dnn.cc cuda/libraries/dnn_graph.cc cuda/libraries/dnn_plans.cc cuda/libraries/tuner.cc
// Library: libcuda.so.1 fake_cuda
// Library: libcublas.so.12 fake_libraries/fake_cublas.cc
// Library: libcublasLt.so.12 fake_libraries/fake_cublaslt.cc
// Library: libcudnn.so.9 fake_libraries/fake_cudnn.cc
// Library: libcufft.so.11 fake_libraries/fake_cufft.cc
#include <cmath>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "cuda_card.h"
#include "expect.h"
#include "fake_driver.h"
#include "fake_libraries/fake_library.h"

namespace cotangent::cuda {
namespace {

using fake::Wide;

void TestOpening() {
  const LibrarySpec spec{"cuNothing", {{"libcunothing.so.13", 13}, {"libcunothing.so.12", 12}}, {}, "nvidia-cunothing"};
  std::string text;
  try {
    OpenLibrary(spec, 12040, {{"/nonexistent/a", "COTANGENT_CUDA_PATH"}, {"/nonexistent/b", "toolkit"}});
  } catch (const LibraryUnavailable& error) {
    text = error.what();
    EXPECT(error.library == "cuNothing" && error.searched.size() == 3);
    EXPECT(error.reason == "libcunothing.so.12 was not found");
  }
  EXPECT(Contains(text, "/nonexistent/b (toolkit)") && Contains(text, "the loader's path"));
  EXPECT(Contains(text, "pip: nvidia-cunothing") && Contains(text, "COTANGENT_CUDA_PATH"));
  // A driver for CUDA 13 runs either.
  try {
    OpenLibrary(spec, 13000, {});
  } catch (const LibraryUnavailable& error) {
    EXPECT(error.reason == "libcunothing.so.13 or libcunothing.so.12 was not found");
  }
  EXPECT(FindLibraryRoutine("absent") == nullptr);
  EXPECT(text.back() != '.');
}

struct Matrix {
  bool transposed;
  int64_t leading, batch, offset;
};

struct Product {
  MatmulCompute compute;
  DType in, out;
  int64_t batch, rows, columns, depth;
  Matrix left, right;
  bool bias = false, relu = false, residual = false;
};

// Runs a product and compares it with loops of its own.
double WorstError(Card& card, const Product& p, std::mt19937& random) {
  const int in = LibraryType(p.in), out = LibraryType(p.out);
  const auto place = [](const Matrix& m, int64_t n, int64_t row, int64_t column) {
    return m.offset + n * m.batch + (m.transposed ? column * m.leading + row : row * m.leading + column);
  };
  const auto number = [&] {
    std::uniform_real_distribution<double> part(-1, 1);
    return Wide(part(random), in == kC32F || in == kC64F ? part(random) : 0);
  };
  const auto filled = [&](int type, int64_t count) {
    std::vector<char> bytes(static_cast<size_t>(count * fake::BytesOfType(type)));
    for (int64_t i = 0; i < count; i++) fake::Store(type, bytes.data(), i, number());
    return bytes;
  };
  const int64_t left_count = place(p.left, p.batch - 1, p.rows - 1, p.depth - 1) + 1;
  const int64_t right_count = place(p.right, p.batch - 1, p.depth - 1, p.columns - 1) + 1;
  const Matrix result{false, p.columns + 1, p.rows * (p.columns + 1) + 3, 5};
  const int64_t out_count = place(result, p.batch - 1, p.rows - 1, p.columns - 1) + 1;
  const auto left = filled(in, left_count), right = filled(in, right_count), before = filled(out, out_count);
  const auto bias = filled(out, p.columns), residual = filled(out, out_count);

  std::vector<DevicePointer> args{card.Put(left), card.Put(right), card.Put(before)};
  if (p.bias) args.push_back(card.Put(bias));
  if (p.residual) args.push_back(card.Put(residual));
  std::vector<int64_t> params{static_cast<int64_t>(p.compute), CodeOf(p.in), CodeOf(p.in), CodeOf(p.out),
                              p.batch, p.rows, p.columns, p.depth};
  for (const Matrix& m : {p.left, p.right}) params.insert(params.end(), {m.transposed, m.leading, m.batch});
  params.insert(params.end(), {result.leading, result.batch, p.bias, p.relu, p.residual});
  std::vector<int64_t> offsets{p.left.offset * fake::BytesOfType(in), p.right.offset * fake::BytesOfType(in),
                               result.offset * fake::BytesOfType(out)};
  if (p.bias) offsets.push_back(0);
  if (p.residual) offsets.push_back(offsets[2]);
  card.CallAt("matmul", args, offsets, params);
  const std::vector<char> got = card.Get(args[2], before.size());

  double worst = 0;
  std::vector<char> want = before;
  for (int64_t n = 0; n < p.batch; n++) {
    for (int64_t i = 0; i < p.rows; i++) {
      for (int64_t j = 0; j < p.columns; j++) {
        Wide sum = 0;
        for (int64_t k = 0; k < p.depth; k++) {
          sum += fake::Load(in, left.data(), place(p.left, n, i, k)) * fake::Load(in, right.data(), place(p.right, n, k, j));
        }
        if (p.residual) sum += fake::Load(out, residual.data(), place(result, n, i, j));
        if (p.bias) sum += fake::Load(out, bias.data(), j);
        if (p.relu) sum = std::max(0.0, sum.real());
        fake::Store(out, want.data(), place(result, n, i, j), sum);
      }
    }
  }
  // What lies between rows and matrices stays as it was.
  for (int64_t i = 0; i < out_count; i++) {
    worst = std::max(worst, std::abs(fake::Load(out, got.data(), i) - fake::Load(out, want.data(), i)));
  }
  return worst;
}

void TestProducts(Card& card, const Fake& blas) {
  std::mt19937 random(3);
  const auto f32 = DType::kFloat32;
  const Matrix left{false, 9, 50, 2}, left_t{true, 6, 60, 0}, right{false, 4, 0, 0}, right_t{true, 8, 40, 7};
  const auto check = [&](Product p, double tolerance) {
    const double error = WorstError(card, p, random);
    EXPECT(error <= tolerance);
  };
  for (const Matrix& a : {left, left_t}) {
    for (const Matrix& b : {right, right_t}) {
      check({MatmulCompute::kFloat32, f32, f32, 3, 5, 4, 7, a, b}, 2e-6);
      check({MatmulCompute::kFloat64, DType::kFloat64, DType::kFloat64, 2, 5, 4, 7, a, b}, 1e-14);
      check({MatmulCompute::kFloat32, DType::kComplex64, DType::kComplex64, 2, 5, 4, 7, a, b}, 4e-6);
      check({MatmulCompute::kFloat64, DType::kComplex128, DType::kComplex128, 2, 5, 4, 7, a, b}, 1e-14);
      check({MatmulCompute::kFloat32, DType::kBfloat16, f32, 2, 5, 4, 7, a, b}, 2e-6);
      check({MatmulCompute::kFloat32, DType::kFloat16, DType::kFloat16, 2, 5, 4, 7, a, b}, 4e-3);
      for (int flags = 1; flags < 8; flags++) {
        check({MatmulCompute::kFloat32, f32, f32, 2, 5, 4, 7, a, b, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0},
              3e-6);
      }
    }
  }
  // TF32 rounds what it multiplies, and is told from full precision.
  const double rounded = WorstError(card, {MatmulCompute::kTF32, f32, f32, 1, 5, 4, 7, left, right}, random);
  EXPECT(rounded > 1e-5 && rounded < 1e-2);

  // A product that is asked for again is not proposed again; of other alignment, it is.
  blas.clear();
  const Product once{MatmulCompute::kFloat32, DType::kBfloat16, DType::kBfloat16, 1, 3, 4, 8, {false, 8, 0, 0}, right};
  WorstError(card, once, random);
  WorstError(card, once, random);
  EXPECT(Count(blas.log(), "propose ") == 1);
  Product moved = once;
  moved.left.offset = 1;
  WorstError(card, moved, random);
  EXPECT(Count(blas.log(), "propose ") == 2 && Contains(blas.log(), "aligned 256 2 2 2"));

  // Each proposal is timed, and the best of them is taken from there on, with its workspace.
  blas.set("cost0", 9), blas.set("cost1", 2), blas.set("cost2", 3);
  const Product tuned{MatmulCompute::kFloat32, f32, f32, 1, 6, 4, 8, {false, 8, 0, 0}, right, true, false, true};
  blas.clear();
  WorstError(card, tuned, random);
  EXPECT(Count(blas.log(), "algorithm 0") == 3 && Count(blas.log(), "algorithm 2") == 3);
  EXPECT(Count(blas.log(), "algorithm 1") == 4);
  EXPECT(WorstError(card, tuned, random) < 3e-6);
  EXPECT(Count(blas.log(), "algorithm 1") == 5 && Count(blas.log(), "propose ") == 1);
  setenv("COTANGENT_CUDA_TUNING", "0", 1);
  Product untuned = tuned;
  untuned.rows = 2;
  blas.clear();
  WorstError(card, untuned, random);
  EXPECT(Count(blas.log(), "matmul ") == 1 && Count(blas.log(), "algorithm 0") == 1);
  unsetenv("COTANGENT_CUDA_TUNING");

  // What it refuses is said, with the shape.
  std::string text;
  blas.set("proposals", 0);
  try {
    WorstError(card, {MatmulCompute::kFloat32, f32, f32, 1, 2, 4, 3, {false, 3, 0, 0}, right}, random);
  } catch (const LibraryError& error) {
    text = error.what();
  }
  EXPECT(Contains(text, "cuBLASLt failed to find an algorithm") && Contains(text, "2×3 by 3×4"));
  blas.set("proposals", 3);
  blas.set("matmul", 14);
  text.clear();
  try {
    WorstError(card, once, random);
  } catch (const LibraryError& error) {
    text = error.what();
  }
  EXPECT(Contains(text, "to multiply matrices: status 14"));
  blas.set("matmul", 0);
}

template <typename T>
std::vector<char> BytesOfAll(const std::vector<T>& values) {
  std::vector<char> out(values.size() * sizeof(T));
  std::memcpy(out.data(), values.data(), out.size());
  return out;
}

// Plans are made once a shape, and a bounded number of them kept.
void TestTransforms(Card& card, const Fake& fft) {
  const int64_t type = CodeOf(DType::kComplex128);
  for (int round = 0; round < 2; round++) {
    const DevicePointer in = card.Put(BytesOfAll<double>({1, 0, 2, 0, 3, 0, 4, 0})), out = card.Put(BytesOfAll(std::vector<double>(8)));
    card.Call("fft", {in, out}, {type, type, 0, 1, 1, 4});
    EXPECT(fake::Load(kC64F, card.Get(out, 64).data(), 0) == Wide(10, 0));
    EXPECT(std::abs(fake::Load(kC64F, card.Get(out, 64).data(), 1) - Wide(-2, 2)) < 1e-12);
    // Two dimensions need memory to work in.
    card.Call("fft", {in, out}, {type, type, 1, 1, 2, 2, 2});
    EXPECT(std::abs(fake::Load(kC64F, card.Get(out, 64).data(), 3)) < 1e-12);
  }
  EXPECT(Count(fft.log(), "plan of") == 2);
  const DevicePointer in = card.Put(std::vector<char>(1 << 12)), out = card.Put(std::vector<char>(1 << 12));
  for (int64_t n = 1; n <= 100; n++) card.Call("fft", {in, out}, {type, type, 0, 1, 1, n});
  EXPECT(fft.live() == static_cast<int>(Fft::kPlans));
}

// What lies between places in memory is a matter of bytes; a library that is missing is named with where it was sought.
void TestSystems(Card& card) {
  const DevicePointer a = card.Put(BytesOfAll<float>({9, 2, 1, 0, 4})), b = card.Put(BytesOfAll<float>({2, 9, 0, 0}));
  card.CallAt("trsm", {a, b}, {4, 0}, {CodeOf(DType::kFloat32), 1, 2, 2, 1, 0, 0, 0});
  const std::vector<char> x = card.Get(b, 16);
  EXPECT(fake::Load(kR32F, x.data(), 0) == 1.0 && fake::Load(kR32F, x.data(), 1) == 2.0);
  try {
    card.Call("potrf", {a, b}, {CodeOf(DType::kFloat32), 1, 1, 1});
    EXPECT(dlopen("libcusolver.so.11", RTLD_NOW) != nullptr);
  } catch (const LibraryUnavailable& error) {
    EXPECT(error.library == "cuSOLVER" && Contains(error.reason, "libcusolver.so.11"));
    EXPECT(Contains(error.what(), std::string(std::getenv("COTANGENT_CUDA_PATH")) + " (COTANGENT_CUDA_PATH)"));
  }
}

// A window of two numbers over three, in the first of two spatial dimensions.
void TestConvolutions(Card& card, const Fake& dnn) {
  const auto run = [&](bool full, int64_t length) {
    const DevicePointer x = card.Put(BytesOfAll<float>({1, 2, 1.0001F, 5, 6})), w = card.Put(BytesOfAll<float>({1, 1})),
                        y = card.Put(BytesOfAll(std::vector<float>(5)));
    std::vector<int64_t> params{0, CodeOf(DType::kFloat32), full, 2};
    params.insert(params.end(), {1, 1, length, 1, length, length, 1, 1});
    params.insert(params.end(), {1, 1, 2, 1, 2, 2, 1, 1});
    params.insert(params.end(), {1, 1, length - 1, 1, length - 1, length - 1, 1, 1});
    params.insert(params.end(), {0, 0, 0, 0, 1, 1, 1, 1});
    card.Call("convolution", {x, w, y}, params);
    const std::vector<char> out = card.Get(y, 12);
    return std::vector<float>{fake::Read<float>(out.data(), 0), fake::Read<float>(out.data(), 1)};
  };
  dnn.set("cost0", 1), dnn.set("cost1", 5), dnn.set("cost2", 0);
  // The quickest engine rounds more than TF32 does and is never asked; the next rounds, which full precision forbids.
  EXPECT(run(false, 3) == std::vector<float>({3, 3}));
  EXPECT(Count(dnn.log(), "engine 2") == 0 && Count(dnn.log(), "engine 0") == 4 && Count(dnn.log(), "engine 1") == 3);
  dnn.clear();
  EXPECT(run(true, 3) == std::vector<float>({3, 2 + 1.0001F}));
  EXPECT(Count(dnn.log(), "engine 1") == 1 && Count(dnn.log(), "engine 0") == 0);
  run(true, 3);
  EXPECT(Count(dnn.log(), "convolve") == 2);
  // Where runs must repeat each other, nothing is timed, and only what repeats itself is asked.
  setenv("COTANGENT_DETERMINISTIC", "1", 1);
  dnn.clear();
  run(false, 4);
  EXPECT(Count(dnn.log(), "convolve") == 1 && Count(dnn.log(), "engine 1") == 1);
  unsetenv("COTANGENT_DETERMINISTIC");
  dnn.set("engines", 1);
  std::string text;
  try {
    run(true, 5);
  } catch (const LibraryError& error) {
    text = error.what();
  }
  EXPECT(Contains(text, "cuDNN failed to find an engine: none convolves 1×1×5×1"));
  dnn.set("engines", 3);
}

int RunTests() {
  TestOpening();
  const Driver& driver = OpenDriver();
  const Fake blas("libcublasLt.so.12"), fft("libcufft.so.11"), dnn("libcudnn.so.9");
  {
    const Context context(driver, ListDevices(driver)[0]);
    Card card(context);
    TestProducts(card, blas);
    TestTransforms(card, fft);
    TestSystems(card);
    TestConvolutions(card, dnn);
  }
  EXPECT(blas.live() == 0 && fft.live() == 0 && dnn.live() == 0);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace cotangent::cuda

int main() { return cotangent::cuda::RunTests(); }
