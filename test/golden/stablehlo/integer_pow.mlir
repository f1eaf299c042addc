// integer_pow(f32[2,3]) with {"y":2}
module @jit_integer_pow {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<2x3xf32>) {
    %0 = stablehlo.multiply %arg0, %arg0 : tensor<2x3xf32>
    return %0 : tensor<2x3xf32>
  }
}

// -----

// integer_pow(f32[3]) with {"y":-3}
module @jit_integer_pow {
  func.func public @main(%arg0: tensor<3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = stablehlo.multiply %arg0, %arg0 : tensor<3xf32>
    %2 = stablehlo.multiply %arg0, %1 : tensor<3xf32>
    %3 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<3xf32>
    %4 = stablehlo.divide %3, %2 : tensor<3xf32>
    return %4 : tensor<3xf32>
  }
}

// -----

// integer_pow(f32[]) with {"y":7}
module @jit_integer_pow {
  func.func public @main(%arg0: tensor<f32>) -> (tensor<f32>) {
    %0 = stablehlo.multiply %arg0, %arg0 : tensor<f32>
    %1 = stablehlo.multiply %arg0, %0 : tensor<f32>
    %2 = stablehlo.multiply %0, %0 : tensor<f32>
    %3 = stablehlo.multiply %1, %2 : tensor<f32>
    return %3 : tensor<f32>
  }
}

// -----

// integer_pow(f32[2]) with {"y":0}
module @jit_integer_pow {
  func.func public @main(%arg0: tensor<2xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<f32>) -> tensor<2xf32>
    return %1 : tensor<2xf32>
  }
}

// -----

// integer_pow(f32[2]) with {"y":1}
module @jit_integer_pow {
  func.func public @main(%arg0: tensor<2xf32>) -> (tensor<2xf32>) {
    return %arg0 : tensor<2xf32>
  }
}

// -----

// integer_pow(c64[2]) with {"y":-2}
module @jit_integer_pow {
  func.func public @main(%arg0: tensor<2xcomplex<f32>>) -> (tensor<2xcomplex<f32>>) {
    %0 = stablehlo.constant dense<(1.0, 0.0)> : tensor<complex<f32>>
    %1 = stablehlo.multiply %arg0, %arg0 : tensor<2xcomplex<f32>>
    %2 = stablehlo.broadcast_in_dim %0, dims = [] : (tensor<complex<f32>>) -> tensor<2xcomplex<f32>>
    %3 = stablehlo.divide %2, %1 : tensor<2xcomplex<f32>>
    return %3 : tensor<2xcomplex<f32>>
  }
}

// -----

// integer_pow(i32[3]) with {"y":5}
module @jit_integer_pow {
  func.func public @main(%arg0: tensor<3xi32>) -> (tensor<3xi32>) {
    %0 = stablehlo.multiply %arg0, %arg0 : tensor<3xi32>
    %1 = stablehlo.multiply %0, %0 : tensor<3xi32>
    %2 = stablehlo.multiply %arg0, %1 : tensor<3xi32>
    return %2 : tensor<3xi32>
  }
}
