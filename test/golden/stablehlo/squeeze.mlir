// squeeze(f32[2,1,3]) with {"dimensions":[1]}
module @jit_squeeze {
  func.func public @main(%arg0: tensor<2x1x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<2x1x3xf32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// squeeze(f32[1,3,1]) with {"dimensions":[0,2]}
module @jit_squeeze {
  func.func public @main(%arg0: tensor<1x3x1xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.reshape %arg0 : (tensor<1x3x1xf32>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}
