// What attention and its gradient by cuDNN share: the sizes, how arrays lie, and the scores. The graphs have the form in
// which cuDNN's engines for attention know them.
#pragma once

#include <memory>

#include "cuda/libraries/dnn_graph.h"
#include "cuda/libraries/dnn_plans.h"
#include "cuda/libraries/routine.h"

namespace cotangent::cuda {

// Queries lie as [batch, queries, heads, size], keys and values as [batch, keys, key_heads, size], a bias as [bias_batch,
// bias_heads, queries, keys].
struct AttentionProblem {
  DType type;
  int64_t batch, queries, heads, size, keys, key_heads;
  int64_t bias_batch, bias_heads;  // 0 if there is no bias
  bool causal;
  float scale;

  // From params: the type, batch, queries, heads, size, keys, heads of keys, the bias's batch and heads, whether it is
  // causal, the scale's bits.
  explicit AttentionProblem(CallReader& p);

  bool has_bias() const { return bias_batch > 0; }
  std::string Unknown(const char* what) const;
};

// The arrays' identifiers in a pack.
enum AttentionArray : int64_t {
  kQueries = 1,
  kKeys,
  kValues,
  kBias,
  kResult,
  kStatistics,
  kResultGradient,
  kQueriesGradient,
  kKeysGradient,
  kValuesGradient,
  kBiasGradient,
  kQueryLengths,
  kKeyLengths,
  kMeans,
  kQueriesSum,
};

class AttentionGraph {
 public:
  using Tensor = DnnGraph::Tensor;

  // Throws LibraryUnavailable for versions that are known to compute attention wrongly.
  AttentionGraph(const Dnn& dnn, const AttentionProblem& problem);

  // Arrays of cuDNN's order: batch, heads, rows, columns.
  Tensor OfQueries(AttentionArray id) { return graph.Array(id, QueriesPlace(), type); }
  Tensor OfKeys(AttentionArray id) { return graph.Array(id, KeysPlace(), type); }
  Tensor OfKeysTransposed(AttentionArray id);
  Tensor OfBias(AttentionArray id);
  // A number of float32 for each query.
  Tensor OfRows(AttentionArray id) { return graph.Array(id, RowsPlace(), dnn::kFloat); }

  TensorPlace QueriesPlace() const;
  TensorPlace KeysPlace() const;
  TensorPlace RowsPlace() const;
  TensorPlace ScoresPlace() const;

  // scale · queries · keysᵀ + bias, before anything is hidden.
  Tensor Scores(const Tensor& queries, const Tensor& keys_transposed, const DnnGraph::Lengths& lengths);
  // Hides the keys behind each query.
  Tensor Causal(const Tensor& scores);
  // Lower than any score: what hidden ones are.
  Tensor Hidden();

  std::unique_ptr<DnnPlans> Plans(const char* what);

  const Dnn& dnn;
  const AttentionProblem& problem;
  const int type;
  DnnGraph graph;
  const Tensor scale;
};

}  // namespace cotangent::cuda
