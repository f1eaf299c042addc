// a product and a sum at once
module @jit_reduce {
  func.func public @main(%arg0: tensor<3x2xf32>, %arg1: tensor<3x2xf32>) -> (tensor<2xf32>, tensor<2xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2, %3 = "stablehlo.reduce"(%arg0, %arg1, %0, %1) <{dimensions = array<i64: 0>}> ({
    ^bb0(%4: tensor<f32>, %5: tensor<f32>, %6: tensor<f32>, %7: tensor<f32>):
      %8 = stablehlo.multiply %4, %6 : tensor<f32>
      %9 = stablehlo.add %5, %7 : tensor<f32>
      stablehlo.return %8, %9 : tensor<f32>, tensor<f32>
    }) : (tensor<3x2xf32>, tensor<3x2xf32>, tensor<f32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
    return %2, %3 : tensor<2xf32>, tensor<2xf32>
  }
}
