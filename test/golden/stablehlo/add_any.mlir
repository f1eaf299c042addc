// add_any(f32[2,3], f32[2,3]) with {}
module @jit_add_any {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.add %arg0, %arg1 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// add_any(f32[3], f32[]) with {}
module @jit_add_any {
  func.func public @main(%arg0: tensor<3xf32>, %arg1: tensor<f32>) -> (tensor<3xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %1 = stablehlo.add %arg0, %0 : tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// add_any(f32[], f32[2]) with {}
module @jit_add_any {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<2xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %1 = stablehlo.add %0, %arg1 : tensor<2xf32>
    return %1 : tensor<2xf32>
  }
}

// -----

// add_any(f32[2,1], f32[1,3]) with {}
module @jit_add_any {
  func.func public @main(%arg0: tensor<2x1xf32>, %arg1: tensor<1x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x1xf32>) -> tensor<2xf32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    %2 = stablehlo.reshape %arg1 : (tensor<1x3xf32>) -> tensor<3xf32>
    %3 = stablehlo.broadcast_in_dim %2, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
    %4 = stablehlo.add %1, %3 : tensor<2x3xf32>
    return %4 : tensor<2x3xf32>
  }
}
