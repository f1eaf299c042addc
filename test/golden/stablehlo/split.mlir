// split(f32[5]) with {"axis":0,"sizes":[2,3]}
module @jit_split {
  func.func public @main(%arg0: tensor<5xf32>) -> (tensor<2xf32>, tensor<3xf32>) {
    %0 = stablehlo.slice %arg0 [0:2] : (tensor<5xf32>) -> tensor<2xf32>
    %1 = stablehlo.slice %arg0 [2:5] : (tensor<5xf32>) -> tensor<3xf32>
    return %0, %1 : tensor<2xf32>, tensor<3xf32>
  }
}

// -----

// split(f32[2,4]) with {"axis":1,"sizes":[1,0,3]}
module @jit_split {
  func.func public @main(%arg0: tensor<2x4xf32>) -> (tensor<2x1xf32>, tensor<2x0xf32>, tensor<2x3xf32>) {
    %0 = stablehlo.slice %arg0 [0:2, 0:1] : (tensor<2x4xf32>) -> tensor<2x1xf32>
    %1 = stablehlo.slice %arg0 [0:2, 1:1] : (tensor<2x4xf32>) -> tensor<2x0xf32>
    %2 = stablehlo.slice %arg0 [0:2, 1:4] : (tensor<2x4xf32>) -> tensor<2x3xf32>
    return %0, %1, %2 : tensor<2x1xf32>, tensor<2x0xf32>, tensor<2x3xf32>
  }
}

// -----

// split(f32[3]) with {"axis":0,"sizes":[3]}
module @jit_split {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.slice %arg0 [0:3] : (tensor<3xf32>) -> tensor<3xf32>
    return %0 : tensor<3xf32>
  }
}
