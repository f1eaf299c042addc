// 
module @jit_custom_vjp_call {
  func.func public @main(%arg0: tensor<3xf32>, %arg1: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.sine %arg1 : tensor<3xf32>
    %1 = stablehlo.multiply %arg0, %0 : tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// in a scan
module @jit_custom_vjp_call {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<3xf32>) -> (tensor<f32>, tensor<3xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %2 = stablehlo.constant dense<0> : tensor<i32>
    %3, %4, %5, %6 = "stablehlo.while"(%2, %arg0, %arg1, %1) ({
    ^bb0(%7: tensor<i32>, %8: tensor<f32>, %9: tensor<3xf32>, %10: tensor<3xf32>):
      %11 = stablehlo.constant dense<3> : tensor<i32>
      %12 = stablehlo.compare LT, %7, %11, SIGNED : (tensor<i32>, tensor<i32>) -> tensor<i1>
      stablehlo.return %12 : tensor<i1>
    }, {
    ^bb0(%13: tensor<i32>, %14: tensor<f32>, %15: tensor<3xf32>, %16: tensor<3xf32>):
      %17 = stablehlo.dynamic_slice %15, %13, sizes = [1] : (tensor<3xf32>, tensor<i32>) -> tensor<1xf32>
      %18 = stablehlo.reshape %17 : (tensor<1xf32>) -> tensor<f32>
      %19 = stablehlo.sine %18 : tensor<f32>
      %20 = stablehlo.multiply %14, %19 : tensor<f32>
      %21 = stablehlo.reshape %14 : (tensor<f32>) -> tensor<1xf32>
      %22 = stablehlo.dynamic_update_slice %16, %21, %13 : (tensor<3xf32>, tensor<1xf32>, tensor<i32>) -> tensor<3xf32>
      %23 = stablehlo.constant dense<1> : tensor<i32>
      %24 = stablehlo.add %13, %23 : tensor<i32>
      stablehlo.return %24, %20, %15, %22 : tensor<i32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>
    }) : (tensor<i32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>) -> (tensor<i32>, tensor<f32>, tensor<3xf32>, tensor<3xf32>)
    return %4, %6 : tensor<f32>, tensor<3xf32>
  }
}

// -----

// with an integer among its results
module @jit_custom_vjp_call {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xi32>, tensor<3xf32>) {
    %0 = stablehlo.constant dense<10.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %2 = stablehlo.multiply %arg0, %1 : tensor<3xf32>
    %3 = stablehlo.convert %2 : (tensor<3xf32>) -> tensor<3xi32>
    %4 = stablehlo.sine %arg0 : tensor<3xf32>
    return %3, %4 : tensor<3xi32>, tensor<3xf32>
  }
}
