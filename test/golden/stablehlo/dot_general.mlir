// dot_general(f32[2,3], f32[3,4]) with {"dimensionNumbers":[[[1],[0]],[[],[]]]}
module @jit_dot_general {
  func.func public @main(%arg0: tensor<2x3xf32>, %arg1: tensor<3x4xf32>) -> (tensor<2x4xf32>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x3xf32>, tensor<3x4xf32>) -> tensor<2x4xf32>
    return %0 : tensor<2x4xf32>
  }
}

// -----

// dot_general(f32[3,2,4], f32[4,5,3]) with {"dimensionNumbers":[[[2],[0]],[[0],[2]]]}
module @jit_dot_general {
  func.func public @main(%arg0: tensor<3x2x4xf32>, %arg1: tensor<4x5x3xf32>) -> (tensor<3x2x5xf32>) {
    %0 = stablehlo.dot_general %arg0, %arg1, batching_dims = [0] x [2], contracting_dims = [2] x [0], precision = [DEFAULT, DEFAULT] : (tensor<3x2x4xf32>, tensor<4x5x3xf32>) -> tensor<3x2x5xf32>
    return %0 : tensor<3x2x5xf32>
  }
}

// -----

// dot_general(f32[2,3,4], f32[4,2,3]) with {"dimensionNumbers":[[[2,0,1],[0,1,2]],[[],[]]]}
module @jit_dot_general {
  func.func public @main(%arg0: tensor<2x3x4xf32>, %arg1: tensor<4x2x3xf32>) -> (tensor<f32>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [2, 0, 1] x [0, 1, 2], precision = [DEFAULT, DEFAULT] : (tensor<2x3x4xf32>, tensor<4x2x3xf32>) -> tensor<f32>
    return %0 : tensor<f32>
  }
}

// -----

// dot_general(f32[2], f32[3]) with {"dimensionNumbers":[[[],[]],[[],[]]]}
module @jit_dot_general {
  func.func public @main(%arg0: tensor<2xf32>, %arg1: tensor<3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [] x [], precision = [DEFAULT, DEFAULT] : (tensor<2xf32>, tensor<3xf32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// dot_general(f32[2,0], f32[0,3]) with {"dimensionNumbers":[[[1],[0]],[[],[]]]}
module @jit_dot_general {
  func.func public @main(%arg0: tensor<2x0xf32>, %arg1: tensor<0x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x0xf32>, tensor<0x3xf32>) -> tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// dot_general(c64[2,3], c64[3]) with {"dimensionNumbers":[[[1],[0]],[[],[]]]}
module @jit_dot_general {
  func.func public @main(%arg0: tensor<2x3xcomplex<f32>>, %arg1: tensor<3xcomplex<f32>>) -> (tensor<2xcomplex<f32>>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x3xcomplex<f32>>, tensor<3xcomplex<f32>>) -> tensor<2xcomplex<f32>>
    return %0 : tensor<2xcomplex<f32>>
  }
}

// -----

// dot_general(bf16[2,3], bf16[3,2]) with {"dimensionNumbers":[[[1],[0]],[[],[]]],"preferredElementType":"float32","precision":"highest"}
module @jit_dot_general {
  func.func public @main(%arg0: tensor<2x3xbf16>, %arg1: tensor<3x2xbf16>) -> (tensor<2x2xf32>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [HIGHEST, HIGHEST] : (tensor<2x3xbf16>, tensor<3x2xbf16>) -> tensor<2x2xf32>
    return %0 : tensor<2x2xf32>
  }
}

// -----

// dot_general(i32[2,3], i32[3]) with {"dimensionNumbers":[[[1],[0]],[[],[]]]}
module @jit_dot_general {
  func.func public @main(%arg0: tensor<2x3xi32>, %arg1: tensor<3xi32>) -> (tensor<2xi32>) {
    %0 = stablehlo.dot_general %arg0, %arg1, contracting_dims = [1] x [0], precision = [DEFAULT, DEFAULT] : (tensor<2x3xi32>, tensor<3xi32>) -> tensor<2xi32>
    return %0 : tensor<2xi32>
  }
}
