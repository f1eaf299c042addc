// is_finite(f32[3]) with {}
module @jit_is_finite {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xi1>) {
    %0 = "stablehlo.is_finite"(%arg0) : (tensor<3xf32>) -> tensor<3xi1>
    return %0 : tensor<3xi1>
  }
}

// -----

// is_finite(f32[2,3]) with {}
module @jit_is_finite {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xi1>) {
    %0 = "stablehlo.is_finite"(%arg0) : (tensor<2x3xf32>) -> tensor<2x3xi1>
    return %0 : tensor<2x3xi1>
  }
}

// -----

// is_finite(f32[]) with {}
module @jit_is_finite {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<i1>) {
    %0 = "stablehlo.is_finite"(%arg0) : (tensor<f32>) -> tensor<i1>
    return %0 : tensor<i1>
  }
}
