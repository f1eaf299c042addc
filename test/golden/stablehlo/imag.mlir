// imag(c64[3]) with {}
module @jit_imag {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<3xf32>) {
    %0 = "stablehlo.imag"(%arg0) : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// imag(c64[2,3]) with {}
module @jit_imag {
  func.func public @main(%arg0: tensor<2x3xcomplex<f32>>) -> (tensor<2x3xf32>) {
    %0 = "stablehlo.imag"(%arg0) : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// imag(c64[]) with {}
module @jit_imag {
  func.func public @main(%arg0: tensor<complex<f32>>) -> (tensor<f32>) {
    %0 = "stablehlo.imag"(%arg0) : (tensor<complex<f32>>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}
