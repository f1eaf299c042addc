// as often as an operand says
module @jit_while {
  func.func public @main(%arg0: tensor<i32>, %arg1: tensor<2xf32>) -> (tensor<i32>, tensor<2xf32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1, %2, %3 = "stablehlo.while"(%arg0, %0, %arg1) ({
    ^bb0(%4: tensor<i32>, %5: tensor<i32>, %6: tensor<2xf32>):
      %7 = stablehlo.compare LT, %5, %4, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %7 : tensor<i1>
    }, {
    ^bb0(%8: tensor<i32>, %9: tensor<i32>, %10: tensor<2xf32>):
      %11 = stablehlo.constant dense<1> : tensor<i32>
      %12 = stablehlo.add %9, %11 : tensor<i32>
      %13 = stablehlo.cosine %10 : tensor<2xf32>
      %14 = stablehlo.multiply %10, %13 : tensor<2xf32>
      stablehlo.return %8, %12, %14 : tensor<i32>, tensor<i32>, tensor<2xf32>
    }) : (tensor<i32>, tensor<i32>, tensor<2xf32>) -> (tensor<i32>, tensor<i32>, tensor<2xf32>)
    return %2, %3 : tensor<i32>, tensor<2xf32>
  }
}

// -----

// until the value is small
module @jit_while {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = "stablehlo.while"(%arg0) ({
    ^bb0(%1: tensor<3xf32>):
      %2 = "chlo.square"(%1) : (tensor<3xf32>) -> tensor<3xf32>
      %3 = stablehlo.constant dense<0.0> : tensor<f32>
      %4 = "stablehlo.reduce"(%2, %3) <{dimensions = array<i64: 0>}> ({
      ^bb0(%5: tensor<f32>, %6: tensor<f32>):
        %7 = stablehlo.add %5, %6 : tensor<f32>
        stablehlo.return %7 : tensor<f32>
      }) : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
      %8 = stablehlo.constant dense<0.1> : tensor<f32>
      %9 = stablehlo.compare GT, %4, %8, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %9 : tensor<i1>
    }, {
    ^bb0(%10: tensor<3xf32>):
      %11 = stablehlo.constant dense<0.6> : tensor<f32>
      %12 = stablehlo.broadcast_in_dim %11, dims = [] : (tensor<f32>) -> tensor<3xf32>
      %13 = stablehlo.multiply %10, %12 : tensor<3xf32>
      stablehlo.return %13 : tensor<3xf32>
    }) : (tensor<3xf32>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}
