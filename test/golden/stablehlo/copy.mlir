// copy(f32[3]) with {}
module @jit_copy {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    return %arg0 : tensor<3xf32>
  }
}

// -----

// copy(f32[2,3]) with {}
module @jit_copy {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    return %arg0 : tensor<2x3xf32>
  }
}

// -----

// copy(f32[]) with {}
module @jit_copy {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    return %arg0 : tensor<f32>
  }
}
