// by the diagonal
module @jit_custom_linear_solve {
  func.func public @main(%arg0: tensor<3xf32>, %arg1: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.divide %arg1, %arg0 : tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}
