// real(c64[3]) with {}
module @jit_real {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<3xf32>) {
    %0 = "stablehlo.real"(%arg0) : (tensor<3xcomplex<f32>>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// real(c64[2,3]) with {}
module @jit_real {
  func.func public @main(%arg0: tensor<2x3xcomplex<f32>>) -> (tensor<2x3xf32>) {
    %0 = "stablehlo.real"(%arg0) : (tensor<2x3xcomplex<f32>>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// real(c64[]) with {}
module @jit_real {
  func.func public @main(%arg0: tensor<complex<f32>>) -> (tensor<f32>) {
    %0 = "stablehlo.real"(%arg0) : (tensor<complex<f32>>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}
