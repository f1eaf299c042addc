// reshape(f32[2,3]) with {"newSizes":[3,2]}
module @jit_reshape {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<3x2xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x3xf32>) -> tensor<3x2xf32>
    return %0 : tensor<3x2xf32>
  }
}

// -----

// reshape(f32[6]) with {"newSizes":[1,2,3]}
module @jit_reshape {
  func.func public @main(%arg0: tensor<6xf32>) -> (tensor<1x2x3xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<6xf32>) -> tensor<1x2x3xf32>
    return %0 : tensor<1x2x3xf32>
  }
}

// -----

// reshape(f32[1]) with {"newSizes":[]}
module @jit_reshape {
  func.func public @main(%arg0: tensor<1xf32>) -> (tensor<f32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<1xf32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}
