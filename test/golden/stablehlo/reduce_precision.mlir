// reduce_precision(f32[3]) with {"exponentBits":8,"mantissaBits":7}
module @jit_reduce_precision {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.reduce_precision %arg0, format = e8m7 : tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// reduce_precision(f32[2,3]) with {"exponentBits":5,"mantissaBits":10}
module @jit_reduce_precision {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.reduce_precision %arg0, format = e5m10 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}
