// broadcast_in_dim(f32[3]) with {"shape":[2,3],"broadcastDimensions":[1]}
module @jit_broadcast_in_dim {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [1] : (tensor<3xf32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// broadcast_in_dim(f32[2,1]) with {"shape":[2,3],"broadcastDimensions":[0,1]}
module @jit_broadcast_in_dim {
  func.func public @main(%arg0: tensor<2x1xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x1xf32>) -> tensor<2xf32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [0] : (tensor<2xf32>) -> tensor<2x3xf32>
    return %1 : tensor<2x3xf32>
  }
}

// -----

// broadcast_in_dim(f32[]) with {"shape":[2],"broadcastDimensions":[]}
module @jit_broadcast_in_dim {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<2xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<f32>) -> tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}

// -----

// broadcast_in_dim(f32[2]) with {"shape":[2,0],"broadcastDimensions":[0]}
module @jit_broadcast_in_dim {
  func.func public @main(%arg0: tensor<2xf32>) -> (tensor<2x0xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [0] : (tensor<2xf32>) -> tensor<2x0xf32>
    return %0 : tensor<2x0xf32>
  }
}
