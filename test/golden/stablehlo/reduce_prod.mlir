// reduce_prod(f32[2,3]) with {"axes":[0]}
module @jit_reduce_prod {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.multiply %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// reduce_prod(f32[5]) with {"axes":[0]}
module @jit_reduce_prod {
  func.func public @main(%arg0: tensor<5xf32>) -> (tensor<f32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.multiply %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<5xf32>, tensor<f32>) -> tensor<f32>
    return %1 : tensor<f32>
  }
}

// -----

// reduce_prod(f32[2,3,2]) with {"axes":[2,0]}
module @jit_reduce_prod {
  func.func public @main(%arg0: tensor<2x3x2xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 2, 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.multiply %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2x3x2xf32>, tensor<f32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// reduce_prod(f32[0,2]) with {"axes":[0]}
module @jit_reduce_prod {
  func.func public @main(%arg0: tensor<0x2xf32>) -> (tensor<2xf32>) {
    %0 = stablehlo.constant dense<1.0> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.multiply %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<0x2xf32>, tensor<f32>) -> tensor<2xf32>
    return %1 : tensor<2xf32>
  }
}

// -----

// reduce_prod(c64[3]) with {"axes":[0]}
module @jit_reduce_prod {
  func.func public @main(%arg0: tensor<3xcomplex<f32>>) -> (tensor<complex<f32>>) {
    %0 = stablehlo.constant dense<(1.0, 0.0)> : tensor<complex<f32>>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<complex<f32>>, %3: tensor<complex<f32>>):
      %4 = stablehlo.multiply %2, %3 : tensor<complex<f32>>
      stablehlo.return %4 : tensor<complex<f32>>
    }) : (tensor<3xcomplex<f32>>, tensor<complex<f32>>) -> tensor<complex<f32>>
    return %1 : tensor<complex<f32>>
  }
}
