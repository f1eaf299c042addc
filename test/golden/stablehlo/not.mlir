// not(i32[2,3]) with {}
module @jit_not {
  func.func public @main(%arg0: tensor<2x3xi32>) -> (tensor<2x3xi32>) {
    %0 = stablehlo.not %arg0 : tensor<2x3xi32>
    return %0 : tensor<2x3xi32>
  }
}

// -----

// not(bool[3]) with {}
module @jit_not {
  func.func public @main(%arg0: tensor<3xi1>) -> (tensor<3xi1>) {
    %0 = stablehlo.not %arg0 : tensor<3xi1>
    return %0 : tensor<3xi1>
  }
}

// -----

// not(u8[]) with {}
module @jit_not {
  func.func public @main(%arg0: tensor<ui8>) -> (tensor<ui8>) {
    %0 = stablehlo.not %arg0 : tensor<ui8>
    return %0 : tensor<ui8>
  }
}
