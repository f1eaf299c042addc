// slice(f32[4]) with {"startIndices":[1],"limitIndices":[3]}
module @jit_slice {
  func.func public @main(%arg0: tensor<4xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.slice %arg0 [1:3] : (tensor<4xf32>) -> tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}

// -----

// slice(f32[5,3]) with {"startIndices":[1,0],"limitIndices":[5,3],"strides":[2,2]}
module @jit_slice {
  func.func public @main(%arg0: tensor<5x3xf32>) -> (tensor<2x2xf32>) {
    %0 = stablehlo.slice %arg0 [1:5:2, 0:3:2] : (tensor<5x3xf32>) -> tensor<2x2xf32>
    return %0 : tensor<2x2xf32>
  }
}

// -----

// slice(f32[5]) with {"startIndices":[0],"limitIndices":[4],"strides":[3]}
module @jit_slice {
  func.func public @main(%arg0: tensor<5xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.slice %arg0 [0:4:3] : (tensor<5xf32>) -> tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}

// -----

// slice(f32[2,3]) with {"startIndices":[1,2],"limitIndices":[1,3]}
module @jit_slice {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<0x1xf32>) {
    %0 = stablehlo.slice %arg0 [1:1, 2:3] : (tensor<2x3xf32>) -> tensor<0x1xf32>
    return %0 : tensor<0x1xf32>
  }
}

// -----

// slice(f32[]) with {"startIndices":[],"limitIndices":[]}
module @jit_slice {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.slice %arg0 [] : (tensor<f32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}
