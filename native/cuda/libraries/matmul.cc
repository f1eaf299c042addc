// matmul: products of matrices. args: left, right, out, then the bias and the residual if there are any. params: how it
// is computed (MatmulCompute), the types of left, right and out, batch, rows, columns, depth; of left and of right
// whether it is transposed, and its leading and batch; out's leading and batch; whether there is a bias, a relu, a
// residual.
#include "cuda/libraries/routine.h"

namespace cotangent::cuda {

void RunMatmul(const LibraryCall& call) {
  CallReader p(call);
  MatmulProblem m{};
  m.compute = static_cast<MatmulCompute>(p.Next());
  m.left_type = p.Type(), m.right_type = p.Type(), m.out_type = p.Type();
  m.batch = p.Next(), m.rows = p.Next(), m.columns = p.Next(), m.depth = p.Next();
  for (MatrixPlace* place : {&m.left, &m.right}) {
    place->transposed = p.Flag();
    place->leading = p.Next(), place->batch = p.Next();
  }
  m.out.leading = p.Next(), m.out.batch = p.Next();
  m.bias = p.Flag(), m.relu = p.Flag(), m.residual = p.Flag();
  MatmulArgs args{p.arg(0), p.arg(1), p.arg(2), 0, 0};
  int at = 3;
  if (m.bias) args.bias = p.arg(at++);
  if (m.residual) args.residual = p.arg(at++);
  call.libraries.blas_lt().Multiply(m, args, call.stream, call.scratch);
}

}  // namespace cotangent::cuda
