// cumprod(f32[5]) with {"axis":0,"reverse":false}
module @jit_cumprod {
  func.func public @main(%arg0: tensor<5xf32>) -> (tensor<5xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 5>, window_strides = array<i64: 1>, padding = dense<[[4, 0]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.multiply %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<5xf32>, tensor<f32>) -> tensor<5xf32>
    return %1 : tensor<5xf32>
  }
}

// -----

// cumprod(f32[2,3]) with {"axis":1,"reverse":true}
module @jit_cumprod {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 1, 3>, window_strides = array<i64: 1, 1>, padding = dense<[[0, 0], [0, 2]]> : tensor<2x2xi64>, base_dilations = array<i64: 1, 1>, window_dilations = array<i64: 1, 1>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.multiply %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<2x3xf32>
    return %1 : tensor<2x3xf32>
  }
}

// -----

// cumprod(f32[3,2]) with {"axis":0,"reverse":false}
module @jit_cumprod {
  func.func public @main(%arg0: tensor<3x2xf32>) -> (tensor<3x2xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 3, 1>, window_strides = array<i64: 1, 1>, padding = dense<[[2, 0], [0, 0]]> : tensor<2x2xi64>, base_dilations = array<i64: 1, 1>, window_dilations = array<i64: 1, 1>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.multiply %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<3x2xf32>, tensor<f32>) -> tensor<3x2xf32>
    return %1 : tensor<3x2xf32>
  }
}

// -----

// cumprod(f32[0]) with {"axis":0,"reverse":false}
module @jit_cumprod {
  func.func public @main(%arg0: tensor<0xf32>) -> (tensor<0xf32>) {
    return %arg0 : tensor<0xf32>
  }
}

// -----

// cumprod(f32[37]) with {"axis":0,"reverse":true}
module @jit_cumprod {
  func.func public @main(%arg0: tensor<37xf32>) -> (tensor<37xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 37>, window_strides = array<i64: 1>, padding = dense<[[0, 36]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.multiply %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<37xf32>, tensor<f32>) -> tensor<37xf32>
    return %1 : tensor<37xf32>
  }
}

// -----

// cumprod(i32[4]) with {"axis":0,"reverse":false}
module @jit_cumprod {
  func.func public @main(%arg0: tensor<4xi32>) -> (tensor<4xi32>) {
    %0 = stablehlo.constant dense<1> : tensor<i32>
    %1 = "stablehlo.reduce_window"(%arg0, %0) <{window_dimensions = array<i64: 4>, window_strides = array<i64: 1>, padding = dense<[[3, 0]]> : tensor<1x2xi64>, base_dilations = array<i64: 1>, window_dilations = array<i64: 1>}> ({
    ^bb0(%2: tensor<i32>, %3: tensor<i32>):
      %4 = stablehlo.multiply %2, %3 : tensor<i32>
      stablehlo.return %4 : tensor<i32>
    }) : (tensor<4xi32>, tensor<i32>) -> tensor<4xi32>
    return %1 : tensor<4xi32>
  }
}
