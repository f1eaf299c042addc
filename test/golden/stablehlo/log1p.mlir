// log1p(f32[3]) with {}
module @jit_log1p {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.log_plus_one %arg0 : tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// log1p(f32[2,3]) with {}
module @jit_log1p {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.log_plus_one %arg0 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// log1p(f32[]) with {}
module @jit_log1p {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.log_plus_one %arg0 : tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// log1p(c64[3]) with {}
module @jit_log1p {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<3xcomplex<f32>>) {
    %0 = stablehlo.log_plus_one %arg0 : tensor<3xcomplex<f32>>
    return %0 : tensor<3xcomplex<f32>>
  }
}
