// 
module @jit_all_gather {
  func.func public @main(%arg0: tensor<3x2xf32>) -> (tensor<3x3x2xf32>) {
    %0 = stablehlo.sine %arg0 : tensor<3x2xf32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2 = "stablehlo.reduce"(%arg0, %1) <{dimensions = array<i64: 1>}> ({
    ^bb0(%3: tensor<f32>, %4: tensor<f32>):
      %5 = stablehlo.add %3, %4 : tensor<f32>
      stablehlo.return %5 : tensor<f32>
    }) : (tensor<3x2xf32>, tensor<f32>) -> tensor<3xf32>
    %6 = stablehlo.broadcast_in_dim %0, dims = [1, 2] : (tensor<3x2xf32>) -> tensor<1x3x2xf32>
    %7 = stablehlo.broadcast_in_dim %2, dims = [0] : (tensor<3xf32>) -> tensor<3x1x1xf32>
    %8 = stablehlo.reshape %6 : (tensor<1x3x2xf32>) -> tensor<3x2xf32>
    %9 = stablehlo.broadcast_in_dim %8, dims = [1, 2] : (tensor<3x2xf32>) -> tensor<3x3x2xf32>
    %10 = stablehlo.reshape %7 : (tensor<3x1x1xf32>) -> tensor<3xf32>
    %11 = stablehlo.broadcast_in_dim %10, dims = [0] : (tensor<3xf32>) -> tensor<3x3x2xf32>
    %12 = stablehlo.multiply %9, %11 : tensor<3x3x2xf32>
    return %12 : tensor<3x3x2xf32>
  }
}
