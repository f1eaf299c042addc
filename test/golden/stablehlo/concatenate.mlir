// concatenate(f32[2], f32[3]) with {"dimension":0}
module @jit_concatenate {
  func.func public @main(%arg0: tensor<2xf32>, %arg1: tensor<3xf32>) -> (tensor<5xf32>) {
    %0 = stablehlo.concatenate %arg0, %arg1, dim = 0 : (tensor<2xf32>, tensor<3xf32>) -> tensor<5xf32>
    return %0 : tensor<5xf32>
  }
}

// -----

// concatenate(f32[2,3], f32[2,1], f32[2,0]) with {"dimension":1}
module @jit_concatenate {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<2x1xf32>, %arg2: tensor<2x0xf32>) -> (tensor<2x4xf32>) {
    %0 = stablehlo.concatenate %arg0, %arg1, %arg2, dim = 1 : (tensor<2x3xf32>, tensor<2x1xf32>, tensor<2x0xf32>) -> tensor<2x4xf32>
    return %0 : tensor<2x4xf32>
  }
}

// -----

// concatenate(f32[2,3]) with {"dimension":0}
module @jit_concatenate {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    return %arg0 : tensor<2x3xf32>
  }
}

// -----

// concatenate(i32[2], i32[1]) with {"dimension":0}
module @jit_concatenate {
  func.func public @main(%arg0: tensor<2xi32>, %arg1: tensor<1xi32>) -> (tensor<3xi32>) {
    %0 = stablehlo.concatenate %arg0, %arg1, dim = 0 : (tensor<2xi32>, tensor<1xi32>) -> tensor<3xi32>
    return %0 : tensor<3xi32>
  }
}
