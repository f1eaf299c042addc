// sign(f32[2,3]) with {}
module @jit_sign {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.sign %arg0 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// sign(u8[3]) with {}
module @jit_sign {
  func.func public @main(%arg0: tensor<3xui8>) -> (tensor<3xui8>) {
    %1 = stablehlo.constant dense<1> : tensor<3xui8>
    %0 = stablehlo.minimum %arg0, %1 : tensor<3xui8>
    return %0 : tensor<3xui8>
  }
}

// -----

// sign(c64[3]) with {}
module @jit_sign {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<3xcomplex<f32>>) {
    %0 = stablehlo.sign %arg0 : tensor<3xcomplex<f32>>
    return %0 : tensor<3xcomplex<f32>>
  }
}
