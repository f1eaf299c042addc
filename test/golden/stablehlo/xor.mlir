// xor(i32[2,3], i32[2,3]) with {}
module @jit_xor {
  func.func public @main(%arg0: tensor<2x3xi32>, %arg1: tensor<2x3xi32>) -> (tensor<2x3xi32>) {
    %0 = stablehlo.xor %arg0, %arg1 : tensor<2x3xi32>
    return %0 : tensor<2x3xi32>
  }
}

// -----

// xor(bool[3], bool[3]) with {}
module @jit_xor {
  func.func public @main(%arg0: tensor<3xi1>, %arg1: tensor<3xi1>) -> (tensor<3xi1>) {
    %0 = stablehlo.xor %arg0, %arg1 : tensor<3xi1>
    return %0 : tensor<3xi1>
  }
}

// -----

// xor(u8[3], u8[]) with {}
module @jit_xor {
  func.func public @main(%arg0: tensor<3xui8>, %arg1: tensor<ui8>) -> (tensor<3xui8>) {
    %0 = stablehlo.broadcast_in_dim %arg1, dims = [] : (tensor<ui8>) -> tensor<3xui8>
    %1 = stablehlo.xor %arg0, %0 : tensor<3xui8>
    return %1 : tensor<3xui8>
  }
}

// -----

// xor(bool[], bool[0]) with {}
module @jit_xor {
  func.func public @main(%arg0: tensor<i1>, %arg1: tensor<0xi1>) -> (tensor<0xi1>) {
    %0 = stablehlo.broadcast_in_dim %arg0, dims = [] : (tensor<i1>) -> tensor<0xi1>
    %1 = stablehlo.xor %0, %arg1 : tensor<0xi1>
    return %1 : tensor<0xi1>
  }
}
