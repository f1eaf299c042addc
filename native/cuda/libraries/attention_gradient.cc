// attention-gradient: args: queries, keys, values, the bias if there is one, both results of attention, the first one's
// gradient; the gradients of queries, keys, values, and of the bias if that is wanted; if lengths are given, those of
// queries and of keys, int32[batch] each. params: those of AttentionProblem, whether the bias's gradient is wanted,
// whether lengths are given.
#include "cuda/libraries/attention.h"
#include "cuda/libraries/tuner.h"

namespace cotangent::cuda {
namespace {

struct GradientProblem : AttentionProblem {
  bool bias_gradient, given_lengths;
  // Whether tiles of keys add to the queries' gradient as they come, in float32: in any order, and not while the bias's
  // gradient is kept. Before 9.6 that memory had to be cleared first.
  bool sums_queries;
  // Up to 9.15, engines read beyond keys that do not fill their last tile, unless they are told how many there are.
  bool uses_lengths;

  GradientProblem(CallReader& p, const Dnn& dnn) : AttentionProblem(p) {
    bias_gradient = p.Flag(), given_lengths = p.Flag();
    sums_queries = !bias_gradient && dnn.version() >= 90600 && !MustRepeat();
    uses_lengths = given_lengths && dnn.version() <= 91500;
  }
  size_t MeansBytes() const { return static_cast<size_t>(batch * heads * queries) * sizeof(float); }
};

class GradientGraph : public AttentionGraph {
 public:
  GradientGraph(const Dnn& dnn, const GradientProblem& problem)
      : AttentionGraph(dnn, problem),
        p_(problem),
        queries_(OfQueries(kQueries)),
        keys_(OfKeysTransposed(kKeys)),
        values_(OfKeysTransposed(kValues)),
        result_gradient_(OfQueries(kResultGradient)) {
    if (p_.bias_gradient && dnn.version() < 90500) {
      throw LibraryUnavailable("cuDNN", "versions before 9.5 do not compute a bias's gradient for all lengths", {},
                               "Install 9.5 or later (with pip: nvidia-cudnn-cu12).");
    }
    if (!p_.uses_lengths) return;
    const TensorPlace place{{p_.batch, 1, 1, 1}, {1, 1, 1, 1}};
    query_lengths_ = graph.Array(kQueryLengths, place, dnn::kInt32);
    key_lengths_ = graph.Array(kKeyLengths, place, dnn::kInt32);
  }

  std::unique_ptr<DnnPlans> Plans() {
    const Tensor means = Means();
    const Tensor weights = Weights();
    SumOverQueries(weights, result_gradient_, OfKeys(kValuesGradient));

    const Tensor products = graph.Within(ScoresPlace());
    graph.Matmul(result_gradient_, values_, products, QueriesByKeys());
    const Tensor gradient = graph.Pointwise(dnn::kMultiply, graph.Pointwise(dnn::kSubtract, products, means), weights);
    if (p_.bias_gradient) graph.Reduce(dnn::kSum, gradient, OfBias(kBiasGradient));
    const Tensor scaled = graph.Pointwise(dnn::kMultiply, gradient, scale);
    SumOverQueries(scaled, queries_, OfKeys(kKeysGradient));
    SumOverKeys(scaled);
    return AttentionGraph::Plans("attention's gradient");
  }

 private:
  DnnGraph::Lengths QueriesByKeys() const { return {query_lengths(), key_lengths(), nullptr}; }
  const Tensor* query_lengths() const { return p_.uses_lengths ? &query_lengths_ : nullptr; }
  const Tensor* key_lengths() const { return p_.uses_lengths ? &key_lengths_ : nullptr; }

  // Of each query, the sum of result times gradient: what its weights' gradients are on average.
  Tensor Means() {
    // Strides that no memory has, and that NVIDIA's frontend writes.
    const int64_t matrix = p_.queries * p_.size;
    const Tensor products = graph.Within({QueriesPlace().dims, {p_.heads * matrix, matrix, p_.heads * p_.size, 1}});
    const Tensor result = OfQueries(kResult);
    graph.Write(dnn::kMultiply, {result_gradient_, &result}, products);
    const Tensor sums = graph.Within(RowsPlace());
    graph.Reduce(dnn::kSum, products, sums);
    const Tensor one = graph.Constant(1);
    const Tensor means = OfRows(kMeans);
    graph.Write(dnn::kMultiply, {sums, &one}, means);
    return means;
  }

  Tensor Weights() {
    Tensor scores = Scores(queries_, keys_, QueriesByKeys());
    if (p_.uses_lengths) scores = Padded(scores);
    scores = graph.Pointwise(dnn::kSubtract, scores, OfRows(kStatistics));
    // These versions have forgotten by now what was hidden.
    if (p_.uses_lengths && dnn.version() >= 90000 && dnn.version() < 91000) scores = Padded(scores);
    if (p_.causal) scores = Causal(scores);
    return graph.Pointwise(dnn::kExponential, scores);
  }

  // Hides what lies behind the lengths.
  Tensor Padded(const Tensor& scores) {
    const Tensor query = graph.Index(scores, 2, dnn::kInt32), key = graph.Index(scores, 3, dnn::kInt32);
    const Tensor is_query = graph.Compare(dnn::kLess, query, query_lengths_);
    const Tensor is_key = graph.Compare(dnn::kLess, key, key_lengths_);
    return graph.Select(scores, Hidden(), graph.Compare(dnn::kAnd, is_query, is_key));
  }

  // pairsᵀ · rows, summed over the heads of queries that share a head of keys.
  void SumOverQueries(const Tensor& pairs, const Tensor& rows, const Tensor& out) {
    TensorPlace place = ScoresPlace();
    std::swap(place.dims[2], place.dims[3]);
    std::swap(place.strides[2], place.strides[3]);
    const Tensor transposed = graph.Within(std::move(place), type);
    graph.Reshape(pairs, transposed);
    const DnnGraph::Lengths lengths{key_lengths(), nullptr, query_lengths()};
    if (p_.heads == p_.key_heads) return graph.Matmul(transposed, rows, out, lengths);
    const int64_t matrix = p_.keys * p_.size;
    const Tensor of_all = graph.Within(
        {{p_.batch, p_.heads, p_.keys, p_.size}, {p_.heads * matrix, matrix, p_.size, 1}}, type);
    graph.Matmul(transposed, rows, of_all, lengths);
    graph.Reduce(dnn::kSum, of_all, out);
  }

  void SumOverKeys(const Tensor& pairs) {
    const Tensor keys = graph.Within(KeysPlace());
    graph.Reshape(keys_, keys);
    const Tensor out = OfQueries(kQueriesGradient);
    const DnnGraph::Lengths lengths{query_lengths(), nullptr, key_lengths()};
    if (!p_.sums_queries) return graph.Matmul(pairs, keys, out, lengths);
    const int64_t matrix = p_.queries * p_.size;
    const Tensor sum = graph.Array(
        kQueriesSum, {{p_.batch, p_.heads, p_.queries, p_.size}, {p_.heads * matrix, matrix, p_.size, 1}}, dnn::kFloat);
    graph.Matmul(pairs, keys, sum, lengths);
    graph.Write(dnn::kIdentity, {sum}, out);
  }

  const GradientProblem& p_;
  const Tensor queries_, keys_, values_, result_gradient_;
  Tensor query_lengths_{}, key_lengths_{};
};

}  // namespace

void RunAttentionGradient(const LibraryCall& call) {
  CallReader p(call);
  std::vector<int64_t> key = p.Rest();
  Dnn& dnn = call.libraries.dnn();
  const GradientProblem problem(p, dnn);
  key.insert(key.begin(), {kAttentionGradientProblem, problem.sums_queries});
  DnnPlans& plans = dnn.PlansOf(key, [&] { return GradientGraph(dnn, problem).Plans(); });
  int at = 0;
  DnnPack pack;
  for (const AttentionArray id : {kQueries, kKeys, kValues}) pack.Add(id, p.arg(at++));
  if (problem.has_bias()) pack.Add(kBias, p.arg(at++));
  for (const AttentionArray id :
       {kResult, kStatistics, kResultGradient, kQueriesGradient, kKeysGradient, kValuesGradient}) {
    pack.Add(id, p.arg(at++));
  }
  if (problem.bias_gradient) pack.Add(kBiasGradient, p.arg(at++));
  if (problem.uses_lengths) pack.Add(kQueryLengths, p.arg(at)), pack.Add(kKeyLengths, p.arg(at + 1));
  pack.Add(kMeans, call.scratch.Get(problem.MeansBytes()));
  if (problem.sums_queries) {
    pack.Add(kQueriesSum, call.scratch.Get(problem.MeansBytes() * static_cast<size_t>(problem.size)));
  }
  plans.Run(std::move(pack), call.stream, call.scratch, "to compute attention's gradient");
}

}  // namespace cotangent::cuda
