// newton
module @jit_program_newton {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<f32>) -> (tensor<f32>) {
    %0, %1, %2 = "stablehlo.while"(%arg1, %arg1, %arg0) ({
    ^bb0(%3: tensor<f32>, %4: tensor<f32>, %5: tensor<f32>):
      %6 = "chlo.square"(%5) : (tensor<f32>) -> tensor<f32>
      %7 = stablehlo.subtract %6, %3 : tensor<f32>
      %8 = stablehlo.abs %7 : tensor<f32>
      %9 = stablehlo.constant dense<0.0001> : tensor<f32>
      %10 = stablehlo.compare GT, %8, %9, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %10 : tensor<i1>
    }, {
    ^bb0(%11: tensor<f32>, %12: tensor<f32>, %13: tensor<f32>):
      %14 = stablehlo.divide %12, %13 : tensor<f32>
      %15 = stablehlo.add %13, %14 : tensor<f32>
      %16 = stablehlo.constant dense<0.5> : tensor<f32>
      %17 = stablehlo.multiply %15, %16 : tensor<f32>
      stablehlo.return %11, %12, %17 : tensor<f32>, tensor<f32>, tensor<f32>
    }) : (tensor<f32>, tensor<f32>, tensor<f32>) -> (tensor<f32>, tensor<f32>, tensor<f32>)
    return %2 : tensor<f32>
  }
}
