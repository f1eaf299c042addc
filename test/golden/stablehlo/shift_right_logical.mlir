// shift_right_logical(i32[2,3], i32[2,3]) with {}
module @jit_shift_right_logical {
  func.func public @main(%arg0: tensor<2x3xi32>, %arg1: tensor<2x3xi32>) -> (tensor<2x3xi32>) {
    %0 = stablehlo.shift_right_logical %arg0, %arg1 : tensor<2x3xi32>
    return %0 : tensor<2x3xi32>
  }
}

// -----

// shift_right_logical(u32[3], u32[]) with {}
module @jit_shift_right_logical {
  func.func public @main(%arg0: tensor<3xui32>, %arg1: tensor<ui32>) -> (tensor<3xui32>) {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui32>) -> tensor<3xui32>
    %1 = stablehlo.shift_right_logical %arg0, %0 : tensor<3xui32>
    return %1 : tensor<3xui32>
  }
}

// -----

// shift_right_logical(u8[], u8[2]) with {}
module @jit_shift_right_logical {
  func.func public @main(%arg0: tensor<ui8>, %arg1: tensor<2xui8>) -> (tensor<2xui8>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<ui8>) -> tensor<2xui8>
    %1 = stablehlo.shift_right_logical %0, %arg1 : tensor<2xui8>
    return %1 : tensor<2xui8>
  }
}
