// erf_inv(f32[3]) with {}
module @jit_erf_inv {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = "chlo.erf_inv"(%arg0) : (tensor<3xf32>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// erf_inv(f32[2,3]) with {}
module @jit_erf_inv {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = "chlo.erf_inv"(%arg0) : (tensor<2x3xf32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// erf_inv(f32[]) with {}
module @jit_erf_inv {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    %0 = "chlo.erf_inv"(%arg0) : (tensor<f32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}
