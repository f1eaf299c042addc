// a sum in the exponents that no reduction is
module @jit_reduce_window {
  func.func public @main(%arg0: tensor<4xf32>) -> (tensor<4xf32>) {
    %0 = stablehlo.constant dense<-1000000000.0> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 2>, window_strides = array<i64: 1>, padding = dense<[[0, 1]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.maximum %2, %3 : tensor<f32>
      %5 = stablehlo.subtract %2, %3 : tensor<f32>
      %6 = stablehlo.compare NE, %5, %5, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %7 = stablehlo.add %2, %3 : tensor<f32>
      %8 = stablehlo.abs %5 : tensor<f32>
      %9 = stablehlo.negate %8 : tensor<f32>
      %10 = stablehlo.exponential %9 : tensor<f32>
      %11 = stablehlo.log_plus_one %10 : tensor<f32>
      %12 = stablehlo.add %4, %11 : tensor<f32>
      %13 = "stablehlo.select"(%6, %7, %12) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      stablehlo.return %13 : tensor<f32>
    }) : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
    return %1 : tensor<4xf32>
  }
}
