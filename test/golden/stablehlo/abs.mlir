// abs(f32[3]) with {}
module @jit_abs {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.abs %arg0 : tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// abs(f32[2,3]) with {}
module @jit_abs {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.abs %arg0 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// abs(f32[]) with {}
module @jit_abs {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.abs %arg0 : tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// abs(c64[3]) with {}
module @jit_abs {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<3xf32>) {
    %0 = "stablehlo.abs"(%arg0) : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}
