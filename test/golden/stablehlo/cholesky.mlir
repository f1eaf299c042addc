// cholesky(f64[2,2]) with {}
module @jit_cholesky {
  func.func public @main(%arg0: tensor<2x2xf64>) -> (tensor<2x2xf64>) {
    %0 = "stablehlo.cholesky"(%arg0) <{lower = true}> : (tensor<2x2xf64>) -> tensor<2x2xf64>
    return %0 : tensor<2x2xf64>
  }
}

// -----

// cholesky(f64[2,1,1]) with {}
module @jit_cholesky {
  func.func public @main(%arg0: tensor<2x1x1xf64>) -> (tensor<2x1x1xf64>) {
    %0 = "stablehlo.cholesky"(%arg0) <{lower = true}> : (tensor<2x1x1xf64>) -> tensor<2x1x1xf64>
    return %0 : tensor<2x1x1xf64>
  }
}

// -----

// cholesky(f32[0,2,2]) with {}
module @jit_cholesky {
  func.func public @main(%arg0: tensor<0x2x2xf32>) -> (tensor<0x2x2xf32>) {
    %0 = "stablehlo.cholesky"(%arg0) <{lower = true}> : (tensor<0x2x2xf32>) -> tensor<0x2x2xf32>
    return %0 : tensor<0x2x2xf32>
  }
}

// -----

// of a symmetric matrix
module @jit_cholesky {
  func.func public @main(%arg0: tensor<3x3xf32>) -> (tensor<3x3xf32>) {
    %0 = stablehlo.transpose %arg0, dims = [1, 0] : (tensor<3x3xf32>) -> tensor<3x3xf32>
    %1 = stablehlo.add %arg0, %0 : tensor<3x3xf32>
    %2 = "stablehlo.cholesky"(%1) <{lower = true}> : (tensor<3x3xf32>) -> tensor<3x3xf32>
    return %2 : tensor<3x3xf32>
  }
}
