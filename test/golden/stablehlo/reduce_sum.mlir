// reduce_sum(f32[2,3]) with {"axes":[0]}
module @jit_reduce_sum {
  func.func public @main(%arg0: tensor<2x3xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.add %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2x3xf32>, tensor<f32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// reduce_sum(f32[2,3,2]) with {"axes":[2,0]}
module @jit_reduce_sum {
  func.func public @main(%arg0: tensor<2x3x2xf32>) -> (tensor<3xf32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 2, 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.add %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<2x3x2xf32>, tensor<f32>) -> tensor<3xf32>
    return %1 : tensor<3xf32>
  }
}

// -----

// reduce_sum(f32[4]) with {"axes":[0]}
module @jit_reduce_sum {
  func.func public @main(%arg0: tensor<4xf32>) -> (tensor<f32>) {
    %0 = stablehlo.constant dense<0.0> : tensor<f32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 0>}> ({
    ^bb0(%2: tensor<f32>, %3: tensor<f32>):
      %4 = stablehlo.add %2, %3 : tensor<f32>
      stablehlo.return %4 : tensor<f32>
    }) : (tensor<4xf32>, tensor<f32>) -> tensor<f32>
    return %1 : tensor<f32>
  }
}

// -----

// reduce_sum(c64[3,2]) with {"axes":[1]}
module @jit_reduce_sum {
  func.func public @main(%arg0: tensor<3x2xcomplex<f32>>) -> (tensor<3xcomplex<f32>>) {
    %0 = stablehlo.constant dense<(0.0, 0.0)> : tensor<complex<f32>>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 1>}> ({
    ^bb0(%2: tensor<complex<f32>>, %3: tensor<complex<f32>>):
      %4 = stablehlo.add %2, %3 : tensor<complex<f32>>
      stablehlo.return %4 : tensor<complex<f32>>
    }) : (tensor<3x2xcomplex<f32>>, tensor<complex<f32>>) -> tensor<3xcomplex<f32>>
    return %1 : tensor<3xcomplex<f32>>
  }
}

// -----

// reduce_sum(i32[3,2]) with {"axes":[1]}
module @jit_reduce_sum {
  func.func public @main(%arg0: tensor<3x2xi32>) -> (tensor<3xi32>) {
    %0 = stablehlo.constant dense<0> : tensor<i32>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 1>}> ({
    ^bb0(%2: tensor<i32>, %3: tensor<i32>):
      %4 = stablehlo.add %2, %3 : tensor<i32>
      stablehlo.return %4 : tensor<i32>
    }) : (tensor<3x2xi32>, tensor<i32>) -> tensor<3xi32>
    return %1 : tensor<3xi32>
  }
}

// -----

// reduce_sum(bf16[3,2]) with {"axes":[1]}
module @jit_reduce_sum {
  func.func public @main(%arg0: tensor<3x2xbf16>) -> (tensor<3xbf16>) {
    %0 = stablehlo.constant dense<0.0> : tensor<bf16>
    %1 = "stablehlo.reduce"(%arg0, %0) <{dimensions = array<i64: 1>}> ({
    ^bb0(%2: tensor<bf16>, %3: tensor<bf16>):
      %4 = stablehlo.add %2, %3 : tensor<bf16>
      stablehlo.return %4 : tensor<bf16>
    }) : (tensor<3x2xbf16>, tensor<bf16>) -> tensor<3xbf16>
    return %1 : tensor<3xbf16>
  }
}
