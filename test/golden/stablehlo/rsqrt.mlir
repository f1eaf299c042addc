// rsqrt(f32[3]) with {}
module @jit_rsqrt {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.rsqrt %arg0 : tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}

// -----

// rsqrt(f32[2,3]) with {}
module @jit_rsqrt {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.rsqrt %arg0 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// rsqrt(f32[]) with {}
module @jit_rsqrt {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.rsqrt %arg0 : tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// rsqrt(c64[3]) with {}
module @jit_rsqrt {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<3xcomplex<f32>>) {
    %0 = stablehlo.rsqrt %arg0 : tensor<3xcomplex<f32>>
    return %0 : tensor<3xcomplex<f32>>
  }
}
