// Products of matrices by cuBLASLt. Of the algorithms that it proposes for a shape, each is timed once on the card, and
// the best is kept while the process runs (tuner.h).
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "cuda/libraries/blas_lt_api.h"
#include "cuda/libraries/scratch.h"

namespace cotangent::cuda {

// How a matrix of a batch lies in memory, in elements: row by row, or column by column if it is transposed.
struct MatrixPlace {
  bool transposed;
  int64_t leading;  // from one row to the next; from one column to the next if transposed
  int64_t batch;    // from one matrix to the next
};

enum class MatmulCompute : int64_t { kFloat32 = 0, kTF32, kFloat64 };

// out = left · right, with what follows it: rows × depth by depth × columns.
struct MatmulProblem {
  MatmulCompute compute;
  DType left_type, right_type, out_type;
  int64_t batch, rows, columns, depth;
  MatrixPlace left, right, out;
  bool bias, relu, residual;  // out = relu(left · right + residual + bias), the bias one number for each column
};

struct MatmulArgs {
  DevicePointer left, right, out, bias, residual;  // the residual lies as out does
};

class BlasLt {
 public:
  explicit BlasLt(const Context& context);
  ~BlasLt();
  BlasLt(const BlasLt&) = delete;
  BlasLt& operator=(const BlasLt&) = delete;

  void Multiply(const MatmulProblem& problem, const MatmulArgs& args, Stream& stream, Scratch& scratch);

 private:
  struct Plan;
  std::unique_ptr<Plan> Propose(const MatmulProblem& problem, const std::vector<uint32_t>& alignments);
  void Choose(Plan& plan, const MatmulProblem& problem, const MatmulArgs& args, Stream& stream, Scratch& scratch);
  blas_lt::Status Run(const Plan& plan, const blas_lt::Heuristic& heuristic, const MatmulArgs& args,
                      DevicePointer workspace, Stream& stream) const;
  void Check(blas_lt::Status status, const std::string& doing) const;

  const Context& context_;
  const blas_lt::Api& api_;
  blas_lt::Handle handle_ = nullptr;
  std::map<std::vector<int64_t>, std::unique_ptr<Plan>> plans_;
};

}  // namespace cotangent::cuda
