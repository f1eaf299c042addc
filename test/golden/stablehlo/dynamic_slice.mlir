// dynamic_slice(f32[4], i32[]) with {"sliceSizes":[2]}
module @jit_dynamic_slice {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<i32>) -> (tensor<2xf32>) {
    %0 = stablehlo.dynamic_slice %arg0, %arg1, sizes = [2] : (tensor<4xf32>, tensor<i32>) -> tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}

// -----

// dynamic_slice(f32[4,3], i32[], i32[]) with {"sliceSizes":[2,3]}
module @jit_dynamic_slice {
  func.func public @main(%arg0: tensor<4x3xf32>, %arg1: tensor<i32>, %arg2: tensor<i32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.dynamic_slice %arg0, %arg1, %arg2, sizes = [2, 3] : (tensor<4x3xf32>, tensor<i32>, tensor<i32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// dynamic_slice(f32[4], i32[]) with {"sliceSizes":[0]}
module @jit_dynamic_slice {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<i32>) -> (tensor<0xf32>) {
    %0 = stablehlo.dynamic_slice %arg0, %arg1, sizes = [0] : (tensor<4xf32>, tensor<i32>) -> tensor<0xf32>
    return %0 : tensor<0xf32>
  }
}

// -----

// dynamic_slice(f32[]) with {"sliceSizes":[]}
module @jit_dynamic_slice {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.dynamic_slice %arg0, sizes = [] : (tensor<f32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}
