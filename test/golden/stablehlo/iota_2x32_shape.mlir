// iota_2x32_shape() with {"shape":[4]}
module @jit_iota_2x32_shape {
  func.func public @main() -> (tensor<4xui32>, tensor<4xui32>) {
    %0 = stablehlo.constant dense<0> : tensor<ui32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<ui32>) -> tensor<4xui32>
    %2 = stablehlo.iota dim = 0 : tensor<4xui32>
    return %1, %2 : tensor<4xui32>, tensor<4xui32>
  }
}

// -----

// iota_2x32_shape() with {"shape":[2,0,3]}
module @jit_iota_2x32_shape {
  func.func public @main() -> (tensor<2x0x3xui32>, tensor<2x0x3xui32>) {
    %0 = stablehlo.constant dense<0> : tensor<ui32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<ui32>) -> tensor<2x0x3xui32>
    %2 = stablehlo.iota dim = 0 : tensor<2x0x3xui32>
    %3 = stablehlo.constant dense<0> : tensor<ui32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<ui32>) -> tensor<2x0x3xui32>
    %5 = stablehlo.multiply %2, %4 : tensor<2x0x3xui32>
    %6 = stablehlo.iota dim = 1 : tensor<2x0x3xui32>
    %7 = stablehlo.constant dense<3> : tensor<ui32>
    %8 = stablehlo.broadcast_in_dim %7, dims = [] : (tensor<ui32>) -> tensor<2x0x3xui32>
    %9 = stablehlo.multiply %6, %8 : tensor<2x0x3xui32>
    %10 = stablehlo.iota dim = 2 : tensor<2x0x3xui32>
    %11 = stablehlo.add %5, %9 : tensor<2x0x3xui32>
    %12 = stablehlo.add %11, %10 : tensor<2x0x3xui32>
    return %1, %12 : tensor<2x0x3xui32>, tensor<2x0x3xui32>
  }
}

// -----

// iota_2x32_shape() with {"shape":[2,3]}
module @jit_iota_2x32_shape {
  func.func public @main() -> (tensor<2x3xui32>, tensor<2x3xui32>) {
    %0 = stablehlo.constant dense<0> : tensor<ui32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %2 = stablehlo.iota dim = 0 : tensor<2x3xui32>
    %3 = stablehlo.constant dense<3> : tensor<ui32>
    %4 = stablehlo.broadcast_in_dim %3, dims = [] : (tensor<ui32>) -> tensor<2x3xui32>
    %5 = stablehlo.multiply %2, %4 : tensor<2x3xui32>
    %6 = stablehlo.iota dim = 1 : tensor<2x3xui32>
    %7 = stablehlo.add %5, %6 : tensor<2x3xui32>
    return %1, %7 : tensor<2x3xui32>, tensor<2x3xui32>
  }
}
