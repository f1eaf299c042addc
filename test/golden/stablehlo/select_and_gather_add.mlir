// select_and_gather_add(f32[2,5], f32[2,5]) with {"selectPrim":"ge","windowDimensions":[1,2],"windowStrides":[1,1],"padding":[[0,0],[0,0]],"baseDilation":[1,1],"windowDilation":[1,1]}
module @jit_select_and_gather_add {
  func.func public @main(%arg0: tensor<2x5xf32>, %arg1: tensor<2x5xf32>) -> (tensor<2x4xf32>) {
    %0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2, %3 = "stablehlo.reduce_window"(%arg1, %arg0, %0, %1) <{window_dimensions = array<i64: 1, 2>, window_strides = array<i64: 1, 1>, padding = dense<[[0, 0], [0, 0]]> : tensor<2x2xi64>, base_dilations = array<i64: 1, 1>, window_dilations = array<i64: 1, 1>}> ({
    ^bb0(%4: tensor<f32>, %5: tensor<f32>, %6: tensor<f32>, %7: tensor<f32>):
      %8 = stablehlo.compare GE, %4, %6, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %9 = "stablehlo.select"(%8, %4, %6) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %10 = "stablehlo.select"(%8, %5, %7) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      stablehlo.return %9, %10 : tensor<f32>, tensor<f32>
    }) : (tensor<2x5xf32>, tensor<2x5xf32>, tensor<f32>, tensor<f32>) -> (tensor<2x4xf32>, tensor<2x4xf32>)
    return %3 : tensor<2x4xf32>
  }
}

// -----

// select_and_gather_add(f32[6], f32[6]) with {"selectPrim":"ge","windowDimensions":[3],"windowStrides":[2],"padding":[[1,2]],"baseDilation":[1],"windowDilation":[1]}
module @jit_select_and_gather_add {
  func.func public @main(%arg0: tensor<6xf32>, %arg1: tensor<6xf32>) -> (tensor<4xf32>) {
    %0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2, %3 = "stablehlo.reduce_window"(%arg1, %arg0, %0, %1) <{window_dimensions = array<i64: 3>, window_strides = array<i64: 2>, padding = dense<[[1, 2]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%4: tensor<f32>, %5: tensor<f32>, %6: tensor<f32>, %7: tensor<f32>):
      %8 = stablehlo.compare GE, %4, %6, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %9 = "stablehlo.select"(%8, %4, %6) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %10 = "stablehlo.select"(%8, %5, %7) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      stablehlo.return %9, %10 : tensor<f32>, tensor<f32>
    }) : (tensor<6xf32>, tensor<6xf32>, tensor<f32>, tensor<f32>) -> (tensor<4xf32>, tensor<4xf32>)
    return %3 : tensor<4xf32>
  }
}

// -----

// select_and_gather_add(f32[6], f32[6]) with {"selectPrim":"ge","windowDimensions":[2],"windowStrides":[1],"padding":[[-1,-2]],"baseDilation":[1],"windowDilation":[1]}
module @jit_select_and_gather_add {
  func.func public @main(%arg0: tensor<6xf32>, %arg1: tensor<6xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2, %3 = "stablehlo.reduce_window"(%arg1, %arg0, %0, %1) <{window_dimensions = array<i64: 2>, window_strides = array<i64: 1>, padding = dense<[[-1, -2]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%4: tensor<f32>, %5: tensor<f32>, %6: tensor<f32>, %7: tensor<f32>):
      %8 = stablehlo.compare GE, %4, %6, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %9 = "stablehlo.select"(%8, %4, %6) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %10 = "stablehlo.select"(%8, %5, %7) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      stablehlo.return %9, %10 : tensor<f32>, tensor<f32>
    }) : (tensor<6xf32>, tensor<6xf32>, tensor<f32>, tensor<f32>) -> (tensor<2xf32>, tensor<2xf32>)
    return %3 : tensor<2xf32>
  }
}

// -----

// select_and_gather_add(f32[2], f32[2]) with {"selectPrim":"ge","windowDimensions":[3],"windowStrides":[1],"padding":[[0,0]],"baseDilation":[1],"windowDilation":[1]}
module @jit_select_and_gather_add {
  func.func public @main(%arg0: tensor<2xf32>, %arg1: tensor<2xf32>) -> (tensor<0xf32>) {
    %0 = stablehlo.constant dense<0xFF800000> : tensor<f32>
    %1 = stablehlo.constant dense<0.0> : tensor<f32>
    %2, %3 = "stablehlo.reduce_window"(%arg1, %arg0, %0, %1) <{window_dimensions = array<i64: 3>, window_strides = array<i64: 1>, padding = dense<[[0, 0]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%4: tensor<f32>, %5: tensor<f32>, %6: tensor<f32>, %7: tensor<f32>):
      %8 = stablehlo.compare GE, %4, %6, FLOAT : (tensor<f32>, tensor<f32>) -> tensor<i1>
      %9 = "stablehlo.select"(%8, %4, %6) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      %10 = "stablehlo.select"(%8, %5, %7) : (tensor<i1>, tensor<f32>, tensor<f32>) -> tensor<f32>
      stablehlo.return %9, %10 : tensor<f32>, tensor<f32>
    }) : (tensor<2xf32>, tensor<2xf32>, tensor<f32>, tensor<f32>) -> (tensor<0xf32>, tensor<0xf32>)
    return %3 : tensor<0xf32>
  }
}
