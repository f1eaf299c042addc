// Attention and its gradient by the graphs that cuDNN is given, which a stand-in computes operation by operation, against
// loops of their own. Prints what fails and exits with 1.
// Sources: cuda/shared_library.cc cuda/driver.cc cuda/device.cc cuda/stream.cc cuda/pool.cc cuda/staging.cc cuda/libraries/library.cc cuda/libraries/routines.cc cuda/libraries/matmul.cc cuda/libraries/attention.cc cuda/libraries/attention_gradient.cc cuda/libraries/blas_lt.cc cuda/libraries/convolution.cc cuda/libraries/fft.cc cuda/libraries/solver.cc cuda/libraries/dnn.cc cuda/libraries/dnn_graph.cc cuda/libraries/dnn_plans.cc cuda/libraries/tuner.cc
// Library: libcuda.so.1 fake_cuda
// Library: libcublas.so.12 fake_libraries/fake_cublas.cc
// Library: libcublasLt.so.12 fake_libraries/fake_cublaslt.cc
// Library: libcudnn.so.9 fake_libraries/fake_cudnn.cc
#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "cuda_card.h"
#include "expect.h"
#include "fake_driver.h"
#include "fake_libraries/fake_library.h"

namespace cotangent::cuda {
namespace {

using Numbers = std::vector<double>;

struct Problem {
  int64_t batch, queries, heads, size, keys, key_heads;
  int64_t bias_batch, bias_heads;
  bool causal;
  double scale = 0.3;

  size_t Query(int64_t b, int64_t n, int64_t t, int64_t h) const {
    return static_cast<size_t>(((b * queries + t) * heads + n) * size + h);
  }
  size_t Key(int64_t b, int64_t n, int64_t s, int64_t h) const {
    return static_cast<size_t>(((b * keys + s) * key_heads + n / (heads / key_heads)) * size + h);
  }
  size_t Row(int64_t b, int64_t n, int64_t t) const { return static_cast<size_t>((b * heads + n) * queries + t); }
  size_t Bias(int64_t b, int64_t n, int64_t t, int64_t s) const {
    return static_cast<size_t>((((bias_batch == 1 ? 0 : b) * bias_heads + (bias_heads == 1 ? 0 : n)) * queries + t) * keys + s);
  }
  size_t QueryCount() const { return static_cast<size_t>(batch * queries * heads * size); }
  size_t KeyCount() const { return static_cast<size_t>(batch * keys * key_heads * size); }
  size_t RowCount() const { return static_cast<size_t>(batch * heads * queries); }
  size_t BiasCount() const { return static_cast<size_t>(bias_batch * bias_heads * queries * keys); }
  std::vector<int64_t> Params(DType type) const {
    const auto narrow = static_cast<float>(scale);
    int32_t bits;
    std::memcpy(&bits, &narrow, sizeof(bits));
    return {CodeOf(type), batch, queries, heads, size, keys, key_heads, bias_batch, bias_heads, causal, bits};
  }
};

struct Results {
  Numbers result, statistics, queries, keys, values, bias;
};

double Rounded(DType type, double x) {
  char memory[8];
  fake::Store(LibraryType(type), memory, 0, x);
  return fake::Load(LibraryType(type), memory, 0).real();
}

// By the textbook, one query after the other. What a gradient owes to the softmax's sum is known from the result, which
// is rounded.
Results Wanted(const Problem& p, DType type, const Numbers& q, const Numbers& k, const Numbers& v, const Numbers& bias,
               const Numbers& gradient) {
  Results r{Numbers(p.QueryCount()), Numbers(p.RowCount()), Numbers(p.QueryCount()),
            Numbers(p.KeyCount()),   Numbers(p.KeyCount()), Numbers(p.BiasCount())};
  for (int64_t b = 0; b < p.batch; b++) {
    for (int64_t n = 0; n < p.heads; n++) {
      for (int64_t t = 0; t < p.queries; t++) {
        const int64_t seen = p.causal ? std::min(t + 1, p.keys) : p.keys;
        Numbers weights, wanted;
        double sum = 0, mean = 0;
        for (int64_t s = 0; s < seen; s++) {
          double score = 0, product = 0;
          for (int64_t h = 0; h < p.size; h++) {
            score += q[p.Query(b, n, t, h)] * k[p.Key(b, n, s, h)];
            product += gradient[p.Query(b, n, t, h)] * v[p.Key(b, n, s, h)];
          }
          score = score * p.scale + (bias.empty() ? 0 : bias[p.Bias(b, n, t, s)]);
          weights.push_back(std::exp(score)), wanted.push_back(product);
          sum += weights.back();
        }
        r.statistics[p.Row(b, n, t)] = std::log(sum);
        for (double& weight : weights) weight /= sum;
        for (int64_t h = 0; h < p.size; h++) {
          double& result = r.result[p.Query(b, n, t, h)];
          for (int64_t s = 0; s < seen; s++) result += weights[static_cast<size_t>(s)] * v[p.Key(b, n, s, h)];
          mean += Rounded(type, result) * gradient[p.Query(b, n, t, h)];
        }
        for (int64_t s = 0; s < seen; s++) {
          const double weight = weights[static_cast<size_t>(s)];
          const double change = weight * (wanted[static_cast<size_t>(s)] - mean);
          if (!bias.empty()) r.bias[p.Bias(b, n, t, s)] += change;
          for (int64_t h = 0; h < p.size; h++) {
            const size_t query = p.Query(b, n, t, h), key = p.Key(b, n, s, h);
            r.values[key] += weight * gradient[query];
            r.queries[query] += change * p.scale * k[key];
            r.keys[key] += change * p.scale * q[query];
          }
        }
      }
    }
  }
  return r;
}

struct Attention {
  Card& card;
  DType type;

  DevicePointer Put(const Numbers& x) {
    std::vector<char> bytes(x.size() * 2);
    for (size_t i = 0; i < x.size(); i++) fake::Store(LibraryType(type), bytes.data(), static_cast<int64_t>(i), x[i]);
    return card.Put(bytes);
  }
  Numbers Get(DevicePointer from, size_t count, DType of) {
    const int64_t bytes = BytesOf(of);
    const std::vector<char> all = card.Get(from, count * static_cast<size_t>(bytes));
    Numbers out;
    for (size_t i = 0; i < count; i++) {
      out.push_back(fake::Load(LibraryType(of), all.data(), static_cast<int64_t>(i)).real());
    }
    return out;
  }
  DevicePointer Room(size_t bytes) { return card.Put(std::vector<char>(bytes, 0x7f)); }
  DevicePointer Lengths(int64_t batch, int32_t length) {
    std::vector<char> bytes(static_cast<size_t>(batch) * 4);
    for (int64_t b = 0; b < batch; b++) fake::Write(bytes.data(), b, length);
    return card.Put(bytes);
  }
  Numbers Halves(size_t count, std::mt19937& random) {
    std::normal_distribution<double> part;
    Numbers out;
    for (size_t i = 0; i < count; i++) out.push_back(Rounded(type, part(random)));
    return out;
  }

  Results Run(const Problem& p, const Numbers& q, const Numbers& k, const Numbers& v, const Numbers& bias,
              const Numbers& gradient, bool bias_gradient) {
    std::vector<DevicePointer> args{Put(q), Put(k), Put(v)};
    if (!bias.empty()) args.push_back(Put(bias));
    const size_t inputs = args.size();
    args.push_back(Room(p.QueryCount() * 2)), args.push_back(Room(p.RowCount() * 4));
    card.Call("attention", args, p.Params(type));
    args.push_back(Put(gradient));
    const size_t gradients = args.size();
    for (const size_t count : {p.QueryCount(), p.KeyCount(), p.KeyCount()}) args.push_back(Room(count * 2));
    if (bias_gradient) args.push_back(Room(p.BiasCount() * 2));
    const bool lengths = p.keys % 128 != 0;
    if (lengths) {
      for (const int64_t length : {p.queries, p.keys}) args.push_back(Lengths(p.batch, static_cast<int32_t>(length)));
    }
    std::vector<int64_t> params = p.Params(type);
    params.insert(params.end(), {bias_gradient, lengths});
    card.Call("attention-gradient", args, params);
    return {Get(args[inputs], p.QueryCount(), type),
            Get(args[inputs + 1], p.RowCount(), DType::kFloat32),
            Get(args[gradients], p.QueryCount(), type),
            Get(args[gradients + 1], p.KeyCount(), type),
            Get(args[gradients + 2], p.KeyCount(), type),
            bias_gradient ? Get(args[gradients + 3], p.BiasCount(), type) : Numbers()};
  }
};

// The greatest difference, for numbers of the size of those wanted.
double Worst(const Numbers& got, const Numbers& want) {
  double size = 1, worst = 0;
  for (const double x : want) size = std::max(size, std::abs(x));
  for (size_t i = 0; i < got.size(); i++) {
    const double difference = std::abs(got[i] - want[i]);
    worst = std::isnan(difference) ? INFINITY : std::max(worst, difference / size);
  }
  return worst;
}

void TestProblem(Card& card, const Problem& p, DType type, bool bias_gradient, unsigned seed) {
  std::mt19937 random(seed);
  Attention attention{card, type};
  const Numbers q = attention.Halves(p.QueryCount(), random), k = attention.Halves(p.KeyCount(), random),
                v = attention.Halves(p.KeyCount(), random), bias = attention.Halves(p.BiasCount(), random),
                gradient = attention.Halves(p.QueryCount(), random);
  const Results want = Wanted(p, type, q, k, v, bias, gradient);
  const Results got = attention.Run(p, q, k, v, bias, gradient, bias_gradient);
  const double epsilon = type == DType::kBfloat16 ? 0x1p-8 : 0x1p-11;
  EXPECT(Worst(got.statistics, want.statistics) < 1e-6);
  EXPECT(Worst(got.result, want.result) < 2 * epsilon);
  EXPECT(Worst(got.queries, want.queries) < 2 * epsilon);
  EXPECT(Worst(got.keys, want.keys) < 2 * epsilon);
  EXPECT(Worst(got.values, want.values) < 2 * epsilon);
  EXPECT(Worst(got.bias, want.bias) < 2 * epsilon);
}

void TestProblems(const Context& context, const Fake& dnn) {
  const auto bf16 = DType::kBfloat16, f16 = DType::kFloat16;
  // Each needs something else of cuDNN: see attention_gradient.cc.
  for (const int64_t version : {90500, 90600, 91100, 91600}) {
    dnn.set("version", version);
    Card card(context);
    TestProblem(card, {2, 6, 2, 8, 10, 2, 0, 0, false}, bf16, false, 1);
    TestProblem(card, {1, 9, 4, 16, 7, 2, 0, 0, true}, f16, false, 2);
    TestProblem(card, {2, 4, 4, 8, 128, 1, 2, 4, false}, bf16, true, 3);
    TestProblem(card, {2, 6, 2, 8, 6, 2, 1, 2, true}, f16, true, 4);
    TestProblem(card, {3, 4, 2, 8, 8, 2, 3, 1, true}, bf16, true, 5);
    TestProblem(card, {2, 4, 2, 8, 8, 2, 2, 1, false}, bf16, false, 6);
    setenv("COTANGENT_DETERMINISTIC", "1", 1);
    TestProblem(card, {2, 6, 4, 8, 10, 2, 0, 0, true}, bf16, false, 7);
    unsetenv("COTANGENT_DETERMINISTIC");
  }
  dnn.set("version", 90600);
}

// Engines are timed once for a shape, and asked once for each call after that.
void TestChoice(const Context& context, const Fake& dnn) {
  Card card(context);
  dnn.set("cost0", 5), dnn.set("cost1", 1), dnn.set("cost2", 9);
  dnn.clear();
  const Problem p{1, 4, 1, 8, 4, 1, 0, 0, false};
  TestProblem(card, p, DType::kBfloat16, false, 8);
  EXPECT(Count(dnn.log(), "engine 0") == 6 && Count(dnn.log(), "engine 1") == 8 && Count(dnn.log(), "engine 2") == 6);
  dnn.clear();
  TestProblem(card, p, DType::kBfloat16, false, 9);
  EXPECT(Count(dnn.log(), "engine") == 2 && Count(dnn.log(), "engine 1") == 2);
}

void TestRefusals(const Context& context, const Fake& dnn) {
  const auto refusal = [&](int64_t version, const Problem& p) {
    dnn.set("version", version);
    Card card(context);
    return Thrown<LibraryUnavailable>([&] { TestProblem(card, p, DType::kBfloat16, p.bias_batch > 0, 1); });
  };
  const std::string wrong = refusal(91000, {1, 4, 1, 8, 4, 1, 0, 0, false});
  EXPECT(Contains(wrong, "compute attention wrongly") && Contains(wrong, "9.10.2"));
  const std::string old = refusal(90400, {1, 4, 1, 8, 4, 1, 1, 1, false});
  EXPECT(Contains(old, "a bias's gradient") && Contains(old, "Install 9.5"));
  dnn.set("version", 90600);
  Card card(context);
  const std::string text = Thrown<LibraryError>(
      [&] { TestProblem(card, {2, 4, 1, 12, 4, 1, 0, 0, false}, DType::kBfloat16, false, 1); });
  EXPECT(Contains(text, "none computes attention of 2×4 queries and 4 keys with 1 heads of 12"));
}

int RunTests() {
  const Driver& driver = OpenDriver();
  const Fake dnn("libcudnn.so.9");
  {
    const Context context(driver, ListDevices(driver)[0]);
    TestProblems(context, dnn);
    TestChoice(context, dnn);
    TestRefusals(context, dnn);
  }
  EXPECT(dnn.live() == 0);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace cotangent::cuda

int main() { return cotangent::cuda::RunTests(); }
