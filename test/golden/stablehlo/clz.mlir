// clz(i32[3]) with {}
module @jit_clz {
  func.func public @main(%arg0: tensor<3xi32>) -> (tensor<3xi32>) {
    %0 = stablehlo.count_leading_zeros %arg0 : tensor<3xi32>
    return %0 : tensor<3xi32>
  }
}

// -----

// clz(i32[2,3]) with {}
module @jit_clz {
  func.func public @main(%arg0: tensor<2x3xi32>) -> (tensor<2x3xi32>) {
    %0 = stablehlo.count_leading_zeros %arg0 : tensor<2x3xi32>
    return %0 : tensor<2x3xi32>
  }
}

// -----

// clz(i32[]) with {}
module @jit_clz {
  func.func public @main(%arg0: tensor<i32>) -> (tensor<i32>) {
    %0 = stablehlo.count_leading_zeros %arg0 : tensor<i32>
    return %0 : tensor<i32>
  }
}
