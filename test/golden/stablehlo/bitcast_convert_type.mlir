// bitcast_convert_type(f32[2,3]) with {"newDtype":"int32"}
module @jit_bitcast_convert_type {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xi32>) {
    %0 = stablehlo.bitcast_convert %arg0 : (tensor<2x3xf32>) -> tensor<2x3xi32>
    return %0 : tensor<2x3xi32>
  }
}

// -----

// bitcast_convert_type(f32[3]) with {"newDtype":"uint8"}
module @jit_bitcast_convert_type {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3x4xui8>) {
    %0 = stablehlo.bitcast_convert %arg0 : (tensor<3xf32>) -> tensor<3x4xui8>
    return %0 : tensor<3x4xui8>
  }
}

// -----

// bitcast_convert_type(u8[3,4]) with {"newDtype":"uint32"}
module @jit_bitcast_convert_type {
  func.func public @main(%arg0: tensor<3x4xui8>) -> (tensor<3xui32>) {
    %0 = stablehlo.bitcast_convert %arg0 : (tensor<3x4xui8>) -> tensor<3xui32>
    return %0 : tensor<3xui32>
  }
}

// -----

// bitcast_convert_type(f16[]) with {"newDtype":"uint16"}
module @jit_bitcast_convert_type {
  func.func public @main(%arg0: tensor<f16>) -> (tensor<ui16>) {
    %0 = stablehlo.bitcast_convert %arg0 : (tensor<f16>) -> tensor<ui16>
    return %0 : tensor<ui16>
  }
}
