// stack(f32[3], f32[3]) with {"axis":1}
module @jit_stack {
  func.func public @main(%arg0: tensor<3xf32>, %arg1: tensor<3xf32>) -> (tensor<3x2xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<3xf32>) -> tensor<3x1xf32>
    %1 = stablehlo.reshape %arg1 : (tensor<3xf32>) -> tensor<3x1xf32>
    %2 = stablehlo.concatenate %0, %1, dim = 1 : (tensor<3x1xf32>, tensor<3x1xf32>) -> tensor<3x2xf32>
    return %2 : tensor<3x2xf32>
  }
}

// -----

// stack(f32[], f32[], f32[]) with {"axis":0}
module @jit_stack {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<f32>, %arg2: tensor<f32>) -> (tensor<3xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<f32>) -> tensor<1xf32>
    %1 = stablehlo.reshape %arg1 : (tensor<f32>) -> tensor<1xf32>
    %2 = stablehlo.reshape %arg2 : (tensor<f32>) -> tensor<1xf32>
    %3 = stablehlo.concatenate %0, %1, %2, dim = 0 : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<3xf32>
    return %3 : tensor<3xf32>
  }
}

// -----

// stack(f32[2,0]) with {"axis":1}
module @jit_stack {
  func.func public @main(%arg0: tensor<2x0xf32>) -> (tensor<2x1x0xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x0xf32>) -> tensor<2x1x0xf32>
    return %0 : tensor<2x1x0xf32>
  }
}
