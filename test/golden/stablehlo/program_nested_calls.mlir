// nested_calls
module @jit_program_nested_calls {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xf32>) {
    %0 = stablehlo.sine %arg0 : tensor<2x3xf32>
    %1 = stablehlo.add %0, %arg0 : tensor<2x3xf32>
    %2 = stablehlo.constant dense<0.0> : tensor<f32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %4 = stablehlo.constant dense<0> : tensor<i32>
    %5, %6, %7 = "stablehlo.while"(%4, %arg0, %3) ({
    ^bb0(%8: tensor<i32>, %9: tensor<2x3xf32>, %10: tensor<2xf32>):
      %11 = stablehlo.constant dense<2> : tensor<i32>
      %12 = stablehlo.compare LT, %8, %11, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %12 : tensor<i1>
    }, {
    ^bb0(%13: tensor<i32>, %14: tensor<2x3xf32>, %15: tensor<2xf32>):
      %16 = stablehlo.constant dense<0> : tensor<i32>
      %17 = stablehlo.dynamic_slice %14, %13, %16, sizes = [1, 3] : (tensor<2x3xf32>, tensor<i32>, tensor<i32>) -> tensor<1x3xf32>
      %18 = stablehlo.reshape %17 : (tensor<1x3xf32>) -> tensor<3xf32>
      %19 = stablehlo.sine %18 : tensor<3xf32>
      %20 = stablehlo.add %19, %18 : tensor<3xf32>
      %21 = stablehlo.constant dense<0.0> : tensor<f32>
      %22 = "stablehlo.reduce"(%20, %21) <{dimensions = array<i64: 0>}> ({
      ^bb0(%23: tensor<f32>, %24: tensor<f32>):
        %25 = stablehlo.add %23, %24 : tensor<f32>
        stablehlo.return %25 : tensor<f32>
      }) : (tensor<3xf32>, tensor<f32>) -> tensor<f32>
      %26 = stablehlo.reshape %22 : (tensor<f32>) -> tensor<1xf32>
      %27 = stablehlo.dynamic_update_slice %15, %26, %13 : (tensor<2xf32>, tensor<1xf32>, tensor<i32>) -> tensor<2xf32>
      %28 = stablehlo.constant dense<1> : tensor<i32>
      %29 = stablehlo.add %13, %28 : tensor<i32>
      stablehlo.return %29, %14, %27 : tensor<i32>, tensor<2x3xf32>, tensor<2xf32>
    }) : (tensor<i32>, tensor<2x3xf32>, tensor<2xf32>) -> (tensor<i32>, tensor<2x3xf32>, tensor<2xf32>)
    %30 = stablehlo.sine %arg0 : tensor<2x3xf32>
    %31 = stablehlo.add %30, %arg0 : tensor<2x3xf32>
    %32 = stablehlo.sine %1 : tensor<2x3xf32>
    %33 = stablehlo.add %32, %1 : tensor<2x3xf32>
    %34 = stablehlo.sine %7 : tensor<2xf32>
    %35 = stablehlo.add %34, %7 : tensor<2xf32>
    return %31, %33, %35 : tensor<2x3xf32>, tensor<2x3xf32>, tensor<2xf32>
  }
}
