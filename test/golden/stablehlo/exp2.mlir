// exp2(f32[3]) with {}
module @jit_exp2 {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<0.6931472> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %2 = stablehlo.multiply %1, %arg0 : tensor<3xf32>
    %3 = stablehlo.exponential %2 : tensor<3xf32>
    return %3 : tensor<3xf32>
  }
}

// -----

// exp2(f32[2,3]) with {}
module @jit_exp2 {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.constant dense<0.6931472> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<2x3xf32>
    %2 = stablehlo.multiply %1, %arg0 : tensor<2x3xf32>
    %3 = stablehlo.exponential %2 : tensor<2x3xf32>
    return %3 : tensor<2x3xf32>
  }
}

// -----

// exp2(f32[]) with {}
module @jit_exp2 {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.constant dense<0.6931472> : tensor<f32>
    %1 = stablehlo.multiply %0, %arg0 : tensor<f32>
    %2 = stablehlo.exponential %1 : tensor<f32>
    return %2 : tensor<f32>
  }
}

// -----

// exp2(c64[3]) with {}
module @jit_exp2 {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<3xcomplex<f32>>) {
    %0 = stablehlo.constant dense<(0.6931472, 0.0)> : tensor<complex<f32>>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<complex<f32>>) -> tensor<3xcomplex<f32>>
    %2 = stablehlo.multiply %1, %arg0 : tensor<3xcomplex<f32>>
    %3 = stablehlo.exponential %2 : tensor<3xcomplex<f32>>
    return %3 : tensor<3xcomplex<f32>>
  }
}
