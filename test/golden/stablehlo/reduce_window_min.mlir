// reduce_window_min(f32[2,5]) with {"windowDimensions":[1,2],"windowStrides":[1,1],"padding":[[0,0],[0,0]],"baseDilation":[1,1],"windowDilation":[1,1]}
module @jit_reduce_window_min {
  func.func public @main(%arg0: tensor<2x5xf32>) -> (tensor<2x4xf32>) {
    %0 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 1, 2>, window_strides = array<i64: 1, 1>, padding = dense<[[0, 0], [0, 0]]> : tensor<2x2xi64>, base_dilations = array<i64: 1, 1>, window_dilations = array<i64: 1, 1>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.minimum %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2x5xf32>, tensor<f32>) -> tensor<2x4xf32>
    return %1 : tensor<2x4xf32>
  }
}

// -----

// reduce_window_min(f32[6]) with {"windowDimensions":[3],"windowStrides":[2],"padding":[[1,2]],"baseDilation":[1],"windowDilation":[1]}
module @jit_reduce_window_min {
  func.func public @main(%arg0: tensor<6xf32>) -> (tensor<4xf32>) {
    %0 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 3>, window_strides = array<i64: 2>, padding = dense<[[1, 2]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.minimum %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<6xf32>, tensor<f32>) -> tensor<4xf32>
    return %1 : tensor<4xf32>
  }
}

// -----

// reduce_window_min(f32[4,3]) with {"windowDimensions":[2,2],"windowStrides":[1,2],"padding":[[0,1],[1,0]],"baseDilation":[2,1],"windowDilation":[1,2]}
module @jit_reduce_window_min {
  func.func public @main(%arg0: tensor<4x3xf32>) -> (tensor<7x1xf32>) {
    %0 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 2, 2>, window_strides = array<i64: 1, 2>, padding = dense<[[0, 1], [1, 0]]> : tensor<2x2xi64>, base_dilations = array<i64: 2, 1>, window_dilations = array<i64: 1, 2>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.minimum %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<4x3xf32>, tensor<f32>) -> tensor<7x1xf32>
    return %1 : tensor<7x1xf32>
  }
}

// -----

// reduce_window_min(f32[6]) with {"windowDimensions":[2],"windowStrides":[1],"padding":[[-1,-2]],"baseDilation":[1],"windowDilation":[1]}
module @jit_reduce_window_min {
  func.func public @main(%arg0: tensor<6xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 2>, window_strides = array<i64: 1>, padding = dense<[[-1, -2]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.minimum %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<6xf32>, tensor<f32>) -> tensor<2xf32>
    return %1 : tensor<2xf32>
  }
}

// -----

// reduce_window_min(f32[2]) with {"windowDimensions":[3],"windowStrides":[1],"padding":[[0,0]],"baseDilation":[1],"windowDilation":[1]}
module @jit_reduce_window_min {
  func.func public @main(%arg0: tensor<2xf32>) -> (tensor<0xf32>) {
    %0 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 3>, window_strides = array<i64: 1>, padding = dense<[[0, 0]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.minimum %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2xf32>, tensor<f32>) -> tensor<0xf32>
    return %1 : tensor<0xf32>
  }
}

// -----

// reduce_window_min(i32[6]) with {"windowDimensions":[3],"windowStrides":[2],"padding":[[1,2]],"baseDilation":[1],"windowDilation":[1]}
module @jit_reduce_window_min {
  func.func public @main(%arg0: tensor<6xi32>) -> (tensor<4xi32>) {
    %0 = stablehlo.constant dense<2147483647> : tensor<i32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 3>, window_strides = array<i64: 2>, padding = dense<[[1, 2]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%2: tensor<i32>, %3: tensor<i32>):
      %4 = stablehlo.minimum %2, %3 : tensor<i32>
      stablehlo.return %4 : tensor<i32>
    }) : (tensor<6xi32>, tensor<i32>) -> tensor<4xi32>
    return %1 : tensor<4xi32>
  }
}
