// reduce_min(f32[2,3]) with {"axes":[0]}
module @jit_reduce_min {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.minimum %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// reduce_min(f32[2,3,2]) with {"axes":[2,0]}
module @jit_reduce_min {
  func.func public @main(%arg0: tensor<2x3x2xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 2, 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.minimum %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2x3x2xf32>, tensor<f32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// reduce_min(f32[4]) with {"axes":[0]}
module @jit_reduce_min {
  func.func public @main(%arg0: tensor<4xf32>) -> (tensor<f32>) {
    %0 = stablehlo.constant dense<0x7F800000> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.minimum %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    return %1 : tensor<f32>
  }
}

// -----

// reduce_min(i32[3,2]) with {"axes":[1]}
module @jit_reduce_min {
  func.func public @main(%arg0: tensor<3x2xi32>) -> (tensor<3xi32>) {
    %0 = stablehlo.constant dense<2147483647> : tensor<i32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 1>}> ({
    ^bb0(%2: tensor<i32>, %3: tensor<i32>):
      %4 = stablehlo.minimum %2, %3 : tensor<i32>
      stablehlo.return %4 : tensor<i32>
    }) : (tensor<3x2xi32>, tensor<i32>) -> tensor<3xi32>
    return %1 : tensor<3xi32>
  }
}

// -----

// reduce_min(bool[3,2]) with {"axes":[1]}
module @jit_reduce_min {
  func.func public @main(%arg0: tensor<3x2xi1>) -> (tensor<3xi1>) {
    %0 = stablehlo.constant dense<true> : tensor<i1>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 1>}> ({
    ^bb0(%2: tensor<i1>, %3: tensor<i1>):
      %4 = stablehlo.minimum %2, %3 : tensor<i1>
      stablehlo.return %4 : tensor<i1>
    }) : (tensor<3x2xi1>, tensor<i1>) -> tensor<3xi1>
    return %1 : tensor<3xi1>
  }
}
