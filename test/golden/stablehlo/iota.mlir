// iota() with {"dimension":0,"dtype":"int32","shape":[4]}
module @jit_iota {
  func.func public @main() -> (tensor<4xi32>) {
    %0 = stablehlo.iota dim = 0 : tensor<4xi32>
    return %0 : tensor<4xi32>
  }
}

// -----

// iota() with {"dimension":1,"dtype":"float32","shape":[2,3]}
module @jit_iota {
  func.func public @main() -> (tensor<2x3xf32>) {
    %0 = stablehlo.iota dim = 1 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// iota() with {"dimension":0,"dtype":"uint8","shape":[0,2]}
module @jit_iota {
  func.func public @main() -> (tensor<0x2xui8>) {
    %0 = stablehlo.iota dim = 0 : tensor<0x2xui8>
    return %0 : tensor<0x2xui8>
  }
}
