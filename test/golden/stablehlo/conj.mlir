// conj(c64[2,3]) with {"inputDtype":"complex64"}
module @jit_conj {
  func.func public @main(%arg0: tensor<2x3xcomplex<f32>>) -> (tensor<2x3xcomplex<f32>>) {
    %0 = "chlo.conj"(%arg0) : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xcomplex<f32>>
    return %0 : tensor<2x3xcomplex<f32>>
  }
}

// -----

// conj(f32[3]) with {"inputDtype":"float32"}
module @jit_conj {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xcomplex<f32>>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %2 = "stablehlo.complex"(%arg0, %1) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xcomplex<f32>>
    return %2 : tensor<3xcomplex<f32>>
  }
}
