// triangles
module @jit_program_triangles {
  func.func public @main(%arg0: tensor<3x3xf32>, %arg1: tensor<3x2xf32>) -> (tensor<3x3xf32>, tensor<3x2xf32>) {
    %0 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
    %1 = stablehlo.dot_general %arg0, %0, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3x3xf32>, tensor<3x3xf32>) -> tensor<3x3xf32>
    %2 = stablehlo.iota dim = 0 : tensor<3x3xi32>
    %3 = stablehlo.iota dim = 1 : tensor<3x3xi32>
    %4 = stablehlo.constant dense<0> : tensor<i32>
    %5 = stablehlo.broadcast_in_dim %4, dims = [] : (tensor<i32>) -> tensor<3x3xi32>
    %6 = stablehlo.add %2, %5 : tensor<3x3xi32>
    %7 = stablehlo.compare EQ, %6, %3, SIGNED : (tensor<3x3xi32>, tensor<3x3xi32>) -> tensor<3x3xi1>
    %8 = stablehlo.convert %7 : (tensor<3x3xi1>) -> tensor<3x3xf32>
    %9 = stablehlo.add %1, %8 : tensor<3x3xf32>
    %10 = stablehlo.transpose %9, dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
    %11 = stablehlo.add %9, %10 : tensor<3x3xf32>
    %12 = stablehlo.constant dense<2.0> : tensor<f32>
    %13 = stablehlo.broadcast_in_dim %12, dims = [] : (tensor<f32>) -> tensor<3x3xf32>
    %14 = stablehlo.divide %11, %13 : tensor<3x3xf32>
    %15 = "stablehlo.cholesky"(%14) <{lower = true}> : (tensor<3x3xf32>) -> tensor<3x3xf32>
    %16 = "stablehlo.triangular_solve"(%15, %arg1) <{left_side = true, lower = true, unit_diagonal = false, transpose_a = #stablehlo<transpose NO_TRANSPOSE>}> : (tensor<3x3xf32>, tensor<3x2xf32>) -> tensor<3x2xf32>
    return %15, %16 : tensor<3x3xf32>, tensor<3x2xf32>
  }
}
