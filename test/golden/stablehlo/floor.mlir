// floor(f32[3]) with {}
module @jit_floor {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.floor %arg0 : tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// floor(f32[2,3]) with {}
module @jit_floor {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.floor %arg0 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// floor(f32[]) with {}
module @jit_floor {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.floor %arg0 : tensor<f32>
    return %0 : tensor<f32>
  }
}
