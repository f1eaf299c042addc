// pad(f32[2,3], f32[]) with {"paddingConfig":[[1,2,1],[-1,0,0]]}
module @jit_pad {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<f32>) -> (tensor<6x2xf32>) {
    %0 = stablehlo.pad %arg0, %arg1, low = [1, -1], high = [2, 0], interior = [1, 0] : (tensor<2x3xf32>, tensor<f32>) -> tensor<6x2xf32>
    return %0 : tensor<6x2xf32>
  }
}

// -----

// pad(f32[4], f32[]) with {"paddingConfig":[[-1,-2,2]]}
module @jit_pad {
  func.func public @main(%arg0: tensor<4xf32>, %arg1: tensor<f32>) -> (tensor<7xf32>) {
    %0 = stablehlo.pad %arg0, %arg1, low = [-1], high = [-2], interior = [2] : (tensor<4xf32>, tensor<f32>) -> tensor<7xf32>
    return %0 : tensor<7xf32>
  }
}

// -----

// pad(f32[0], f32[]) with {"paddingConfig":[[1,1,3]]}
module @jit_pad {
  func.func public @main(%arg0: tensor<0xf32>, %arg1: tensor<f32>) -> (tensor<2xf32>) {
    %0 = stablehlo.pad %arg0, %arg1, low = [1], high = [1], interior = [3] : (tensor<0xf32>, tensor<f32>) -> tensor<2xf32>
    return %0 : tensor<2xf32>
  }
}

// -----

// pad(f32[], f32[]) with {"paddingConfig":[]}
module @jit_pad {
  func.func public @main(%arg0: tensor<f32>, %arg1: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.pad %arg0, %arg1, low = [], high = [], interior = [] : (tensor<f32>, tensor<f32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// pad(i32[3], i32[]) with {"paddingConfig":[[0,1,0]]}
module @jit_pad {
  func.func public @main(%arg0: tensor<3xi32>, %arg1: tensor<i32>) -> (tensor<4xi32>) {
    %0 = stablehlo.pad %arg0, %arg1, low = [0], high = [1], interior = [0] : (tensor<3xi32>, tensor<i32>) -> tensor<4xi32>
    return %0 : tensor<4xi32>
  }
}

// -----

// pad(bool[2], bool[]) with {"paddingConfig":[[1,0,0]]}
module @jit_pad {
  func.func public @main(%arg0: tensor<2xi1>, %arg1: tensor<i1>) -> (tensor<3xi1>) {
    %0 = stablehlo.pad %arg0, %arg1, low = [1], high = [0], interior = [0] : (tensor<2xi1>, tensor<i1>) -> tensor<3xi1>
    return %0 : tensor<3xi1>
  }
}
