// newton_mapped
module @jit_program_newton_mapped {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %1, %2, %3 = "stablehlo.while"(%arg1, %arg1, %0) ({
    ^bb0(%4: tensor<3xf32>, %5: tensor<3xf32>, %6: tensor<3xf32>):
      %7 = "chlo.square"(%6) : (tensor<3xf32>) -> tensor<3xf32>
      %8 = stablehlo.subtract %7, %4 : tensor<3xf32>
      %9 = stablehlo.abs %8 : tensor<3xf32>
      %10 = stablehlo.constant dense<0.0001> : tensor<f32>
      %11 = stablehlo.broadcast_in_dim %10, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %12 = stablehlo.compare GT, %9, %11, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
      %13 = stablehlo.constant dense<false> : tensor<i1>
      %14 = "stablehlo.reduce"(%12, %13) <{dimensions = array<i64: 0>}> ({
      ^bb0(%15: tensor<i1>, %16: tensor<i1>):
        %17 = stablehlo.or %15, %16 : tensor<i1>
        stablehlo.return %17 : tensor<i1>
      }) : (tensor<3xi1>, tensor<i1>) -> tensor<i1>
      stablehlo.return %14 : tensor<i1>
    }, {
    ^bb0(%18: tensor<3xf32>, %19: tensor<3xf32>, %20: tensor<3xf32>):
      %21 = stablehlo.divide %19, %20 : tensor<3xf32>
      %22 = stablehlo.add %20, %21 : tensor<3xf32>
      %23 = stablehlo.constant dense<0.5> : tensor<f32>
      %24 = stablehlo.broadcast_in_dim %23, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %25 = stablehlo.multiply %22, %24 : tensor<3xf32>
      %26 = "chlo.square"(%20) : (tensor<3xf32>) -> tensor<3xf32>
      %27 = stablehlo.subtract %26, %18 : tensor<3xf32>
      %28 = stablehlo.abs %27 : tensor<3xf32>
      %29 = stablehlo.constant dense<0.0001> : tensor<f32>
      %30 = stablehlo.broadcast_in_dim %29, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %31 = stablehlo.compare GT, %28, %30, FLOAT : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xi1>
      %32 = "stablehlo.select"(%31, %25, %20) : (tensor<3xi1>, tensor<3xf32>, tensor<3xf32>) -> tensor<3xf32>
      stablehlo.return %18, %19, %32 : tensor<3xf32>, tensor<3xf32>, tensor<3xf32>
    }) : (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<3xf32>, tensor<3xf32>, tensor<3xf32>)
    return %3 : tensor<3xf32>
  }
}
