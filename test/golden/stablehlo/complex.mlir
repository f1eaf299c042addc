// complex(f32[2,3], f32[2,3]) with {}
module @jit_complex {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>) -> (tensor<2x3xcomplex<f32>>) {
    %0 = "stablehlo.complex"(%arg0, %arg1) : (tensor<2x3xf32>, tensor<2x3xf32>) -> tensor<2x3xcomplex<f32>>
    return %0 : tensor<2x3xcomplex<f32>>
  }
}

// -----

// complex(f32[3], f32[]) with {}
module @jit_complex {
  func.func public @main(%arg0: tensor<3xf32>, %arg1: tensor<f32>) -> (tensor<3xcomplex<f32>>) {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %1 = "stablehlo.complex"(%arg0, %0) : (tensor<3xf32>, tensor<3xf32>) -> tensor<3xcomplex<f32>>
    return %1 : tensor<3xcomplex<f32>>
  }
}

// -----

// complex(f64[], f64[0]) with {}
module @jit_complex {
  func.func public @main(%arg0: tensor<f64>, %arg1: tensor<0xf64>) -> (tensor<0xcomplex<f64>>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<f64>) -> tensor<0xf64>
    %1 = "stablehlo.complex"(%0, %arg1) : (tensor<0xf64>, tensor<0xf64>) -> tensor<0xcomplex<f64>>
    return %1 : tensor<0xcomplex<f64>>
  }
}
