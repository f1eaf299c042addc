// dynamic_update_slice(f32[4], f32[2], i32[]) with {}
module @jit_dynamic_update_slice {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<2xf32>, %arg2: tensor<i32>) -> (tensor<4xf32>) {
    %0 = stablehlo.dynamic_update_slice %arg0, %arg1, %arg2 : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}

// -----

// dynamic_update_slice(f32[4,3], f32[1,3], i32[], i32[]) with {}
module @jit_dynamic_update_slice {
  func.func public @main(%arg0: tensor<4x3xf32>, %arg1: tensor<1x3xf32>, %arg2: tensor<i32>, %arg3: tensor<i32>) -> (tensor<4x3xf32>) {
    %0 = stablehlo.dynamic_update_slice %arg0, %arg1, %arg2, %arg3 : (tensor<4x3xf32>, tensor<1x3xf32>, tensor<i32>, tensor<i32>) -> tensor<4x3xf32>
    return %0 : tensor<4x3xf32>
  }
}

// -----

// dynamic_update_slice(f32[4], f32[0], i32[]) with {}
module @jit_dynamic_update_slice {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<0xf32>, %arg2: tensor<i32>) -> (tensor<4xf32>) {
    %0 = stablehlo.dynamic_update_slice %arg0, %arg1, %arg2 : (tensor<4xf32>, tensor<0xf32>, tensor<i32>) -> tensor<4xf32>
    return %0 : tensor<4xf32>
  }
}

// -----

// dynamic_update_slice(f32[], f32[]) with {}
module @jit_dynamic_update_slice {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.dynamic_update_slice %arg0, %arg1 : (tensor<f32>, tensor<f32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}
