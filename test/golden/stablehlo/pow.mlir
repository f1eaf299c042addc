// pow(f32[2,3], f32[2,3]) with {}
module @jit_pow {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.power %arg0, %arg1 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// pow(f32[3], f32[]) with {}
module @jit_pow {
  func.func public @main(%arg0: tensor<3xf32>, %arg1: tensor<f32>) -> (tensor<3xf32>) {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %1 = stablehlo.power %arg0, %0 : tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// pow(f32[3], i32[]) with {}
module @jit_pow {
  func.func public @main(%arg0: tensor<3xf32>, %arg1: tensor<i32>) -> (tensor<3xf32>) {
    %0 = stablehlo.convert %arg1 : (tensor<i32>) -> tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %2 = stablehlo.power %arg0, %1 : tensor<3xf32>
    return %2 : tensor<3xf32>
  }
}

// -----

// pow(f32[], i32[2]) with {}
module @jit_pow {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<2xi32>) -> (tensor<2xf32>) {
    %0 = stablehlo.convert %arg1 : (tensor<2xi32>) -> tensor<2xf32>
    %1 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<f32>) -> tensor<2xf32>
    %2 = stablehlo.power %1, %0 : tensor<2xf32>
    return %2 : tensor<2xf32>
  }
}

// -----

// pow(c64[2], c64[2]) with {}
module @jit_pow {
  func.func public @main(%arg0: tensor<2xcomplex<f32>>, %arg1: tensor<2xcomplex<f32>>) -> (tensor<2xcomplex<f32>>) {
    %0 = stablehlo.power %arg0, %arg1 : tensor<2xcomplex<f32>>
    return %0 : tensor<2xcomplex<f32>>
  }
}
