// 
module @jit_jit {
  func.func public @main(%arg0: tensor<2xf32>, %arg1: tensor<2xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.sine %arg0 : tensor<2xf32>
    %1 = stablehlo.multiply %0, %arg1 : tensor<2xf32>
    return %1 : tensor<2xf32>
  }
}
