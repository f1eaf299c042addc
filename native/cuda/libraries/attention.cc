#include "cuda/libraries/attention.h"

#include <cstring>
#include <limits>

namespace cotangent::cuda {
namespace {

constexpr int64_t kQueryAxis = 2, kKeyAxis = 3;

float FloatOf(int64_t bits) {
  const auto narrow = static_cast<uint32_t>(bits);
  float out;
  std::memcpy(&out, &narrow, sizeof(out));
  return out;
}

TensorPlace Dense(int64_t a, int64_t b, int64_t c, int64_t d) { return {{a, b, c, d}, {b * c * d, c * d, d, 1}}; }

// [batch, length, heads, size] as batch, heads, length, size.
TensorPlace HeadsOf(int64_t batch, int64_t length, int64_t heads, int64_t size) {
  return {{batch, heads, length, size}, {length * heads * size, size, heads * size, 1}};
}

}  // namespace

AttentionProblem::AttentionProblem(CallReader& p) {
  type = p.Type();
  batch = p.Next(), queries = p.Next(), heads = p.Next(), size = p.Next(), keys = p.Next(), key_heads = p.Next();
  bias_batch = p.Next(), bias_heads = p.Next();
  causal = p.Flag();
  scale = FloatOf(p.Next());
}

std::string AttentionProblem::Unknown(const char* what) const {
  return std::string("none computes ") + what + " of " + std::to_string(batch) + "×" + std::to_string(queries) +
         " queries and " + std::to_string(keys) + " keys with " + std::to_string(heads) + " heads of " +
         std::to_string(size);
}

AttentionGraph::AttentionGraph(const Dnn& d, const AttentionProblem& p)
    : dnn(d), problem(p), type(DnnDataType(p.type)), graph(d), scale(graph.Constant(p.scale)) {
  // NVIDIA's own frontend refuses these two for what is wrong in them.
  if (d.version() == 91000 || d.version() == 91001) {
    throw LibraryUnavailable("cuDNN", "versions 9.10.0 and 9.10.1 compute attention wrongly", {},
                             "Install 9.10.2 or later (with pip: nvidia-cudnn-cu12).");
  }
}

TensorPlace AttentionGraph::QueriesPlace() const {
  return HeadsOf(problem.batch, problem.queries, problem.heads, problem.size);
}

TensorPlace AttentionGraph::KeysPlace() const {
  return HeadsOf(problem.batch, problem.keys, problem.key_heads, problem.size);
}

TensorPlace AttentionGraph::RowsPlace() const { return Dense(problem.batch, problem.heads, problem.queries, 1); }

TensorPlace AttentionGraph::ScoresPlace() const {
  return Dense(problem.batch, problem.heads, problem.queries, problem.keys);
}

AttentionGraph::Tensor AttentionGraph::OfKeysTransposed(AttentionArray id) {
  TensorPlace place = KeysPlace();
  std::swap(place.dims[2], place.dims[3]);
  std::swap(place.strides[2], place.strides[3]);
  return graph.Array(id, std::move(place), type);
}

AttentionGraph::Tensor AttentionGraph::OfBias(AttentionArray id) {
  return graph.Array(id, Dense(problem.bias_batch, problem.bias_heads, problem.queries, problem.keys), type);
}

AttentionGraph::Tensor AttentionGraph::Scores(const Tensor& queries, const Tensor& keys_transposed,
                                              const DnnGraph::Lengths& lengths) {
  const Tensor products = graph.Within(ScoresPlace());
  graph.Matmul(queries, keys_transposed, products, lengths);
  const Tensor scores = graph.Pointwise(dnn::kMultiply, products, scale);
  return problem.has_bias() ? graph.Pointwise(dnn::kAdd, scores, OfBias(kBias)) : scores;
}

AttentionGraph::Tensor AttentionGraph::Hidden() {
  // Versions before 9.10 want a number.
  using Limits = std::numeric_limits<float>;
  return graph.Constant(dnn.version() < 91000 ? Limits::lowest() : -Limits::infinity());
}

AttentionGraph::Tensor AttentionGraph::Causal(const Tensor& scores) {
  const Tensor query = graph.Index(scores, kQueryAxis, dnn::kFloat), key = graph.Index(scores, kKeyAxis, dnn::kFloat);
  const Tensor sees = graph.Compare(dnn::kGreaterOrEqual, query, key);
  return graph.Select(scores, Hidden(), sees);
}

std::unique_ptr<DnnPlans> AttentionGraph::Plans(const char* what) {
  DnnProblem all{graph.TakeOperations(), graph.constants(), nullptr, std::numeric_limits<int64_t>::max(),
                 problem.Unknown(what)};
  return std::make_unique<DnnPlans>(dnn, all);
}

// attention: args: queries, keys, values, the bias if there is one; the result, and of each query the logarithm of its
// scores' sum of exponentials. params: see AttentionProblem.
void RunAttention(const LibraryCall& call) {
  CallReader p(call);
  std::vector<int64_t> key = p.Rest();
  key.insert(key.begin(), kAttentionProblem);
  const AttentionProblem problem(p);
  Dnn& dnn = call.libraries.dnn();
  DnnPlans& plans = dnn.PlansOf(key, [&] {
    AttentionGraph a(dnn, problem);
    DnnGraph& graph = a.graph;
    auto scores = a.Scores(a.OfQueries(kQueries), a.OfKeysTransposed(kKeys), {});
    if (problem.causal) scores = a.Causal(scores);
    const auto greatest = graph.Within(a.RowsPlace()), sum = graph.Within(a.RowsPlace());
    graph.Reduce(dnn::kMaximum, scores, greatest);
    const auto powers = graph.Pointwise(dnn::kExponential, graph.Pointwise(dnn::kSubtract, scores, greatest));
    graph.Reduce(dnn::kSum, powers, sum);
    const auto log = graph.Pointwise(dnn::kLogarithm, sum);
    graph.Write(dnn::kAdd, {greatest, &log}, a.OfRows(kStatistics));
    // Products multiply what arrays are of.
    const auto weights = graph.Within(a.ScoresPlace(), a.type);
    graph.Write(dnn::kDivide, {powers, &sum}, weights);
    graph.Matmul(weights, a.OfKeys(kValues), a.OfQueries(kResult), {});
    return a.Plans("attention");
  });
  int at = 0;
  DnnPack pack;
  for (const AttentionArray id : {kQueries, kKeys, kValues}) pack.Add(id, p.arg(at++));
  if (problem.has_bias()) pack.Add(kBias, p.arg(at++));
  for (const AttentionArray id : {kResult, kStatistics}) pack.Add(id, p.arg(at++));
  plans.Run(std::move(pack), call.stream, call.scratch, "to compute attention");
}

}  // namespace cotangent::cuda
